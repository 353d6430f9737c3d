import type { CompiledSection } from '@renshe/contracts'
import { LEAST_PUBLIC_ROWS } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { RowTotals } from '../prepare/row-totals.ts'
import type { DraftFile, DraftHead, DraftPlace } from './draft-head.ts'

/** A draft at a glance; nothing personal but the totals. */
export interface DraftSummary extends DraftPlace {
  readonly rows: number
  readonly good: number
  readonly bad: number
  /** Control totals over the good rows, exact. */
  readonly totals: JsonObject
  /** Fewest rows that the section takes. */
  readonly leastRows: number
  /** No bad rows, and enough of them: it may be prepared. */
  readonly isReady: boolean
  readonly files: readonly DraftFile[]
  /** UTC ms. */
  readonly createdAt: number
  readonly changedAt: number
}

/** What a head says of its draft. */
export function summaryOf(head: DraftHead, { definition }: CompiledSection): DraftSummary {
  const { case: caseId, step, section, pages, files, createdAt, changedAt } = head
  const { totals = {} } = definition
  const rows = rowsOf(head)
  const bad = badOf(head)
  // The contract refuses a batch of fewer.
  const leastRows = definition.leastRows ?? (Object.keys(totals).length > 0 ? LEAST_PUBLIC_ROWS : 1)
  // Totals of totals: each is summed under its own name.
  const own = Object.entries(totals).map(([name, total]) => [name, { ...total, sum: name }])
  const sums = new RowTotals(Object.fromEntries(own))
  for (const page of pages) sums.add(page.totals)
  return {
    case: caseId,
    step,
    section,
    rows,
    good: rows - bad,
    bad,
    totals: sums.toJson(),
    leastRows,
    isReady: bad === 0 && rows >= leastRows,
    files,
    createdAt,
    changedAt,
  }
}

/** Rows of a draft. */
export function rowsOf({ pages }: DraftHead): number {
  return pages.reduce((sum, { rows }) => sum + rows, 0)
}

/** Rows with problems. */
export function badOf({ pages }: DraftHead): number {
  return pages.reduce((sum, { bad }) => sum + bad, 0)
}
