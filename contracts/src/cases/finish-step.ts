import type { Json } from '@renshe/crypto'
import type { Scope } from '@renshe/rules'
import type { Outcome, StepDefinition } from '../catalogue/package-document.ts'
import { amendActs, replacedBy } from './amend-acts.ts'
import { refuseUnlessTimely } from './authority.ts'
import { ruleCallerOf } from './call-rule.ts'
import { caseScope } from './case-scope.ts'
import {
  type CaseWork,
  definitionOf,
  factsOf,
  hasOpenSteps,
  patchCase,
  patchStep,
  tell,
} from './case-work.ts'
import { type ActValues, computeValues, refuseUnlessChecked } from './compute-values.ts'
import { performEffects } from './effects/perform-effects.ts'
import { endCase } from './end-case.ts'
import { isTrue } from './feel.ts'
import { wholeNumber } from './field-values.ts'
import { forgetStep, openFollowing } from './open-steps.ts'
import { bindParties } from './parties.ts'
import { type Hand, OPEN, type Step } from './records.ts'
import { refuse } from './refusals.ts'
import { refuseUnlessSectionsFit, registerSealed, type SealedInput } from './sealed-input.ts'

/** How a step comes to its end. */
export interface Ending {
  readonly by: 'act' | 'determination' | 'wait' | 'lapse'
  readonly hand: Hand
  /** Outcome that the actor chose or the clock names; null: the package's conditions decide. */
  readonly outcome: string | null
  /** Form fields, determined outputs, what a wait brought. */
  readonly values: ActValues
  readonly sealed: SealedInput
}

/**
 * Ends an open step: values → checks → outcome → its values and checks → sealed sections → the record of
 * the step → effects → parties → next steps or the end of the case. When time has run out nobody filled
 * in a form, so only the outcome's own values are computed.
 */
export function finishStep(work: CaseWork, step: Step, ending: Ending): Step {
  const { ctx, evaluator } = work
  const definition = definitionOf(work, step)
  const { values } = ending
  values.locals.set('round', wholeNumber(step.round))
  const scope = caseScope(factsOf(work), values.locals)
  const callRule = ruleCallerOf(work)
  if (ending.by !== 'lapse') {
    computeValues(evaluator, definition.compute, scope, values, callRule)
    refuseUnlessChecked(evaluator, definition.checks, scope, step.step)
  }
  const name = chooseOutcome(work, step, scope, ending)
  const outcome = definition.outcomes[name] as Outcome
  if (ending.by !== 'lapse') {
    refuseUnlessTimely(work, step, name)
    refuseUnlessChecked(evaluator, outcome.checks, scope, step.step)
  }
  computeValues(evaluator, outcome.compute, scope, values, callRule)
  refuseUnlessSectionsFit(work, sectionsOf(definition, outcome, ending), ending.sealed)

  const done = markDone(work, step, name, ending)
  performEffects(work, { step: done, locals: values.locals }, outcome.effects)
  bindParties(work)
  if (outcome.ends !== undefined) {
    endCase(work, outcome.ends)
  } else {
    openFollowing(work, outcome.then, step.n)
    if (work.serviceCase.status === OPEN && !hasOpenSteps(work)) {
      refuse(ctx, { code: 'NOTHING_FOLLOWS', step: step.step, outcome: name })
    }
  }
  return done
}

/** Sections that must have come. What ends a wait may bring those of the form, and need not. */
function sectionsOf(definition: StepDefinition, outcome: Outcome, ending: Ending): string[] {
  const { by, sealed } = ending
  if (by === 'lapse') return []
  const sections = [...(definition.form?.sections ?? []), ...outcome.sections]
  if (by !== 'wait') return sections
  return sections.filter((section) => sealed.sections?.some(({ name }) => name === section))
}

function chooseOutcome(work: CaseWork, step: Step, scope: Scope, ending: Ending): string {
  const { ctx, evaluator } = work
  const { outcomes } = definitionOf(work, step)
  const names = Object.keys(outcomes).sort()
  const chosen = ending.outcome
  if (chosen !== null && !names.includes(chosen)) {
    refuse(ctx, { code: 'OUTCOME_UNKNOWN', step: step.step, outcome: chosen })
  }
  if (ending.by === 'lapse' && chosen !== null) return chosen
  const free = names.filter((name) => outcomes[name]?.when === undefined)
  const holding = names.filter((name) => {
    const when = outcomes[name]?.when
    return when !== undefined && isTrue(evaluator, when, scope)
  })
  if (holding.length > 1) {
    refuse(ctx, { code: 'OUTCOME_AMBIGUOUS', step: step.step, outcomes: holding })
  }
  const [only] = holding.length === 1 ? holding : free.length === 1 ? free : []
  if (only === undefined) {
    if (free.length === 0) refuse(ctx, { code: 'OUTCOME_NONE', step: step.step })
    if (chosen === null) refuse(ctx, { code: 'OUTCOME_MISSING', step: step.step })
    if (free.includes(chosen)) return chosen
    return refuse(ctx, { code: 'OUTCOME_NOT_CHOSEN', step: step.step, outcome: free[0] ?? '' })
  }
  if (chosen !== null && chosen !== only) {
    refuse(ctx, { code: 'OUTCOME_NOT_CHOSEN', step: step.step, outcome: only })
  }
  return only
}

function markDone(work: CaseWork, step: Step, outcome: string, ending: Ending): Step {
  const definition = definitionOf(work, step)
  const { by, hand, values, sealed } = ending
  const registered = registerSealed(
    work,
    step,
    by === 'act' ? definition.form?.batch : undefined,
    sealed,
  )
  amendActs(work, replacedBy(work.steps, step), 'superseded')
  const order = work.serviceCase.done
  patchCase(work, { done: order + 1 })
  const done = patchStep(work, step.n, {
    ...registered,
    status: 'done',
    awaits: [],
    differs: [],
    dueAt: null,
    lapsesAfter: null,
    values: values.json as Record<string, Json>,
    rules: [...values.rules],
    outcome,
    endedBy: { by, ...hand },
    order,
  })
  forgetStep(work, step)
  tell(work, 'StepDone', { step: step.step, n: step.n, round: step.round, outcome, by })
  return done
}
