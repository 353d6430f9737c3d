// Goal: every calculator gives what the worked examples of its rule give, tells it in both languages, and its
// situation survives the address. Method: the published libraries built from their folders, evaluated as the page does.
import { fileURLToPath } from 'node:url'
import type { JsonObject } from '@renshe/crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { PackageFolders } from '../../../../cli/src/service/package-folders.ts'
import { calculate, type Law } from './calculate.ts'
import { type Answers, type Calculator, completed, type Question, rulesOf } from './calculator.ts'
import { CALCULATORS, findCalculator } from './every-calculator.ts'
import { spanOf } from './read-answers.ts'
import { readSituation, writeSituation } from './situation.ts'

interface Example {
  readonly rule: string
  readonly name: string
  readonly on: string
  readonly facts: JsonObject
  readonly outputs?: JsonObject
}

const PACKAGES = ['pension', 'contribution', 'insurance', 'labour', 'annuity', 'flexible-work']
let law: Law
let examples: readonly Example[]

beforeAll(() => {
  const folders = new PackageFolders(
    fileURLToPath(new URL('../../../../services', import.meta.url)),
  )
  const documents = PACKAGES.map((name) => folders.build(`${name}-rules`).document)
  const parameters = documents.flatMap((document) => document.parameters)
  law = {
    rules: Object.fromEntries(
      documents.flatMap((document) => document.rules).map((rule) => [rule.id, rule]),
    ),
    parameters: {
      find: (parameter, region, on) =>
        parameters.findLast(
          (row) =>
            row.parameter === parameter &&
            row.region === region &&
            row.effectiveFrom <= on &&
            (row.effectiveTo === null || row.effectiveTo >= on),
        ),
    },
    on: '2026-08-31',
  }
  examples = documents.flatMap((document) => document.examples.rules) as unknown as Example[]
}, 60_000)

const text = (value: unknown): string => String(value)
const span = (value: unknown): string => spanOf(Number(value))

/** Facts of an example as somebody would answer; null where the calculator does not ask what it needs. */
const ANSWERS: Readonly<
  Record<string, readonly [call: string, of: (f: JsonObject) => Answers | null]>
> = {
  retirement: [
    'age',
    ({ group, birthMonth }) => ({ group: text(group), birthMonth: text(birthMonth) }),
  ],
  pension: [
    'payout',
    (f) => ({
      age: `${text(f.ageYears)}-${text(f.ageMonths ?? 0)}`,
      paid: '20-0',
      index: '1',
      balance: '100',
      base: '8000',
    }),
  ],
  severance: [
    'severance',
    (f) => ({
      service: `${span(f.serviceMonths)}-${text(f.extraDays ?? 0)}`,
      wage: text(f.averageMonthlyWage),
      local: text(f.localAverageWage),
      illegal: f.isIllegalTermination === true ? 'YES' : 'NO',
    }),
  ],
  unemployment: [
    'duration',
    (f) => ({
      paid: span(f.contributionMonths),
      why: f.isInvoluntary === true ? 'INVOLUNTARY' : 'VOLUNTARY',
      registered: f.isRegistered === true ? 'YES' : 'NO',
      unused: text(f.unusedMonths ?? 0),
    }),
  ],
  contribution: [
    'base',
    (f) => ({ payer: 'FLEXIBLE', wage: text(f.wage), local: text(f.localAverageWage) }),
  ],
  'work-injury': [
    'sum',
    (f) => ({
      grade: text(f.disabilityGrade),
      wage: text(f.ownWage),
      local: text(f.localAverageWage),
    }),
  ],
  'double-wage': [
    'wage',
    (f) => ({
      hired: text(f.hiredOn),
      ...(f.signedOn === undefined ? {} : { signed: text(f.signedOn) }),
      wage: text(f.monthlyWage),
    }),
  ],
  annuity: [
    'vesting',
    (f) => ({
      event: text(f.event),
      tenure: span(f.tenureMonths),
      ladder: (f.steps as JsonObject[])
        .map(
          ({ tenureMonths, ratio }) => `${text(tenureMonths)}-${Math.round(Number(ratio) * 100)}`,
        )
        .join('_'),
      employer: text(f.employerPart),
      own: text(f.employeePart),
    }),
  ],
  'late-fee': [
    'fee',
    (f) =>
      f.dueOn === undefined
        ? null
        : { arrears: text(f.arrears), due: text(f.dueOn), paid: text(f.paidOn) },
  ],
  'injury-fee': [
    'fee',
    (f) => ({
      industry: text(f.industry),
      ...(f.claimsBand === undefined ? {} : { band: text(f.claimsBand) }),
      orders: text(f.orders),
    }),
  ],
}

function ask(calculator: Calculator, answers: Answers, on: string) {
  return calculate(calculator, completed(calculator, answers), { ...law, on })
}

