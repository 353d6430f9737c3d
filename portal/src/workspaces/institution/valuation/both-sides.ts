/* Values of both sides of a valuation, portfolio by portfolio, and the published value recomputed. */

import { isSame, negated, productOf, sumOf, trimmed } from '../../../format/exact.ts'
import {
  type CaseWithSteps,
  isUnfinished,
  valuesOf,
} from '../../../patterns/step-clock/case-shown.ts'

/** One portfolio. */
export interface PortfolioSides {
  /** From 1. */
  readonly portfolio: number
  readonly manager: string | null
  /** Yuan; null: not yet told in the latest round. */
  readonly managerValue: string | null
  readonly custodianValue: string | null
  readonly difference: string | null
  /** Members that have to tell their value now. */
  readonly awaits: readonly string[]
}

/** Puts both sides beside each other; of several rounds the latest counts. */
export function bothSides(
  found: CaseWithSteps,
  managers: readonly string[],
  portfolios: number,
): readonly PortfolioSides[] {
  const custodian = latest(found, 'value-by-custodian')
  const values = custodian[0]?.values.custodianValues
  return Array.from({ length: portfolios }, (_, index) => {
    const portfolio = index + 1
    const own = managers[index] ?? null
    const told = latest(found, 'value-by-manager').find(
      (step) => step.values.portfolio === portfolio || (step.holder === own && isUnfinished(step)),
    )
    const managerValue = textOf(told?.values.netAssetValue)
    const custodianValue = Array.isArray(values) ? textOf(values[index]) : null
    const difference =
      managerValue === null || custodianValue === null
        ? null
        : trimmed(sumOf([custodianValue, negated(managerValue)]), 2)
    const waiting = [told, custodian[0]].filter((step) => step !== undefined && isUnfinished(step))
    return {
      portfolio,
      manager: told?.holder ?? own,
      managerValue,
      custodianValue,
      difference,
      awaits: waiting.flatMap((step) => step?.awaits ?? []),
    }
  })
}

function latest(found: CaseWithSteps, name: string) {
  const steps = found.steps.filter(({ step, status }) => step === name && status !== 'cancelled')
  const round = Math.max(0, ...steps.map((step) => step.round))
  return steps.filter((step) => step.round === round)
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** How the published value came about. */
export interface NavParts {
  readonly cash: string
  readonly assets: string
  readonly liabilities: string
  readonly planNav: string
  readonly units: string
  readonly unitNav: string
  /** cash + assets − liabilities is the plan value, and units × value is nearest to it. */
  readonly isSame: boolean
}

/** Parts of a first publication; null before it, and for a restatement, which builds on the value before it. */
export function navParts(found: CaseWithSteps): NavParts | null {
  const values = valuesOf(found)
  const [cash, liabilities, planNav, units, unitNav] = [
    textOf(values.cash),
    textOf(values.liabilities),
    textOf(values.planNav),
    textOf(values.unitsInIssue),
    textOf(values.unitNav),
  ]
  const told = values.custodianValues
  const isFirst = values.restatement === 0
  if (cash === null || liabilities === null || planNav === null || units === null) return null
  if (unitNav === null || !Array.isArray(told) || !isFirst) return null
  const assets = sumOf(told.map(String))
  const sum = sumOf([cash, assets, negated(liabilities)])
  const isNearest = isSame(units, '0') ? isSame(unitNav, '1') : isHalfUp(planNav, units, unitNav)
  return {
    cash,
    assets,
    liabilities,
    planNav,
    units,
    unitNav,
    isSame: isSame(sum, planNav) && isNearest,
  }
}

/** Whether `value` is `total ÷ units`, half up at four places: −half ≤ total − value × units < half, in units. */
function isHalfUp(total: string, units: string, value: string): boolean {
  const rest = sumOf([total, negated(productOf(value, units))])
  const half = productOf(units, '0.00005')
  const isBelow = sumOf([half, negated(rest)])
  const isAbove = sumOf([rest, half])
  return !isBelow.startsWith('-') && !isSame(isBelow, '0') && !isAbove.startsWith('-')
}
