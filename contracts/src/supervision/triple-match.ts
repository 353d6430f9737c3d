import type { StateView } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  type Chart,
  charts,
  type Expectation,
  expectations,
  books as fundBooks,
  type Journal,
  journals,
} from '../funds/records.ts'
import { fenFromYuan, yuanFromFen } from '../vocabulary/money.ts'
import { CaseId, Money } from '../vocabulary/schemas.ts'

/** Accounts with a meaning for the comparison, by their name in any chart. */
const RECEIVED = 'contributionsReceived'
/** What a scheme leaves unallocated counts as allocated too. */
const UNALLOCATED = 'enterpriseUnits'

/** How far bill, arrival and allocation of one case agree. */
export const MatchState = Type.Union([
  /** Nothing has arrived. */
  Type.Literal('billed'),
  Type.Literal('short'),
  Type.Literal('over'),
  /** Received in full, not allocated. */
  Type.Literal('arrived'),
  /** All of it agrees. */
  Type.Literal('matched'),
  /** Something is allocated, but not what was billed, arrived and was received. */
  Type.Literal('mismatched'),
])

/** Bill, arrival and allocation of one case. */
export const TripleMatch = Type.Object({
  case: CaseId,
  billed: Money,
  /** What the bank said came. */
  arrived: Money,
  /** What the books took as the contribution: arrived, less what was returned or stayed in suspense. */
  received: Money,
  allocated: Money,
  state: MatchState,
})
export type TripleMatch = Static<typeof TripleMatch>

/**
 * Compares the three of one case.
 *
 * @returns undefined if the case expected no money
 */
export function findTripleMatch(view: StateView, caseId: string): TripleMatch | undefined {
  const expected = [...view.state(expectations).index('byCase', { prefix: [caseId] })]
    .map(([, expectation]) => expectation)
    .sort((a, b) => a.at - b.at)
  if (expected.length === 0) return undefined
  const billed = billedFen(expected)
  const arrived = expected.reduce((sum, one) => sum + fenFromYuan(one.arrived), 0n)
  const booked = bookedBy(view, caseId)
  return {
    case: caseId,
    billed: yuanFromFen(billed),
    arrived: yuanFromFen(arrived),
    received: yuanFromFen(booked.received),
    allocated: yuanFromFen(booked.allocated),
    state: stateOf(billed, arrived, booked),
  }
}

/**
 * What the case asks for in all. An expectation that was cancelled, or that came short before another
 * was made for the rest, asks for no more than what came for it.
 */
function billedFen(expected: readonly Expectation[]): bigint {
  return expected.reduce((sum, { state, amount, arrived }, index) => {
    const isSuperseded = state === 'cancelled' || (state === 'short' && index < expected.length - 1)
    return sum + fenFromYuan(isSuperseded ? arrived : amount)
  }, 0n)
}

/** What the journals of a case did, in fen. */
interface Booked {
  received: bigint
  allocated: bigint
  /** Put into suspense less taken out of it. */
  suspended: bigint
  /** Taken out of suspense and paid away. */
  returned: bigint
}

function bookedBy(view: StateView, caseId: string): Booked {
  const booked: Booked = { received: 0n, allocated: 0n, suspended: 0n, returned: 0n }
  for (const [, journal] of view.state(journals).index('byCase', { prefix: [caseId] })) {
    const { chart: published } = view.state(fundBooks).get(journal.book)
    const chart = view.state(charts).get([published.package, published.name])
    addJournal(booked, chart, journal)
  }
  return booked
}

function addJournal(booked: Booked, { accounts, suspense }: Chart, journal: Journal): void {
  const net = (account: string | undefined) =>
    journal.fen.reduce((sum, line) => {
      if (line.account !== account) return sum
      return line.side === 'credit'
        ? sum + fenFromYuan(line.amount)
        : sum - fenFromYuan(line.amount)
    }, 0n)
  const numberOf = (name: string) =>
    accounts.find((account) => account.name === name && account.measure === 'fen')?.no
  const received = net(numberOf(RECEIVED))
  if (received > 0n) booked.received += received
  const suspended = net(suspense?.credit)
  booked.suspended += suspended
  const paidAway = net(suspense?.debit)
  if (suspended < 0n && paidAway > 0n) booked.returned += paidAway
  if (journal.subledger === null) return
  booked.allocated += net(numberOf(UNALLOCATED))
  for (const { cost } of Object.values(journal.subledger.delta)) {
    booked.allocated += fenFromYuan(cost)
  }
}

function stateOf(billed: bigint, arrived: bigint, booked: Booked): TripleMatch['state'] {
  const { received, allocated, suspended, returned } = booked
  // Money that an earlier case left in suspense may pay a part of this one's bill.
  const brought = suspended < 0n ? -suspended : 0n
  const isWhole = received === billed + brought && arrived - returned === received + suspended
  if (allocated !== 0n) return isWhole && allocated === received ? 'matched' : 'mismatched'
  if (isWhole) return 'arrived'
  if (arrived === 0n) return 'billed'
  if (arrived === billed) return 'arrived'
  return arrived < billed ? 'short' : 'over'
}