describe.each(CALCULATORS.map((calculator) => [calculator.id, calculator] as const))(
  '%s',
  (id, calculator) => {
    it('asks at most five questions, in both languages, of published rules', () => {
      expect(calculator.questions.length).toBeLessThanOrEqual(5)
      for (const rule of rulesOf(calculator)) expect(law.rules).toHaveProperty([rule])
      const said = [calculator.title, calculator.question, calculator.about, ...calculator.changes]
      for (const question of calculator.questions) {
        said.push(question.label, ...(question.choices ?? []).map(({ label }) => label))
      }
      for (const { zh, en } of said) {
        expect(zh).toMatch(/\p{Script=Han}|× 2/u)
        expect(en).not.toMatch(/\p{Script=Han}/u)
      }
      expect(findCalculator(id)).toBe(calculator)
    })

    it('gives what the examples of its rule give, from an address', () => {
      const [name, answersOf] = ANSWERS[id] ?? ['', () => null]
      const call = calculator.calls.find((one) => one.name === name)
      let asked = 0
      for (const example of examples) {
        if (example.rule !== call?.rule || example.outputs === undefined) continue
        const answers = answersOf(example.facts)
        if (answers === null) continue
        const situation = { answers, on: example.on, pins: [] }
        const back = readSituation(writeSituation(situation, calculator), calculator)
        expect(back).toEqual(situation)
        const came = ask(calculator, back.answers, example.on)
        if (came.kind !== 'told') throw new Error(`${example.name}: ${JSON.stringify(came)}`)
        const { explained } = came.answered.find((one) => one.call.name === name) ?? {}
        expect(explained?.outputs).toEqual(example.outputs)
        expect(came.told.headline.zh).toMatch(/。$/)
        expect(came.told.headline.en).not.toMatch(/\p{Script=Han}|undefined|null/u)
        for (const { change } of calculator.variations) {
          const changed = change(completed(calculator, answers))
          if (changed !== null) ask(calculator, changed, example.on)
        }
        asked++
      }
      expect(asked).toBeGreaterThan(0)
    })

    it('names what is missing before it computes', () => {
      const came = ask(calculator, {}, '2026-08-31')
      expect(came).toMatchObject({ kind: 'open', wrong: [] })
      expect(came.kind === 'open' ? came.missing[0] : '').toBe(calculator.questions[0]?.name)
    })
  },
)

/** Answers as anyone might give them: each well-formed for its question. */
function anyAnswer(question: Question): fc.Arbitrary<string | undefined> {
  const { kind, choices = [], isOptional, least = 0, most } = question
  const number = (max: number) => fc.integer({ min: 0, max }).map(String)
  const spans = fc.integer({ min: least, max: most ?? 719 }).map(spanOf)
  const day = fc
    .date({ min: new Date('2008-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const ladder = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 100 })), {
      minLength: 1,
      maxLength: 5,
      selector: ([years]) => years,
    })
    .map((steps) => steps.map(([years, percent]) => `${years * 12}-${percent}`).join('_'))
  const kinds: Readonly<Record<Question['kind'], fc.Arbitrary<string>>> = {
    choice: fc.constantFrom(...choices.map(({ value }) => value), ''),
    month: day.map((date) => `${1940 + Number(date.slice(2, 4)) * 2}-${date.slice(5, 7)}`),
    date: day,
    money: number(99_999_999).map((fen) => `${fen.slice(0, -2) || '0'}.${fen.slice(-2)}`),
    decimal: number(9_999).map((digits) => `${digits.slice(0, -3) || '0'}.${digits.slice(-3)}`),
    count: number(most ?? 99_999),
    span: spans,
    'span-days': spans.map((span) => `${span}-17`),
    ladder,
  }
  return isOptional === true ? fc.option(kinds[kind], { nil: undefined }) : kinds[kind]
}

it.each(CALCULATORS)('$id answers or refuses whatever is asked, and says no raw value', (one) => {
  const parts = Object.fromEntries(one.questions.map((each) => [each.name, anyAnswer(each)]))
  fc.assert(
    fc.property(fc.record(parts), (typed) => {
      const answers = Object.fromEntries(
        Object.entries(typed).filter(([, value]) => value !== undefined),
      ) as Answers
      const came = ask(one, answers, '2026-08-31')
      if (came.kind !== 'told') return
      const said = JSON.stringify(came.told)
      expect(said).not.toMatch(/undefined|NaN|null|\[object/)
      for (const { change } of one.variations) {
        const changed = change(completed(one, answers))
        if (changed !== null) ask(one, changed, '2026-08-31')
      }
    }),
    { numRuns: 60 },
  )
})

it('adds the parts of a pension as written out by hand', () => {
  const pension = findCalculator('pension') as Calculator
  const answers = { age: '60-0', paid: '28-4', index: '1.062', balance: '96480.50', base: '8462' }
  const came = ask(pension, answers, '2026-08-31')
  if (came.kind !== 'told') throw new Error(JSON.stringify(came))
  // 8462 × 1.062 = 8986.64; (8462 + 8986.64) / 2 × 28.33 × 0.01 = 2471.60; 96480.50 / 139 = 694.10.
  expect(came.told.headline.zh).toBe('每月大约 3,165.70 元。')
  expect(came.told.rows?.slice(0, 2).map(({ value }) => value.zh)).toEqual([
    '2,471.60 元',
    '694.10 元',
  ])
  const short = ask(pension, { ...answers, paid: '14-2' }, '2026-08-31')
  expect(short).toMatchObject({ told: { isNo: true } })
})

it('splits the contributions of an employed person so that parts sum to totals', () => {
  const contribution = findCalculator('contribution') as Calculator
  const answers = { payer: 'EMPLOYED', wage: '7000.05', local: '8000', class: '2' }
  const came = ask(contribution, answers, '2026-08-31')
  if (came.kind !== 'told') throw new Error(JSON.stringify(came))
  // 8 + 2 + 1 of a hundred for the worker; 16 + 6 + 2 + 0.4 for the employer.
  expect(came.told.headline.zh).toBe('每月您缴 770.00 元，单位缴 1,708.01 元。')
  expect(came.answered.map(({ call }) => call.name)).toEqual([
    'base',
    'pension',
    'medical',
    'unemployment',
    'injury',
  ])
})

it('tells a day without published numbers as a refusal of the rule', () => {
  const contribution = findCalculator('contribution') as Calculator
  const answers = { payer: 'EMPLOYED', wage: '7000', local: '8000', class: '2' }
  expect(ask(contribution, answers, '2020-06-30')).toMatchObject({
    kind: 'refused',
    error: { code: 'PARAMETER_MISSING' },
  })
})
