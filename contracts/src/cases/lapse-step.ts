import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { getOpenStep, StepInput } from './act-on-step.ts'
import { handOf } from './authority.ts'
import { caseResult } from './case-result.ts'
import { type CaseWork, definitionOf, loadCase, patchStep, saveCase, tell } from './case-work.ts'
import { findLapse, type Lapse, termsOf } from './clocks.ts'
import { noValues } from './compute-values.ts'
import { alertParties } from './effects/tell-effects.ts'
import { finishStep } from './finish-step.ts'
import type { Step } from './records.ts'
import { refuse } from './refusals.ts'

/** Says that a clock of a step has run out. Anyone may: block time alone decides. */
export const lapseStep = action({
  name: 'cases.lapseStep',
  summary: 'Say that a time limit of a step has passed; its consequence follows.',
  input: Type.Object(StepInput),
  run(ctx: Context, input) {
    const work = loadCase(ctx, input.case)
    const step = getOpenStep(work, input)
    const { clocks } = definitionOf(work, step)
    const first = findLapse(step, clocks, ctx.time)
    if (first === undefined) {
      const { step: name, lapsesAfter: next } = step
      refuse(ctx, { code: 'NOTHING_LAPSED', step: name, next, time: ctx.time })
    }
    lapseAll(work, step, first)
    saveCase(work)
    return caseResult(work, step.n)
  },
})

/** Every moment that has passed, in order of time; an outcome is the last one. */
function lapseAll(work: CaseWork, step: Step, first: Lapse): void {
  const { clocks } = definitionOf(work, step)
  let current = step
  for (
    let lapse: Lapse | undefined = first;
    lapse !== undefined;
    lapse = findLapse(current, clocks, work.ctx.time)
  ) {
    const { name } = lapse.clock
    tell(work, 'StepLapsed', {
      step: step.step,
      n: step.n,
      clock: name,
      until: lapse.at,
      holder: current.holder,
      isPromise: lapse.isPromise,
    })
    const consequence = lapse.definition.lapse
    if (consequence !== undefined && 'outcome' in consequence) {
      finishStep(work, current, {
        by: 'lapse',
        hand: handOf(work.ctx),
        outcome: consequence.outcome,
        values: noValues(),
        sealed: {},
      })
      return
    }
    if (consequence !== undefined) raise(work, current, lapse, consequence)
    current = markLapsed(work, current, name)
  }
}

function raise(
  work: CaseWork,
  { step, holder }: Step,
  { clock, at, isPromise, definition }: Lapse,
  { alert, to }: { readonly alert: string; readonly to: readonly string[] },
): void {
  alertParties(work, {
    code: alert,
    severity: isPromise ? 'note' : 'warning',
    to,
    facts: { step, holder, clock: clock.name, until: at, isPromise, clause: definition.clause },
  })
}

function markLapsed(work: CaseWork, step: Step, name: string): Step {
  const clocks = step.clocks.map((clock) =>
    clock.name === name ? { ...clock, lapsed: clock.lapsed + 1 } : clock,
  )
  return patchStep(work, step.n, {
    clocks,
    ...termsOf(clocks, definitionOf(work, step).clocks),
  })
}
