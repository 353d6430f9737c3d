/**
 * Random people for the second computation: by calculator, the questions that one person raises.
 * Ordinary people and awkward ones: leap days, months on the edge of a table, nothing paid, bases on
 * their bounds, odd fen, and facts that must be refused.
 */
import { Chance, two } from './chance.ts'
import { type Question, spoilt } from './spoil-question.ts'

/** The ten calculators, and what one person asks of each. */
export const calculators: Readonly<Record<string, (chance: Chance) => Question[]>> = {
  退休时间与弹性退休: retirement,
  养老金测算: pension,
  月缴费分摊: contribution,
  失业金期限: unemployment,
  工伤一次性补助: lumpSum,
  经济补偿: severance,
  二倍工资: doubleWage,
  年金归属与领取: annuity,
  迟缴滞纳金: lateFee,
  职业伤害保障费: injuryFee,
}

/** The questions of so many people of one calculator; about one question in twelve is spoilt. */
export function questionsOf(
  ask: (chance: Chance) => Question[],
  people: number,
  seed: number,
): Question[] {
  const chance = new Chance(seed)
  return Array.from({ length: people }, () =>
    ask(chance).map((question) => (chance.once(12) ? spoilt(question, chance) : question)),
  ).flat()
}

function retirement(chance: Chance): Question[] {
  const group = chance.pick(['MALE', 'FEMALE_55', 'FEMALE_50'])
  const birthMonth = birth(group, chance)
  const on = chance.day(2025, 2045)
  const ofPerson = { group, birthMonth }
  const shift = chance.pick([
    chance.between(-60, 60),
    chance.between(-1200, 1200),
    chance.pick([-1201, -1200, -61, -60, -37, -36, -35, -1, 0, 1, 35, 36, 37, 1200, 1201]),
  ])
  const choice = chance.once(2) ? { requestedMonth: chance.month(2020, 2050) } : shiftOrBoth(shift)
  return [
    { id: 'retirement.statutory-age', on, facts: ofPerson },
    { id: 'retirement.flexible-window', on, facts: ofPerson },
    { id: 'retirement.flexible-choice', on, facts: { ...ofPerson, ...choice } },
  ]

  function shiftOrBoth(shiftMonths: number): Record<string, unknown> {
    if (chance.once(25)) return {}
    return chance.once(25) ? { requestedMonth: '2039-02', shiftMonths } : { shiftMonths }
  }
}

/** Half of the people are born around the months where the delay of their group begins or ends. */
function birth(group: string, chance: Chance): string {
  if (chance.once(2)) return chance.month(1955, 2005)
  if (chance.once(30)) return chance.month(1900, 2130)
  const starts: Readonly<Record<string, number>> = { MALE: 1965, FEMALE_55: 1970, FEMALE_50: 1975 }
  const start = starts[group] ?? 1970
  return chance.once(2)
    ? chance.pick([`${start - 1}-12`, `${start}-01`, `${start}-02`, `${start}-05`])
    : chance.month(start + 8, start + 13)
}

function pension(chance: Chance): Question[] {
  const on = chance.once(3) ? chance.day(2005, 2030) : chance.day(2024, 2026)
  const region = chance.pick(['000000', '110000', '110105', '440300', '440305', '510000', '510104'])
  const base = chance.once(4) ? {} : { benefitBase: chance.money(20_000) }
  const years = chance.pick([
    { totalYears: chance.decimal(45, 2) },
    { totalMonths: chance.between(0, 600) },
    { totalMonths: chance.pick([0, 1, 5, 7, 11, 12, 179, 180, 181]) },
  ])
  const length = chance.once(40) ? { totalYears: '15', totalMonths: 180 } : years
  const worked = { ...base, averageIndex: chance.decimal(2, 4), ...length }
  const accountBalance = chance.money(600_000)
  const payoutMonths = chance.once(2)
    ? chance.pick(['139', '195', '170', '138.4', '117.7', '56', '233', '1', '0', '0.1', '-139'])
    : chance.decimal(233, 1)
  const local = chance.once(2)
    ? { transitionalPension: chance.money(1_000), localExtra: chance.money(300) }
    : {}
  return [
    {
      id: 'pension.payout-months',
      on,
      facts: {
        ageYears: chance.between(chance.once(10) ? 38 : 40, chance.once(10) ? 72 : 70),
        ...(chance.once(3) ? {} : { ageMonths: chance.between(0, chance.once(20) ? 13 : 11) }),
      },
    },
    { id: 'pension.pool-part', on, region, facts: worked },
    {
      id: 'pension.eligibility',
      on,
      facts: {
        thresholdYear: chance.between(2020, 2045),
        totalMonths: chance.once(3) ? 180 + 6 * chance.between(-1, 11) : chance.between(0, 480),
      },
    },
    { id: 'pension.account-part', on, facts: { accountBalance, payoutMonths } },
    {
      id: 'pension.monthly-benefit',
      on,
      region,
      facts: { ...worked, accountBalance, payoutMonths, ...local },
    },
  ]
}

