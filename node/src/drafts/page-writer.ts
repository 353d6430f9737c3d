import type { SectionDefinition } from '@renshe/contracts'
import { RowTotals } from '../prepare/row-totals.ts'
import { type DraftColumn, valuesOf } from './draft-columns.ts'
import type { DraftPage } from './draft-head.ts'
import { DRAFT_LIMITS } from './draft-limits.ts'
import { isGood, type KeptRow } from './draft-row.ts'
import { type DraftStore, removePages, writePage } from './draft-storage.ts'

/** What pages are written with. */
export interface PageTerms {
  readonly store: DraftStore
  readonly key: string
  readonly columns: readonly DraftColumn[]
  readonly totals: SectionDefinition['totals']
}

/** Writes rows into new pages as they come; nothing names the pages before a head does. */
export class PageWriter {
  readonly #terms: PageTerms
  readonly #pages: DraftPage[] = []
  #waiting: KeptRow[] = []
  #nextPage: number

  constructor(terms: PageTerms, nextPage: number) {
    this.#terms = terms
    this.#nextPage = nextPage
  }

  get nextPage(): number {
    return this.#nextPage
  }

  /** Adds a row; true if a page was written with it. */
  add(row: KeptRow): boolean {
    this.#waiting.push(row)
    if (this.#waiting.length < DRAFT_LIMITS.pageRows) return false
    this.flush()
    return true
  }

  /** Writes what waits as a page of its own. */
  flush(): void {
    const rows = this.#waiting
    if (rows.length === 0) return
    const id = this.#nextPage++
    writePage(this.#terms.store, this.#terms.key, id, rows)
    this.#pages.push(pageOf(this.#terms, id, rows))
    this.#waiting = []
  }

  /** Writes the rest; gives every page written. */
  finish(): readonly DraftPage[] {
    this.flush()
    return this.#pages
  }

  /** Removes what was written: it will not be named. */
  abandon(): void {
    const ids = this.#pages.map(({ id }) => id)
    removePages(this.#terms.store, this.#terms.key, ids)
  }
}

function pageOf({ columns, totals }: PageTerms, id: number, rows: readonly KeptRow[]): DraftPage {
  const sums = new RowTotals(totals)
  let bad = 0
  for (const row of rows) {
    if (isGood(row)) sums.add(valuesOf(columns, row.cells))
    else bad += 1
  }
  const [first, last] = [rows[0]?.number ?? 0, rows.at(-1)?.number ?? 0]
  return { id, first, last, rows: rows.length, bad, totals: sums.toJson() }
}
