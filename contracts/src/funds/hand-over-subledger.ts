import type { Context } from '@renshe/kernel'
import { books, handOvers, type TreeHead } from './records.ts'
import { refuse } from './refusals.ts'

/** What `handOverSubledger` needs. */
export interface SubledgerHandOver {
  readonly book: string
  readonly from: string
  readonly to: string
  /** Head of the balances as the old owner sealed them: must be where the sub-ledger stands. */
  readonly before: TreeHead
  /** Head of the same contents sealed by the new owner; both signed that they are the same. */
  readonly after: TreeHead
  readonly caseId: string | null
}

/**
 * Gives a book's sub-ledger to another owner, against its balances root, with no journal in between.
 * That both sealed the same contents is settled before: two signatures of two members.
 */
export function handOverSubledger(ctx: Context, terms: SubledgerHandOver): void {
  const { book, from, to, before, after } = terms
  const found = ctx.state(books).find(book)
  if (found === undefined) refuse(ctx, { code: 'BOOK_NOT_FOUND', book })
  const head = found.subledger
  if (head === null) refuse(ctx, { code: 'SUBLEDGER_NOT_KEPT', book })
  if (head.owner !== from) refuse(ctx, { code: 'SUBLEDGER_NOT_OWNER', book, owner: head.owner })
  if (from === to) refuse(ctx, { code: 'SUBLEDGER_SAME_OWNER', book, owner: from })
  if (before.root !== head.balances.root || before.count !== head.balances.count) {
    refuse(ctx, {
      code: 'SUBLEDGER_ROOT',
      book,
      named: before.root,
      newest: head.balances.root,
    })
  }
  if (after.count !== before.count) {
    refuse(ctx, {
      code: 'SUBLEDGER_COUNT',
      book,
      before: before.count,
      after: after.count,
      entries: 0,
    })
  }

  const number = countOf(ctx, book) + 1
  ctx.state(books).put(book, { ...found, subledger: { ...head, owner: to, balances: after } })
  ctx.state(handOvers).put([book, number], {
    v: 1,
    book,
    from,
    to,
    journal: head.previous,
    before,
    after,
    case: terms.caseId,
    at: ctx.time,
  })
  ctx.emit('SubledgerHandedOver', { book, from, to, case: terms.caseId, journal: head.previous })
}

function countOf(ctx: Context, book: string): number {
  const newest = ctx.state(handOvers).range({ prefix: [book], reverse: true, limit: 1 })
  for (const [[, number]] of newest) return number
  return 0
}
