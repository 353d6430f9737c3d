/** Chains for tests: founders with keys made from fixed seeds, a signed genesis, transactions. */
import {
  type Bytes,
  buildCertificate,
  canonicalJson,
  generateKeyPair,
  type JsonObject,
  type KeyAlgorithm,
  type PrivateKey,
  sha256,
  sign,
  toBase64Url,
  utf8,
} from '@renshe/crypto'
import { frameBundle, makeBody, signTransaction } from '@renshe/kernel'
import type { EmbeddedPolicy, Suite } from '@renshe/proof'
import { type CheckpointSigner, publicKeysOf } from './embedded/checkpoint-keys.ts'
import { type Genesis, genesisMessage, makeGenesisFile, readGenesisFile } from './genesis.ts'

import type { Ledger } from './ledger.ts'
import type { Executed } from './port.ts'

export { cards, libraryContracts, loans, settings, tellTime } from './library-card.ts'

/** 2026-09-01 00:00 UTC: when test chains begin. */
export const TEST_CHAIN_TIME = 1_788_220_800_000
const DAY_MS = 86_400_000

/** A founder of a test chain. */
export interface TestMember {
  readonly id: string
  readonly key: PrivateKey
  /** Hex fingerprint of the certificate of `key`. */
  readonly certificate: string
  readonly authorityKey: PrivateKey
  readonly authorityDer: Bytes
  readonly witness: CheckpointSigner
}

/** How a test chain differs from the usual one. */
export interface TestChainSettings {
  readonly name?: string
  readonly members?: number
  /** Algorithm of the members' keys. */
  readonly algorithm?: KeyAlgorithm
  readonly suite?: Suite
  /** Witnesses that must cosign; every member is a witness unless there are to be none. */
  readonly threshold?: number
  readonly hasWitnesses?: boolean
  readonly parameters?: Readonly<Record<string, number>>
}

/** A founded chain, and all keys of its members. */
export interface TestChain {
  readonly genesisFile: Bytes
  readonly genesis: Genesis
  readonly chain: string
  readonly members: readonly TestMember[]
  readonly operator: CheckpointSigner
  readonly policy: EmbeddedPolicy
  /** A signed, framed transaction of a member; the nonce is counted up unless given. */
  transaction(
    member: TestMember,
    action: string,
    input: JsonObject,
    change?: { readonly nonce?: Bytes; readonly expiresAt?: number; readonly chain?: string },
  ): Bytes
}

function keyOf(algorithm: KeyAlgorithm, seed: string): PrivateKey {
  return generateKeyPair(algorithm, sha256(utf8(seed))).privateKey
}

function checkpointKeys(seed: string, suite: Suite): CheckpointSigner {
  return {
    ed25519: keyOf('ed25519', `${seed} ed25519`),
    sm2: suite === 'RS-GM-1' ? keyOf('sm2', `${seed} sm2`) : null,
  }
}

function makeMember(
  id: string,
  chainName: string,
  { algorithm, suite }: { readonly algorithm: KeyAlgorithm; readonly suite: Suite },
): TestMember & { readonly der: Bytes } {
  // Ed25519 signs the same bytes alike: so a chain founded in another process is the same chain.
  const authorityKey = keyOf(suite === 'RS-GM-1' ? 'sm2' : 'ed25519', `${id} ca`)
  const key = keyOf(algorithm, `${id} application`)
  const random = (length: number): Bytes => sha256(utf8(`${id} serial`)).slice(0, length)
  const span = { notBefore: TEST_CHAIN_TIME - DAY_MS, notAfter: TEST_CHAIN_TIME + 1000 * DAY_MS }
  const authority = buildCertificate(
    {
      ...span,
      profile: 'member-ca',
      member: id,
      name: 'CA 1',
      chainName,
      publicKey: authorityKey.publicKey,
    },
    authorityKey,
    random,
  )
  const certificate = buildCertificate(
    {
      ...span,
      profile: 'application',
      member: id,
      name: 'application 1',
      chainName,
      publicKey: key.publicKey,
      issuer: authority,
    },
    authorityKey,
    random,
  )
  return {
    id,
    key,
    certificate: certificate.fingerprint,
    authorityKey,
    authorityDer: authority.der,
    der: certificate.der,
    witness: checkpointKeys(`${id} witness`, suite),
  }
}

