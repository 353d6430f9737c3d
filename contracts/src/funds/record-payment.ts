import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { CivilDate, Code, ContractId } from '../vocabulary/schemas.ts'
import { recordSettlement } from './record-settlement.ts'
import { EntryReference } from './records.ts'

/** Tells what a bank answered about a payment; telling it twice changes nothing. */
export const recordPayment = action({
  name: 'funds.recordPayment',
  summary: 'Tells what became of a payment: sent, accepted, settled, rejected or returned.',
  input: Type.Object({
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
  }),
  run(ctx: Context, { payment, attempt, state, entry, reason, on }) {
    const now = recordSettlement(ctx, {
      payment,
      attempt,
      state,
      teller: ctx.signer.member,
      entry: entry ?? null,
      reason: reason ?? null,
      on: on ?? null,
    })
    return { payment, state: now.state, attempt: now.attempt }
  },
})
