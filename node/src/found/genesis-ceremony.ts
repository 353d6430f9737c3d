/* From founding files to a genesis file: assemble once, every founder signs, complete. */
import { packageHash } from '@renshe/contracts'
import {
  type Bytes,
  canonicalJson,
  canonicalText,
  equalBytes,
  type JsonObject,
  sign,
  toBase64Url,
} from '@renshe/crypto'
import {
  type Genesis,
  genesisMessage,
  makeGenesisFile,
  readGenesisDocument,
  readGenesisFile,
} from '@renshe/ledger'
import type { EmbeddedPolicy } from '@renshe/proof'
import type { KeyStore } from '../keys/key-store.ts'
import { transactionSigner } from '../keys/member-keys.ts'
import { type FoundingFile, FoundingRefused } from './founding-member.ts'

/** What the founders agreed on beside themselves. */
export interface GenesisTerms {
  /** Name of the chain; a demonstration's begins with `demo`, and no other. */
  readonly name: string
  /** UTC ms of block 0. */
  readonly time: number
  readonly suite: 'RS-INTL-1' | 'RS-GM-1'
  readonly foundings: readonly FoundingFile[]
  /** Founding packages, JCS; only a demonstration has any. */
  readonly packages: readonly Bytes[]
  readonly parameters: readonly { readonly name: string; readonly value: number | string }[]
  readonly governance: readonly JsonObject[]
  /** Member that orders the blocks. */
  readonly operator: string
  /** Members that cosign them; not the operator. */
  readonly witnesses: readonly string[]
  /** How many of them must. */
  readonly threshold: number
}

/** A founder's signature of a genesis document. */
export interface GenesisSignature {
  readonly certificate: string
  readonly kind: string
  readonly member: string
  readonly value: string
}

const PROTOCOL_OF_GENESIS = 1

/**
 * Assembles the genesis document.
 *
 * @returns JCS: what every founder signs
 * @throws FoundingRefused, LedgerFault `GENESIS_REFUSED`
 */
export function assembleGenesis(terms: GenesisTerms): Bytes {
  for (const { chainName, member } of terms.foundings) {
    if (chainName !== terms.name) {
      throw new FoundingRefused('made for another chain', { member: String(member.id), chainName })
    }
  }
  const packages = terms.packages.map((bytes) => ({ hash: packageHash(bytes), size: bytes.length }))
  const document = canonicalJson({
    v: 1,
    name: terms.name,
    time: terms.time,
    demonstration: terms.name.startsWith('demo'),
    protocol: PROTOCOL_OF_GENESIS,
    suites: [terms.suite],
    members: ascending(
      terms.foundings.map(({ member }) => member),
      ({ id }) => String(id),
    ),
    packages: ascending(packages, ({ hash }) => hash),
    parameters: ascending(terms.parameters, ({ name }) => name).map((entry) => ({ ...entry })),
    governance: ascending(terms.governance, ({ subject }) => String(subject)),
    finality: policyOf(terms) as unknown as JsonObject,
  })
  readGenesisDocument(document)
  return document
}

function policyOf(terms: GenesisTerms): EmbeddedPolicy {
  const founding = (id: string): FoundingFile => {
    const found = terms.foundings.find(({ member }) => member.id === id)
    if (found === undefined) throw new FoundingRefused('no founding file', { member: id })
    return found
  }
  const { operator } = founding(terms.operator)
  if (operator === null) {
    throw new FoundingRefused('its founding file has no keys of an operator', {
      member: terms.operator,
    })
  }
  if (terms.witnesses.includes(terms.operator)) {
    throw new FoundingRefused('the operator does not witness its own blocks', {
      member: terms.operator,
    })
  }
  if (terms.threshold > terms.witnesses.length) {
    throw new FoundingRefused('more cosignatures than witnesses', {
      threshold: String(terms.threshold),
    })
  }
  return {
    v: 1,
    engine: 'embedded',
    suite: terms.suite,
    operator,
    witnesses: ascending(terms.witnesses, (id) => id).map((id) => founding(id).witness),
    threshold: terms.threshold,
  }
}

function ascending<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/**
 * Signs a genesis document as one of its founders, with the key of its system.
 *
 * @param own  the founding file that this member made: the document must say of it exactly that
 * @throws FoundingRefused if it says anything else
 */
export async function signGenesis(
  keys: KeyStore,
  document: Bytes,
  own: FoundingFile,
): Promise<GenesisSignature> {
  const genesis = readGenesisDocument(document)
  const member = String(own.member.id)
  const members = genesis.document.members as readonly JsonObject[]
  const entry = members.find(({ id }) => id === member)
  if (entry === undefined || !equalBytes(canonicalJson(entry), canonicalJson(own.member))) {
    throw new FoundingRefused('the document says something else of this member', { member })
  }
  if (genesis.policy.engine === 'embedded') {
    const { operator, witnesses } = genesis.policy
    const named = [...witnesses, operator].filter((each) => each.member === member)
    const mine = [own.witness, own.operator].map((each) =>
      canonicalText(each as unknown as JsonObject),
    )
    if (named.some((each) => !mine.includes(canonicalText(each as unknown as JsonObject)))) {
      throw new FoundingRefused('the document names other keys for checkpoints', { member })
    }
  }
  const { certificate, key } = await transactionSigner(keys, 'system')
  const value = toBase64Url(sign(key, genesisMessage(document)))
  return { certificate, kind: key.algorithm, member, value }
}

/**
 * Puts the signatures beside the document.
 *
 * @returns bytes of `genesis.json`, and what they say
 * @throws LedgerFault `GENESIS_REFUSED` unless every founder signed, and rightly
 */
export function completeGenesis(
  document: Bytes,
  signatures: readonly GenesisSignature[],
): { readonly file: Bytes; readonly genesis: Genesis } {
  const file = makeGenesisFile(readGenesisDocument(document).document, signatures)
  return { file, genesis: readGenesisFile(file) }
}
