import type { Bytes, Json, JsonObject } from '@renshe/crypto'
import { type EngineProof, engineProofShape, type FinalityProof } from './finality.ts'
import { type Header, headerShape } from './header.ts'
import { type Opened, openedShape } from './opening.ts'
import { type Policy, policyShape } from './policy.ts'
import {
  anyObject,
  base64Url,
  collection,
  count,
  digest,
  hex,
  list,
  nullable,
  object,
  oneOf,
  readCanonical,
  type Shape,
  ShapeRefused,
  text,
} from './shape.ts'
import type { KeyPart } from './state-key.ts'
import {
  resultShape,
  type SignatureObject,
  signatureShape,
  type TransactionResult,
} from './transaction.ts'

/** Most bytes of an evidence file. @source ledger-bytes.md section 15 */
export const MAX_EVIDENCE_BYTES = 2 * 1024 * 1024

/** What a file is evidence of; which parts it has follows from it. */
export type EvidenceKind = 'step' | 'line' | 'rule' | 'read' | 'credential' | 'erasure'

/** A signed transaction with its result and its place in a block. Byte strings are base64url. */
export type EvidenceAct = {
  readonly txId: string
  readonly body: string
  readonly signature: SignatureObject
  /** DER of the signer's key certificate; for a passkey its SPKI. */
  readonly certificate: string
  readonly height: number
  readonly index: number
  readonly path: readonly string[]
  readonly result: TransactionResult
  readonly resultPath: readonly string[]
}

/** "At `height`, this key got this value" (null: it was deleted), with its place in writeRoot. */
export type EvidenceRecord = {
  readonly collection: string
  readonly key: readonly KeyPart[]
  readonly value: JsonObject | null
  readonly height: number
  readonly index: number
  readonly path: readonly string[]
}

/** A header below the tip, with its path in the tip's log. */
export type EvidenceHeader = { readonly header: Header; readonly path: readonly string[] }

/** Finality of the tip, and the changes of policy that lead to its policy. */
export type EvidenceFinality = {
  readonly policy: Policy
  readonly proof: EngineProof
  readonly walk: readonly FinalityProof[]
}

/** An older head {size, root} of the same log, and the proof that the tip extends it. */
export type EvidenceConsistency = {
  readonly size: number
  readonly root: string
  readonly path: readonly string[]
}

/** A key beside the gap in the state tree where an amendment would lie; key in hex. */
export type EvidenceNeighbour = {
  readonly key: string
  readonly valueHash: string
  readonly path: readonly string[]
}

/** Proof that no `ledger/amendment` of the subject existed at a snapshot. */
export type EvidenceStatus = {
  readonly subject: string
  /** Height of a header that carries the snapshot. */
  readonly carrier: number
  readonly index: number
  readonly left: EvidenceNeighbour | null
  readonly right: EvidenceNeighbour | null
}

/** An evidence file `*.renshe.json`, member by member. @source ledger-bytes.md section 14 */
export type EvidenceFile = {
  readonly v: 1
  readonly kind: EvidenceKind
  readonly acts: readonly EvidenceAct[]
  readonly opened: readonly Opened[]
  readonly records: readonly EvidenceRecord[]
  /** Records of the signers' certificates and of the CAs that issued them. */
  readonly registry: readonly EvidenceRecord[]
  /** DER of those CAs, and of the certificate behind a passkey act's `sm2`. */
  readonly authorities: readonly string[]
  readonly headers: readonly EvidenceHeader[]
  readonly tip: Header
  readonly finality: EvidenceFinality
  readonly consistency: EvidenceConsistency | null
  readonly status: EvidenceStatus | null
}

const path = list(digest, 64)

const keyPart: Shape<KeyPart> = (value, at) =>
  typeof value === 'number' ? count(value, at) : text(256)(value, at)

const recordShape = object<EvidenceRecord>({
  collection,
  key: list(keyPart, 32),
  value: nullable(anyObject),
  height: count,
  index: count,
  path,
})

const neighbourShape = nullable(object<EvidenceNeighbour>({ key: hex(), valueHash: digest, path }))

const finalityShape = object<EvidenceFinality>({
  policy: policyShape,
  proof: engineProofShape,
  walk: list(
    object<FinalityProof>({ policy: policyShape, proof: engineProofShape, tip: headerShape }),
    100,
  ),
})

const fileShape = object<EvidenceFile>({
  v: oneOf(1),
  kind: oneOf('step', 'line', 'rule', 'read', 'credential', 'erasure'),
  acts: list(
    object<EvidenceAct>({
      txId: digest,
      body: base64Url(),
      signature: signatureShape,
      certificate: base64Url(),
      height: count,
      index: count,
      path,
      result: resultShape,
      resultPath: path,
    }),
  ),
  opened: list(openedShape),
  records: list(recordShape),
  registry: list(recordShape),
  authorities: list(base64Url()),
  headers: list(object<EvidenceHeader>({ header: headerShape, path })),
  tip: headerShape,
  finality: finalityShape,
  consistency: nullable(object<EvidenceConsistency>({ size: count, root: digest, path })),
  status: nullable(
    object<EvidenceStatus>({
      subject: text(256),
      carrier: count,
      index: count,
      left: neighbourShape,
      right: neighbourShape,
    }),
  ),
})

