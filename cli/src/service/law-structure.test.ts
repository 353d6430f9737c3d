/**
 * Goal: the published determinations keep the structure of the law: longer paid is never less, order
 * means nothing where the law knows none, periods never go backwards.
 * Method: walk the range, shuffle the lists and count again, through the published rules. What they
 * compute is compared with a second hand in `tools/second-computation`.
 */
import { fileURLToPath } from 'node:url'
import type { Json, JsonObject } from '@renshe/rules'
import { describe, expect, it } from 'vitest'
import { answerQuestion } from '../rules/answer-question.ts'
import { loadShelf } from '../rules/rule-shelf.ts'
import { PackageFolders } from './package-folders.ts'

const services = fileURLToPath(new URL('../../../services', import.meta.url))
const shelf = loadShelf(new PackageFolders(services))
const ON = '2026-08-31'

function outputsOf(id: string, facts: JsonObject): JsonObject {
  const reply = answerQuestion(shelf, { id, on: ON, region: '000000', facts }, false)
  if (!reply.ok) throw new Error(`${id} ${JSON.stringify(facts)}: ${reply.error.message}`)
  return reply.outputs
}

/** Repeatable draws: the same people on every machine. */
class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** A whole number from `least` to `most`. */
  draw(least: number, most: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return least + Math.floor((this.#state / 2 ** 32) * (most - least + 1))
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.draw(0, items.length - 1)] as Item
  }

  fen(most: number): bigint {
    return BigInt(this.draw(0, most))
  }
}

function yuan(fen: bigint): string {
  const text = fen.toString().padStart(3, '0')
  return `${text.slice(0, -2)}.${text.slice(-2)}`
}

function monthText(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
}

const DAY_MS = 86_400_000

function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** Day of a civil date; a day number that the month has not is its last day. */
function dayOf(year: number, month: number, date: number): number {
  const last = Date.UTC(year, month + 1, 0) / DAY_MS
  return Math.min(Date.UTC(year, month, date) / DAY_MS, last)
}

const GROUPS = ['MALE', 'FEMALE_55', 'FEMALE_50'] as const

describe('the structure of the law', () => {
  it('is monotone: a month more is never less, a later birth never earlier', () => {
    const fen = (text: unknown) => Number(String(text).replace('.', ''))
    let pension = -1
    let benefit = -1
    for (let months = 0; months <= 600; months += 1) {
      const facts = { benefitBase: '8462.00', averageIndex: '0.935', totalMonths: months }
      const pool = fen(outputsOf('pension.pool-part', facts).poolPension)
      expect(pool).toBeGreaterThanOrEqual(pension)
      pension = pool
      const spell = { contributionMonths: months, isInvoluntary: true, isRegistered: true }
      const longest = Number(outputsOf('unemployment.duration', spell).maxBenefitMonths)
      expect(longest).toBeGreaterThanOrEqual(benefit)
      benefit = longest
    }
    // The last days of a month are where a period in months can jump.
    for (const hiredOn of ['2024-12-31', '2024-01-30', '2024-02-29', '2023-02-28', '2025-03-10']) {
      let pay = -1
      for (let days = 0; days <= 400; days += 1) {
        const signedOn = dayText(Date.parse(hiredOn) / DAY_MS + days)
        const owed = outputsOf('labour.double-wage', { hiredOn, signedOn, monthlyWage: '6000.00' })
        expect(fen(owed.extraPay), `${hiredOn} signed ${signedOn}`).toBeGreaterThanOrEqual(pay)
        pay = fen(owed.extraPay)
      }
    }
    for (const group of GROUPS) {
      let earlier = ''
      for (let birth = 1960 * 12; birth < 2000 * 12; birth += 1) {
        const facts = { group, birthMonth: monthText(birth) }
        const { retirementMonth } = outputsOf('retirement.statutory-age', facts)
        expect(String(retirementMonth) > earlier).toBe(true)
        earlier = String(retirementMonth)
      }
    }
  })

  it('knows no order: attestations, platforms and vesting steps may come in any', () => {
    const dice = new Dice(13)
    const shuffle = <Item>(items: readonly Item[]): Item[] =>
      items
        .map((item) => ({ item, place: dice.draw(0, 999_999) }))
        .sort((left, right) => left.place - right.place)
        .map(({ item }) => item)
    const same = (id: string, name: string, items: Json[], others: JsonObject) => {
      const [first, second] = [items, shuffle(items)].map((one) =>
        outputsOf(id, { ...others, [name]: one }),
      )
      expect(second).toEqual(first)
      return first as JsonObject
    }
    const fields = ['BASIS', 'SCENARIO', 'SCOPE', 'METHOD', 'TIME_LIMIT']
    for (let count = 0; count < 500; count += 1) {
      const given = fields.filter(() => dice.draw(0, 1) === 1)
      same('data-sharing.application', 'fields', given, { hasOfficeConsent: true })
      const steps = Array.from({ length: dice.draw(0, 5) }, () => {
        return { tenureMonths: 12 * dice.draw(0, 3), ratio: dice.pick(['0', '0.25', '0.5', '1']) }
      })
      const left = { tenureMonths: 30, event: 'RESIGNED', employeePart: '0.00' }
      same('annuity.vesting', 'steps', steps, { ...left, employerPart: '630.00' })
      const incomes = Array.from({ length: dice.draw(0, 6) }, () => dice.fen(1_200_000))
      const records = incomes.map((income, at) => {
        return { platformId: `platform ${at}`, orders: dice.draw(0, 900), income: yuan(income) }
      })
      const month = { month: '2026-08', localAverageWage: '8000.00' }
      const { contributionBase } = same('contribution.accumulator', 'records', records, month)
      const total = incomes.reduce((sum, income) => sum + income, 0n)
      const base = total < 480_000n ? 480_000n : total > 2_400_000n ? 2_400_000n : total
      expect(contributionBase).toBe(yuan(base))
    }
  })

  it('never lets a period end before it begins, nor on a day off where it moves', () => {
    const dice = new Dice(14)
    for (let count = 0; count < 2_000; count += 1) {
      const from = dayText(dayOf(dice.draw(2024, 2026), dice.draw(0, 11), dice.draw(1, 31)))
      const amount = dice.draw(0, 24)
      const unit = dice.pick(['DAYS', 'MONTHS'])
      const { lastDay } = outputsOf('clock.add-period', { from, amount, unit })
      const stays = { from: String(lastDay), amount: 0, unit }
      expect(String(lastDay) >= from).toBe(true)
      expect(outputsOf('clock.add-period', stays).lastDay).toBe(lastDay)
    }
  })
})
