/* What a draft consists of at this moment, and the one way to change it. */
import type { CompiledSection, RowDefinition } from '@renshe/contracts'
import { valuesOf } from './draft-columns.ts'
import type { DraftHead, DraftPage } from './draft-head.ts'
import { DRAFT_LIMITS } from './draft-limits.ts'
import { DraftRefused } from './draft-refused.ts'
import { type DraftRow, isGood, type KeptRow } from './draft-row.ts'
import { readPage, removePages, writeHead } from './draft-storage.ts'
import { KeyIndex } from './key-index.ts'
import { type PageTerms, PageWriter } from './page-writer.ts'
import type { RowJudge } from './row-judge.ts'

/** What a draft works with. */
export interface DraftTerms extends PageTerms {
  readonly judge: RowJudge
  readonly section: CompiledSection
  readonly row: RowDefinition
  /** UTC ms. */
  readonly now: () => number
  /** Told when the draft is gone. */
  readonly onDiscarded: () => void
}

/** Rows changed, or null where they are taken out, by number. */
export type RowEdits = Map<number, KeptRow | null>

/** Pages after a change that no head names yet. */
export interface RewrittenPages {
  readonly pages: readonly DraftPage[]
  /** Ids of those that it replaces. */
  readonly dropped: readonly number[]
  readonly nextPage: number
}

/** A draft's head, its pages, and who is in them. */
export class DraftState {
  readonly terms: DraftTerms
  #head: DraftHead
  #index: KeyIndex | undefined

  constructor(terms: DraftTerms, head: DraftHead) {
    this.terms = terms
    this.#head = head
  }

  get head(): DraftHead {
    return this.#head
  }

  /** Rows of a page. Throws `DraftRefused` DRAFT_CHANGED if a change has replaced it. */
  page({ id }: DraftPage): KeptRow[] {
    return readPage(this.terms.store, this.terms.key, id)
  }

  /** A row by number. Throws `DraftRefused` ROW_NOT_FOUND. */
  getRow(number: number): KeptRow {
    const page = this.#head.pages.find(({ first, last }) => number >= first && number <= last)
    const rows = page === undefined ? [] : this.page(page)
    const row = rows.find((one) => one.number === number)
    if (row === undefined) throw new DraftRefused({ code: 'ROW_NOT_FOUND', row: number })
    return row
  }

  /** Which rows are about whom; read from the pages when it is first needed. */
  keys(): KeyIndex {
    if (this.#index !== undefined) return this.#index
    const index = new KeyIndex()
    for (const page of this.#head.pages) {
      for (const { number, cells } of this.page(page)) {
        const person = this.terms.judge.keyOf(cells)
        if (person !== undefined) index.add(person, number)
      }
    }
    this.#index = index
    return index
  }

  /** Takes an index that a change has built, or none: it is then read from the pages. */
  setKeys(index: KeyIndex | undefined): void {
    this.#index = index
  }

  /** Pages with rows changed, taken out and added at the end; untouched pages stay. */
  rewrite(edits: RowEdits, added: readonly KeptRow[], nextPage: number): RewrittenPages {
    const { pages: old } = this.#head
    const last = old.at(-1)
    const hasRoom = last !== undefined && last.rows + added.length <= DRAFT_LIMITS.pageRows
    const joined = added.length > 0 && hasRoom ? last : undefined
    const touched = touchedPages(old, edits)
    const pages: DraftPage[] = []
    const dropped: number[] = []
    let writer = new PageWriter(this.terms, nextPage)
    for (const page of old) {
      if (page !== joined && !touched.has(page.id)) {
        pages.push(page)
        continue
      }
      for (const row of this.page(page)) {
        const edited = edits.get(row.number)
        if (edited !== null) writer.add(edited ?? row)
      }
      dropped.push(page.id)
      if (page === joined) break
      pages.push(...writer.finish())
      writer = new PageWriter(this.terms, writer.nextPage)
    }
    for (const row of added) writer.add(row)
    pages.push(...writer.finish())
    return { pages, dropped, nextPage: writer.nextPage }
  }

  /** The change becomes real with the head; what it replaced is removed after. */
  commit(change: Partial<DraftHead>, dropped: readonly number[]): void {
    const { store, key, now } = this.terms
    const edition = this.#head.edition + 1
    const head: DraftHead = { ...this.#head, ...change, edition, changedAt: now() }
    writeHead(store, head)
    this.#head = head
    removePages(store, key, dropped)
  }

  /** A kept row as its uploader sees it. */
  shown(row: KeptRow): DraftRow {
    const { columns } = this.terms
    const { number, file, line, cellProblems, rowProblems, remarks } = row
    const cells: Record<string, string> = {}
    columns.forEach(({ name }, place) => {
      const text = row.cells[place] ?? null
      if (text !== null) cells[name] = text
    })
    const values = isGood(row) ? valuesOf(columns, row.cells) : null
    return {
      number,
      file,
      line,
      cells,
      values,
      problems: [...cellProblems, ...rowProblems],
      remarks,
    }
  }
}

/** Ids of the pages that have an edited row. */
function touchedPages(pages: readonly DraftPage[], edits: RowEdits): Set<number> {
  const numbers = [...edits.keys()].sort((a, b) => a - b)
  const touched = new Set<number>()
  let at = 0
  for (const { id, first, last } of pages) {
    while (at < numbers.length && (numbers[at] as number) < first) at++
    if (at < numbers.length && (numbers[at] as number) <= last) touched.add(id)
  }
  return touched
}
