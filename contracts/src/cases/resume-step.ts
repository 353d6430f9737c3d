import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { getOpenStep, StepInput } from './act-on-step.ts'
import { refuseUnlessTimely } from './authority.ts'
import { caseResult } from './case-result.ts'
import { loadCase, saveCase } from './case-work.ts'
import { endWait } from './end-wait.ts'
import { refuse } from './refusals.ts'

/** Goes on with a step that waited for what has now happened. Anyone may ask: the state decides. */
export const resumeStep = action({
  name: 'cases.resumeStep',
  summary: 'Go on with a waiting step whose wait is over.',
  input: Type.Object(StepInput),
  run(ctx: Context, input) {
    const work = loadCase(ctx, input.case)
    const step = getOpenStep(work, input)
    if (step.wait === null) return refuse(ctx, { code: 'STEP_NOT_WAITING', step: step.step })
    refuseUnlessTimely(work, step, null)
    if (!endWait(work, step)) {
      refuse(ctx, { code: 'WAIT_NOT_OVER', step: step.step, wait: step.wait.kind })
    }
    saveCase(work)
    return caseResult(work, step.n)
  },
})
