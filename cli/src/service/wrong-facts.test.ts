/**
 * Goal: wrong facts are refused by every determination as the catalogue says: missing, mistyped, out of
 * range, contradictory, also inside lists, each with its code and the path of the field.
 * Method: facts of each rule's own example, broken in one place at a time as its schema tells; for each
 * contradiction that a rule checks, one row of facts that is wrong in that and nothing else.
 */
import { fileURLToPath } from 'node:url'
import type { FactSchema, FieldSchema, Json, JsonObject } from '@renshe/rules'
import { describe, expect, it } from 'vitest'
import { answerQuestion } from '../rules/answer-question.ts'
import { loadShelf, type ShelvedRule } from '../rules/rule-shelf.ts'
import { PackageFolders } from './package-folders.ts'

const services = fileURLToPath(new URL('../../../services', import.meta.url))
const shelf = loadShelf(new PackageFolders(services))

/** The first example that is answered: a set of good facts. */
function goodExample(rule: ShelvedRule) {
  const found = rule.package.document.examples.rules.find(
    ({ rule: id, outputs }) => id === rule.id && outputs !== undefined,
  )
  if (found === undefined) throw new Error(`no answered example of ${rule.id}`)
  return { on: found.on, region: found.region, facts: found.facts as JsonObject }
}

/** `CODE field` of the refusal; facts that are null are left out. */
function refusal(rule: ShelvedRule, facts: JsonObject, place: object = {}): string {
  const { on, region } = goodExample(rule)
  const reply = answerQuestion(shelf, { id: rule.id, on, region, facts, ...place }, false)
  if (reply.ok) return 'answered'
  expect(reply.error.message).toMatch(/\S/)
  return `${reply.error.code} ${reply.error.field}`
}

/** One fact, or one inside a list or object: its path, its schema, and the facts with another value there. */
interface Spot {
  readonly path: string
  readonly schema: FieldSchema & Partial<FactSchema>
  readonly withValue: (value: Json) => JsonObject
  /** An item of a list has no name that could be missing. */
  readonly isItem: boolean
}

function spotsOf(rule: ShelvedRule): Spot[] {
  const { facts } = goodExample(rule)
  return rule.rule.document.facts.flatMap((schema) => {
    const set = (value: Json): JsonObject => ({ ...facts, [schema.name]: value })
    return spotsAt(schema.name, schema, set, facts[schema.name] ?? null, false)
  })
}

function spotsAt(
  path: string,
  schema: Spot['schema'],
  withValue: Spot['withValue'],
  given: Json,
  isItem: boolean,
): Spot[] {
  const own = { path, schema, withValue, isItem }
  if (schema.type === 'list' && schema.items !== undefined && Array.isArray(given)) {
    const [first] = given
    if (first === undefined) return [own]
    const set = (value: Json) => withValue([value, ...given.slice(1)])
    return [own, ...spotsAt(`${path}[0]`, schema.items, set, first, true)]
  }
  if (schema.type !== 'object' || typeof given !== 'object' || given === null) return [own]
  const object = given as JsonObject
  const inner = (schema.fields ?? []).flatMap((field) => {
    const set = (value: Json) => withValue({ ...object, [field.name]: value })
    return spotsAt(`${path}.${field.name}`, field, set, object[field.name] ?? null, false)
  })
  return [own, ...inner]
}

function isRequired({ optional, default: standing, parameter }: Spot['schema']): boolean {
  return optional !== true && standing === undefined && parameter === undefined
}

const TEXTUAL = ['text', 'code', 'region', 'date', 'month', 'instant', 'money', 'decimal']

/** Values of another JSON type, or of another form of the same. */
function mistyped({ type }: FieldSchema): Json[] {
  const other: Json = TEXTUAL.includes(type) ? 7 : 'seven'
  const forms: Partial<Record<FieldSchema['type'], Json[]>> = {
    money: ['1.005', '1e3', '+1', ''],
    decimal: ['0.1234567890123', '.5', '1,5'],
    int: [1.5],
    year: [2026.5],
    bool: [1],
    date: ['2026-3-8'],
    month: ['2026'],
    instant: ['2026-03-08T09:30:00'],
    text: ['\ud800'],
  }
  return [other, ...(forms[type] ?? [])]
}

