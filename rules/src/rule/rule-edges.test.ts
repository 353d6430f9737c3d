/**
 * Goal: lists, objects, calendars, checks, dated parameters and failing rules behave as
 * determinations §§1–5 say.
 * Method: one document for each, with rows.
 */
import { describe, expect, it } from 'vitest'
import { makeWorkingCalendar } from '../calendar/working-calendar.ts'
import type { Json, JsonObject } from '../value/json.ts'
import { compileRule } from './compile-rule.ts'
import { evaluateRule, type RuleAnswer, type RuleRequest } from './evaluate-rule.ts'
import { makeParameterTable, type ParameterValue } from './parameters.ts'
import type { FactSchema, RuleDocument } from './rule-document.ts'

const NONE = makeParameterTable([])

function document(parts: Partial<RuleDocument>): RuleDocument {
  return {
    id: 'test.rule',
    title: { zh: '试', en: 'test' },
    clause: ['law/1'],
    effectiveFrom: null,
    facts: [],
    outputs: [],
    parameters: [],
    steps: [],
    ...parts,
  }
}

function ask(rule: RuleDocument, facts: JsonObject, more: Partial<RuleRequest> = {}): RuleAnswer {
  return evaluateRule(compileRule(rule), {
    on: '2026-08-31',
    facts,
    parameters: NONE,
    now: 0,
    ...more,
  })
}

/** Reads one fact and gives it back. */
function echo(fact: FactSchema): RuleDocument {
  const { optional: _optional, default: _standing, ...field } = fact
  const output = { ...field, name: 'out', nullable: true }
  return document({
    facts: [fact],
    outputs: [output],
    steps: [{ name: 'out', expression: fact.name }],
  })
}

