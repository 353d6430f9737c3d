/* Orders of a portfolio, the newest first, and the number that the next one takes. */
import type { CaseShown } from '../../../patterns/step-clock/case-shown.ts'
import { useAskAll } from '../../../session/asking.ts'

/** Service of investment orders. */
export const ORDER_SERVICE = 'annuity-investment'

/** Orders of one portfolio of a plan. */
export interface Orders {
  /** Null until they are all there. */
  readonly items: readonly CaseShown[] | null
  readonly error: Error | null
  /** Number that no order of that day has yet. */
  readonly nextNumber: (day: string) => number
}

/** Asks for them. */
export function useOrders(plan: string, portfolio: number): Orders {
  const asked = useAskAll('cases.listCases', { service: ORDER_SERVICE })
  const items =
    asked.data
      ?.filter(
        ({ values, references }) =>
          (references.plan?.key ?? values.planKey) === plan && values.portfolio === portfolio,
      )
      .sort((one, other) => other.openedAt - one.openedAt) ?? null
  const nextNumber = (day: string): number => {
    const taken = (items ?? []).filter(({ values }) => values.valuationDay === day)
    return 1 + Math.max(0, ...taken.map(({ values }) => Number(values.orderNo ?? 0)))
  }
  return { items, error: asked.error, nextNumber }
}
