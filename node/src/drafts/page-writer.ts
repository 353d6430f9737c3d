import type { SectionDefinition } from '@renshe/contracts'
import { RowTotals } from '../prepare/row-totals.ts'
import { type DraftColumn, jsonOf } from './draft-columns.ts'
import type { DraftPage } from './draft-head.ts'
import { DRAFT_LIMITS } from './draft-limits.ts'
import { isGood, type KeptRow } from './draft-row.ts'
import { type DraftStore, removePages, writePages } from './draft-storage.ts'

/** What pages are written with. */
export interface PageTerms {
  readonly store: DraftStore
  readonly key: string
  readonly columns: readonly DraftColumn[]
  readonly totals: SectionDefinition['totals']
}

/** Every transaction waits for the disk; so many pages are some megabytes. */
const PAGES_AT_ONCE = 8

/** Writes rows into new pages as they come; nothing names the pages before a head does. */
export class PageWriter {
  readonly #terms: PageTerms
  readonly #pages: DraftPage[] = []
  /** Pages that are full and not on disk: one transaction takes several. */
  readonly #full: (readonly [id: number, rows: readonly KeptRow[]])[] = []
  #waiting: KeptRow[] = []
  #nextPage: number

  constructor(terms: PageTerms, nextPage: number) {
    this.#terms = terms
    this.#nextPage = nextPage
  }

  get nextPage(): number {
    return this.#nextPage
  }

  /** Adds a row; true if a page was full with it. */
  add(row: KeptRow): boolean {
    this.#waiting.push(row)
    if (this.#waiting.length < DRAFT_LIMITS.pageRows) return false
    this.flush()
    return true
  }

  /** Ends the page that waits; it is written with others. */
  flush(): void {
    const rows = this.#waiting
    if (rows.length === 0) return
    const id = this.#nextPage++
    this.#full.push([id, rows])
    this.#pages.push(pageOf(this.#terms, id, rows))
    this.#waiting = []
    if (this.#full.length === PAGES_AT_ONCE) this.#write()
  }

  /** Writes the rest; gives every page written. */
  finish(): readonly DraftPage[] {
    this.flush()
    this.#write()
    return this.#pages
  }

  #write(): void {
    if (this.#full.length === 0) return
    writePages(this.#terms.store, this.#terms.key, this.#full.splice(0))
  }

  /** Removes what was written: it will not be named. */
  abandon(): void {
    const ids = this.#pages.map(({ id }) => id)
    removePages(this.#terms.store, this.#terms.key, ids)
  }
}

function pageOf({ columns, totals }: PageTerms, id: number, rows: readonly KeptRow[]): DraftPage {
  const sums = new RowTotals(totals)
  const places = new Map(columns.map(({ name }, place) => [name, place]))
  let bad = 0
  for (const row of rows) {
    if (!isGood(row)) {
      bad += 1
      continue
    }
    sums.addBy((name) => {
      const place = places.get(name) as number
      return jsonOf(columns[place] as DraftColumn, row.cells[place] ?? '')
    })
  }
  const [first, last] = [rows[0]?.number ?? 0, rows.at(-1)?.number ?? 0]
  return { id, first, last, rows: rows.length, bad, totals: sums.toJson() }
}
