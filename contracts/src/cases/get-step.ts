import type { Json, JsonObject } from '@renshe/crypto'
import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import type { Field, StepDefinition } from '../catalogue/package-document.ts'
import { CaseId, Nullable, PublicFields } from '../vocabulary/schemas.ts'
import { caseScope } from './case-scope.ts'
import { type CaseWork, definitionOf, factsOf } from './case-work.ts'
import { determinationInputs } from './determination-inputs.ts'
import { evaluateText } from './feel.ts'
import { spellValue, wholeNumber } from './field-values.ts'
import { actorsOf } from './open-steps.ts'
import { getCaseOf, isOfChain, readWork } from './reading.ts'
import { isOver, Step } from './records.ts'

/** One step with everything that is needed to act on it. */
export const getStep = query({
  name: 'cases.getStep',
  summary:
    'Show a step: its form, suggested values, outcomes, and what a determination starts from.',
  input: Type.Object({ case: CaseId, n: Type.Integer({ minimum: 0 }) }),
  output: Type.Object({
    step: Step,
    /** The package's own definition: form, checks, outcomes, clocks. */
    definition: PublicFields,
    /** Fields of the form with the values that the package suggests. */
    suggested: PublicFields,
    /** Outcomes that the actor may name; empty where the package's conditions decide. */
    choices: Type.Array(Type.String()),
    /** Members that may act. */
    actors: Type.Array(Type.String()),
    determination: Nullable(PublicFields),
  }),
  mayRead: isOfChain,
  run(view, input) {
    const work = readWork(view, getCaseOf(view, input.case))
    const step = work.steps[input.n] ?? view.refuse({ code: 'STEP_NOT_FOUND', ...input })
    const definition = definitionOf(work, step)
    const isOpen = !isOver(step)
    const choices = Object.keys(definition.outcomes).sort()
    return {
      step,
      definition: definition as unknown as Record<string, never>,
      suggested: (isOpen ? suggestedOf(work, step, definition) : {}) as Record<string, never>,
      choices: choices.filter((name) => definition.outcomes[name]?.when === undefined),
      actors: isOpen ? actorsOf(work, step.step, definition, step.holder) : [],
      determination: (isOpen ? determinationOf(work, step, definition) : null) as Record<
        string,
        never
      > | null,
    }
  },
})

function suggestedOf(work: CaseWork, step: Step, { form }: StepDefinition): JsonObject {
  const scope = caseScope(factsOf(work), new Map([['round', wholeNumber(step.round)]]))
  return suggestValues(form?.fields ?? {}, (text) => evaluateText(work.evaluator, text, scope))
}

/** Values of fields that have a suggestion; one that does not fit its field is left out. */
export function suggestValues(
  fields: Readonly<Record<string, Field>>,
  evaluate: (text: string) => ReturnType<typeof evaluateText>,
): JsonObject {
  const suggested: JsonObject = {}
  for (const [name, field] of Object.entries(fields)) {
    if (field.suggest === undefined) continue
    const json: Json | undefined = spellValue(field, evaluate(field.suggest))
    if (json !== undefined && json !== null) suggested[name] = json
  }
  return suggested
}

/** What every member that recomputes must start from, and where the sub-ledger stands. */
function determinationOf(
  work: CaseWork,
  step: Step,
  { determine }: StepDefinition,
): JsonObject | null {
  if (determine === undefined) return null
  const { inputs, subledger } = determinationInputs(work, determine, step.step)
  return { name: determine, inputs, subledger: subledger as unknown as Json }
}