/** Values of the right form that are outside what the schema or the page of determinations allows. */
function outOfRange({ type, minimum, maximum, aboveMinimum, items }: FieldSchema): Json[] {
  switch (type) {
    case 'code':
      return ['NO_SUCH_CODE']
    case 'region':
      return ['990000']
    case 'date':
      return ['2026-02-30', '1899-12-31', '2201-01-01']
    case 'month':
      return ['2026-13', '1899-12', '2201-01']
    case 'instant':
      return ['2026-02-30T00:00:00+08:00']
    case 'year':
      return [1899, 2201]
    case 'text':
      return ['字'.repeat(501)]
    case 'list':
      return items === undefined ? [] : [new Array<Json>(1001).fill(null)]
    case 'int': {
      const bounds = [Number(minimum ?? '0') - 1]
      return maximum === undefined ? bounds : [...bounds, Number(maximum) + 1]
    }
    case 'money':
    case 'decimal': {
      const least = minimum ?? (type === 'money' ? '0' : undefined)
      const low = least === undefined ? [] : [(Number(least) - 0.1).toFixed(2)]
      const bound = aboveMinimum === true && least !== undefined ? [least] : []
      return [...low, ...bound, ...(maximum === undefined ? [] : [`${Number(maximum) + 1}`])]
    }
    default:
      return []
  }
}

describe('one wrong place', () => {
  it.each([...shelf.rules])('%s', (_, rule) => {
    const { facts } = goodExample(rule)
    expect(refusal(rule, facts)).toBe('answered')
    expect(refusal(rule, { ...facts, shoeSize: 42 })).toBe('FACT_UNKNOWN shoeSize')
    const spots = spotsOf(rule)
    expect(spots.length).toBeGreaterThan(0)
    for (const { path, schema, withValue, isItem } of spots) {
      if (isRequired(schema) && !isItem) {
        expect(refusal(rule, withValue(null))).toBe(`FACT_MISSING ${path}`)
      }
      for (const value of mistyped(schema)) {
        expect(refusal(rule, withValue(value)), JSON.stringify(value)).toBe(`FACT_TYPE ${path}`)
      }
      for (const value of outOfRange(schema)) {
        // The items of the long list are of no type: its length is told before them.
        const told = refusal(rule, withValue(value))
        expect(told, JSON.stringify(value).slice(0, 60)).toBe(`FACT_RANGE ${path}`)
      }
    }
  })

  it('is also the day, the region, or a rule that nobody published', () => {
    for (const rule of shelf.rules.values()) {
      const { facts } = goodExample(rule)
      const { effectiveFrom } = rule.rule.document
      expect(refusal(rule, facts, { on: '2026-02-30' })).toBe('REQUEST_MALFORMED on')
      expect(refusal(rule, facts, { region: '990000' })).toBe('REGION_UNKNOWN region')
      expect(refusal(rule, facts, { id: `${rule.id}-x` })).toBe('RULE_UNKNOWN id')
      if (effectiveFrom !== null) {
        const on = new Date(Date.parse(effectiveFrom) - 86_400_000).toISOString().slice(0, 10)
        expect(refusal(rule, facts, { on })).toBe('RULE_NOT_IN_FORCE on')
      }
      if (rule.rule.document.needsRegion === true) {
        expect(refusal(rule, facts, { region: '000000' })).toBe('REGION_REQUIRED region')
      }
    }
  })
})

describe('facts that exclude each other', () => {
  const groups = [...shelf.rules].flatMap(([id, rule]) =>
    (rule.rule.document.exactlyOneOf ?? []).map((alternatives) => ({ id, rule, alternatives })),
  )

  it.each(groups)('$id: exactly one of $alternatives', ({ rule, alternatives }) => {
    const { facts } = goodExample(rule)
    const names = alternatives.flat()
    const others = Object.fromEntries(
      Object.entries(facts).filter(([name]) => !names.includes(name)),
    )
    expect(refusal(rule, others)).toBe(`FACT_MISSING ${alternatives[0]?.[0]}`)
    const all = Object.fromEntries(names.map((name) => [name, ALTERNATIVES[name] ?? null]))
    expect(Object.values(all)).not.toContain(null)
    expect(refusal(rule, { ...others, ...all })).toBe(`FACT_CONFLICT ${alternatives[1]?.[0]}`)
  })

  it('are needed, one at least', () => {
    const needing = [...shelf.rules.values()].filter(
      ({ rule }) => rule.document.atLeastOneOf !== undefined,
    )
    expect(needing.map(({ id }) => id).sort()).toEqual([
      'data-sharing.catalogue-update-deadline',
      'transfer.deadlines',
    ])
    for (const rule of needing) {
      const [first] = rule.rule.document.atLeastOneOf?.[0] ?? []
      expect(refusal(rule, {})).toBe(`FACT_MISSING ${first}`)
    }
  })

  /** Every check that rules make of their facts: good facts with these in their place. */
  it.each(contradictions())('%s %j: %s', (id, changed, told) => {
    const rule = shelf.rules.get(id)
    if (rule === undefined) throw new Error(`no rule ${id}`)
    expect(refusal(rule, { ...goodExample(rule).facts, ...changed })).toBe(told)
  })

  it('leaves no check of a rule without its row', () => {
    const checked = [...shelf.rules].flatMap(([id, rule]) =>
      (rule.rule.document.checks ?? []).map(({ code, field }) => `${id} ${code} ${field}`),
    )
    expect(
      contradictions()
        .map(([id, , told]) => `${id} ${told}`)
        .sort(),
    ).toEqual(checked.sort())
  })
})

