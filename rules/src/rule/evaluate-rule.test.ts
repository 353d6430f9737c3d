/**
 * Goal: a rule document answers as determinations §§1–6 say: values, refusals in their order,
 * trace, rounding.
 * Method: small documents modelled on the catalogue; one row of a table breaks one thing.
 */
import { describe, expect, it } from 'vitest'
import { type CompiledRule, compileRule } from './compile-rule.ts'
import { evaluateRule, type RuleAnswer, type RuleRequest } from './evaluate-rule.ts'
import { makeParameterTable } from './parameters.ts'
import type { RuleDocument } from './rule-document.ts'

const NOW = Date.UTC(2026, 7, 31)

const LATE_FEE: RuleDocument = {
  id: 'contribution.late-fee',
  title: { zh: '逾期缴费滞纳金', en: 'Late-payment surcharge' },
  clause: ['社会保险法/86'],
  effectiveFrom: '2011-07-01',
  facts: [
    { name: 'arrears', type: 'money' },
    { name: 'daysLate', type: 'int', optional: true },
    { name: 'dueOn', type: 'date', optional: true },
    { name: 'paidOn', type: 'date', optional: true },
  ],
  exactlyOneOf: [[['daysLate'], ['dueOn', 'paidOn']]],
  outputs: [
    { name: 'daysLate', type: 'int' },
    { name: 'lateFee', type: 'money' },
  ],
  parameters: ['late-fee.daily-rate'],
  steps: [
    {
      name: 'daysLate',
      expression:
        'if daysLate != null then daysLate else max(0, (paidOn - dueOn) / duration("P1D"))',
    },
    {
      name: 'lateFee',
      expression: 'arrears * parameter("late-fee.daily-rate") * daysLate',
      rounding: { mode: 'HALF_UP', places: 2, clause: 'practice' },
    },
  ],
}

const PARAMETERS = makeParameterTable([
  {
    parameter: 'late-fee.daily-rate',
    value: '0.0005',
    region: '000000',
    effectiveFrom: '2011-07-01',
    effectiveTo: null,
    basis: '社会保险法/86',
  },
  {
    parameter: 'average-wage',
    type: 'money',
    value: '7000.00',
    region: '510000',
    effectiveFrom: '2026-01-01',
    effectiveTo: '2026-12-31',
    basis: 'notice',
  },
])

function ask(
  rule: CompiledRule,
  facts: RuleRequest['facts'],
  more: Partial<RuleRequest> = {},
): RuleAnswer {
  return evaluateRule(rule, { on: '2026-08-31', facts, parameters: PARAMETERS, now: NOW, ...more })
}

describe('determinations §6: 2400.00 paid 10 days late costs 12.00', () => {
  const rule = compileRule(LATE_FEE)

  it('answers outputs in their JSON form and order', () => {
    const answer = ask(rule, { arrears: '2400.00', daysLate: 10 })
    expect(answer).toEqual({ ok: true, outputs: { daysLate: 10, lateFee: '12.00' }, trace: [] })
  })

  it('counts days from dates, never below 0', () => {
    expect(ask(rule, { arrears: '2400', dueOn: '2026-01-31', paidOn: '2026-02-10' })).toMatchObject(
      {
        outputs: { daysLate: 10, lateFee: '12.00' },
      },
    )
    expect(ask(rule, { arrears: '2400', dueOn: '2026-02-10', paidOn: '2026-01-31' })).toMatchObject(
      {
        outputs: { daysLate: 0, lateFee: '0.00' },
      },
    )
  })

  it('traces inputs, the published row, and the rounding', () => {
    const answer = ask(rule, { arrears: '33.33', daysLate: 1 }, { trace: true })
    expect(answer.ok && answer.trace[1]).toEqual({
      output: 'lateFee',
      clause: '社会保险法/86',
      expression: 'arrears * parameter("late-fee.daily-rate") * daysLate',
      inputs: {
        arrears: '33.33',
        daysLate: 1,
        'late-fee.daily-rate': {
          parameter: 'late-fee.daily-rate',
          value: '0.0005',
          region: '000000',
          effectiveFrom: '2011-07-01',
          effectiveTo: null,
          basis: '社会保险法/86',
        },
      },
      value: '0.02',
      rounding: { mode: 'HALF_UP', places: 2, before: '0.016665', clause: 'practice' },
    })
  })

  const refused: [string, RuleRequest['facts'], Partial<RuleRequest>, string, string][] = [
    ['a date that is none', {}, { on: '2026-13-01' }, 'REQUEST_MALFORMED', 'on'],
    ['a day before the law', {}, { on: '2011-06-30' }, 'RULE_NOT_IN_FORCE', 'on'],
    ['an unknown province', {}, { region: '990000' }, 'REGION_UNKNOWN', 'region'],
    ['an unknown fact before a missing one', { wage: '1' }, {}, 'FACT_UNKNOWN', 'wage'],
    ['a fact called __proto__', JSON.parse('{"__proto__": 1}'), {}, 'FACT_UNKNOWN', '__proto__'],
    ['a missing fact before a wrong type', { daysLate: 'x' }, {}, 'FACT_MISSING', 'arrears'],
    ['null is left out', { arrears: null, daysLate: 1 }, {}, 'FACT_MISSING', 'arrears'],
    ['money as a number', { arrears: 2400, daysLate: 1 }, {}, 'FACT_TYPE', 'arrears'],
    ['money of three places', { arrears: '1.005', daysLate: 1 }, {}, 'FACT_TYPE', 'arrears'],
    ['money with an exponent', { arrears: '1e3', daysLate: 1 }, {}, 'FACT_TYPE', 'arrears'],
    ['days with a fraction', { arrears: '1', daysLate: 1.5 }, {}, 'FACT_TYPE', 'daysLate'],
    ['a negative count', { arrears: '1', daysLate: -1 }, {}, 'FACT_RANGE', 'daysLate'],
    ['negative money', { arrears: '-1', daysLate: 1 }, {}, 'FACT_RANGE', 'arrears'],
    ['type before range', { arrears: '-1', daysLate: '1' }, {}, 'FACT_TYPE', 'daysLate'],
    [
      'a day that is none',
      { arrears: '1', dueOn: '2026-02-30', paidOn: '2026-03-01' },
      {},
      'FACT_RANGE',
      'dueOn',
    ],
    ['none of the alternatives', { arrears: '1' }, {}, 'FACT_MISSING', 'daysLate'],
    ['half of an alternative', { arrears: '1', paidOn: '2026-03-01' }, {}, 'FACT_MISSING', 'dueOn'],
    [
      'both alternatives',
      { arrears: '1', daysLate: 1, dueOn: '2026-03-01', paidOn: '2026-03-01' },
      {},
      'FACT_CONFLICT',
      'dueOn',
    ],
    [
      'no published value',
      { arrears: '1', daysLate: 1 },
      { parameters: makeParameterTable([]) },
      'PARAMETER_MISSING',
      'late-fee.daily-rate',
    ],
  ]
  it.each(refused)('refuses %s', (_what, facts, more, code, field) => {
    const answer = ask(rule, facts, more)
    expect(answer).toMatchObject({ ok: false, error: { code, field } })
  })

  it('says what was expected and what came', () => {
    expect(ask(rule, { arrears: '2400.00', daysLate: -1 })).toEqual({
      ok: false,
      error: {
        code: 'FACT_RANGE',
        field: 'daysLate',
        message: 'daysLate must be 0 or more, got -1',
      },
    })
  })
})

