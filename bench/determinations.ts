/* A pension determination with its full trace, on one core; and the same as an explained tree with its bytes. */
import {
  compileRule,
  evaluateRule,
  explainDetermination,
  explanationBytes,
  type JsonObject,
  type RuleAnswer,
  type RuleDocument,
  type RuleRequest,
} from '@renshe/rules'
import { interleaved, type Measured, median } from './measure.ts'
import {
  MONTHLY_RULE,
  monthlyFacts,
  PENSION_PARAMETERS,
  PENSION_RULE,
  pensionFacts,
} from './pension-rule.ts'

const PEOPLE = 1_000

/**
 * Determinations a second: the monthly pension (5 steps, 2 published values, 4 roundings), and the
 * whole from the birth month on (14 steps, a decision table, 6 published values, 5 roundings).
 */
export function measureDeterminations(rounds: number, seconds: number): Measured[] {
  const monthly = asker(MONTHLY_RULE, monthlyFacts)
  const whole = asker(PENSION_RULE, pensionFacts)
  const rates = interleaved(
    {
      monthly: (at) => monthly.ask(at, true),
      whole: (at) => whole.ask(at, true),
      untraced: (at) => monthly.ask(at, false),
      explained: (at) => monthly.explain(at),
    },
    rounds,
    seconds,
  )
  const measured = (name: string, key: string, least?: number): Measured => ({
    name,
    value: median(rates[key] ?? []),
    unit: '/s per core',
    ...(least === undefined ? {} : { demanded: { least } }),
    rounds: rates[key] ?? [],
  })
  return [
    measured('pension determination (monthly benefit) with full trace', 'monthly', 50_000),
    measured('the whole one, from the birth month on, with full trace', 'whole'),
    measured('monthly benefit without trace', 'untraced'),
    measured('monthly benefit with trace, explained tree and its canonical bytes', 'explained'),
  ]
}

function asker(document: RuleDocument, factsOf: (number: number) => JsonObject) {
  const rule = compileRule(document)
  const requests = Array.from({ length: PEOPLE }, (_, at) => ({
    on: '2026-08-31',
    region: '510104',
    facts: factsOf(at),
    parameters: PENSION_PARAMETERS,
    now: 0,
  }))
  const ask = (at: number, trace: boolean) =>
    mustAnswer(evaluateRule(rule, { ...(requests[at % PEOPLE] as Request), trace }))
  return {
    ask,
    explain: (at: number) => {
      const request = requests[at % PEOPLE] as Request
      return explanationBytes(explainDetermination(rule, request, ask(at, true)))
    },
  }
}

type Request = Omit<RuleRequest, 'trace'>

function mustAnswer(answer: RuleAnswer): RuleAnswer & { readonly ok: true } {
  if (!answer.ok) throw new Error(`the pension rule refused: ${answer.error.message}`)
  return answer
}
