/**
 * Goal: a determination replays on any combination of law date, fact date and knowledge date, and
 * what became known late gives differences, arrears and the one who owes them.
 * Method: a pension of two versions, two published bases of which one came late, and facts that
 * were told, corrected and taken back; each clock is moved alone, and the order of telling is mixed.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRule } from '../rule/compile-rule.ts'
import type { RuleDocument } from '../rule/rule-document.ts'
import { type CorrectionRequest, correctPeriods } from './correct-periods.ts'
import type { Clocks, DatedFact, History, ParameterPublication } from './history.ts'
import { replayDetermination } from './replay-determination.ts'

function pension(effectiveFrom: string, percent: string): RuleDocument {
  return {
    id: 'pension.basic',
    title: { zh: '基础养老金', en: 'Basic pension' },
    clause: ['国发〔2005〕38号/六'],
    effectiveFrom,
    needsRegion: true,
    facts: [
      { name: 'index', type: 'decimal' },
      { name: 'years', type: 'decimal' },
    ],
    outputs: [{ name: 'pension', type: 'money' }],
    steps: [
      {
        name: 'pension',
        expression: `parameter("base") * (1 + index) / 2 * years * ${percent}`,
        rounding: { mode: 'HALF_UP', places: 2, clause: 'practice' },
      },
    ],
    parameters: ['base'],
  }
}

function base(value: string, year: number, publishedOn: string): ParameterPublication {
  return {
    parameter: 'base',
    value,
    region: '510000',
    effectiveFrom: `${year}-01-01`,
    effectiveTo: `${year}-12-31`,
    basis: 'notice',
    publishedOn,
  }
}

function fact(name: string, value: string | null, knownOn: string, validTo: string | null = null) {
  return { name, value, validFrom: '2024-01-01', validTo, knownOn } satisfies DatedFact
}

const HISTORY: History = {
  rules: [
    { publishedOn: '2023-12-01', rule: compileRule(pension('2024-01-01', '0.01')) },
    { publishedOn: '2024-11-01', rule: compileRule(pension('2025-01-01', '0.02')) },
  ],
  parameters: [
    base('8000', 2024, '2024-01-10'),
    // The final base of 2024 came in September.
    base('8321', 2024, '2024-09-01'),
    base('9000', 2025, '2025-01-10'),
  ],
  facts: [
    fact('index', '1', '2024-02-01'),
    fact('years', '30', '2024-02-01', '2024-12-31'),
    { ...fact('years', '31', '2024-02-01'), validFrom: '2025-01-01' },
    // Two more years of 2024 are proven in March 2025.
    fact('years', '32', '2025-03-01', '2024-12-31'),
  ],
}

function replay(lawDate: string, factDate: string, knowledgeDate: string, history = HISTORY) {
  const clocks: Clocks = { lawDate, factDate, knowledgeDate }
  return replayDetermination(history, clocks, { region: '510104' })
}

describe('three clocks', () => {
  it.each([
    ['2024-06-01', '2024-06-01', '2024-06-01', '2400.00', 'as determined then'],
    ['2024-06-01', '2024-06-01', '2024-10-01', '2496.30', 'the base came late'],
    ['2024-06-01', '2024-06-01', '2025-04-01', '2662.72', 'so did two years'],
    ['2024-06-01', '2025-02-01', '2024-06-01', '2480.00', 'facts of 2025 under the law of 2024'],
    ['2025-06-01', '2024-06-01', '2025-02-01', '5400.00', 'law of 2025 over facts of 2024'],
    ['2025-06-01', '2025-06-01', '2025-04-01', '5580.00', 'all of 2025'],
  ])('law %s, facts %s, known %s: %s (%s)', (lawDate, factDate, knowledgeDate, expected) => {
    expect(replay(lawDate, factDate, knowledgeDate)).toMatchObject({
      ok: true,
      outputs: { pension: expected },
    })
  })

  it('refuses what was not known yet', () => {
    expect(replay('2024-06-01', '2024-06-01', '2023-11-30')).toMatchObject({
      error: { code: 'RULE_NOT_IN_FORCE', field: 'lawDate' },
    })
    expect(replay('2024-06-01', '2024-06-01', '2024-01-31')).toMatchObject({
      error: { code: 'FACT_MISSING', field: 'index' },
    })
    const noBase = { ...HISTORY, parameters: HISTORY.parameters.slice(2) }
    expect(replay('2024-06-01', '2024-06-01', '2024-06-01', noBase)).toMatchObject({
      error: { code: 'PARAMETER_MISSING', field: 'base' },
    })
    expect(replay('2024-02-30', '2024-06-01', '2024-06-01')).toMatchObject({
      error: { code: 'REQUEST_MALFORMED', field: 'lawDate' },
    })
  })

  it('a fact that is taken back is missing from then on', () => {
    const back = { ...HISTORY, facts: [...HISTORY.facts, fact('index', null, '2025-05-01')] }
    expect(replay('2024-06-01', '2024-06-01', '2025-04-30', back)).toMatchObject({ ok: true })
    expect(replay('2024-06-01', '2024-06-01', '2025-05-01', back)).toMatchObject({
      error: { code: 'FACT_MISSING', field: 'index' },
    })
  })

  it('gives the same bytes whatever the order of what was told, and whatever came later', () => {
    const told = JSON.stringify(replay('2024-06-01', '2024-06-01', '2024-10-01'))
    const day = fc.integer({ min: 2, max: 28 }).map((n) => `2024-10-${String(n).padStart(2, '0')}`)
    const later = fc.array(
      fc.tuple(fc.constantFrom('index', 'years'), fc.constantFrom('7', '9', null), day),
    )
    const mixed = fc.shuffledSubarray([...HISTORY.facts], { minLength: HISTORY.facts.length })
    fc.assert(
      fc.property(mixed, later, (facts, more) => {
        const added = more.map(([name, value, knownOn]) => fact(name, value, knownOn))
        const history = { ...HISTORY, facts: [...added, ...facts] }
        const again = replay('2024-06-01', '2024-06-01', '2024-10-01', history)
        expect(JSON.stringify(again)).toBe(told)
      }),
    )
  })
})

const MONTHS = ['2024-06', '2024-07', '2025-01'].map((period) => ({
  period,
  lawDate: `${period}-01`,
  factDate: `${period}-01`,
}))

function correct(more: Partial<CorrectionRequest>, history = HISTORY) {
  return correctPeriods(history, {
    periods: MONTHS,
    output: 'pension',
    region: '510104',
    knownBefore: '2025-02-01',
    knownNow: '2025-04-01',
    payer: 'agency',
    payee: 'pensioner',
    ...more,
  })
}

describe('late facts give a correction', () => {
  it('with a difference for each period, the sum, and who owes it', () => {
    expect(correct({})).toEqual({
      ok: true,
      periods: [
        { period: '2024-06', before: '2496.30', after: '2662.72', difference: '166.42' },
        { period: '2024-07', before: '2496.30', after: '2662.72', difference: '166.42' },
        { period: '2025-01', before: '5580.00', after: '5580.00', difference: '0.00' },
      ],
      arrears: '332.84',
      owedBy: 'agency',
      owedTo: 'pensioner',
    })
  })

  it('that turns round when too much was paid', () => {
    const less = { ...HISTORY, facts: [...HISTORY.facts, fact('index', '0.5', '2025-03-15')] }
    expect(correct({ periods: MONTHS.slice(2) }, less)).toMatchObject({
      periods: [{ before: '5580.00', after: '4185.00', difference: '-1395.00' }],
      arrears: '1395.00',
      owedBy: 'pensioner',
      owedTo: 'agency',
    })
  })

  it('of everything where nothing could be determined before', () => {
    expect(correct({ periods: MONTHS.slice(0, 1), knownBefore: '2024-01-31' })).toMatchObject({
      periods: [{ before: null, after: '2662.72', difference: '2662.72' }],
      arrears: '2662.72',
      owedBy: 'agency',
    })
  })

  it('of nothing where nothing changed', () => {
    expect(correct({ knownBefore: '2025-04-01' })).toMatchObject({ arrears: '0.00', owedBy: null })
  })

  it('and is refused, with the period, where one cannot be determined now', () => {
    const periods = [
      ...MONTHS,
      { period: '2026-01', lawDate: '2026-01-01', factDate: '2026-01-01' },
    ]
    expect(correct({ periods })).toMatchObject({
      ok: false,
      error: { code: 'PARAMETER_MISSING', field: 'base', period: '2026-01' },
    })
    expect(correct({ output: 'other' })).toMatchObject({
      ok: false,
      error: { code: 'RULE_FAILED', field: 'other', period: '2024-06' },
    })
  })
})