const BASE: RuleDocument = {
  id: 'contribution.base',
  title: { zh: '缴费基数', en: 'Contribution base' },
  clause: ['国办发〔2019〕13号'],
  effectiveFrom: '2019-05-01',
  facts: [
    { name: 'wage', type: 'money' },
    { name: 'localAverageWage', type: 'money', parameter: 'average-wage' },
  ],
  outputs: [
    { name: 'contributionBase', type: 'money' },
    { name: 'bound', type: 'code', codes: ['NONE', 'FLOOR', 'CEILING'] },
  ],
  parameters: ['average-wage'],
  steps: [
    { name: 'floor amount', expression: 'localAverageWage * 0.6' },
    { name: '上限', expression: 'localAverageWage * 3' },
    {
      name: 'bound',
      table: {
        hitPolicy: 'U',
        inputs: [{ expression: 'wage' }],
        outputs: [{}],
        rows: [
          { when: ['< floor amount'], give: ['"FLOOR"'] },
          { when: ['[floor amount..上限]'], give: ['"NONE"'] },
          { when: ['> 上限'], give: ['"CEILING"'] },
        ],
      },
    },
    {
      name: 'contributionBase',
      expression:
        'if bound = "FLOOR" then floor amount else if bound = "CEILING" then 上限 else wage',
      rounding: { mode: 'HALF_UP', places: 2, clause: 'practice' },
    },
  ],
}

describe('parameters stand in for facts, by region', () => {
  const rule = compileRule(BASE)

  it('falls back to the province and says so in the trace', () => {
    const answer = ask(rule, { wage: '3000.00' }, { region: '510104', trace: true })
    expect(answer).toMatchObject({
      ok: true,
      outputs: { contributionBase: '4200.00', bound: 'FLOOR' },
    })
    expect(answer.ok && answer.trace[0]?.inputs.localAverageWage).toMatchObject({
      region: '510000',
    })
    expect(answer.ok && answer.trace[2]).toMatchObject({
      output: 'bound',
      expression: 'table row 1',
    })
    const stated = { parameter: 'average-wage', asked: '510104', used: '510000' }
    expect(answer.ok && answer.trace[0]?.regionFallback).toEqual([stated])
    expect(answer.ok && answer.trace[2]?.regionFallback).toBeUndefined()
    const own = ask(rule, { wage: '3000.00' }, { region: '510000', trace: true })
    expect(own.ok && own.trace.some((step) => 'regionFallback' in step)).toBe(false)
  })

  it('prefers the given fact', () => {
    const answer = ask(rule, { wage: '3000.00', localAverageWage: '1000.00' }, { region: '510104' })
    expect(answer).toMatchObject({ outputs: { contributionBase: '3000.00', bound: 'NONE' } })
  })

  it.each([
    ['2025-12-31', '510104'],
    ['2027-01-01', '510104'],
    ['2026-06-01', '110000'],
    ['2026-06-01', '000000'],
  ])('refuses on %s in %s: never another year or place', (on, region) => {
    expect(ask(rule, { wage: '1' }, { on, region })).toMatchObject({
      error: {
        code: 'PARAMETER_MISSING',
        field: 'localAverageWage',
        message: `no value of average-wage is published for region ${region} on ${on}`,
      },
    })
  })

  it('tells a fact error before a missing parameter', () => {
    expect(ask(rule, { wage: 1 })).toMatchObject({ error: { code: 'FACT_TYPE', field: 'wage' } })
  })
})
