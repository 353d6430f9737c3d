/**
 * Goal: `renshe rules diff` tells which clauses, rules and people change, by how much, who loses,
 * and how the differences are spread.
 * Method: the annuity rules beside a copy with another ceiling, a new clause, and a changed step; people on both sides of the ceiling.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileRule, PeopleDifference, partsOfResults } from '@renshe/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type } from '../testing/test-terminal.ts'

const services = fileURLToPath(new URL('../../../services', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'renshe-diff-'))
afterAll(() => rmSync(folder, { recursive: true }))

function rewrite(path: string, change: (text: string) => string): void {
  const place = join(folder, 'new', 'annuity-rules', path)
  const text = readFileSync(place, 'utf8')
  const changed = change(text)
  expect(changed).not.toBe(text)
  writeFileSync(place, changed)
}

/** Ceilings of 100,000 yuan of pay: 8,000 of the employer, then 5,000. */
function person(name: string, payroll: string, on = '2026-08-31'): string {
  const facts = {
    annualPayroll: payroll,
    employerContribution: '1.00',
    employeeContribution: '1.00',
  }
  return JSON.stringify({ id: 'annuity.contribution-limit', on, facts, person: name })
}

beforeAll(() => {
  for (const version of ['old', 'new']) {
    for (const name of ['annuity-rules', 'calendar']) {
      cpSync(join(services, name), join(folder, version, name), { recursive: true })
    }
  }
  rewrite('parameters/contribution.csv', (text) =>
    text.replace(
      'annuity.employer-share-of-payroll,0.08,000000,2018-02-01,,企业年金办法/15',
      'annuity.employer-share-of-payroll,0.08,000000,2018-02-01,2025-12-31,企业年金办法/15\n' +
        'annuity.employer-share-of-payroll,0.05,000000,2026-01-01,,企业年金办法修订/1',
    ),
  )
  rewrite(
    'law.yaml',
    (text) => `${text}企业年金办法修订/1:
  effectiveFrom: 2026-01-01
  certainty: P
  quotation: 示例：企业缴费每年不超过工资总额的5%。
`,
  )
  rewrite('rules/contribution.yaml', (text) =>
    text.replace('isValid: highestCredit <= limit', 'isValid: highestCredit < limit'),
  )
  const cases = [
    person('A', '100000.00'),
    person('B', '10.00'),
    person('C', '1000.00'),
    person('D', '100000.00', '2025-06-30'),
    '{"id":"annuity.contribution-limit"}',
    '',
    person('A', '100000.00'),
  ]
  writeFileSync(join(folder, 'cases.ndjson'), `${cases.join('\n')}\n`)
})

function diff(...words: string[]) {
  return type(['rules', 'diff', 'old/annuity-rules', 'new/annuity-rules', ...words], { folder })
}

describe('who loses', () => {
  it('is decided by results: a smaller part of a greater total is no loss', () => {
    const money = (name: string) => ({ name, type: 'money' as const })
    const rule = compileRule({
      id: 'library.fee',
      title: { zh: '费用', en: 'Fee' },
      clause: ['library-statute/1'],
      effectiveFrom: null,
      facts: [money('base')],
      outputs: [money('loan'), money('total'), { name: 'isFree', type: 'bool' }],
      steps: [
        { name: 'loan', expression: 'base * 2' },
        { name: 'rounded', expression: 'loan + 1' },
        { name: 'total', expression: 'rounded * 3' },
        { name: 'isFree', expression: 'total = 0' },
      ],
      parameters: [],
    })
    const parts = partsOfResults(rule)
    expect([...parts]).toEqual([['loan', 'total']])
    const people = new PeopleDifference(false, (_, output) => parts.get(output) ?? null)
    const answer = (loan: string, total: string) => ({
      ok: true as const,
      outputs: { loan, total, isFree: false },
      rule: { id: 'library.fee', version: '1.0.0', hash: '00' },
    })
    people.add({
      person: 'A',
      rule: 'library.fee',
      on: '2026-08-31',
      before: answer('2.00', '3.10'),
      after: answer('1.00', '3.15'),
    })
    expect(people.losers()).toEqual([])
    expect(people.summaries().map(({ output, into, sum }) => [output, into, sum])).toEqual([
      ['total', null, '0.05'],
      ['loan', 'total', '-1.00'],
    ])
  })
})

