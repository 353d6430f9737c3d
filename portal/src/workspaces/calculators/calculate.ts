/* Asks the rules of a calculator one after the other, in this browser. */
import { explainRule, type RuleExplanation, type RuleQuestion } from '@renshe/rules'
import type { Answers, Calculator, Call, Outcomes, Told } from './calculator.ts'
import { askedQuestions } from './calculator.ts'
import { answerFault } from './read-answers.ts'

/** The rules and numbers of the law that are computed with. */
export interface Law {
  /** By id of the rule. */
  readonly rules: Readonly<Record<string, RuleQuestion['document']>>
  readonly parameters: RuleQuestion['parameters']
  /** Day whose law applies. */
  readonly on: string
}

/** An answer of one rule with everything that explains it. */
export type Explained = RuleExplanation & { readonly ok: true }

/** One call that was answered. */
export interface Answered {
  readonly call: Call
  readonly explained: Explained
}

/** What came of a situation. */
export type Calculation =
  /** Questions that have no answer yet, or a wrong one. */
  | {
      readonly kind: 'open'
      readonly missing: readonly string[]
      readonly wrong: readonly string[]
    }
  | {
      readonly kind: 'refused'
      readonly call: Call
      readonly error: (RuleExplanation & { readonly ok: false })['error']
    }
  | { readonly kind: 'told'; readonly told: Told; readonly answered: readonly Answered[] }

/**
 * Computes.
 *
 * @param answers  completed: standing answers are in it, unasked ones are not
 */
export function calculate(calculator: Calculator, answers: Answers, law: Law): Calculation {
  const asked = askedQuestions(calculator, answers)
  const missing = asked
    .filter(({ name, isOptional }) => isOptional !== true && answers[name] === undefined)
    .map(({ name }) => name)
  const wrong = asked
    .filter((question) => {
      const value = answers[question.name]
      return value !== undefined && answerFault(question, value) !== null
    })
    .map(({ name }) => name)
  if (missing.length > 0 || wrong.length > 0) return { kind: 'open', missing, wrong }
  const answered: Answered[] = []
  const outcomes: Record<string, Outcomes[string]> = {}
  for (const call of calculator.calls) {
    const facts = call.facts(answers, outcomes, law.on)
    if (facts === null) continue
    const document = law.rules[call.rule]
    if (document === undefined) throw new Error(`no rule ${call.rule}`)
    const { parameters, on } = law
    const explained = explainRule({
      document,
      parameters,
      on,
      facts: facts as RuleQuestion['facts'],
    })
    if (!explained.ok) return { kind: 'refused', call, error: explained.error }
    outcomes[call.name] = explained.outputs as Outcomes[string]
    answered.push({ call, explained })
  }
  return { kind: 'told', told: calculator.tell(answers, outcomes), answered }
}