/** One good value of each fact that another one excludes. */
const ALTERNATIVES: Readonly<Record<string, Json>> = {
  annualRate: '0.002',
  feePerAccountMonth: '5.00',
  daysLate: 3,
  dueOn: '2026-08-15',
  paidOn: '2026-08-20',
  totalYears: '20.5',
  totalMonths: 246,
  requestedMonth: '2030-06',
  shiftMonths: -12,
}

function contradictions(): [id: string, changed: JsonObject, told: string][] {
  return [
    ['annuity.event-report-deadline', { to: 'SETTLOR' }, 'FACT_CONFLICT to'],
    ['annuity.fee-limit', { role: 'ACCOUNT_MANAGER' }, 'FACT_CONFLICT annualRate'],
    [
      'annuity.fee-limit',
      { annualRate: null, feePerAccountMonth: '5.00' },
      'FACT_CONFLICT feePerAccountMonth',
    ],
    ['annuity.report-deadline', { periodEnd: '2025-12-30' }, 'FACT_RANGE periodEnd'],
    ['annuity.report-deadline', { periodEnd: '2025-09-30' }, 'FACT_CONFLICT periodEnd'],
    ['annuity.scheme-filing', { objectionOn: '2026-01-04' }, 'FACT_CONFLICT objectionOn'],
    ['annuity.single-holding-limit', { shareOfIssue: null }, 'FACT_MISSING shareOfIssue'],
    ['annuity.single-holding-limit', { shareOfPortfolio: null }, 'FACT_MISSING shareOfPortfolio'],
    ['clock.due-date', { isExtended: true }, 'FACT_CONFLICT isExtended'],
    ['clock.working-days-between', { to: '2026-01-11' }, 'FACT_CONFLICT to'],
    ['contribution.amounts', { scheme: '410' }, 'FACT_MISSING industryClass'],
    [
      'contribution.amounts',
      { scheme: '410', industryClass: 1, floatPercent: 50 },
      'FACT_RANGE floatPercent',
    ],
    ['contribution.amounts', { scheme: '310', payer: 'FLEXIBLE' }, 'FACT_CONFLICT payer'],
    [
      'credit.wage-crime-threshold',
      { largestSingleAmount: '5000.01' },
      'FACT_CONFLICT largestSingleAmount',
    ],
    [
      'flexible-work.injury-claim',
      { orderEnd: '2026-08-20T09:59:59+08:00' },
      'FACT_CONFLICT orderEnd',
    ],
    [
      'flexible-work.injury-fee',
      { industry: 'RIDE_HAILING', claimsBand: 'HIGH' },
      'FACT_CONFLICT claimsBand',
    ],
    ['flexible-work.platform-report', { quarterEnd: '2026-05-31' }, 'FACT_RANGE quarterEnd'],
    ['labour.probation', { contractMonths: null }, 'FACT_MISSING contractMonths'],
    [
      'pension.account-interest',
      { deposits: [{ month: '2023-12', amount: '8000.00' }] },
      'FACT_CONFLICT deposits',
    ],
    ['pension.payout-months', { ageYears: 70, ageMonths: 1 }, 'FACT_CONFLICT ageMonths'],
    ['qualification.stop', { monthlyBenefit: null }, 'FACT_MISSING monthlyBenefit'],
    ['title.continuing-education', { professionalHours: 91 }, 'FACT_CONFLICT professionalHours'],
    ['title.vote', { present: 26 }, 'FACT_CONFLICT present'],
    ['title.vote', { yes: 18, no: 0, abstain: 0 }, 'FACT_CONFLICT yes'],
    ['title.vote', { no: 6, abstain: 0 }, 'FACT_CONFLICT no'],
    ['title.vote', { abstain: 2 }, 'FACT_CONFLICT abstain'],
  ]
}

it('never tells a number of a person', () => {
  const idNumber = '110105194912310021'
  for (const id of ['identifiers.resident-id', 'identifiers.person-match', 'credit.public-entry']) {
    const rule = shelf.rules.get(id)
    if (rule === undefined) throw new Error(`no rule ${id}`)
    const { on, region, facts } = goodExample(rule)
    for (const wrong of [[idNumber], idNumber.repeat(30)]) {
      const question = { id, on, region, facts: { ...facts, idNumber: wrong } }
      const reply = answerQuestion(shelf, question, false)
      expect(reply.ok).toBe(false)
      expect(JSON.stringify(reply)).not.toContain(idNumber)
    }
  }
})
