// budget: ten calculations, each computed a second time, over one set of dice.
/**
 * Goal: the ten calculations that people ask for most give what the clause says, and keep the
 * structure of the law: longer paid is never less, parts sum to the total, dates never go backwards.
 * Method: a second computation, written from the text of the clause in whole fen and counted months
 * (no FEEL, no table, no parameter of the first), compared over 10,000 random people each.
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
const PEOPLE = 10_000

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

/** Compares both computations over random people; the first that differs is shown with its facts. */
function compare(id: string, seed: number, person: (dice: Dice) => [JsonObject, JsonObject]): void {
  const dice = new Dice(seed)
  for (let count = 0; count < PEOPLE; count += 1) {
    const [facts, expected] = person(dice)
    const outputs = outputsOf(id, facts)
    const told = Object.fromEntries(Object.keys(expected).map((name) => [name, outputs[name]]))
    if (JSON.stringify(told) !== JSON.stringify(expected)) {
      expect({ id, facts, outputs: told }).toEqual({ id, facts, outputs: expected })
    }
  }
}

function yuan(fen: bigint): string {
  const text = fen.toString().padStart(3, '0')
  return `${text.slice(0, -2)}.${text.slice(-2)}`
}

/** Nearest whole number of `top / bottom`, halves up; neither is negative. */
function nearest(top: bigint, bottom: bigint): bigint {
  return (2n * top + bottom) / (2n * bottom)
}