describe('§1 values', () => {
  it.each<[string, Omit<FactSchema, 'name'>, Json, Json]>([
    ['money', { type: 'money' }, '3120.5', '3120.50'],
    ['money that may be negative', { type: 'money', minimum: '-10' }, '-3', '-3.00'],
    ['decimal', { type: 'decimal' }, '-0.450000000001', '-0.450000000001'],
    ['int', { type: 'int', minimum: '-1200' }, -1200, -1200],
    ['year', { type: 'year' }, 2200, 2200],
    ['bool', { type: 'bool' }, false, false],
    ['date', { type: 'date' }, '1900-01-01', '1900-01-01'],
    ['month', { type: 'month' }, '2027-03', '2027-03'],
    ['instant', { type: 'instant' }, '2027-03-08T09:30:00+08:00', '2027-03-08T09:30:00+08:00'],
    ['text', { type: 'text' }, '𠮷'.repeat(500), '𠮷'.repeat(500)],
    ['text is never normalised', { type: 'text' }, 'e\u0301', 'e\u0301'],
    ['code', { type: 'code', codes: ['A', 'B'] }, 'B', 'B'],
    ['region', { type: 'region' }, '510104', '510104'],
    ['list', { type: 'list', items: { type: 'money' } }, ['1', '2.5'], ['1.00', '2.50']],
    [
      'objects with defaults',
      {
        type: 'list',
        items: {
          type: 'object',
          fields: [
            { name: 'a', type: 'int' },
            { name: 'b', type: 'bool', default: true },
          ],
        },
      },
      [{ a: 1 }, { a: 2, b: false }],
      [
        { a: 1, b: true },
        { a: 2, b: false },
      ],
    ],
    ['left out', { type: 'int', optional: true }, null, null],
    ['default', { type: 'int', default: 4 }, null, 4],
  ])('%s', (_what, schema, given, expected) => {
    expect(ask(echo({ ...schema, name: 'fact' }), { fact: given })).toEqual({
      ok: true,
      outputs: { out: expected },
      trace: [],
    })
  })

  it.each<[string, Omit<FactSchema, 'name'>, Json, string, string]>([
    ['year too late', { type: 'year' }, 2201, 'FACT_RANGE', 'fact'],
    ['date too early', { type: 'date' }, '1899-12-31', 'FACT_RANGE', 'fact'],
    ['date that is a time', { type: 'date' }, '2027-03-08T00:00:00', 'FACT_TYPE', 'fact'],
    ['month thirteen', { type: 'month' }, '2027-13', 'FACT_RANGE', 'fact'],
    ['month with a day', { type: 'month' }, '2027-03-01', 'FACT_TYPE', 'fact'],
    ['instant without offset', { type: 'instant' }, '2027-03-08T09:30:00', 'FACT_TYPE', 'fact'],
    ['instant of no day', { type: 'instant' }, '2027-02-30T09:30:00Z', 'FACT_RANGE', 'fact'],
    ['decimal of 13 places', { type: 'decimal' }, '0.1234567890123', 'FACT_TYPE', 'fact'],
    ['decimal with a plus', { type: 'decimal' }, '+1', 'FACT_TYPE', 'fact'],
    ['a lone surrogate', { type: 'text' }, '\uD800', 'FACT_TYPE', 'fact'],
    ['text too long', { type: 'text' }, 'x'.repeat(501), 'FACT_RANGE', 'fact'],
    ['unknown code', { type: 'code', codes: ['A'] }, 'a', 'FACT_RANGE', 'fact'],
    ['five digits', { type: 'region' }, '51010', 'FACT_TYPE', 'fact'],
    ['unknown province', { type: 'region' }, '990000', 'FACT_RANGE', 'fact'],
    [
      'at the open bound',
      { type: 'decimal', minimum: '0', aboveMinimum: true },
      '0',
      'FACT_RANGE',
      'fact',
    ],
    ['above the maximum', { type: 'int', maximum: '11' }, 12, 'FACT_RANGE', 'fact'],
    ['a whole number too large', { type: 'int' }, 2 ** 53, 'FACT_RANGE', 'fact'],
    [
      'an item of the wrong type',
      { type: 'list', items: { type: 'money' } },
      ['1', 2],
      'FACT_TYPE',
      'fact[1]',
    ],
    [
      'too many items',
      { type: 'list', items: { type: 'int' } },
      Array.from({ length: 1001 }, () => 1),
      'FACT_RANGE',
      'fact',
    ],
    [
      'a field of the wrong type',
      { type: 'list', items: { type: 'object', fields: [{ name: 'months', type: 'int' }] } },
      [{ months: 1 }, { months: 2 }, { months: '3' }],
      'FACT_TYPE',
      'fact[2].months',
    ],
    ['a field too many', { type: 'object', fields: [] }, { x: 1 }, 'FACT_UNKNOWN', 'fact.x'],
    [
      'a field missing',
      { type: 'object', fields: [{ name: 'x', type: 'int' }] },
      {},
      'FACT_MISSING',
      'fact.x',
    ],
    [
      'the same key twice',
      {
        type: 'list',
        uniqueBy: 'id',
        items: { type: 'object', fields: [{ name: 'id', type: 'text' }] },
      },
      [{ id: 'a' }, { id: 'a' }],
      'FACT_CONFLICT',
      'fact[1].id',
    ],
    ['a calendar that is a list', { type: 'calendar' }, [], 'FACT_TYPE', 'fact'],
    [
      'a calendar with a wrong day',
      { type: 'calendar' },
      { holidays: ['2026-02-30'], workdays: [] },
      'FACT_RANGE',
      'fact.holidays[0]',
    ],
  ])('refuses %s', (_what, schema, given, code, field) => {
    const answer = ask(echo({ ...schema, name: 'fact' }), { fact: given })
    expect(answer).toMatchObject({ ok: false, error: { code, field } })
  })

  it('never repeats a text in a message', () => {
    const answer = ask(echo({ name: 'fact', type: 'code', codes: ['A'] }), {
      fact: '11010519491231002X',
    })
    expect(JSON.stringify(answer)).not.toContain('11010519491231002X')
  })
})

