import { action, type Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { numberSetting } from '../governance/settings.ts'
import { findEncryptionKey } from '../membership/members.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { CaseId, Count, Digest, GrantId, SectionName } from '../vocabulary/schemas.ts'
import { conditionHolds, findGrantFault, type GrantUse, readsLeft } from './grant-state.ts'
import { findGrant } from './grants.ts'
import { AskedItem, coverItem, coversBatch, coversPlaces } from './read-cover.ts'
import { budgets, type Grant, grants, type Read, reads } from './records.ts'
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
})
type ReadInput = Static<typeof ReadSections>

/**
 * Asks to read sealed sections under a grant: spends one use, and is the receipt. The owner's
 * release service answers it; nothing is shown here.
 */
export const readSections = action({
  name: 'access.readSections',
  summary: 'Asks to read sealed sections under a grant; spends one use and is the receipt.',
  input: ReadSections,
  run(ctx: Context, input) {
    if ((input.items === undefined) === (input.rows === undefined)) {
      ctx.refuse(accessRefusal({ code: 'READ_EMPTY' }))
    }
    const grant =
      findGrant(ctx, input.grant) ??
      ctx.refuse(accessRefusal({ code: 'GRANT_NOT_FOUND', grant: input.grant }))
    const use: GrantUse = { signer: ctx.signer, time: ctx.time, caseId: input.case }
    const fault = findGrantFault(grant, use)
    if (fault !== undefined) ctx.refuse(accessRefusal(fault))
    const items = coverItems(ctx, grant, input)
    const rows = coverRows(ctx, grant, input)
    if (!conditionHolds(ctx, grant, use)) {
      ctx.refuse(accessRefusal({ code: 'CONDITION_NOT_MET', grant: grant.id }))
    }
    if (grant.secondOfficer) {
      ctx.refuse(accessRefusal({ code: 'SECOND_OFFICER_REQUIRED', grant: grant.id }))
    }
    const left = readsLeft(grant, ctx.time)
    if (left !== undefined && left <= 0) {
      const { reads: allowed } = grant.quota ?? { reads: 0 }
      ctx.refuse(accessRefusal({ code: 'QUOTA_SPENT', grant: grant.id, reads: allowed }))
    }
    const rowCount = rows?.count ?? items.length
    refuseOverBudget(ctx, rowCount)
    if (findEncryptionKey(ctx, input.holderKey, ctx.time)?.member !== ctx.signer.member) {
      ctx.refuse(accessRefusal({ code: 'HOLDER_KEY_UNKNOWN', holderKey: input.holderKey }))
    }

    spend(ctx, grant, rowCount)
    const read = readOf(ctx, grant, input, items, rows)
    ctx.state(reads).put(ctx.txId, read)
    ctx.emit('SectionsRead', {
      read: ctx.txId,
      grant: grant.id,
      owner: grant.owner,
      member: read.member,
      officer: read.officer,
      case: read.case,
      rows: rowCount,
    })
    return { read: ctx.txId, owner: grant.owner }
  },
})

function coverItems(ctx: Context, grant: Grant, { items, batch }: ReadInput): Read['items'] {
  return (items ?? []).map((asked) => {
    const cover = coverItem(ctx, grant, asked, batch?.root)
    if (cover.ok) return cover.item
    const { record, section } = asked
    return ctx.refuse(
      accessRefusal(
        cover.code === 'BATCH_PROOF'
          ? { code: 'BATCH_PROOF', record }
          : { code: 'SECTION_NOT_COVERED', record, section },
      ),
    )
  })
}

function coverRows(ctx: Context, grant: Grant, { rows, batch: named }: ReadInput): Read['rows'] {
  if (rows === undefined) return null
  const { section, from, count } = rows
  const batch = named === undefined ? undefined : findBatch(ctx, named.root)
  const isCovered =
    batch !== undefined &&
    batch.count === named?.count &&
    coversBatch(grant, batch, section) &&
    coversPlaces(grant, from, count) &&
    from + count <= batch.count
  if (!isCovered) {
    ctx.refuse(accessRefusal({ code: 'SECTION_NOT_COVERED', record: null, section }))
  }
  return { batch: batch.root, section, from, count }
}

/** Budgets bound what one officer can look up in a day, whatever grants the member holds. */
function refuseOverBudget(ctx: Context, rows: number): void {
  if (ctx.signer.kind !== 'officer') return
  const { member, name } = ctx.signer
  const spent = ctx.state(budgets).find([member, name, legalDay(ctx.time)])
  const mostReads = numberSetting(ctx, 'access.officerReadsPerDay')
  const mostRows = numberSetting(ctx, 'access.officerRowsPerDay')
  if ((spent?.reads ?? 0) + 1 > mostReads || (spent?.rows ?? 0) + rows > mostRows) {
    ctx.refuse(accessRefusal({ code: 'OFFICER_BUDGET_SPENT', reads: mostReads, rows: mostRows }))
  }
}

function spend(ctx: Context, grant: Grant, rows: number): void {
  const day = legalDay(ctx.time)
  ctx.state(grants).put(grant.id, {
    ...grant,
    used: grant.used + 1,
    usedDay: day,
    usedThatDay: (grant.usedDay === day ? grant.usedThatDay : 0) + 1,
  })
  if (ctx.signer.kind !== 'officer') return
  const key: [string, string, string] = [ctx.signer.member, ctx.signer.name, day]
  const spent = ctx.state(budgets).find(key)
  ctx.state(budgets).put(key, {
    v: 1,
    reads: (spent?.reads ?? 0) + 1,
    rows: (spent?.rows ?? 0) + rows,
  })
}

function readOf(
  ctx: Context,
  grant: Grant,
  input: ReadInput,
  items: Read['items'],
  rows: Read['rows'],
): Read {
  const { member, name, unit } = ctx.signer
  return {
    v: 1,
    read: ctx.txId,
    grant: grant.id,
    owner: grant.owner,
    member,
    officer: name,
    unit,
    case: input.case ?? grant.case,
    at: ctx.time,
    height: ctx.height,
    items,
    rows,
    holderKey: input.holderKey,
    confirmation: null,
  }
}