/**
 * Reads an evidence file: form only, no proof is judged.
 *
 * @throws ShapeRefused if it is not the JCS form of exactly the members of version 1, or lacks what
 *         its kind demands
 */
export function parseEvidence(bytes: Bytes): EvidenceFile {
  if (bytes.length > MAX_EVIDENCE_BYTES) {
    throw new ShapeRefused('', `at most ${MAX_EVIDENCE_BYTES} bytes`)
  }
  const file = readCanonical(bytes, fileShape)
  requireOrder(file)
  requireKind(file)
  requireTargets(file)
  return file
}

/** Headers ascend below the tip; nothing stands in a list twice, for a copy would prove nothing. */
function requireOrder(file: EvidenceFile): void {
  const heights = file.headers.map(({ header }) => header.height)
  heights.forEach((height, i) => {
    const isBelow = height < file.tip.height && (i === 0 || heights[i - 1]! < height)
    if (!isBelow) throw new ShapeRefused(`headers/${i}`, 'headers ascending, below the tip')
  })
  requireDistinct(
    'acts',
    file.acts.map(({ txId }) => txId),
  )
  requireDistinct('authorities', file.authorities)
  for (const member of ['records', 'registry'] as const) {
    requireDistinct(
      member,
      file[member].map((write) => JSON.stringify([write.collection, write.key, write.height])),
    )
  }
}

function requireDistinct(at: string, names: readonly string[]): void {
  if (new Set(names).size !== names.length) throw new ShapeRefused(at, 'each element once')
}

type Demand = {
  readonly acts: readonly [least: number, most: number]
  readonly records: readonly [least: number, most: number]
  readonly trees: readonly Opened['tree'][]
}

const MANY = 10_000

/** What each kind holds: the table of ledger-bytes.md section 14. */
const DEMANDS: Readonly<Record<EvidenceKind, Demand>> = {
  step: { acts: [1, 1], records: [0, 0], trees: ['batch', 'outcome', 'section'] },
  line: { acts: [1, 1], records: [1, MANY], trees: ['balance', 'entry'] },
  rule: { acts: [1, 1], records: [1, 1], trees: ['document'] },
  read: { acts: [1, 2], records: [0, 0], trees: ['batch'] },
  credential: { acts: [1, 1], records: [1, 1], trees: ['section', 'document'] },
  erasure: { acts: [1, MANY], records: [1, MANY], trees: [] },
}

function requireKind({ kind, acts, records, opened }: EvidenceFile): void {
  const demand = DEMANDS[kind]
  requireCount('acts', acts.length, demand.acts)
  requireCount('records', records.length, demand.records)
  opened.forEach(({ tree }, i) => {
    if (!demand.trees.includes(tree)) {
      throw new ShapeRefused(`opened/${i}/tree`, demand.trees.join(' or ') || 'nothing opened')
    }
  })
  if (kind === 'rule' && opened.length !== 1) throw new ShapeRefused('opened', 'the document')
  if (kind === 'line' && opened.length === 0) throw new ShapeRefused('opened', 'a statement')
}

function requireCount(at: string, found: number, [least, most]: readonly [number, number]): void {
  if (found < least || found > most) throw new ShapeRefused(at, `${least} to ${most} elements`)
}

/** Every opening points at an act or record of this file that can hold such a tree. */
function requireTargets(file: EvidenceFile): void {
  file.opened.forEach(({ of, tree }, i) => {
    const [part, place, ...more] = of.split('/')
    const at = Number(place)
    const inActs = part === 'acts' && ['batch', 'outcome', 'section'].includes(tree)
    const inRecords =
      part === 'records' && ['balance', 'entry', 'section', 'document'].includes(tree)
    const targets = inActs ? file.acts : inRecords ? file.records : []
    if (more.length > 0 || String(at) !== place || targets[at] === undefined) {
      throw new ShapeRefused(`opened/${i}/of`, 'an act or record of this file')
    }
  })
}

/** The act or record that an opening is of; {@link parseEvidence} has made sure that it is there. */
export function targetOf(file: EvidenceFile, of: string): EvidenceAct | EvidenceRecord {
  const [part, place] = of.split('/')
  const targets: readonly (EvidenceAct | EvidenceRecord)[] =
    part === 'acts' ? file.acts : file.records
  return targets[Number(place)]!
}

/** A member of a JSON value, or undefined: openings look into inputs and values of any shape. */
export function memberOf(value: Json | undefined, member: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.hasOwn(value, member) ? value[member] : undefined
}