describe('§4 conditions between facts', () => {
  const rule = document({
    facts: [
      { name: 'from', type: 'date' },
      { name: 'to', type: 'date' },
      { name: 'a', type: 'int', optional: true },
      { name: 'b', type: 'int', optional: true },
    ],
    atLeastOneOf: [['a', 'b']],
    checks: [
      {
        condition: 'to >= from',
        code: 'FACT_RANGE',
        field: 'to',
        message: 'to must not be before from',
      },
    ],
    outputs: [{ name: 'days', type: 'int' }],
    steps: [{ name: 'days', expression: '(to - from) / @"P1D"' }],
  })
  it.each([
    [
      { from: '2026-01-01', to: '2026-01-05', a: 1 },
      { ok: true, outputs: { days: 4 } },
    ],
    [
      { from: '2026-01-05', to: '2026-01-01', a: 1 },
      { error: { code: 'FACT_RANGE', field: 'to', message: 'to must not be before from' } },
    ],
    [{ from: '2026-01-05', to: '2026-01-01' }, { error: { code: 'FACT_MISSING', field: 'a' } }],
  ])('%j', (facts, expected) => {
    expect(ask(rule, facts as JsonObject)).toMatchObject(expected)
  })
})

describe('§5 date, region, calendar', () => {
  const due = document({
    facts: [
      { name: 'start', type: 'date' },
      { name: 'calendar', type: 'calendar', optional: true },
    ],
    outputs: [{ name: 'due', type: 'date' }],
    steps: [{ name: 'due', expression: 'add working days(start, 2)' }],
  })
  const published = makeWorkingCalendar(
    { holidays: ['2026-09-25'], workdays: ['2026-09-26'] },
    [2026],
  )

  it('uses the published calendar, the calendar fact before it, and says when there is none', () => {
    const facts = { start: '2026-09-24' }
    expect(ask(due, facts, { calendar: published, trace: true })).toMatchObject({
      outputs: { due: '2026-09-28' },
    })
    const own = { ...facts, calendar: { holidays: ['2026-09-28'], workdays: [] } }
    expect(ask(due, own, { calendar: published })).toMatchObject({ outputs: { due: '2026-09-29' } })
    const assumed = ask(due, { start: '2027-09-23' }, { calendar: published, trace: true })
    expect(assumed).toMatchObject({
      outputs: { due: '2027-09-27' },
      trace: [{ calendarAssumed: true }],
    })
    const known = ask(due, facts, { calendar: published, trace: true })
    expect(known.ok && known.trace[0]).not.toHaveProperty('calendarAssumed')
  })

  const rows: ParameterValue[] = ['2025', '2026'].flatMap((year) =>
    ['510000', '510100'].map((region) => ({
      parameter: 'base',
      value: `${year}.${region.slice(2, 4)}`,
      region,
      effectiveFrom: `${year}-01-01`,
      effectiveTo: `${year}-12-31`,
      basis: 'notice',
    })),
  )
  const dated = document({
    facts: [
      { name: 'retiredOn', type: 'date' },
      { name: 'base', type: 'money', parameter: 'base', parameterOn: 'retiredOn' },
    ],
    needsRegion: true,
    outputs: [{ name: 'both', type: 'list', items: { type: 'money' } }],
    parameters: ['base'],
    steps: [
      {
        name: 'both',
        expression: '[base, parameter("base"), parameter("base", retiredOn, "510000")]',
      },
    ],
  })
  it('looks up the day the rule names, and the region or the ones around it', () => {
    const parameters = makeParameterTable(rows)
    const answer = ask(
      dated,
      { retiredOn: '2025-06-01' },
      { parameters, region: '510104', trace: true },
    )
    expect(answer).toMatchObject({ outputs: { both: ['2025.01', '2026.01', '2025.00'] } })
    expect(answer.ok && Object.keys(answer.trace[0]?.inputs ?? {})).toEqual([
      'base',
      'retiredOn',
      'base 510000 2025-01-01',
    ])
    expect(ask(dated, { retiredOn: '2024-06-01' }, { parameters, region: '510104' })).toMatchObject(
      {
        error: { code: 'PARAMETER_MISSING', field: 'base' },
      },
    )
    const early = { retiredOn: '2024-06-01', base: '1' }
    expect(ask(dated, early, { parameters, region: '510104' })).toMatchObject({
      error: {
        code: 'PARAMETER_MISSING',
        field: 'base',
        message: 'no value of base is published for region 510000 on 2024-06-01',
      },
    })
    expect(ask(dated, { retiredOn: '2025-06-01' }, { parameters })).toMatchObject({
      error: { code: 'REGION_REQUIRED', field: 'region' },
    })
  })
  it('never goes back to an older row when the one that replaced it has ended', () => {
    const [old, newer] = rows as [ParameterValue, ParameterValue]
    const open = { ...old, region: '510000', effectiveTo: null }
    const ended = {
      ...newer,
      region: '510000',
      effectiveFrom: '2026-01-01',
      effectiveTo: '2026-01-31',
    }
    const { find } = makeParameterTable([open, ended])
    expect(find('base', '510000', '2025-12-31')).toBe(open)
    expect(find('base', '510000', '2026-01-31')).toBe(ended)
    expect(find('base', '510000', '2026-02-01')).toBeUndefined()
  })
  it('refuses two rows that begin on one day', () => {
    expect(() => makeParameterTable([rows[0], rows[0]] as ParameterValue[])).toThrow('begins twice')
  })
})