function plain(top: bigint, places: number): string {
  const text = top.toString().padStart(places + 1, '0')
  const cut = `${text.slice(0, -places)}.${text.slice(-places)}`
  return cut.replace(/0+$/, '').replace(/\.$/, '')
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

function monthsLater(day: number, months: number): number {
  const from = new Date(day * DAY_MS)
  return dayOf(from.getUTCFullYear(), from.getUTCMonth() + months, from.getUTCDate())
}

const GROUPS = [
  { group: 'MALE', start: 1965 * 12, every: 4, most: 36, years: 60 },
  { group: 'FEMALE_55', start: 1970 * 12, every: 4, most: 36, years: 55 },
  { group: 'FEMALE_50', start: 1975 * 12, every: 2, most: 60, years: 50 },
] as const

/** 办法 art. 1: counted birth month by birth month, one more month after each full step. */
function statutoryMonth({ start, every, most, years }: (typeof GROUPS)[number], birth: number) {
  let delay = 0
  for (let month = start; month <= birth; month += every) delay = Math.min(most, delay + 1)
  return { delay, month: birth + years * 12 + delay }
}

/** 办法 art. 2: fifteen years, half a year more each year from 2030 to twenty years. */
function leastMonths(year: number): number {
  return 180 + 6 * Math.min(10, Math.max(0, year - 2029))
}

describe('a second computation', () => {
  it('retirement month, window and choice', () => {
    compare('retirement.statutory-age', 1, (dice) => {
      const one = dice.pick(GROUPS)
      const birth = dice.draw(1940 * 12, 2010 * 12)
      const { delay, month } = statutoryMonth(one, birth)
      const facts = { group: one.group, birthMonth: monthText(birth) }
      const statutoryAgeMonths = one.years * 12 + delay
      return [facts, { delayMonths: delay, statutoryAgeMonths, retirementMonth: monthText(month) }]
    })
    compare('retirement.flexible-choice', 2, (dice) => {
      const one = dice.pick(GROUPS)
      const birth = dice.draw(1955 * 12, 2005 * 12)
      const { month } = statutoryMonth(one, birth)
      const shift = dice.draw(-60, 60)
      const wanted = month + shift
      const isFlexible = month >= 2025 * 12
      const earliest = isFlexible ? Math.max(birth + one.years * 12, month - 36) : month
      const latest = isFlexible ? month + 36 : month
      const accepted = wanted >= earliest && wanted <= latest
      const nearestMonth = Math.min(latest, Math.max(earliest, wanted))
      const year = Math.floor((shift < 0 ? wanted : month) / 12)
      const breach = isFlexible ? (wanted < earliest ? 'TOO_EARLY' : 'TOO_LATE') : 'NOT_AVAILABLE'
      const given = shift % 2 === 0 ? { shiftMonths: shift } : { requestedMonth: monthText(wanted) }
      return [
        { group: one.group, birthMonth: monthText(birth), ...given },
        {
          accepted,
          startMonth: accepted ? monthText(wanted) : null,
          nearestAllowedMonth: monthText(nearestMonth),
          nearestAllowedAgeMonths: nearestMonth - birth,
          minimumContributionMonths: accepted ? leastMonths(year) : null,
          breaches: accepted ? [] : [breach],
        },
      ]
    })
  })

  it('monthly pension', () => {
    compare('pension.monthly-benefit', 3, (dice) => {
      const base = dice.fen(2_000_000)
      const index = dice.fen(30_000)
      const months = dice.fen(600)
      const balance = dice.fen(90_000_000)
      const payout = BigInt(dice.draw(560, 2330))
      const transitional = dice.fen(200_000)
      const extra = dice.fen(50_000)
      const indexed = nearest(base * index, 10_000n)
      const hundredths = nearest(months * 100n, 12n)
      const pool = nearest((base + indexed) * hundredths, 2n * 10_000n)
      const account = nearest(balance * 10n, payout)
      const total = pool + account + transitional + extra
      return [
        {
          benefitBase: yuan(base),
          averageIndex: plain(index, 4),
          totalMonths: Number(months),
          accountBalance: yuan(balance),
          payoutMonths: plain(payout, 1),
          transitionalPension: yuan(transitional),
          localExtra: yuan(extra),
        },
        { poolPension: yuan(pool), accountPension: yuan(account), total: yuan(total) },
      ]
    })
  })

  it('contributions of a month', () => {
    compare('contribution.base', 4, (dice) => {
      const wage = dice.fen(4_000_000)
      const average = dice.fen(1_500_000)
      const floor = nearest(average * 6n, 10n)
      const ceiling = average * 3n
      const base = wage < floor ? floor : wage > ceiling ? ceiling : wage
      return [
        { wage: yuan(wage), localAverageWage: yuan(average) },
        { contributionBase: yuan(base), floor: yuan(floor), ceiling: yuan(ceiling) },
      ]
    })
    compare('contribution.amounts', 5, (dice) => {
      const payer = dice.pick(['EMPLOYED', 'FLEXIBLE'])
      const base = dice.fen(4_000_000)
      const of = (percent: bigint) => nearest(base * percent, 100n)
      const [employer, employee, individual] =
        payer === 'EMPLOYED' ? [of(16n), of(8n), 0n] : [0n, 0n, of(20n)]
      return [
        { scheme: '110', payer, contributionBase: yuan(base) },
        {
          employerAmount: yuan(employer),
          employeeAmount: yuan(employee),
          individualAmount: yuan(individual),
          intoAccountAmount: yuan(of(8n)),
          totalAmount: yuan(employer + employee + individual),
        },
      ]
    })
  })

  it('months of unemployment benefit', () => {
    compare('unemployment.duration', 6, (dice) => {
      const paid = dice.draw(0, 300)
      const unused = dice.draw(0, 24)
      const isInvoluntary = dice.draw(0, 9) > 0
      const isRegistered = dice.draw(0, 9) > 0
      const years = Math.floor(paid / 12)
      const own = years < 1 ? 0 : years < 5 ? 12 : years < 10 ? 18 : 24
      const most = isInvoluntary && isRegistered ? Math.min(24, own + unused) : 0
      return [
        { contributionMonths: paid, isInvoluntary, isRegistered, unusedMonths: unused },
        { isEligible: isInvoluntary && isRegistered && years >= 1, maxBenefitMonths: most },
      ]
    })
  })

  it('lump sum after a work injury', () => {
    compare('work-injury.lump-sum', 7, (dice) => {
      const grade = dice.draw(1, 10)
      const own = dice.fen(5_000_000)
      const average = dice.fen(1_500_000)
      const least = nearest(average * 3n, 5n)
      const used = own < least ? least : own > 3n * average ? 3n * average : own
      const months = [27, 25, 23, 21, 18, 16, 13, 11, 9, 7][grade - 1] ?? 0
      return [
        { disabilityGrade: grade, ownWage: yuan(own), localAverageWage: yuan(average) },
        { wageUsed: yuan(used), months, lumpSum: yuan(used * BigInt(months)) },
      ]
    })
  })

  it('severance', () => {
    compare('labour.severance', 8, (dice) => {
      const service = dice.draw(0, 400)
      const days = dice.draw(0, 30)
      const wage = dice.fen(4_000_000)
      const average = dice.fen(1_500_000)
      const isIllegalTermination = dice.draw(0, 1) === 1
      // In half months: two a year; the rest counts one, from six months on two.
      const rest = service % 12
      const whole = 2 * Math.floor(service / 12)
      const halves = whole + (rest >= 6 ? 2 : rest + days > 0 ? 1 : 0)
      const isHigh = wage > 3n * average
      const used = isHigh ? 3n * average : wage
      const paid = isHigh ? Math.min(24, halves) : halves
      const amount = nearest(used * BigInt(paid) * (isIllegalTermination ? 2n : 1n), 2n)
      return [
        {
          serviceMonths: service,
          extraDays: days,
          averageMonthlyWage: yuan(wage),
          localAverageWage: yuan(average),
          isIllegalTermination,
        },
        { monthsPaid: `${paid / 2}`, wageUsed: yuan(used), amount: yuan(amount) },
      ]
    })
  })

  it('double wage without a written contract', () => {
    compare('labour.double-wage', 9, (dice) => {
      const hired = dayOf(dice.draw(2008, 2030), dice.draw(0, 11), dice.draw(1, 31))
      const signed = dice.draw(0, 4) === 0 ? undefined : hired + dice.draw(-20, 420)
      const wage = dice.fen(3_000_000)
      const from = monthsLater(hired, 1)
      const full = monthsLater(hired, 12)
      const end = signed === undefined || signed > full ? full : signed
      let months = 0
      while (monthsLater(from, months + 1) <= end) months += 1
      const left = end > from ? end - monthsLater(from, months) : 0
      const begins = new Date(monthsLater(from, months) * DAY_MS)
      const length = BigInt(
        new Date(Date.UTC(begins.getUTCFullYear(), begins.getUTCMonth() + 1, 0)).getUTCDate(),
      )
      const isDue = end > from
      const pay = isDue ? nearest(wage * (BigInt(months) * length + BigInt(left)), length) : 0n
      return [
        {
          hiredOn: dayText(hired),
          monthlyWage: yuan(wage),
          ...(signed === undefined ? {} : { signedOn: dayText(signed) }),
        },
        {
          from: isDue ? dayText(from) : null,
          to: isDue ? dayText(end - 1) : null,
          months: isDue ? months : 0,
          extraDays: left,
          extraPay: yuan(pay),
          isOpenEnded: signed === undefined || signed >= full,
        },
      ]
    })
  })

  it('vested part of an annuity', () => {
    const full = ['RETIREMENT_AGE', 'DEATH', 'PLAN_TERMINATED']
    compare('annuity.vesting', 10, (dice) => {
      const tenure = dice.draw(0, 120)
      const employer = dice.fen(9_000_000)
      const employee = dice.fen(4_000_000)
      const marks = [dice.draw(0, 30), dice.draw(31, 60), dice.draw(61, 96)]
      const tenths = [dice.draw(0, 3), dice.draw(4, 9), 10]
      const event = dice.pick([...full, 'RESIGNED', 'DISMISSED_FOR_FAULT'])
      let reached = 0
      for (const [at, mark] of marks.entries()) if (mark <= tenure) reached = tenths[at] ?? 0
      const ratio = full.includes(event) ? 10 : reached
      const vested = nearest(employer * BigInt(ratio), 10n)
      return [
        {
          tenureMonths: tenure,
          steps: marks.map((mark, at) => ({
            tenureMonths: mark,
            ratio: plain(BigInt(tenths[at] ?? 0), 1),
          })),
          event,
          employerPart: yuan(employer),
          employeePart: yuan(employee),
        },
        {
          vestedRatio: plain(BigInt(ratio), 1),
          vestedEmployerPart: yuan(vested),
          entitlement: yuan(vested + employee),
          returnedToEnterpriseAccount: yuan(employer - vested),
        },
      ]
    })
  })

  it('surcharge for late payment', () => {
    compare('contribution.late-fee', 11, (dice) => {
      const arrears = dice.fen(90_000_000)
      const due = dayOf(dice.draw(2012, 2026), dice.draw(0, 11), dice.draw(1, 28))
      const paid = due + dice.draw(-30, 900)
      const late = BigInt(Math.max(0, paid - due))
      return [
        { arrears: yuan(arrears), dueOn: dayText(due), paidOn: dayText(paid) },
        { daysLate: Number(late), lateFee: yuan(nearest(arrears * 5n * late, 10_000n)) },
      ]
    })
  })

  it('fee for cover of occupational injury', () => {
    const fees = [
      ['RIDE_HAILING', 'STANDARD', 1n],
      ['INSTANT_DELIVERY', 'STANDARD', 7n],
      ['INSTANT_DELIVERY', 'HIGH', 25n],
      ['SAME_CITY_FREIGHT', 'STANDARD', 18n],
    ] as const
    compare('flexible-work.injury-fee', 12, (dice) => {
      const [industry, claimsBand, fee] = dice.pick(fees)
      const orders = dice.draw(0, 5_000_000)
      return [
        { industry, claimsBand, orders },
        { platformPays: yuan(fee * BigInt(orders)), workerPays: '0.00' },
      ]
    })
  })
})

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
    for (const { group } of GROUPS) {
      let earlier = ''
      for (let birth = 1960 * 12; birth < 2000 * 12; birth += 1) {
        const facts = { group, birthMonth: monthText(birth) }
        const { retirementMonth } = outputsOf('retirement.statutory-age', facts)
        expect(String(retirementMonth) > earlier).toBe(true)
        earlier = String(retirementMonth)
      }
    }
  })

  it('knows no order: attestations and platforms may come in any', () => {
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
