import type { Context } from '@renshe/kernel'
import { yuanFromFen } from '../vocabulary/money.ts'
import { type Payment, type PaymentTurn, payments } from './records.ts'
import { refuse } from './refusals.ts'
import type { PaymentTerms } from './terms.ts'

/** Turns that one payment keeps: attempts of a single order, each with a few tidings. */
export const MOST_TURNS = 200

/** The payment of one name and occasion in a case, or undefined. */
export function findPayment(
  view: Pick<Context, 'state'>,
  caseId: string,
  name: string,
  occasion = 1,
): Payment | undefined {
  const range = { prefix: [caseId, name, occasion], limit: 1 }
  for (const [, payment] of view.state(payments).index('byCase', range)) return payment
  return undefined
}

/**
 * Orders a payment, exactly once per case, name and occasion. The same order after a rejection or
 * return is the same payment again: same key, next attempt, perhaps another account of the payee.
 *
 * @returns id of the payment, which is the key that the bank gets (≤ 35 characters of ISO 20022)
 */
export function orderPayment(ctx: Context, terms: PaymentTerms): string {
  const { caseId, name, occasion = 1, from, to } = terms
  const amount = yuanFromFen(terms.amountFen)
  if (terms.amountFen <= 0n) refuse(ctx, { code: 'AMOUNT_NOT_POSITIVE', amount })
  if (from === to) refuse(ctx, { code: 'PAYMENT_TO_ITSELF', account: from })
  const earlier = findPayment(ctx, caseId, name, occasion)
  if (earlier !== undefined) return orderAgain(ctx, earlier, amount, terms)

  const id = ctx.newId(`payment/${caseId}/${name}/${occasion}`)
  ctx.state(payments).put(id, {
    v: 1,
    id,
    case: caseId,
    name,
    occasion,
    book: terms.book,
    by: terms.by,
    tellers: [...(terms.tellers ?? [])],
    from,
    to,
    amount,
    state: 'ordered',
    attempt: 1,
    history: [ordered(ctx, terms.by, 1)],
  })
  ctx.emit('PaymentOrdered', { payment: id, case: caseId, name, attempt: 1, by: terms.by })
  return id
}

function orderAgain(ctx: Context, earlier: Payment, amount: string, terms: PaymentTerms): string {
  const { id, state } = earlier
  if (state !== 'rejected' && state !== 'returned') {
    refuse(ctx, { code: 'PAYMENT_EXISTS', payment: id, state })
  }
  if (earlier.amount !== amount || earlier.by !== terms.by || earlier.from !== terms.from) {
    refuse(ctx, { code: 'PAYMENT_DIFFERS', payment: id, amount, ordered: earlier.amount })
  }
  if (earlier.history.length >= MOST_TURNS) {
    refuse(ctx, { code: 'PAYMENT_TURNS', payment: id, most: MOST_TURNS })
  }

  const attempt = earlier.attempt + 1
  ctx.state(payments).put(id, {
    ...earlier,
    to: terms.to,
    state: 'ordered',
    attempt,
    history: [...earlier.history, ordered(ctx, terms.by, attempt)],
  })
  ctx.emit('PaymentOrdered', {
    payment: id,
    case: earlier.case,
    name: earlier.name,
    attempt,
    by: terms.by,
  })
  return id
}

function ordered(ctx: Context, by: string, attempt: number): PaymentTurn {
  return { attempt, state: 'ordered', at: ctx.time, by, entry: null, reason: null, on: null }
}