function contribution(chance: Chance): Question[] {
  const on = chance.once(2) ? chance.day(2005, 2030) : chance.pick(ratesChange)
  const average = chance.between(100, 1_500_000)
  const wageFen = chance.pick([
    chance.between(0, 5_000_000),
    Math.floor(average * 0.6) + chance.between(-1, 1),
    average * 3 + chance.between(-1, 1),
  ])
  const scheme = chance.pick('110 110 110 120 170 210 210 310 330 410 410 410 510 999'.split(' '))
  const industry = chance.once(15) ? {} : { industryClass: chance.between(0, 9) }
  const float = chance.once(3) ? {} : { floatPercent: chance.pick([50, 80, 100, 120, 150, 0, 90]) }
  return [
    {
      id: 'contribution.base',
      on: chance.once(10) ? on : chance.day(2020, 2030),
      region: chance.pick(['000000', '510000']),
      facts: {
        wage: yuan(wageFen),
        ...(chance.once(30) ? {} : { localAverageWage: yuan(average) }),
      },
    },
    {
      id: 'contribution.amounts',
      on,
      facts: {
        scheme,
        payer: chance.once(5) ? 'FLEXIBLE' : 'EMPLOYED',
        contributionBase: chance.money(40_000),
        ...(scheme === '410' || chance.once(10) ? { ...industry, ...float } : {}),
      },
    },
  ]
}

/** Days on which a rate of contribution begins, and the days before. */
const ratesChange = [
  '2005-12-31',
  '2006-01-01',
  '2015-09-30',
  '2015-10-01',
  '2016-12-31',
  '2017-01-01',
  '2019-04-30',
  '2019-05-01',
  '2025-12-31',
  '2026-01-01',
  '2026-08-31',
]

function unemployment(chance: Chance): Question[] {
  const edges = [0, 1, 11, 12, 13, 59, 60, 61, 119, 120, 121, 600]
  return [
    {
      id: 'unemployment.duration',
      on: chance.once(10) ? chance.day(2010, 2012) : chance.day(2012, 2030),
      facts: {
        contributionMonths: chance.once(2) ? chance.pick(edges) : chance.between(0, 480),
        isInvoluntary: !chance.once(5),
        isRegistered: !chance.once(5),
        ...(chance.once(3) ? {} : { unusedMonths: chance.between(0, chance.once(3) ? 40 : 12) }),
      },
    },
  ]
}

function lumpSum(chance: Chance): Question[] {
  const average = chance.between(100, 1_500_000)
  const own = chance.pick([
    chance.between(0, 6_000_000),
    Math.floor(average * 0.6) + chance.between(-1, 1),
    average * 3 + chance.between(-1, 1),
  ])
  return [
    {
      id: 'work-injury.lump-sum',
      on: chance.once(10) ? chance.day(2003, 2011) : chance.day(2011, 2030),
      region: chance.pick(['000000', '110000', '510000']),
      facts: {
        disabilityGrade: chance.between(chance.once(20) ? 0 : 1, chance.once(20) ? 11 : 10),
        ownWage: yuan(own),
        ...(chance.once(30) ? {} : { localAverageWage: yuan(average) }),
      },
    },
  ]
}

function severance(chance: Chance): Question[] {
  const average = chance.between(100, 1_500_000)
  const wage = chance.pick([
    chance.between(0, 6_000_000),
    average * 3 + chance.between(-1, 1),
    average * chance.between(3, 8) + chance.between(0, 99),
  ])
  return [
    {
      id: 'labour.severance',
      on: chance.once(15) ? chance.day(2007, 2008) : chance.day(2008, 2030),
      region: chance.pick(['000000', '440300']),
      facts: {
        serviceMonths: chance.once(3)
          ? chance.pick([0, 1, 5, 6, 7, 11, 12, 13, 17, 18, 137, 138, 143, 144, 145, 149, 150, 156])
          : chance.between(0, 480),
        ...(chance.once(2) ? {} : { extraDays: chance.between(0, chance.once(30) ? 32 : 30) }),
        averageMonthlyWage: yuan(wage),
        ...(chance.once(30) ? {} : { localAverageWage: yuan(average) }),
        ...(chance.once(2) ? { isIllegalTermination: chance.once(2) } : {}),
      },
    },
  ]
}

function doubleWage(chance: Chance): Question[] {
  const hiredOn = chance.once(3)
    ? chance.pick(['2024-02-29', '2023-02-28', '2024-01-31', '2023-01-30', '2024-12-31'])
    : chance.day(2007, 2030)
  const hired = Date.parse(hiredOn)
  // Around one, two and three months and a year: where a month is counted or not.
  const edges = [28, 29, 30, 31, 32, 58, 59, 60, 61, 88, 89, 90, 91, 364, 365, 366]
  const later = chance.pick([chance.between(-40, 500), chance.pick(edges)])
  const signed = new Date(hired + later * dayMs).toISOString().slice(0, 10)
  return [
    {
      id: 'labour.double-wage',
      on: chance.once(20) ? chance.day(2007, 2008) : chance.day(2008, 2032),
      facts: {
        hiredOn,
        ...(chance.once(4) ? {} : { signedOn: signed }),
        monthlyWage: chance.money(50_000),
      },
    },
  ]
}

