import type { Context } from '@renshe/kernel'
import { books, expectations, payments } from './records.ts'

const ENDED: ReadonlySet<string> = new Set(['arrived', 'over', 'cancelled', 'settled'])

/**
 * Another member takes over what one had to order or to tell in a case: its open expectations and its
 * payments that have not ended. What was told already stays told by whom it was told.
 */
export function moveTellers(
  ctx: Context,
  { caseId, from, to }: { readonly caseId: string; readonly from: string; readonly to: string },
): void {
  const other = (member: string): string => (member === from ? to : member)
  const ofCase = { prefix: [caseId] }
  for (const [id, expectation] of [...ctx.state(expectations).index('byCase', ofCase)]) {
    if (ENDED.has(expectation.state) || expectation.by !== from) continue
    ctx.state(expectations).put(id, { ...expectation, by: to })
  }
  for (const [id, payment] of [...ctx.state(payments).index('byCase', ofCase)]) {
    if (ENDED.has(payment.state)) continue
    const tellers = [...new Set(payment.tellers.map(other))]
    if (payment.by !== from && !payment.tellers.includes(from)) continue
    ctx.state(payments).put(id, { ...payment, by: other(payment.by), tellers })
  }
}

/** Names the member that may tell credits nobody expected, after the custodian has changed. */
export function changeCustodian(ctx: Context, id: string, custodian: string | null): void {
  const book = ctx.state(books).get(id)
  if (book.custodian !== custodian) ctx.state(books).put(id, { ...book, custodian })
}
