import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { recordSettlement as recordTidings } from '../funds/record-settlement.ts'
import { EntryReference } from '../funds/records.ts'
import { CivilDate, Code, ContractId } from '../vocabulary/schemas.ts'
import { caseResult } from './case-result.ts'
import { loadCase, saveCase } from './case-work.ts'
import { endWait } from './end-wait.ts'
import { findWaitingStep, isOverdue } from './record-arrival.ts'

/** Tells what a bank answered to a payment; if a case waits for its end, the step goes on at once. */
export const recordSettlement = action({
  name: 'cases.recordSettlement',
  summary: 'Tell what a bank answered to a payment, and go on with the case that waits for it.',
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
    const now = recordTidings(ctx, {
      payment,
      attempt,
      state,
      teller: ctx.signer.member,
      entry: entry ?? null,
      reason: reason ?? null,
      on: on ?? null,
    })
    const told = { payment, state: now.state, attempt: now.attempt }
    const step = findWaitingStep(ctx, ['settlement', payment])
    if (step === undefined) return told
    const work = loadCase(ctx, step.case)
    if (isOverdue(work, step) || !endWait(work, step)) return told
    saveCase(work)
    return { ...told, ...caseResult(work, step.n) }
  },
})
