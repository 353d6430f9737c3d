import {
  type JsonObject,
  makeParameterTable,
  type ParameterLookup,
  type ParameterValue,
  type RuleDocument,
} from '@renshe/rules'

const FORMULA = '国发〔2005〕38号/六'
const RETIREMENT = '决定2024-09-13/一'
const FEN = { mode: 'HALF_UP', places: 2, clause: 'practice' } as const

/**
 * A monthly pension from birth month to total, as an agency determines it: statutory age, payout
 * months between whole ages, three parts to the fen, a total.
 *
 * @source 国发〔2005〕38号 六 and annex; 国务院关于渐进式延迟法定退休年龄的办法
 */
export const PENSION_RULE: RuleDocument = {
  id: 'bench.pension',
  title: { zh: '月基本养老金', en: 'Monthly pension' },
  clause: [FORMULA, RETIREMENT],
  effectiveFrom: '2025-01-01',
  needsRegion: true,
  facts: [
    { name: 'group', type: 'code', codes: ['MALE', 'FEMALE_55', 'FEMALE_50'] },
    { name: 'birthMonth', type: 'month' },
    { name: 'averageIndex', type: 'decimal', minimum: '0' },
    { name: 'totalMonths', type: 'int' },
    { name: 'monthsBeforeAccount', type: 'int' },
    { name: 'accountBalance', type: 'money' },
    { name: 'localExtra', type: 'money', default: '0.00' },
  ],
  outputs: [
    { name: 'retirementMonth', type: 'month' },
    { name: 'poolPension', type: 'money' },
    { name: 'accountPension', type: 'money' },
    { name: 'transitionalPension', type: 'money' },
    { name: 'total', type: 'money' },
  ],
  parameters: ['pension.benefit-base', 'pension.payout-months.*', 'pension.transitional-percent'],
  steps: [
    {
      name: 'start',
      table: {
        hitPolicy: 'U',
        inputs: [{ expression: 'group' }],
        outputs: [{ name: 'from' }, { name: 'step' }, { name: 'cap' }, { name: 'age' }],
        rows: [
          { when: ['"MALE"'], give: ['@"1965-01-01"', '4', '36', '720'] },
          { when: ['"FEMALE_55"'], give: ['@"1970-01-01"', '4', '36', '660'] },
          { when: ['"FEMALE_50"'], give: ['@"1975-01-01"', '2', '60', '600'] },
        ],
      },
      clause: RETIREMENT,
    },
    {
      name: 'delayMonths',
      expression:
        'if birthMonth < start.from then 0 else min(start.cap, floor(((birthMonth.year - start.from.year) * 12 + birthMonth.month - start.from.month) / start.step) + 1)',
      clause: RETIREMENT,
    },
    { name: 'ageMonths', expression: 'start.age + delayMonths', clause: RETIREMENT },
    {
      name: 'retirementMonth',
      expression: 'birthMonth + duration("P" + string(ageMonths) + "M")',
      clause: RETIREMENT,
    },
    { name: 'ageYears', expression: 'floor(ageMonths / 12)' },
    { name: 'lowerPayout', expression: 'parameter("pension.payout-months." + string(ageYears))' },
    {
      name: 'upperPayout',
      expression: 'parameter("pension.payout-months." + string(ageYears + 1))',
    },
    {
      name: 'payoutMonths',
      expression: 'lowerPayout + (upperPayout - lowerPayout) * modulo(ageMonths, 12) / 12',
      rounding: { mode: 'HALF_UP', places: 1, clause: 'practice' },
    },
    {
      name: 'totalYears',
      expression: 'totalMonths / 12',
      rounding: { mode: 'HALF_UP', places: 2, clause: 'practice' },
    },
    {
      name: 'indexedWage',
      expression: 'parameter("pension.benefit-base") * averageIndex',
      rounding: FEN,
    },
    {
      name: 'poolPension',
      expression: '(parameter("pension.benefit-base") + indexedWage) / 2 * totalYears * 0.01',
      rounding: FEN,
    },
    { name: 'accountPension', expression: 'accountBalance / payoutMonths', rounding: FEN },
    {
      name: 'transitionalPension',
      expression:
        '(parameter("pension.benefit-base") + indexedWage) / 2 * monthsBeforeAccount / 12 * parameter("pension.transitional-percent") / 100',
      rounding: FEN,
    },
    {
      name: 'total',
      expression: 'poolPension + accountPension + transitionalPension + localExtra',
    },
  ],
}

