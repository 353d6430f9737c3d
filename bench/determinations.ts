/* A pension determination with its full trace, on one core; and the same as an explained tree with its bytes. */
import {
  compileRule,
  evaluateRule,
  explainDetermination,
  explanationBytes,
  type RuleAnswer,
} from '@renshe/rules'
import { interleaved, type Measured, median } from './measure.ts'
import { PENSION_PARAMETERS, PENSION_RULE, pensionFacts } from './pension-rule.ts'

const PEOPLE = 1_000

/** Determinations a second: 14 steps, one decision table, 17 published values, 7 roundings. */
export function measureDeterminations(rounds: number, seconds: number): Measured[] {
  const rule = compileRule(PENSION_RULE)
  const people = Array.from({ length: PEOPLE }, (_, at) => pensionFacts(at))
  const request = (at: number) => ({
    on: '2026-08-31',
    region: '510104',
    facts: people[at % PEOPLE] ?? {},
    parameters: PENSION_PARAMETERS,
    now: 0,
  })
  const answered = (at: number, trace: boolean) =>
    mustAnswer(evaluateRule(rule, { ...request(at), trace }))
  const rates = interleaved(
    {
      traced: (at) => answered(at, true),
      untraced: (at) => answered(at, false),
      explained: (at) =>
        explanationBytes(explainDetermination(rule, request(at), answered(at, true))),
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
    measured('pension determination with full trace', 'traced', 50_000),
    measured('the same without trace', 'untraced'),
    measured('the same with trace, as explained tree and canonical bytes', 'explained'),
  ]
}

function mustAnswer(answer: RuleAnswer): RuleAnswer & { readonly ok: true } {
  if (!answer.ok) throw new Error(`the pension rule refused: ${answer.error.message}`)
  return answer
}
