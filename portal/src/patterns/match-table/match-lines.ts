/* Bill, arrival and allocation of each case side by side, to the fen: the unequal first. */
import type { Queries } from '@renshe/client'
import { negated, sumOf, trimmed } from '../../format/exact.ts'

/** What the ledger compares of one case. */
export type TripleMatch = Queries['supervision.listTripleMatches']['output']['items'][number]

/** States of a match, the gravest first. */
export const MATCH_STATES = ['mismatched', 'short', 'over', 'arrived', 'billed', 'matched'] as const

/** One line of the table. */
export interface MatchLine extends TripleMatch {
  /** Arrived − billed, yuan. */
  readonly arrivedDifference: string
  /** Allocated − received, yuan. */
  readonly allocatedDifference: string
  /** UTC ms since when money of it is expected; null: not known. */
  readonly since: number | null
}

/** Lines in the order in which they need a look: by state, then the oldest first. */
export function matchLines(
  matches: readonly TripleMatch[],
  sinceOf: (caseId: string) => number | null,
): readonly MatchLine[] {
  const rank = ({ state }: TripleMatch): number => MATCH_STATES.indexOf(state)
  return matches
    .map(
      (match): MatchLine => ({
        ...match,
        arrivedDifference: difference(match.arrived, match.billed),
        allocatedDifference: difference(match.allocated, match.received),
        since: sinceOf(match.case),
      }),
    )
    .sort((one, other) => rank(one) - rank(other) || (one.since ?? 0) - (other.since ?? 0))
}

function difference(one: string, other: string): string {
  return trimmed(sumOf([one, negated(other)]), 2)
}

const DAY_MS = 86_400_000

/** Whether a case has money that has been open for longer than a day. */
export function isOpenTooLong({ state, since }: MatchLine, now: number): boolean {
  return state !== 'matched' && since !== null && now - since > DAY_MS
}

/** Rows of the export: head, lines, and a last row that counts them. */
export function matchRows(
  lines: readonly MatchLine[],
  words: {
    readonly head: readonly string[]
    readonly state: (state: TripleMatch['state']) => string
    readonly title: (caseId: string) => string
    readonly day: (at: number | null) => string
    readonly last: readonly string[]
  },
): readonly (readonly string[])[] {
  return [
    words.head,
    ...lines.map((line) => [
      words.title(line.case),
      line.case,
      words.state(line.state),
      line.billed,
      line.arrived,
      line.arrivedDifference,
      line.received,
      line.allocated,
      line.allocatedDifference,
      words.day(line.since),
    ]),
    words.last,
  ]
}
