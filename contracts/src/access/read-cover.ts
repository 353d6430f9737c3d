/* Whether a grant covers what a read asks for; what is covered is told with its commitment. */
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
  | { readonly ok: true; readonly item: ReadItem }
  | { readonly ok: false; readonly code: 'SECTION_NOT_COVERED' | 'BATCH_PROOF' }

const NOT_COVERED = { ok: false, code: 'SECTION_NOT_COVERED' } as const

/** Whether the grant opens rows of the batch. */
export function coversBatch(grant: Grant, batch: SealedBatch, section: string): boolean {
  if (batch.owner !== grant.owner || batch.section !== section) return false
  if (!grant.sections.includes(section)) return false
  return coversCase(grant, batch.case) || grant.batches.includes(batch.root)
}

/** Whether the grant opens its sections wherever they lie in a case; a warrant never does. */
export function coversCase(grant: Grant, caseId: string): boolean {
  return grant.kind === 'CONTRACT' && grant.case === caseId
}

/** Whether the grant opens every row of the batches that it covers: only then half A of all is given. */
export function coversWholeBatch(grant: Grant): boolean {
  return (grant.warrant?.places ?? null) === null
}

/** Whether the grant opens a run of rows of a batch that it covers. */
export function coversPlaces(grant: Grant, from: number, count: number): boolean {
  const places = grant.warrant?.places ?? null
  if (places === null) return true
  const named = new Set(places)
  for (let place = from; place < from + count; place++) if (!named.has(place)) return false
  return true
}

/** Whether the grant opens one item; an item of a batch proves where it lies. */
export function coverItem(
  view: StateView,
  grant: Grant,
  asked: AskedItem,
  batchRoot: string | undefined,
): Cover {
  return asked.proof === undefined
    ? coverListed(view, grant, asked)
    : coverProven(view, grant, asked, asked.proof, batchRoot)
}

function coverListed(view: StateView, grant: Grant, asked: AskedItem): Cover {
  const { record, section, version } = asked
  const sealed = view.state(sections).find([record, section, version])
  if (sealed === undefined || sealed.owner !== grant.owner) return NOT_COVERED
  if (!grant.sections.includes(section)) return NOT_COVERED
  if (!coversCase(grant, sealed.case) && !grant.records.includes(record)) return NOT_COVERED
  const { commitment } = sealed
  return { ok: true, item: { record, version, section, commitment, batch: null, index: null } }
}

function coverProven(
  view: StateView,
  grant: Grant,
  asked: AskedItem,
  proof: Static<typeof BatchProof>,
  batchRoot: string | undefined,
): Cover {
  const { record, section, version } = asked
  const batch = batchRoot === undefined ? undefined : findBatch(view, batchRoot)
  if (batch === undefined || !coversBatch(grant, batch, section)) return NOT_COVERED
  if (!coversPlaces(grant, proof.index, 1)) return NOT_COVERED
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
  }
}
