/*
 * Pension determinations with their full trace on one core: the published ones by themselves, all of
 * one person, and a longer rule that begins at the birth month.
 */
import {
  type CompiledRule,
  compileRule,
  evaluateRule,
  explainDetermination,
  explanationBytes,
  type JsonObject,
  type ParameterLookup,
  type RuleAnswer,
  type RuleRequest,
} from '@renshe/rules'
import { interleaved, type Measured, median } from './measure.ts'
import { PENSION_PARAMETERS, PENSION_RULE, pensionFacts } from './pension-rule.ts'
import {
  factsOf,
  loadPension,
  PRINTED_EXAMPLE,
  type PublishedPension,
} from './published-pension.ts'

const PEOPLE = 1_000

/**
 * Determinations a second. The demand is on `pension.monthly-benefit` as services/pension-rules publishes
 * it: 6 steps, the base of the province read for a fact, 4 roundings, the sum of parts.
 */
export function measureDeterminations(rounds: number, seconds: number): Measured[] {
  const published = loadPension()
  const { parameters } = published
  const ofPension = (id: string, facts: (at: number) => JsonObject) =>
    asker(published.rule(`pension.${id}`), parameters, facts)
  const payout = ofPension('payout-months', (at) => factsOf(at).payoutMonths)
  const pool = ofPension('pool-part', (at) => factsOf(at).poolPart)
  const monthly = ofPension('monthly-benefit', (at) => ({
    ...factsOf(at).monthlyBenefit,
    payoutMonths: payout.ask(at, false).outputs.payoutMonths ?? null,
  }))
  const long = asker(compileRule(PENSION_RULE), PENSION_PARAMETERS, pensionFacts)
  checkPrinted(published)
  const rates = interleaved(
    {
      monthly: (at) => monthly.ask(at, true),
      payout: (at) => payout.ask(at, true),
      pool: (at) => pool.ask(at, true),
      person: (at) => [payout.ask(at, true), pool.ask(at, true), monthly.ask(at, true)],
      long: (at) => long.ask(at, true),
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
    measured('pension.monthly-benefit with full trace', 'monthly', 50_000),
    measured('pension.payout-months with full trace', 'payout'),
    measured('pension.pool-part with full trace', 'pool'),
    measured('persons: all three with full trace', 'person'),
    measured('a longer rule, 14 steps from the birth month on, with full trace', 'long'),
    measured('pension.monthly-benefit without trace', 'untraced'),
    measured('pension.monthly-benefit, explained tree and its canonical bytes', 'explained'),
  ]
}

function asker(
  rule: CompiledRule,
  parameters: ParameterLookup,
  facts: (number: number) => JsonObject,
) {
  const place = { on: '2025-08-31', region: '510104', parameters, now: 0 }
  const requests = Array.from({ length: PEOPLE }, (_, at) => ({ ...place, facts: facts(at) }))
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

/** What is fast must also be right. */
function checkPrinted({ rule, parameters }: PublishedPension): void {
  const { facts, total } = PRINTED_EXAMPLE
  const found = asker(rule('pension.monthly-benefit'), parameters, () => facts).ask(0, true).outputs
    .total
  if (found !== total) throw new Error(`the printed example gives ${total}, here ${String(found)}`)
}

function mustAnswer(answer: RuleAnswer): RuleAnswer & { readonly ok: true } {
  if (!answer.ok) throw new Error(`a pension rule refused: ${answer.error.message}`)
  return answer
}