describe('a rule that gives no value', () => {
  const out = (expression: string, type: 'money' | 'int' = 'int'): RuleDocument =>
    document({ outputs: [{ name: 'out', type }], steps: [{ name: 'out', expression }] })
  it.each([
    ['1 / (1 - 1)', 'RULE_FAILED', 'division by 0'],
    ['1.5', 'RULE_FAILED', 'wrong type'],
    ['count(for i in 1..1000000 return i)', 'LIMIT_EXCEEDED', 'listLength'],
  ])('%s is refused as %s', (expression, code, message) => {
    const answer = ask(out(expression), {})
    expect(answer).toMatchObject({ ok: false, error: { code } })
    expect(answer.ok ? '' : answer.error.message).toContain(message)
  })
  it('money with more than two places is a mistake of the rule, not silently rounded', () => {
    expect(ask(out('1.005', 'money'), {})).toMatchObject({
      error: { code: 'RULE_FAILED', field: 'out' },
    })
  })
  it('rounds to places that a fact gives', () => {
    const rule = document({
      facts: [{ name: 'unitDecimals', type: 'int', default: 4 }],
      outputs: [{ name: 'units', type: 'decimal' }],
      steps: [
        {
          name: 'units',
          expression: '10 / 3',
          rounding: { mode: 'DOWN', places: 'unitDecimals', clause: 'plan' },
        },
      ],
    })
    expect(ask(rule, {}, { trace: true })).toMatchObject({
      outputs: { units: '3.3333' },
      trace: [
        {
          inputs: { unitDecimals: 4 },
          rounding: { mode: 'DOWN', places: 4, before: '3.333333333333333333333333333333333' },
        },
      ],
    })
    expect(ask(rule, { unitDecimals: 0 })).toMatchObject({ outputs: { units: '3' } })
  })
})

describe('identifiers.resident-id: the sample area code is a published parameter', () => {
  const rule = document({
    facts: [{ name: 'idNumber', type: 'text' }],
    outputs: [
      { name: 'isValid', type: 'bool' },
      { name: 'birthDate', type: 'date', nullable: true },
      { name: 'warnings', type: 'list', items: { type: 'code' } },
    ],
    parameters: ['identifiers.sample-area-code'],
    steps: [
      {
        name: 'checked',
        expression: 'resident id(idNumber, on, parameter or null("identifiers.sample-area-code"))',
      },
      { name: 'isValid', expression: 'checked.isValid' },
      { name: 'birthDate', expression: 'checked.birthDate' },
      { name: 'warnings', expression: 'checked.warnings' },
    ],
  })
  const sample: ParameterValue = {
    parameter: 'identifiers.sample-area-code',
    type: 'text',
    value: '999999',
    region: '000000',
    effectiveFrom: '2020-01-01',
    effectiveTo: null,
    basis: 'demonstration genesis',
  }
  it('answers with and without it', () => {
    const facts = { idNumber: '999999199001010016' }
    expect(ask(rule, facts)).toMatchObject({
      outputs: { isValid: true, birthDate: '1990-01-01', warnings: ['REGION_UNKNOWN'] },
    })
    expect(ask(rule, facts, { parameters: makeParameterTable([sample]) })).toMatchObject({
      outputs: { isValid: true, warnings: [] },
    })
    expect(ask(rule, { idNumber: '99999919900101001' })).toMatchObject({
      outputs: { isValid: false, birthDate: null },
    })
  })
})