describe('rules diff', () => {
  it('tells everything as JSON', async () => {
    const { exit, out } = await diff('--cases', 'cases.ndjson', '--json')
    expect(exit).toBe(0)
    const told = JSON.parse(out)
    expect(told.clauses).toMatchObject([{ name: '企业年金办法修订/1 2026-01-01', change: 'ADDED' }])
    expect(told.parameters).toMatchObject([
      {
        name: 'annuity.employer-share-of-payroll 000000 2018-02-01',
        change: 'CHANGED',
        fields: [{ path: 'effectiveTo', before: null, after: '2025-12-31' }],
      },
      { name: 'annuity.employer-share-of-payroll 000000 2026-01-01', change: 'ADDED' },
    ])
    expect(told.rules).toMatchObject([{ name: 'annuity.account-credit-ratio', change: 'CHANGED' }])
    expect(told).toMatchObject({ source: 'file', cases: 5, peopleChanged: 3, unread: [5] })
    const limit = told.amounts.find((one: { output: string }) => one.output === 'employerLimit')
    expect(limit).toMatchObject({
      rule: 'annuity.contribution-limit',
      compared: 5,
      changed: 4,
      into: null,
      sum: '-6030.30',
      least: '-3000.00',
      greatest: '0.00',
      losers: 3,
      winners: 0,
    })
    expect(limit.histogram.filter((bar: { count: number }) => bar.count > 0)).toEqual([
      { above: null, upTo: '-1000', count: 2 },
      { above: '-100', upTo: '-10', count: 1 },
      { above: '-1', upTo: '0', count: 1 },
      { above: '0', upTo: '0', count: 1 },
    ])
    expect(told.losers).toEqual([
      {
        person: 'A',
        rule: 'annuity.contribution-limit',
        output: 'employerLimit',
        difference: '-6000.00',
      },
      {
        person: 'C',
        rule: 'annuity.contribution-limit',
        output: 'employerLimit',
        difference: '-30.00',
      },
      {
        person: 'B',
        rule: 'annuity.contribution-limit',
        output: 'employerLimit',
        difference: '-0.30',
      },
    ])
    expect(told.changed[0]).toMatchObject({
      person: 'A',
      output: 'employerLimit',
      before: '8000.00',
      after: '5000.00',
      difference: '-3000.00',
    })
  })

  it('tells people, the other way round where more is worse', async () => {
    const { exit, out } = await diff('--cases', 'cases.ndjson', '--loses', 'higher')
    expect(exit).toBe(0)
    expect(out).toContain('Clauses:\n  new  企业年金办法修订/1 2026-01-01')
    expect(out).toContain('5 cases, another result for 3 people')
    expect(out).toContain('8000.00  →  5000.00  -3000.00')
    expect(out).toContain('4 of 5 change, -6030.30 in all, from -3000.00 to 0.00; 0 lose, 3 gain')
    expect(out).toMatch(/< -1000 {2,}2 {2,}█{40}/)
    expect(out).not.toContain('Who loses most')
  })

  it('asks the worked examples where no cases are given', async () => {
    const { exit, out } = await diff('--json')
    expect(exit).toBe(0)
    const told = JSON.parse(out)
    expect(told.source).toBe('examples')
    expect(told.cases).toBeGreaterThan(10)
    expect(told.changed.map((one: { rule: string }) => one.rule)).toContain(
      'annuity.contribution-limit',
    )
  })

  it('finds nothing between a version and itself', async () => {
    const same = ['rules', 'diff', 'old/annuity-rules', 'old/annuity-rules', '--json']
    const told = JSON.parse((await type(same, { folder })).out)
    expect(told).toMatchObject({ clauses: [], parameters: [], rules: [], changed: [], losers: [] })
  })

  it('says what is missing', async () => {
    expect((await diff('--cases', 'none.ndjson')).exit).toBe(2)
    const wrong = await type(['rules', 'diff', 'old', 'new'], { folder })
    expect(wrong.exit).toBe(2)
  })
})
