/* Money that is not reconciled, from what the ledger lists: one kind of line for all of it. */
import type { Queries } from '@renshe/client'

type ItemOf<Name extends keyof Queries> = Queries[Name]['output'] extends {
  readonly items: readonly (infer Item)[]
}
  ? Item
  : never

/** One amount that waits for something. */
export interface OpenMoney {
  readonly key: string
  readonly state: 'expected' | 'short' | 'over' | 'payment' | 'unknown'
  readonly account: string
  readonly amount: string
  readonly arrived: string | null
  readonly at: number
  readonly case: string | null
}

/** What is expected and has not come, or not all of it. */
export function expectedLines(
  expectations: readonly ItemOf<'funds.listExpectations'>[],
): readonly OpenMoney[] {
  return expectations.map((one) => ({
    key: one.id,
    state: one.state === 'short' ? 'short' : 'expected',
    account: one.account,
    amount: one.amount,
    arrived: one.arrived,
    at: one.at,
    case: one.case,
  }))
}

const UNANSWERED = ['ordered', 'sent', 'accepted']

/** Orders whose result the bank has not told. */
export function orderLines(
  payments: readonly ItemOf<'funds.listPayments'>[],
): readonly OpenMoney[] {
  return payments
    .filter(({ state }) => UNANSWERED.includes(state))
    .map((one) => ({
      key: one.id,
      state: 'payment',
      account: `${one.from} → ${one.to}`,
      amount: one.amount,
      arrived: null,
      at: one.history[0]?.at ?? 0,
      case: one.case,
    }))
}

/** Credits on accounts of a member that answer nothing yet. */
export function unknownLines(
  credits: readonly ItemOf<'funds.listUnknownCredits'>[],
  member: string,
): readonly OpenMoney[] {
  return credits
    .filter((one) => one.by === member && one.suspense?.release === null)
    .map((one) => ({
      key: one.entry,
      state: 'unknown',
      account: one.account,
      amount: one.amount,
      arrived: one.amount,
      at: one.at,
      case: null,
    }))
}
