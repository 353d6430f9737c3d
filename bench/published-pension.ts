/*
 * Three published determinations of a pension, each with exactly the facts, alternatives, outputs and
 * roundings of the published list: payout months, pooled part, monthly benefit.
 */
import {
  type FactSchema,
  type JsonObject,
  makeParameterTable,
  type ParameterLookup,
  type ParameterValue,
  type RuleDocument,
  type RuleStep,
} from '@renshe/rules'

const FORMULA = '国发〔2005〕38号/六'
const ANNEX = '国发〔2005〕38号/附件'
const FEN = { mode: 'HALF_UP', places: 2, clause: 'practice' } as const
const YEARS = { mode: 'HALF_UP', places: 2, clause: 'practice' } as const

/** `pension.payout-months`: linear by month between whole ages, and only from 2025 on. */
export const PAYOUT_MONTHS: RuleDocument = {
  id: 'pension.payout-months',
  title: { zh: '个人账户养老金计发月数', en: 'Payout months of the personal account' },
  clause: [ANNEX],
  effectiveFrom: '2005-12-03',
  facts: [
    { name: 'ageYears', type: 'int', minimum: '40', maximum: '70', unit: 'years' },
    { name: 'ageMonths', type: 'int', maximum: '11', unit: 'months', optional: true, default: 0 },
  ],
  checks: [
    {
      condition: 'ageYears < 70 or ageMonths = 0',
      code: 'FACT_RANGE',
      field: 'ageMonths',
      message: 'ageMonths must be 0 at the age of 70',
    },
  ],
  outputs: [{ name: 'payoutMonths', type: 'decimal', unit: 'months' }],
  parameters: ['pension.payout-months.*'],
  steps: [
    { name: 'atAge', expression: 'parameter("pension.payout-months." + string(ageYears))' },
    { name: 'monthsCounted', expression: 'if on < @"2025-01-01" then 0 else ageMonths' },
    {
      name: 'payoutMonths',
      expression:
        'if monthsCounted = 0 then atAge else atAge + (parameter("pension.payout-months." + string(ageYears + 1)) - atAge) * monthsCounted / 12',
      rounding: { mode: 'HALF_UP', places: 1, clause: 'practice' },
    },
  ],
}

const BASE_AND_YEARS: readonly FactSchema[] = [
  { name: 'benefitBase', type: 'money', parameter: 'pension.benefit-base' },
  { name: 'averageIndex', type: 'decimal', minimum: '0' },
  { name: 'totalYears', type: 'decimal', minimum: '0', unit: 'years', optional: true },
  { name: 'totalMonths', type: 'int', unit: 'months', optional: true },
]

const POOL_STEPS: readonly RuleStep[] = [
  {
    name: 'yearsOfMonths',
    expression: 'if totalMonths = null then null else totalMonths / 12',
    rounding: YEARS,
  },
  { name: 'years', expression: 'if totalYears = null then yearsOfMonths else totalYears' },
  { name: 'indexedMonthlyWage', expression: 'benefitBase * averageIndex', rounding: FEN },
  {
    name: 'poolPension',
    expression: '(benefitBase + indexedMonthlyWage) / 2 * years * 0.01',
    rounding: FEN,
  },
]

/** `pension.pool-part`: the pension from the pooled fund. */
export const POOL_PART: RuleDocument = {
  id: 'pension.pool-part',
  title: { zh: '基础养老金', en: 'Pension from the pooled fund' },
  clause: [FORMULA],
  effectiveFrom: '2005-12-03',
  facts: BASE_AND_YEARS,
  exactlyOneOf: [[['totalYears'], ['totalMonths']]],
  outputs: [
    { name: 'indexedMonthlyWage', type: 'money' },
    { name: 'poolPension', type: 'money' },
  ],
  parameters: ['pension.benefit-base'],
  steps: POOL_STEPS,
}

/** `pension.monthly-benefit` (核定): every part to the fen, then their sum. */
export const MONTHLY_BENEFIT: RuleDocument = {
  id: 'pension.monthly-benefit',
  title: { zh: '月基本养老金合计(核定)', en: 'Whole monthly pension: parts and total' },
  clause: [FORMULA],
  effectiveFrom: '2005-12-03',
  facts: [
    ...BASE_AND_YEARS,
    { name: 'accountBalance', type: 'money' },
    { name: 'payoutMonths', type: 'decimal', minimum: '0', aboveMinimum: true, unit: 'months' },
    { name: 'transitionalPension', type: 'money', optional: true, default: '0.00' },
    { name: 'localExtra', type: 'money', optional: true, default: '0.00' },
  ],
  exactlyOneOf: [[['totalYears'], ['totalMonths']]],
  outputs: [
    { name: 'poolPension', type: 'money' },
    { name: 'accountPension', type: 'money' },
    { name: 'total', type: 'money' },
  ],
  parameters: ['pension.benefit-base'],
  steps: [
    ...POOL_STEPS,
    { name: 'accountPension', expression: 'accountBalance / payoutMonths', rounding: FEN },
    {
      name: 'total',
      expression: 'poolPension + accountPension + transitionalPension + localExtra',
    },
  ],
}

/** Facts of one person for the three; every number gives another one, the same on every machine. */
export interface PensionFacts {
  readonly payoutMonths: JsonObject
  readonly poolPart: JsonObject
  /** Without `payoutMonths`, which is the answer of the first. */
  readonly monthlyBenefit: JsonObject
}

/** Person `number`; the base is the published one of the region. */
export function factsOf(number: number): PensionFacts {
  const poolPart = {
    averageIndex: `0.${600 + ((number * 31) % 399)}`,
    totalMonths: 180 + ((number * 13) % 300),
  }
  return {
    payoutMonths: { ageYears: 50 + (number % 15), ageMonths: (number * 7) % 12 },
    poolPart,
    monthlyBenefit: {
      ...poolPart,
      accountBalance: `${50_000 + ((number * 977) % 250_000)}.${String(number % 100).padStart(2, '0')}`,
      transitionalPension: `${number % 900}.51`,
      localExtra: `${number % 300}.50`,
    },
  }
}

/**
 * The worked example that was printed with its answer: 2562.50 + 771.27 + 348.51 + 247.64 = 3929.92.
 */
export const PRINTED_EXAMPLE: { readonly facts: JsonObject; readonly total: string } = {
  facts: {
    benefitBase: '8321',
    averageIndex: '0.935',
    totalYears: '31.83',
    accountBalance: '150397.22',
    payoutMonths: '195',
    transitionalPension: '348.51',
    localExtra: '247.64',
  },
  total: '3929.92',
}

function row(parameter: string, text: string, region: string, basis: string): ParameterValue {
  const span = { effectiveFrom: '2005-12-03', effectiveTo: null }
  return { parameter, value: text, region, ...span, basis, type: 'decimal' }
}

/** Payout months of the ages from 40 on, 国发〔2005〕38号 annex. */
const MONTHS_FROM_40 = [
  233, 230, 226, 223, 220, 216, 212, 208, 204, 199, 195, 190, 185, 180, 175, 170, 164, 158, 152,
  145, 139, 132, 125, 117, 109, 101, 93, 84, 75, 65, 56,
]

/** What the three read: the base of a province, payout months of the country. */
export const PUBLISHED_VALUES: ParameterLookup = makeParameterTable([
  row('pension.benefit-base', '8321', '510000', FORMULA),
  ...MONTHS_FROM_40.map((months, at) =>
    row(`pension.payout-months.${40 + at}`, String(months), '000000', ANNEX),
  ),
])
