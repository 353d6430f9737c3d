/* Whether grants cover what a read asks for; what is covered is told with its commitment. */
import { canonicalJson, fromHex } from '@renshe/crypto'
import type { StateView } from '@renshe/kernel'
import { leafHash, verifyInclusion } from '@renshe/proof'
import { type Static, Type } from 'typebox'
import { Count, Digest, RecordId, SectionCommitments, SectionName } from '../vocabulary/schemas.ts'
import { type Grant, type ReadItem, type SealedBatch, sections } from './records.ts'
import { findBatch } from './sections.ts'

/** Where a record lies in the batch that the read names. */
export const BatchProof = Type.Object({
  index: Count,
  /** Sections of the leaf, ascending by name. */
  sections: SectionCommitments,
  /** Sibling hashes, leaf to root. */
  path: Type.Array(Digest, { maxItems: 24 }),
})

/** One section of one record that is asked for. */
export const AskedItem = Type.Object({
  record: RecordId,
  version: Type.Integer({ minimum: 1 }),
  section: SectionName,
  /** Without it the record lists its sections on chain. */
  proof: Type.Optional(BatchProof),
})
export type AskedItem = Static<typeof AskedItem>

/** What became of one item. */
export type Cover =
  | { readonly ok: true; readonly item: ReadItem; readonly isResealed: boolean }
  | { readonly ok: false; readonly code: 'SECTION_NOT_COVERED' | 'BATCH_PROOF' }

/** Where something sealed lies. */
interface SealedPlace {
  readonly section: string
  readonly owner: string
  readonly entry: string
  readonly level: number
  readonly case: string
}

const NOT_COVERED = { ok: false, code: 'SECTION_NOT_COVERED' } as const

/** Whether the grant opens its sections wherever they lie in a case; a warrant never does. */
export function coversCase(grant: Grant, caseId: string): boolean {
  if (grant.case !== caseId || grant.kind === 'WARRANT') return false
  if (grant.issued === undefined) return true
  return grant.issued.scope === 'CASE' && grant.records.length + grant.batches.length === 0
}

/**
 * Whether the grant opens every row of the batches that it covers: only then half A of all is given.
 * Of a delegated grant every one above it must.
 */
export function coversWholeBatch(grant: Grant): boolean {
  const { warrant, issued, records, batches } = grant
  if ((warrant?.places ?? null) !== null) return false
  if (issued === undefined) return true
  return issued.range === null && (records.length === 0 || batches.length > 0)
}

/** Whether every grant of the chain opens a run of rows of a batch. */
export function coversRows(
  chain: readonly Grant[],
  batch: SealedBatch,
  { section, from, count }: { section: string; from: number; count: number },
): boolean {
  if (section !== batch.section || from + count > batch.count) return false
  return chain.every(
    (grant) =>
      coversPlace(grant, batch) &&
      coversBatch(grant, batch) &&
      coversWholeRows(grant) &&
      coversPlaces(grant, from, count),
  )
}

/** Owner, section, entry and level: what every grant must agree with. */
function coversPlace(grant: Grant, { section, owner, entry, level }: SealedPlace): boolean {
  const at = grant.sections.indexOf(section)
  if (at < 0 || owner !== grant.owner || level > grant.level) return false
  return grant.issued === undefined || grant.issued.entries[at] === entry
}

function coversBatch(grant: Grant, batch: SealedBatch): boolean {
  const { issued, records, batches } = grant
  const isNamed = batches.includes(batch.root) || batches.includes(batch.origin ?? '')
  if (issued === undefined) return isNamed || coversCase(grant, batch.case)
  if (issued.scope === 'CASE' && grant.case !== batch.case) return false
  return isNamed || batches.length + records.length === 0
}

/** Rows come whole: a grant over some records, or some fields, does not open a run of them. */
function coversWholeRows({ issued, fields, records, batches }: Grant): boolean {
  if (issued === undefined) return true
  return fields === null && (records.length === 0 || batches.length > 0)
}

/** Whether the grant opens a run of rows of a batch that it covers. */
function coversPlaces(grant: Grant, from: number, count: number): boolean {
  const range = grant.issued?.range ?? null
  if (range !== null && (from < range.from || from + count > range.from + range.count)) return false
  const places = grant.warrant?.places ?? null
  if (places === null) return true
  const named = new Set(places)
  for (let place = from; place < from + count; place++) if (!named.has(place)) return false
  return true
}

/** Whether every grant of the chain opens one item; an item of a batch proves where it lies. */
export function coverItem(
  view: StateView,
  chain: readonly Grant[],
  asked: AskedItem,
  batchRoot: string | undefined,
): Cover {
  return asked.proof === undefined
    ? coverListed(view, chain, asked)
    : coverProven(view, chain, asked, asked.proof, batchRoot)
}

function coverListed(view: StateView, chain: readonly Grant[], asked: AskedItem): Cover {
  const { record, section, version } = asked
  const sealed = view.state(sections).find([record, section, version])
  if (sealed === undefined) return NOT_COVERED
  const isCovered = chain.every(
    (grant) => coversPlace(grant, sealed) && coversRecord(grant, sealed.case, record),
  )
  if (!isCovered) return NOT_COVERED
  const { commitment, resealedAs } = sealed
  const item = { record, version, section, commitment, batch: null, index: null }
  return { ok: true, item, isResealed: resealedAs !== undefined }
}

function coversRecord(grant: Grant, caseId: string, record: string): boolean {
  const { issued, records, batches } = grant
  const isNamed = records.includes(record)
  if (issued === undefined) return isNamed || coversCase(grant, caseId)
  if (issued.scope === 'CASE' && grant.case !== caseId) return false
  // A run of places says where in a batch: what is listed by itself lies in none.
  return isNamed || (records.length + batches.length === 0 && issued.range === null)
}

function coverProven(
  view: StateView,
  chain: readonly Grant[],
  asked: AskedItem,
  proof: Static<typeof BatchProof>,
  batchRoot: string | undefined,
): Cover {
  const { record, section, version } = asked
  const batch = batchRoot === undefined ? undefined : findBatch(view, batchRoot)
  if (batch === undefined || batch.section !== section) return NOT_COVERED
  const isCovered = chain.every(
    (grant) =>
      coversPlace(grant, batch) &&
      (coversBatch(grant, batch) || coversNamedRow(grant, batch, record)) &&
      coversPlaces(grant, proof.index, 1),
  )
  if (!isCovered) return NOT_COVERED
  const shown = proof.sections.find(({ name }) => name === section)
  if (shown === undefined) return NOT_COVERED
  const leaf = canonicalJson({ record, version, sections: proof.sections })
  const holds = verifyInclusion({
    leafHash: leafHash(batch.tree, leaf),
    index: proof.index,
    size: batch.count,
    path: proof.path.map(fromHex),
    root: fromHex(batch.root),
  })
  if (!holds) return { ok: false, code: 'BATCH_PROOF' }
  const { commitment } = shown
  return {
    ok: true,
    item: { record, version, section, commitment, batch: batch.root, index: proof.index },
    isResealed: batch.resealedAs !== undefined,
  }
}

function coversNamedRow({ issued, records, case: own }: Grant, batch: SealedBatch, record: string) {
  if (issued === undefined || !records.includes(record)) return false
  return issued.scope !== 'CASE' || own === batch.case
}
