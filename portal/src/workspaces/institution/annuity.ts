/* What the pages of annuities know by name: services and registers of the published packages. */

/** Services. */
export const SERVICES = {
  contribution: 'annuity-contribution',
  valuation: 'annuity-valuation',
  plan: 'annuity-plan',
} as const

/** Registers. */
export const REGISTERS = {
  plan: 'annuity-plan',
  planYear: 'annuity-plan-year',
  unitValue: 'annuity-unit-value',
  account: 'annuity-account',
} as const

/** Public fields of a plan. */
export interface PlanFields {
  readonly planType: string
  readonly settlor: string
  readonly trustee: string
  readonly trusteeKind: string
  readonly accountManager: string
  readonly custodian: string
  readonly investmentManagers: readonly string[]
  readonly portfolioShares: readonly string[]
  readonly supervisor: string
  readonly bank: string
  readonly employerRate: string
  readonly employeeRate: string
  readonly vesting: readonly { readonly tenureMonths: number; readonly ratio: string }[]
  readonly unitDecimals: number
  readonly navDecimals: number
  readonly cutOffHour: number
  readonly trusteeFeeRate: string
  readonly custodyFeeRate: string
  readonly investmentFeeRate: string
  readonly accountFee: string
  readonly registeredOn: string
}

/** Public fields of a published unit value. */
export interface UnitValueFields {
  readonly unitNav: string
  readonly planNav: string
  readonly unitsInIssue: string
  readonly portfolioValues: readonly string[]
  readonly publishedOn: string
}

/** Public fields of a plan year. */
export interface PlanYearFields {
  readonly declaredPayroll: string
  readonly declaredOn: string
  readonly kind: string
  readonly employerPaid: string
  readonly employeePaid: string
  readonly employerReserved: string
  readonly employeeReserved: string
  readonly batches: number
  readonly state: string
}

/** Public fields of an entry, as the package that recorded it declares them. */
export function fieldsOf<Fields>(entry: {
  readonly fields: Readonly<Record<string, unknown>>
}): Fields {
  return entry.fields as unknown as Fields
}
