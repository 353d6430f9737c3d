import { action, type Context } from '@renshe/kernel'
import { recordTold, ToldPayment } from '../funds/record-settlement.ts'
import { caseResult } from './case-result.ts'
import { loadCase, saveCase } from './case-work.ts'
import { endWait } from './end-wait.ts'
import { findWaitingStep, isOverdue } from './record-arrival.ts'

/** Tells what a bank answered to a payment; if a case waits for its end, the step goes on at once. */
export const recordSettlement = action({
  name: 'cases.recordSettlement',
  summary: 'Tell what a bank answered to a payment, and go on with the case that waits for it.',
  input: ToldPayment,
  run(ctx: Context, input) {
    const told = recordTold(ctx, input)
    const step = findWaitingStep(ctx, ['settlement', input.payment])
    if (step === undefined) return told
    const work = loadCase(ctx, step.case)
    if (isOverdue(work, step) || !endWait(work, step)) return told
    saveCase(work)
    return { ...told, ...caseResult(work, step.n) }
  },
})
