import type { Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { CivilDate, Code, ContractId } from '../vocabulary/schemas.ts'
import { MOST_TURNS } from './order-payment.ts'
import { EntryReference, type Payment, type PaymentState, payments } from './records.ts'
import { refuse } from './refusals.ts'
import type { Tidings } from './terms.ts'

/**
 * What may be told after what. A connector that dies between sending and telling may skip `sent` or
 * `accepted`; a settled payment can still come back; nothing follows a rejection or return but the
 * same order again.
 */
const FOLLOWS: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  ordered: ['sent', 'accepted', 'settled', 'rejected'],
  sent: ['accepted', 'settled', 'rejected'],
  accepted: ['settled', 'rejected'],
  settled: ['returned'],
  rejected: [],
  returned: [],
}

/** What a member tells of a payment: input of every action that brings a bank's answer. */
export const ToldPayment = Type.Object({
  payment: ContractId,
  attempt: Type.Integer({ minimum: 1, maximum: 200 }),
  state: Type.Union([
    Type.Literal('sent'),
    Type.Literal('accepted'),
    Type.Literal('settled'),
    Type.Literal('rejected'),
    Type.Literal('returned'),
  ]),
  entry: Type.Optional(EntryReference),
  reason: Type.Optional(Code),
  on: Type.Optional(CivilDate),
})

type ToldPayment = Static<typeof ToldPayment>

/** Records what the signer tells, and says how the payment stands now. */
export function recordTold(
  ctx: Context,
  told: ToldPayment,
): { payment: string; state: PaymentState; attempt: number } {
  const { state, attempt } = recordSettlement(ctx, { ...told, teller: ctx.signer.member })
  return { payment: told.payment, state, attempt }
}

/**
 * Records what a bank answered about a payment. Telling the same again changes nothing, so a
 * connector may repeat itself after a crash.
 *
 * @returns the payment as it now stands
 */
export function recordSettlement(ctx: Context, tidings: Tidings): Payment {
  const payment = ctx.state(payments).find(tidings.payment)
  if (payment === undefined) {
    refuse(ctx, { code: 'PAYMENT_NOT_FOUND', payment: tidings.payment })
  }
  const { id, state, attempt, history } = payment
  if (tidings.teller !== payment.by && !payment.tellers.includes(tidings.teller)) {
    refuse(ctx, { code: 'NOT_A_TELLER', member: tidings.teller, payment: id })
  }
  if (tidings.attempt !== attempt) {
    refuse(ctx, { code: 'PAYMENT_ATTEMPT', payment: id, attempt: tidings.attempt, newest: attempt })
  }
  if (history.some((turn) => turn.attempt === attempt && turn.state === tidings.state)) {
    return payment
  }
  if (!FOLLOWS[state].includes(tidings.state)) {
    refuse(ctx, { code: 'PAYMENT_STATE', payment: id, from: state, to: tidings.state })
  }
  if (history.length >= MOST_TURNS) {
    refuse(ctx, { code: 'PAYMENT_TURNS', payment: id, most: MOST_TURNS })
  }

  const { entry = null, reason = null, on = null } = tidings
  const turn = {
    attempt,
    state: tidings.state,
    at: ctx.time,
    by: tidings.teller,
    entry,
    reason,
    on,
  }
  const now: Payment = { ...payment, state: tidings.state, history: [...history, turn] }
  ctx.state(payments).put(id, now)
  ctx.emit('PaymentRecorded', {
    payment: id,
    case: payment.case,
    name: payment.name,
    attempt,
    state: tidings.state,
    reason,
  })
  return now
}