function value(parameter: string, text: string, region = '000000'): ParameterValue {
  const span = { effectiveFrom: '2025-01-01', effectiveTo: null }
  return { parameter, value: text, region, ...span, basis: FORMULA, type: 'decimal' }
}

/** Payout months by whole age, 国发〔2005〕38号 annex. */
const PAYOUT = {
  50: 195,
  51: 190,
  52: 185,
  53: 180,
  54: 175,
  55: 170,
  56: 164,
  57: 158,
  58: 152,
  59: 145,
  60: 139,
  61: 132,
  62: 125,
  63: 117,
  64: 109,
}

/** What the rule reads: a base and a percentage of the province, payout months of the country. */
export const PENSION_PARAMETERS: ParameterLookup = makeParameterTable([
  value('pension.benefit-base', '8462', '510000'),
  value('pension.transitional-percent', '1.3', '510000'),
  ...Object.entries(PAYOUT).map(([age, months]) =>
    value(`pension.payout-months.${age}`, String(months)),
  ),
])

/** Facts of one person; every number gives another one, the same on every machine. */
export function pensionFacts(number: number): JsonObject {
  const group = ['MALE', 'FEMALE_55', 'FEMALE_50'][number % 3] ?? 'MALE'
  const year = { MALE: 1964, FEMALE_55: 1969, FEMALE_50: 1974 }[group] ?? 1964
  const month = (number * 7) % 96
  return {
    group,
    birthMonth: `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`,
    averageIndex: `0.${String(600 + ((number * 31) % 399))}`,
    totalMonths: 180 + ((number * 13) % 300),
    monthsBeforeAccount: (number * 5) % 60,
    accountBalance: `${50_000 + ((number * 977) % 250_000)}.${String(number % 100).padStart(2, '0')}`,
    localExtra: `${number % 300}.50`,
  }
}

/**
 * The arithmetic of the rule as plain expressions over one scope, for engines that know no published
 * values: name, expression.
 */
export const PENSION_EXPRESSIONS: readonly (readonly [string, string])[] = [
  ['delay', 'if months < 0 then 0 else min(36, floor(months / 4) + 1)'],
  ['payout', 'lower + (upper - lower) * modulo(age, 12) / 12'],
  ['indexed', 'base * index'],
  ['pool', '(base + base * index) / 2 * years * 0.01'],
  ['account', 'balance / payoutMonths'],
  ['transitional', '(base + base * index) / 2 * before / 12 * percent / 100'],
  ['total', 'pool + account + transitional + extra'],
  ['grade', 'if years >= 30 and index > 1 then "A" else if years >= 15 then "B" else "C"'],
  ['sum of months', 'sum(for m in [1, 2, 3, 4, 5, 6] return m * base)'],
  ['any below', 'some x in [0.6, 0.8, 1.1] satisfies x < index'],
]

/** Numbers of the scope of the expressions, as exact texts. */
export const PENSION_SCOPE: Readonly<Record<string, string>> = {
  months: '37',
  lower: '139',
  upper: '132',
  age: '733',
  base: '8462',
  index: '0.935',
  years: '31.83',
  balance: '150397.22',
  payoutMonths: '138.4',
  before: '60',
  percent: '1.3',
  pool: '2562.5',
  account: '771.27',
  transitional: '348.51',
  extra: '247.64',
}
