import { type Action, action, type Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { CaseId, Count, Digest, GrantId, SectionName } from '../vocabulary/schemas.ts'
import { findErasureFault } from './erasures.ts'
import type { AccessPorts } from './ports.ts'
import { type Admission, admitRead, commitRead } from './read-admission.ts'
import { AskedItem, coverItem, coversRows } from './read-cover.ts'
import { coversFields, coversQuestion } from './read-fields.ts'
import { FieldName, type Read, type SealedBatch } from './records.ts'
import { accessRefusal } from './refusals.ts'
import { findBatch } from './sections.ts'

const MOST_ROWS = 10_000

const ReadSections = Type.Object({
  grant: GrantId,
  case: Type.Optional(CaseId),
  /** Hex SHA-256 of the SPKI of the reader's encryption key. */
  holderKey: Digest,
  /** Root and count of the batch that proofs lead to, or whose rows are read. */
  batch: Type.Optional(Type.Object({ root: Digest, count: Count })),
  items: Type.Optional(Type.Array(AskedItem, { minItems: 1, maxItems: 100 })),
  /** Rows `from` … `from + count − 1` of the batch, without proofs: the grant covers it whole. */
  rows: Type.Optional(
    Type.Object({
      section: SectionName,
      from: Count,
      count: Type.Integer({ minimum: 1, maximum: MOST_ROWS }),
    }),
  ),
  /** Only these members of a `fields` section; the section's key stays at its owner. */
  fields: Type.Optional(Type.Array(FieldName, { minItems: 1, maxItems: 64, uniqueItems: true })),
  /** Name of the grant's question: an answer is given, nothing is opened. */
  question: Type.Optional(FieldName),
})
type ReadInput = Static<typeof ReadSections>

/**
 * Asks to read sealed sections under a grant: spends one use, and is the receipt. The owner's
 * release service answers it; nothing is shown here.
 */
export function readSections(ports: AccessPorts): Action<ReadInput> {
  return action({
    name: 'access.readSections',
    summary: 'Asks to read sealed sections under a grant; spends one use and is the receipt.',
    input: ReadSections,
    run(ctx: Context, input) {
      if ((input.items === undefined) === (input.rows === undefined)) {
        ctx.refuse(accessRefusal({ code: 'READ_EMPTY' }))
      }
      const admission = admitRead(ctx, input, ports)
      const items = coverItems(ctx, admission, input)
      const { rows, batch } = coverRows(ctx, admission, input)
      refuseUnlessPartIsCovered(ctx, admission, input)
      refuseIfGone(ctx, admission, { items: items.covered, rows }, batch, items.resealed)

      return commitRead(ctx, admission, {
        ...input,
        items: items.covered,
        rows,
        fields: input.fields === undefined ? null : [...input.fields].sort(),
        question: input.question ?? null,
        find: null,
      })
    },
  })
}

function coverItems(
  ctx: Context,
  { chain }: Admission,
  { items, batch }: ReadInput,
): { readonly covered: Read['items']; readonly resealed: string | undefined } {
  let resealed: string | undefined
  const covered = (items ?? []).map((asked) => {
    const { record, section } = asked
    const cover = coverItem(ctx, chain, asked, batch?.root)
    if (cover.ok) {
      if (cover.isResealed) resealed ??= record
      return cover.item
    }
    return ctx.refuse(
      accessRefusal(
        cover.code === 'BATCH_PROOF'
          ? { code: 'BATCH_PROOF', record }
          : { code: 'SECTION_NOT_COVERED', record, section },
      ),
    )
  })
  return { covered, resealed }
}

function coverRows(
  ctx: Context,
  { chain }: Admission,
  { rows, batch: named }: ReadInput,
): { readonly rows: Read['rows']; readonly batch?: SealedBatch } {
  if (rows === undefined) return { rows: null }
  const { section, from, count } = rows
  const batch = named === undefined ? undefined : findBatch(ctx, named.root)
  if (batch === undefined || batch.count !== named?.count || !coversRows(chain, batch, rows)) {
    ctx.refuse(accessRefusal({ code: 'SECTION_NOT_COVERED', record: null, section }))
  }
  return { rows: { batch: batch.root, section, from, count }, batch }
}

function refuseUnlessPartIsCovered(ctx: Context, { grant, chain }: Admission, input: ReadInput) {
  const isRows = input.rows !== undefined
  if (!coversFields(chain, input, isRows)) ctx.refuse(accessRefusal({ code: 'FIELDS_NOT_COVERED' }))
  // An answer is about one person; about a run of rows it would be a statistic.
  if (!coversQuestion(chain, input.question) || (isRows && input.question !== undefined)) {
    ctx.refuse(accessRefusal({ code: 'QUESTION_NOT_COVERED', grant: grant.id }))
  }
}

function refuseIfGone(
  ctx: Context,
  { grant }: Admission,
  read: Pick<Read, 'items' | 'rows'>,
  batch: SealedBatch | undefined,
  resealed: string | undefined,
): void {
  // What was sealed anew is gone under its old keys: the next version, or the new root, has it.
  const gone = batch?.resealedAs === undefined ? resealed : batch.root
  if (gone !== undefined) ctx.refuse(accessRefusal({ code: 'SECTION_ERASED', record: gone }))
  const fault = findErasureFault(ctx, grant, read, batch)
  if (fault !== undefined) ctx.refuse(accessRefusal(fault))
}
