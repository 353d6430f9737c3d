import {
  type Bytes,
  buildCertificate,
  type Certificate,
  concatBytes,
  generateKeyPair,
  type JsonObject,
  type KeyAlgorithm,
  type KeyPair,
  type RandomSource,
  sha256,
  sign,
  toBase64Url,
  toHex,
  utf8,
} from '@renshe/crypto'
import { makeOperatorLine, makeWitnessLine } from './checkpoint.ts'
import { type CometbftProof, engineHeaderHash, validatorsHash, voteSignBytes } from './cometbft.ts'
import type { CometbftPolicy, EmbeddedPolicy } from './policy.ts'
import type { ResolvedSigner, SignatureObject } from './transaction.ts'
import { EMPTY_ROOT } from './tree.ts'

/** Bytes that only this text gives: all secrets, salts and nonces of tests. */
export function fixed(text: string, length = 32): Bytes {
  return sha256(utf8(`renshe test: ${text}`)).slice(0, length)
}

/** A test key. */
export function keyOf(algorithm: KeyAlgorithm, text: string): KeyPair {
  return generateKeyPair(algorithm, fixed(text))
}

/** The member whose officers, systems and passkeys sign in these tests. */
export const MEMBER = 'library-0001'
const WITNESSES = ['archive-0001', 'library-0001', 'museum-0001'] as const
/** Time of block 0, UTC ms. */
export const START = 1788220800000
/** Genesis hash of the test chain. */
export const GENESIS = fixed('genesis')
/** Id of the test chain. */
export const CHAIN = `demo-${toHex(GENESIS.slice(0, 4))}`

/** Somebody who signs transactions, with what the ledger registered of them. */
export type Signer = {
  readonly id: string
  readonly certificate: Bytes
  readonly resolved: Omit<ResolvedSigner, 'certificate'>
  readonly record: JsonObject
  sign(txId: Bytes, message: Bytes): SignatureObject
}

const caKey = keyOf('ed25519', 'ca')
/** Validity of every certificate. */
export const period = { notBefore: START - 3_600_000, notAfter: START + 3_600_000 }
const random: RandomSource = (length) => fixed('serial', length)
/** The CA of {@link MEMBER}. */
export const authority: Certificate = buildCertificate(
  {
    profile: 'member-ca',
    member: MEMBER,
    name: 'CA 1',
    chainName: 'demo',
    publicKey: caKey.publicKey,
    ...period,
  },
  caKey.privateKey,
  random,
)

/** An officer or a system that signs with a key of this algorithm. */
export function keySigner(
  algorithm: KeyAlgorithm,
  kind: 'officer' | 'system',
  name: string,
): Signer {
  const key = keyOf(algorithm, name)
  const certificate = buildCertificate(
    {
      profile: kind === 'officer' ? 'officer' : 'application',
      member: MEMBER,
      name,
      chainName: 'demo',
      publicKey: key.publicKey,
      ...period,
      issuer: authority,
    },
    caKey.privateKey,
    random,
  )
  const resolved = { kind, member: MEMBER, name, roles: ['desk.lend'], unit: 'desk' }
  return {
    id: certificate.fingerprint,
    certificate: certificate.der,
    resolved,
    record: registered(authority.fingerprint, resolved, key.publicKey.spki),
    sign: (_, message) => ({ kind: algorithm, value: toBase64Url(sign(key.privateKey, message)) }),
  }
}

/** A person with a passkey; in 国密 chains their member countersigns with SM2. */
export function passkeySigner(name: string, countersigner: Signer | null): Signer {
  const key = keyOf('p256', name)
  const spki = key.publicKey.spki
  const id = toHex(sha256(utf8('renshe/passkey/1\0'), spki))
  const resolved = { kind: 'subject' as const, member: MEMBER, name, roles: [], unit: null }
  const webauthn = { rpId: 'library.example', origins: ['https://library.example'] }
  return {
    id,
    certificate: spki,
    resolved,
    record: { ...registered(null, resolved, spki), ...webauthn },
    sign: (txId, message) => {
      const clientData = utf8(
        JSON.stringify({
          type: 'webauthn.get',
          challenge: toBase64Url(txId),
          origin: webauthn.origins[0],
        }),
      )
      const counter = Uint8Array.of(0x05, 0, 0, 0, 7)
      const authenticatorData = concatBytes(sha256(utf8(webauthn.rpId)), counter)
      const signed = concatBytes(authenticatorData, sha256(clientData))
      const second = countersigner?.sign(txId, message)
      return {
        kind: 'webauthn',
        authenticatorData: toBase64Url(authenticatorData),
        clientDataJSON: toBase64Url(clientData),
        value: toBase64Url(sign(key.privateKey, signed)),
        ...(second && { sm2: { certificate: countersigner!.id, value: second.value } }),
      }
    },
  }
}

