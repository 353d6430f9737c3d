import type { StateView } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  charts,
  type Expectation,
  expectations,
  books as fundBooks,
  type Journal,
  journals,
} from '../funds/records.ts'
import { fenFromYuan, yuanFromFen } from '../vocabulary/money.ts'
import { CaseId, Money } from '../vocabulary/schemas.ts'

/** Account that takes what a scheme leaves unallocated; it counts as allocated too. */
const UNALLOCATED = 'enterpriseUnits'

/** How far bill, arrival and allocation of one case agree. */
export const MatchState = Type.Union([
  /** Nothing has arrived. */
  Type.Literal('billed'),
  Type.Literal('short'),
  Type.Literal('over'),
  /** Arrived in full, not allocated. */
  Type.Literal('arrived'),
  /** All three are equal. */
  Type.Literal('matched'),
  /** Something is allocated, but not what arrived. */
  Type.Literal('mismatched'),
])

/** Bill, arrival and allocation of one case. */
export const TripleMatch = Type.Object({
  case: CaseId,
  billed: Money,
  arrived: Money,
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
  let allocated = 0n
  for (const [, journal] of view.state(journals).index('byCase', { prefix: [caseId] })) {
    allocated += allocatedFen(view, journal)
  }
  return {
    case: caseId,
    billed: yuanFromFen(billed),
    arrived: yuanFromFen(arrived),
    allocated: yuanFromFen(allocated),
    state: stateOf(billed, arrived, allocated),
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

/** What a posting put on the accounts of persons, and on the enterprise's units. */
function allocatedFen(view: StateView, { book, fen, subledger }: Journal): bigint {
  if (subledger === null) return 0n
  let sum = 0n
  for (const { cost } of Object.values(subledger.delta)) sum += fenFromYuan(cost)
  const { chart } = view.state(fundBooks).get(book)
  const { accounts } = view.state(charts).get([chart.package, chart.name])
  const unallocated = accounts.find(
    ({ name, measure }) => name === UNALLOCATED && measure === 'fen',
  )
  for (const { side, account, amount } of fen) {
    if (account !== unallocated?.no) continue
    sum += side === 'credit' ? fenFromYuan(amount) : -fenFromYuan(amount)
  }
  return sum
}

function stateOf(billed: bigint, arrived: bigint, allocated: bigint): TripleMatch['state'] {
  if (allocated !== 0n) {
    return allocated === arrived && arrived === billed ? 'matched' : 'mismatched'
  }
  if (arrived === 0n) return 'billed'
  if (arrived === billed) return 'arrived'
  return arrived < billed ? 'short' : 'over'
}
