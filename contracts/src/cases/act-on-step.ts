import type { JsonObject } from '@renshe/crypto'
import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { CaseId, Count, KebabName, PublicFields } from '../vocabulary/schemas.ts'
import { camelOfKebab } from '../vocabulary/spelling.ts'
import { handOf, refuseUnlessMayAct, refuseUnlessTimely } from './authority.ts'
import { caseResult } from './case-result.ts'
import { batchContext } from './case-scope.ts'
import { type CaseWork, definitionOf, loadCase, refuseUnlessOpen, saveCase } from './case-work.ts'
import { type ActValues, noValues, takeFields } from './compute-values.ts'
import { finishStep } from './finish-step.ts'
import { addSignature } from './joint-act.ts'
import { type BatchFacts, isOver, type Step } from './records.ts'
import { refuse } from './refusals.ts'
import { refuseUnlessBatchFits, SealedInput } from './sealed-input.ts'
import { findOpenStep } from './step-graph.ts'

/** Which step of which case; of several open instances `n`, else the signer's own, else the newest. */
export const StepInput = { case: CaseId, step: KebabName, n: Type.Optional(Count) }

/** Does what a step asks its holder to do: fills in its form, chooses its outcome, signs. */
export const actOnStep = action({
  name: 'cases.actOnStep',
  summary: 'Fill in the form of an open step, choose its outcome and sign.',
  input: Type.Object({
    ...StepInput,
    outcome: Type.Optional(KebabName),
    fields: Type.Optional(PublicFields),
    ...SealedInput,
  }),
  run(ctx: Context, input) {
    const work = loadCase(ctx, input.case)
    const step = getOpenStep(work, input)
    const definition = definitionOf(work, step)
    if (definition.wait !== undefined) refuse(ctx, { code: 'STEP_WAITS', step: step.step })
    if (definition.determine !== undefined) {
      refuse(ctx, { code: 'STEP_DETERMINES', step: step.step })
    }
    refuseUnlessMayAct(work, step)
    refuseUnlessTimely(work, step, input.outcome ?? null)
    const values = noValues()
    const fields = (input.fields ?? {}) as JsonObject
    takeFields(work.evaluator, definition.form?.fields ?? {}, fields, values)
    refuseUnlessBatchFits(work, definition.form?.batch, input.batch)

    const outcome = input.outcome ?? null
    const isComplete =
      definition.signatures === undefined || addSignature(work, step, outcome, fields)
    // What is sealed comes with the signature that completes the act: before, nothing would keep it.
    if (!isComplete && input.record !== undefined) refuse(ctx, { code: 'RECORD_UNEXPECTED' })
    if (isComplete) {
      takeBatch(work, values, definition.form?.batch, input.batch)
      const hand = handOf(ctx)
      finishStep(work, work.steps[step.n] as Step, {
        by: 'act',
        hand,
        outcome,
        values,
        sealed: input,
      })
    }
    saveCase(work)
    return caseResult(work, step.n)
  },
})

/** The batch that comes with this act is already the batch of its section for its own checks. */
function takeBatch(
  work: CaseWork,
  values: ActValues,
  section: string | undefined,
  batch: BatchFacts | undefined,
): void {
  if (section === undefined || batch === undefined) return
  values.locals.set(camelOfKebab(section), batchContext(work.code, section, batch))
}

/** The open instance of a step; refuses `CASE_NOT_OPEN`, `STEP_NOT_FOUND`, `STEP_NOT_OPEN`. */
export function getOpenStep(
  work: CaseWork,
  { step: name, n }: { readonly step: string; readonly n?: number },
): Step {
  const { ctx, serviceCase, service, steps } = work
  const notFound = (): never =>
    refuse(ctx, { code: 'STEP_NOT_FOUND', case: serviceCase.id, step: name })
  refuseUnlessOpen(ctx, serviceCase)
  if (!Object.hasOwn(service.steps, name)) return notFound()
  const named = n === undefined ? findOpenStep(steps, name, ctx.signer.member) : steps[n]
  const step = named ?? steps.findLast((other) => other.step === name)
  if (step === undefined || step.step !== name) return notFound()
  if (isOver(step)) refuse(ctx, { code: 'STEP_NOT_OPEN', step: name, status: step.status })
  return step
}
