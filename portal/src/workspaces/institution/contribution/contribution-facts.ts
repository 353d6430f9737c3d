/* What the page of a batch says, derived from its case, journals and expectations. */
import type { Queries } from '@renshe/client'
import { negated, sumOf } from '../../../format/exact.ts'
import {
  type CaseWithSteps,
  isUnfinished,
  type JournalShown,
  type StepShown,
  valuesOf,
} from '../../../patterns/step-clock/case-shown.ts'
import { type MatchSums, matchSums } from '../../../patterns/triple-match/match-sums.ts'

type ExpectationShown = Queries['funds.listExpectations']['output']['items'][number]
type PaymentShown = Queries['funds.listPayments']['output']['items'][number]

/** What the three-way match is made from. */
export interface Batch {
  readonly sums: MatchSums
  readonly count: number | null
  readonly signedAt: number | null
  readonly arrivedAt: number | null
  readonly receipts: number
  readonly expected: string | null
  readonly unitNav: string | null
  /** Facts and result of the rule that compared the last arrival; null before one came. */
  readonly comparison: Comparison | null
}

/** What `annuity.arrival-match` was asked, and what it answered on the ledger. */
export interface Comparison {
  readonly billTotal: string
  readonly arrivedAmount: string
  readonly difference: string
}

/** Orders that give back what arrived. */
const RETURNS = ['refund', 'surplus']

/** Derives the match of a batch. */
export function batchOf(
  found: CaseWithSteps,
  expectations: readonly ExpectationShown[],
  payments: readonly PaymentShown[],
): Batch {
  const values = valuesOf(found)
  const last = (step: string): StepShown | undefined =>
    found.steps.filter((one) => one.step === step && one.status === 'done').at(-1)
  const receipts = expectations.reduce((sum, { credits }) => sum + credits, 0)
  const returned = payments
    .filter(({ name, state }) => RETURNS.includes(name) && state === 'settled')
    .map(({ amount }) => negated(amount))
  const arrived =
    receipts === 0 ? null : sumOf([...expectations.map((one) => one.arrived), ...returned])
  const confirmed = last('confirm')
  const open = expectations.find(({ state }) => state === 'expected')
  return {
    sums: matchSums(values, arrived),
    count: found.case.batches.payroll?.count ?? null,
    signedAt: confirmed?.outcome === 'confirmed' ? (confirmed.endedBy?.at ?? null) : null,
    arrivedAt: last('arrival')?.endedBy?.at ?? null,
    receipts,
    expected: open?.amount ?? null,
    unitNav: typeof values.unitNav === 'string' ? values.unitNav : null,
    comparison: comparisonOf(last('arrival'), last('collect')),
  }
}

/** The rule compares what came with what was outstanding then: after a shortfall that is the rest. */
function comparisonOf(
  arrival: StepShown | undefined,
  collect: StepShown | undefined,
): Comparison | null {
  const match = arrival?.values.match as { readonly difference?: unknown } | undefined
  const arrivedAmount = arrival?.values.arrivedAmount
  const outstanding = collect?.values.outstanding
  const isOnly = arrival?.round === 1
  if (!isOnly || typeof match?.difference !== 'string') return null
  if (typeof arrivedAmount !== 'string' || typeof outstanding !== 'string') return null
  return { billTotal: outstanding, arrivedAmount, difference: match.difference }
}

/**
 * What was carried to the next batch after this one's residue, yuan: the register as it is now, without what came
 * after. Null where the newest journals do not reach back to it.
 *
 * @param newest   journals of the book, the newest first
 * @param carried  residue register now
 */
export function carriedAfter(
  newest: readonly JournalShown[],
  caseId: string,
  carried: string,
): string | null {
  const place = newest.findIndex((one) => one.case === caseId && one.kind === 'UNIT_RESIDUE')
  if (place < 0) return null
  const later = newest.slice(0, place).flatMap((journal) => {
    const residue = journal.subledger === null ? [] : [negated(journal.subledger.residue)]
    const whole =
      journal.kind === 'UNIT_RESIDUE'
        ? journal.fen.filter(({ side }) => side === 'debit').map(({ amount }) => amount)
        : []
    return [...residue, ...whole]
  })
  return sumOf([carried, ...later])
}

/** Who must act now, the most urgent step first. */
export function holdersNow(found: CaseWithSteps): readonly StepShown[] {
  const late = Number.POSITIVE_INFINITY
  return found.steps
    .filter(isUnfinished)
    .sort((one, other) => (one.dueAt ?? late) - (other.dueAt ?? late) || one.n - other.n)
}