function annuity(chance: Chance): Question[] {
  const months = Array.from({ length: chance.between(0, 6) }, () => chance.between(0, 120))
  if (!chance.once(4)) months.sort((a, b) => a - b)
  const ratios = ['0', '0.1', '0.2', '0.25', '0.333333333333', '0.5', '0.75', '0.999', '1']
  const steps = months.map((tenureMonths) => ({ tenureMonths, ratio: chance.pick(ratios) }))
  const tenure = chance.pick([chance.between(0, 130), ...months])
  return [
    {
      id: 'annuity.vesting-schedule',
      on: chance.day(2018, 2032),
      facts: { steps: chance.once(2) ? lawfulSteps(chance) : steps },
    },
    {
      id: 'annuity.vesting',
      on: chance.once(15) ? chance.day(2017, 2018) : chance.day(2018, 2032),
      facts: {
        tenureMonths: tenure,
        steps,
        event: chance.pick([...leaving, ...leaving, ...leaving, ...fullVesting]),
        employerPart: chance.money(500_000),
        employeePart: chance.money(300_000),
      },
    },
    {
      id: 'annuity.payout',
      on: chance.day(2018, 2032),
      facts: {
        event: chance.pick([
          'RETIREMENT_AGE',
          'TOTAL_DISABILITY',
          'EMIGRATION',
          'DEATH',
          'OTHER',
          'RESIGNED',
        ]),
        mode: chance.pick(['MONTHLY', 'INSTALMENTS', 'LUMP_SUM', 'BUY_COMMERCIAL_ANNUITY']),
      },
    },
  ]
}

/** Steps that rise, to the full part after about eight years at the latest. */
function lawfulSteps(chance: Chance): Record<string, unknown>[] {
  const first = chance.between(0, 48)
  return [
    { tenureMonths: first, ratio: '0.25' },
    { tenureMonths: first + chance.between(1, 24), ratio: '0.5' },
    { tenureMonths: chance.pick([73, 95, 96, 97]), ratio: '1' },
  ].slice(chance.between(0, 2))
}

const leaving = ['RESIGNED', 'DISMISSED_FOR_FAULT', 'OTHER_LEAVING']
const fullVesting = [
  'RETIREMENT_AGE',
  'TOTAL_DISABILITY',
  'DEATH',
  'PLAN_TERMINATED',
  'EMPLOYER_DISMISSED_WITHOUT_EMPLOYEE_FAULT',
  'EMPLOYEE_LEFT_BECAUSE_EMPLOYER_BROKE_LAW',
  'CONTRACT_EXPIRED_NOT_RENEWED_BY_EMPLOYER',
  'PLAN_DEFINED',
]

function lateFee(chance: Chance): Question[] {
  const dueOn = chance.day(1990, 2030)
  const later = chance.pick([
    chance.between(-30, 400),
    chance.between(0, 5),
    chance.between(0, 9999),
  ])
  const paidOn = new Date(Date.parse(dueOn) + later * dayMs).toISOString().slice(0, 10)
  const daysLate = chance.once(10) ? chance.between(-5, 0) : chance.between(0, 4_000)
  const when = chance.pick([{ daysLate }, { daysLate }, { dueOn, paidOn }, { dueOn, paidOn }])
  const odd = chance.pick([
    {},
    { dueOn },
    { paidOn },
    { daysLate, dueOn },
    { daysLate, paidOn },
    { daysLate, dueOn, paidOn },
  ])
  return [
    {
      id: 'contribution.late-fee',
      on: chance.once(15) ? chance.day(2010, 2011) : chance.day(2011, 2032),
      facts: { arrears: chance.money(2_000_000), ...(chance.once(12) ? odd : when) },
    },
  ]
}

function injuryFee(chance: Chance): Question[] {
  const band = chance.pick([{}, { claimsBand: 'STANDARD' }, { claimsBand: 'HIGH' }])
  return [
    {
      id: 'flexible-work.injury-fee',
      on: chance.once(15) ? chance.day(2024, 2025) : chance.day(2026, 2032),
      facts: {
        industry: chance.pick([
          'RIDE_HAILING',
          'INSTANT_DELIVERY',
          'INSTANT_DELIVERY',
          'SAME_CITY_FREIGHT',
          'TAXI',
        ]),
        ...band,
        orders: chance.pick([0, 1, chance.between(0, 3_000), chance.between(0, 900_000_000)]),
      },
    },
  ]
}

const dayMs = 24 * 60 * 60 * 1000

function yuan(fen: number): string {
  const positive = Math.max(0, fen)
  return `${Math.floor(positive / 100)}.${two(positive % 100)}`
}