/** Founds a chain of fictional libraries. In RS-INTL-1 equal settings give an equal genesis hash. */
export function createTestChain(settings: TestChainSettings = {}): TestChain {
  const name = settings.name ?? 'demo-library'
  const suite = settings.suite ?? 'RS-INTL-1'
  const algorithm = settings.algorithm ?? (suite === 'RS-GM-1' ? 'sm2' : 'p256')
  const members = Array.from({ length: settings.members ?? 3 }, (_, i) =>
    makeMember(`lib-000${i + 1}`, name, { algorithm, suite }),
  )
  const operator = checkpointKeys('operator', suite)
  const witnesses = settings.hasWitnesses === false ? [] : members
  const policy: EmbeddedPolicy = {
    v: 1,
    engine: 'embedded',
    suite,
    operator: publicKeysOf(members[0]!.id, operator),
    witnesses: witnesses.map(({ id, witness }) => publicKeysOf(id, witness)),
    threshold: settings.threshold ?? Math.min(2, witnesses.length),
  }
  const document = documentOf({ name, suite, members, policy, parameters: settings.parameters })
  const bytes = canonicalJson(document)
  const genesisFile = makeGenesisFile(
    document,
    members.map(({ id, key, certificate }) => ({
      certificate,
      kind: key.algorithm,
      member: id,
      value: toBase64Url(sign(key, genesisMessage(bytes))),
    })),
  )
  const genesis = readGenesisFile(genesisFile)
  let count = 0
  return {
    genesisFile,
    genesis,
    chain: genesis.chain,
    members,
    operator,
    policy,
    transaction(member, action, input, change = {}) {
      count += 1
      const nonce = change.nonce ?? sha256(utf8(`nonce ${count}`)).slice(0, 16)
      const body = makeBody({
        chain: change.chain ?? genesis.chain,
        action,
        input,
        signer: member.certificate,
        nonce,
        expiresAt: change.expiresAt ?? TEST_CHAIN_TIME + DAY_MS,
      })
      return signTransaction(body, member.key)
    },
  }
}

/** Executes one block of framed transactions and makes it durable, without an engine. */
export async function addBlock(
  ledger: Ledger,
  frames: readonly Bytes[],
  timeMs = TEST_CHAIN_TIME + 1000 * (ledger.height + 1),
): Promise<Executed> {
  const executed = ledger.execute({
    engineHeight: BigInt(ledger.height + 1),
    timeMs,
    bundles: frames.map((frame) => frameBundle([frame])),
    misbehaviour: [],
  })
  await ledger.commit()
  return executed
}

function documentOf(parts: {
  readonly name: string
  readonly suite: Suite
  readonly members: readonly (TestMember & { readonly der: Bytes })[]
  readonly policy: EmbeddedPolicy
  readonly parameters: Readonly<Record<string, number>> | undefined
}): JsonObject {
  const parameters = Object.entries({ 'ledger.snapshotDelay': 2, ...parts.parameters })
  return {
    v: 1,
    name: parts.name,
    time: TEST_CHAIN_TIME,
    demonstration: parts.name.startsWith('demo'),
    protocol: 1,
    suites: [parts.suite],
    members: parts.members.map(({ id, authorityDer, der }) => ({
      id,
      name: { en: `Library ${id}`, zh: `图书馆 ${id}` },
      roles: ['LIB'],
      voting: true,
      authorities: [{ der: toBase64Url(authorityDer), profile: 'member-ca' }],
      certificates: [
        { der: toBase64Url(der), kind: 'system', name: 'application 1', roles: [], unit: null },
      ],
    })),
    packages: [],
    parameters: parameters
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([parameter, value]) => ({ name: parameter, value })),
    governance: [],
    finality: parts.policy as unknown as JsonObject,
  }
}
