/* Ceilings of a declared year and what is used of them, to the fen. */
import { negated, productOf, sumOf } from '../../../format/exact.ts'
import type { PlanYearFields } from '../annuity.ts'

/** Shares of payroll that the law allows, as published; null while they are not known. */
export interface Shares {
  readonly employer: string | null
  readonly total: string | null
}

/** One year. Amounts in yuan; null while a share is not known. */
export interface YearLine {
  readonly year: string
  readonly fields: PlanYearFields
  readonly employerUsed: string
  readonly employeeUsed: string
  readonly totalUsed: string
  readonly employerLimit: string | null
  readonly totalLimit: string | null
  readonly rest: string | null
}

/** Computes a year: what is reserved for bills under way counts as used. */
export function yearLine(year: string, fields: PlanYearFields, shares: Shares): YearLine {
  const employerUsed = sumOf([fields.employerPaid, fields.employerReserved])
  const employeeUsed = sumOf([fields.employeePaid, fields.employeeReserved])
  const totalUsed = sumOf([employerUsed, employeeUsed])
  const totalLimit = ceiling(fields.declaredPayroll, shares.total)
  return {
    year,
    fields,
    employerUsed,
    employeeUsed,
    totalUsed,
    employerLimit: ceiling(fields.declaredPayroll, shares.employer),
    totalLimit,
    rest: totalLimit === null ? null : sumOf([totalLimit, negated(totalUsed)]),
  }
}

/** Ceilings are rounded down to the fen: half a fen more would be above them. */
function ceiling(payroll: string, share: string | null): string | null {
  if (share === null) return null
  const [whole = '0', fraction = ''] = productOf(payroll, share).split('.')
  return `${whole}.${fraction.padEnd(2, '0').slice(0, 2)}`
}
