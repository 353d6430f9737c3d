/**
 * Goal: parts of a determination sum to its total to the fen, more of what counts is never less, and
 * windows of time are never turned around.
 * Method: fast-check over the published rules; the sums are made here in whole fen.
 */
import { fileURLToPath } from 'node:url'
import type { JsonObject } from '@renshe/rules'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { answerQuestion } from '../rules/answer-question.ts'
import { loadShelf } from '../rules/rule-shelf.ts'
import { PackageFolders } from './package-folders.ts'

const shelf = loadShelf(
  new PackageFolders(fileURLToPath(new URL('../../../services', import.meta.url))),
)

function ask(id: string, facts: JsonObject): JsonObject {
  const question = { id, on: '2026-08-31', region: '000000', facts }
  const reply = answerQuestion(shelf, question, false)
  if (!reply.ok) throw new Error(`${id} ${JSON.stringify(facts)}: ${reply.error.message}`)
  return reply.outputs
}

const yuan = (fen: number) => (fen / 100).toFixed(2)
const fen = (text: unknown) => Math.round(Number(text) * 100)
const money = fc.integer({ min: 0, max: 50_000_000 }).map(yuan)
const months = fc.integer({ min: 0, max: 600 })

function sums(total: unknown, ...parts: unknown[]): void {
  expect(fen(total)).toBe(parts.reduce((sum: number, part) => sum + fen(part), 0))
}

it('sums parts to totals', () => {
  const percent = fc.integer({ min: 0, max: 100 }).map((one) => (one / 100).toString())
  fc.assert(
    fc.property(money, money, months, percent, (one, other, count, ratio) => {
      const pension = ask('pension.monthly-benefit', {
        benefitBase: '8462.00',
        averageIndex: '0.935',
        totalMonths: count,
        accountBalance: one,
        payoutMonths: '139',
        localExtra: other,
      })
      sums(pension.total, pension.poolPension, pension.accountPension, other)
      const paid = ask('contribution.amounts', {
        scheme: '110',
        payer: 'EMPLOYED',
        contributionBase: one,
      })
      sums(paid.totalAmount, paid.employerAmount, paid.employeeAmount, paid.individualAmount)
      const left = ask('annuity.vesting', {
        tenureMonths: count,
        event: 'RESIGNED',
        employerPart: one,
        employeePart: other,
        steps: [{ tenureMonths: 24, ratio }],
      })
      expect(fen(left.entitlement) + fen(left.returnedToEnterpriseAccount)).toBe(
        fen(one) + fen(other),
      )
      const moved = ask('transfer.fund', { contributionBasesTotal: one, accountBalance: other })
      sums(moved.totalAmount, moved.pooledFundAmount, moved.accountAmount)
      const taxed = ask('annuity.tax-deduction', {
        monthlyContribution: one,
        monthlyTaxBase: other,
        cityAverageWage: '9000.00',
      })
      sums(one, taxed.deductible, taxed.taxedNow)
      const grown = ask('pension.account-interest', { year: 2024, openingBalance: one })
      sums(grown.closingBalance, one, grown.interest)
    }),
    { numRuns: 150 },
  )
})

/** Two values of which the second is not below the first. */
const rising = (most: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: most }))
    .map(([a, b]) => (a <= b ? ([a, b] as const) : ([b, a] as const)))

it('gives never less for more', () => {
  const wages = { averageMonthlyWage: '30000.00', localAverageWage: '9000.00' }
  fc.assert(
    fc.property(rising(600), rising(10_000_000), (counts, amounts) => {
      const grows = (of: (at: 0 | 1) => unknown): void => {
        expect(fen(of(1))).toBeGreaterThanOrEqual(fen(of(0)))
      }
      grows((at) => ask('labour.severance', { ...wages, serviceMonths: counts[at] }).amount)
      grows(
        (at) => ask('contribution.late-fee', { arrears: '2400.00', daysLate: counts[at] }).lateFee,
      )
      grows((at) => {
        const facts = { wage: yuan(amounts[at]), localAverageWage: '8000.00' }
        return ask('contribution.base', facts).contributionBase
      })
      grows((at) => {
        const facts = {
          disabilityGrade: 7,
          ownWage: yuan(amounts[at]),
          localAverageWage: '8000.00',
        }
        return ask('work-injury.lump-sum', facts).lumpSum
      })
      grows((at) => {
        const facts = { industry: 'RIDE_HAILING', orders: counts[at] }
        return ask('flexible-work.injury-fee', facts).platformPays
      })
    }),
    { numRuns: 150 },
  )
  const lump = (disabilityGrade: number): unknown =>
    ask('work-injury.lump-sum', {
      disabilityGrade,
      ownWage: '6000.00',
      localAverageWage: '8000.00',
    }).lumpSum
  for (let grade = 2; grade <= 10; grade += 1) {
    expect(fen(lump(grade - 1))).toBeGreaterThan(fen(lump(grade)))
  }
})

it('keeps the window of retirement around its month', () => {
  const birth = fc.tuple(fc.integer({ min: 1965, max: 1999 }), fc.integer({ min: 1, max: 12 }))
  const group = fc.constantFrom('MALE', 'FEMALE_55', 'FEMALE_50')
  fc.assert(
    fc.property(group, birth, (one, [year, month]) => {
      const facts = { group: one, birthMonth: `${year}-${String(month).padStart(2, '0')}` }
      const { retirementMonth, earliestMonth, latestMonth } = ask(
        'retirement.flexible-window',
        facts,
      )
      if (earliestMonth === null) return
      expect(String(earliestMonth) <= String(retirementMonth)).toBe(true)
      expect(String(latestMonth) > String(retirementMonth)).toBe(true)
    }),
    { numRuns: 150 },
  )
})