function registered(
  issuer: string | null,
  { kind, member, name }: Signer['resolved'],
  spki: Bytes,
): JsonObject {
  return { v: 1, issuer, kind, member, name, ...period, revokedAt: null, spki: toBase64Url(spki) }
}

/** Checkpoint policy of either suite; two of three witnesses must sign. */
export function embeddedPolicy(suite: EmbeddedPolicy['suite'], threshold = 2): EmbeddedPolicy {
  const keys = (member: string, role: string): EmbeddedPolicy['operator'] => ({
    member,
    ed25519: toBase64Url(keyOf('ed25519', `${role} ${member}`).publicKey.raw),
    sm2: suite === 'RS-GM-1' ? toBase64Url(keyOf('sm2', `${role} ${member}`).publicKey.raw) : null,
  })
  return {
    v: 1,
    engine: 'embedded',
    suite,
    operator: keys(MEMBER, 'operator'),
    witnesses: WITNESSES.map((member) => keys(member, 'witness')),
    threshold,
  }
}

/** Four validators of equal power. */
export function cometbftPolicy(): CometbftPolicy {
  return {
    v: 1,
    engine: 'cometbft',
    chain: `${CHAIN}-e2`,
    validators: [0, 1, 2, 3].map((i) => ({
      key: toBase64Url(keyOf('ed25519', `validator ${i}`).publicKey.raw),
      member: `validator-${i}`,
      power: 10,
    })),
  }
}

/** Signature lines for a head, by the first `signing` witnesses. */
export function checkpointLines(policy: EmbeddedPolicy, text: string, signing: number): string[] {
  const algorithms =
    policy.suite === 'RS-GM-1' ? (['ed25519', 'sm2'] as const) : (['ed25519'] as const)
  const key = (algorithm: 'ed25519' | 'sm2', name: string) => {
    const pair = keyOf(algorithm, name)
    const signWith = (message: Bytes): Bytes => sign(pair.privateKey, message)
    return { algorithm, publicKey: pair.publicKey.raw, sign: signWith }
  }
  return [
    ...algorithms.map((algorithm) =>
      makeOperatorLine({ chain: CHAIN, text, ...key(algorithm, `operator ${MEMBER}`) }),
    ),
    ...algorithms.flatMap((algorithm) =>
      WITNESSES.slice(0, signing).map((member) =>
        makeWitnessLine({
          chain: CHAIN,
          member,
          text,
          time: START / 1000 + 60,
          ...key(algorithm, `witness ${member}`),
        }),
      ),
    ),
  ]
}

/** The commit of a made-up engine header with this app hash, by the first `signing` validators. */
export function engineCommit(
  policy: CometbftPolicy,
  appHash: Bytes,
  signing: number,
): CometbftProof {
  const hash = (text: string): string => toHex(fixed(text))
  const header: CometbftProof['header'] = {
    version: { block: 11, app: 1 },
    chain: policy.chain,
    height: 77,
    time: { s: START / 1000 + 61, n: 5 },
    lastBlock: { hash: hash('last block'), parts: { total: 1, hash: hash('last parts') } },
    lastCommitHash: hash('last commit'),
    dataHash: '',
    nextValidatorsHash: toHex(validatorsHash(policy)),
    consensusHash: hash('consensus'),
    lastResultsHash: '',
    evidenceHash: toHex(EMPTY_ROOT),
    proposer: toHex(fixed('proposer', 20)),
  }
  const unsigned = { round: 1, parts: { total: 1, hash: hash('parts') }, signatures: [] }
  const blockHash = engineHeaderHash(header, appHash, validatorsHash(policy))
  const signatures = policy.validators.map((_, i) => {
    if (i >= signing) return null
    const time = { s: START / 1000 + 62, n: i }
    const message = voteSignBytes(header, unsigned, blockHash, time)
    const { privateKey } = keyOf('ed25519', `validator ${i}`)
    return { time, signature: toBase64Url(sign(privateKey, message)) }
  })
  return { engine: 'cometbft', header, commit: { ...unsigned, signatures } }
}
