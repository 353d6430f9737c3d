/* Which records an owner names, to be erased or restricted. */
import type { Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { clausesInForce } from '../catalogue/clauses-in-force.ts'
import { requireRole } from '../membership/roles.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { CaseId, ClauseId, Code, Count, Digest, RecordId } from '../vocabulary/schemas.ts'
import { type ErasedRecord, MOST_ERASED } from './erasure-records.ts'
import { isErased } from './erasures.ts'
import { DATA_STEWARD } from './owner-grants.ts'
import { type SealedBatch, type SealedSection, sections } from './records.ts'
import { accessRefusal } from './refusals.ts'
import { findBatch } from './sections.ts'

/** Records to be erased or restricted, and why. */
export const EraseInput = Type.Object({
  /** Why, as a code: `PURPOSE_MET`, `CONSENT_WITHDRAWN`, `RETENTION_OVER` … */
  ground: Code,
  basis: Type.Object({ clause: ClauseId, version: Digest }),
  /** The case in which the person asked for it. */
  request: Type.Optional(CaseId),
  /** A row of a batch with root and place. */
  records: Type.Array(
    Type.Object({
      record: RecordId,
      batch: Type.Optional(Digest),
      index: Type.Optional(Count),
    }),
    { minItems: 1, maxItems: MOST_ERASED, uniqueItems: true },
  ),
})
export type EraseInput = Static<typeof EraseInput>

/** One record of the signer's member, with what is sealed of it. */
export interface NamedRecord extends ErasedRecord {
  /** Every version of every section that is listed on chain. */
  readonly sealed: readonly SealedSection[]
  /** The batch that it is a row of. */
  readonly sealedBatch: SealedBatch | null
  /** Roots under which the row was sealed, oldest first. */
  readonly roots: readonly string[]
}

/** The records, each of the signer's member and not yet erased; refuses others, and a clause that is none. */
export function getOwnRecords(ctx: Context, { basis, records }: EraseInput): NamedRecord[] {
  requireRole(ctx, DATA_STEWARD)
  const day = legalDay(ctx.time)
  const { clause, version } = basis
  if (!clausesInForce(ctx, clause, day).some(({ hash }) => hash === version)) {
    ctx.refuse(accessRefusal({ code: 'CLAUSE_NOT_IN_FORCE', clause, day }))
  }
  const named = records.map((one) => getOwnRecord(ctx, one))
  for (const { record } of named) {
    if (!isErased(ctx, ctx.signer.member, record)) continue
    ctx.refuse(accessRefusal({ code: 'SECTION_ERASED', record }))
  }
  return named
}

function getOwnRecord(
  ctx: Context,
  { record, batch: root, index }: EraseInput['records'][number],
): NamedRecord {
  const { member } = ctx.signer
  const batch = root === undefined ? undefined : findBatch(ctx, root)
  const sealed = [...ctx.state(sections).range({ prefix: [record] })].map(([, one]) => one)
  const isListed = sealed.length > 0 && sealed.every(({ owner }) => owner === member)
  const isRow = batch?.owner === member && index !== undefined && index < batch.count
  const isOwn = root === undefined ? isListed && index === undefined : isRow
  if (!isOwn || (sealed.length > 0 && !isListed)) {
    ctx.refuse(accessRefusal({ code: 'RECORD_NOT_YOURS', record }))
  }
  if (batch === undefined) {
    return { record, batch: null, index: null, sealed, sealedBatch: null, roots: [] }
  }
  const roots = batch.origin === undefined ? [batch.root] : [batch.origin, batch.root]
  const place = { batch: batch.origin ?? batch.root, index: index ?? 0 }
  return { record, ...place, sealed, sealedBatch: batch, roots }
}
