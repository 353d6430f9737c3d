import type { Bytes, JsonObject } from '@renshe/crypto'
import type { TextEncoding } from '../files/decode-text.ts'
import type { TableSource } from '../files/table-source.ts'
import { type AddedFile, type AddFileOptions, addFile } from './add-file.ts'
import {
  type ComparedRow,
  type ComparisonOptions,
  compareMonths,
  type MonthComparison,
} from './compare-months.ts'
import { valuesOf } from './draft-columns.ts'
import type { DraftPage } from './draft-head.ts'
import { DraftRefused } from './draft-refused.ts'
import { type DraftRow, isGood } from './draft-row.ts'
import type { DraftState } from './draft-state.ts'
import { readFilePieces, removeDraft } from './draft-storage.ts'
import { badOf, type DraftSummary, rowsOf, summaryOf } from './draft-summary.ts'
import { addRow, recheckRows, removeRow, replaceRow, type TypedCells } from './edit-rows.ts'

/** The file as it came, to be kept as a section of its own or looked at again. */
export interface OriginalFile {
  readonly bytes: Bytes
  readonly mediaType: string
  /** Null where the format has none. */
  readonly encoding: TextEncoding | null
  readonly name: string | null
}

/** A draft as `prepareAct` takes it. */
export interface DraftBatch {
  readonly section: string
  readonly count: number
  readonly rows: AsyncIterable<JsonObject>
}

/** Which rows are wanted: with problems in the draft, `onlyGood` leaves those behind. */
export interface BatchOptions {
  readonly onlyGood?: boolean
}

const MEDIA_TYPES = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/**
 * Rows of a batch on their way to be sealed. Durable after every change, sealed under V of the uploader's
 * member. Changes come one after another; a reading that a change overtakes is refused DRAFT_CHANGED.
 */
export class Draft {
  readonly #state: DraftState
  #isDiscarded = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(state: DraftState) {
    this.#state = state
  }

  /** The draft at a glance. */
  summary(): DraftSummary {
    return summaryOf(this.#state.head, this.#state.terms.section)
  }

  /**
   * Reads a file: good rows are kept, bad ones too, with what is wrong with them.
   *
   * @throws FileRefused, DraftRefused: the draft is as it was
   */
  addFile(source: TableSource, options: AddFileOptions = {}): Promise<AddedFile> {
    return this.#change(() => addFile(this.#state, source, options))
  }

  /** Types a row anew; it keeps its number, and what it says of its file. */
  replaceRow(number: number, cells: TypedCells): Promise<DraftRow> {
    return this.#change(() => this.#state.shown(replaceRow(this.#state, number, cells)))
  }

  /** Adds a typed row. */
  addRow(cells: TypedCells): Promise<DraftRow> {
    return this.#change(() => this.#state.shown(addRow(this.#state, cells)))
  }

  /** Takes a row out. */
  removeRow(number: number): Promise<void> {
    return this.#change(() => removeRow(this.#state, number))
  }

  /**
   * Judges every row anew: after accounts were opened, or on another day.
   *
   * @param onProgress  told after each page, with the rows judged so far
   */
  recheck(onProgress?: (rows: number) => void): Promise<DraftSummary> {
    return this.#change(async () => {
      await recheckRows(this.#state, onProgress)
      return this.summary()
    })
  }

  /** One row. Throws `DraftRefused` ROW_NOT_FOUND. */
  row(number: number): DraftRow {
    this.#refuseIfDiscarded()
    return this.#state.shown(this.#state.getRow(number))
  }

  /** Rows in their order, with what is wrong with them; those after a number, where one is given. */
  *results({
    onlyBad = false,
    after = 0,
  }: {
    readonly onlyBad?: boolean
    readonly after?: number
  } = {}): Generator<DraftRow> {
    this.#refuseIfDiscarded()
    for (const page of this.#state.head.pages) {
      if ((onlyBad && page.bad === 0) || page.last <= after) continue
      for (const row of this.#state.page(page)) {
        if (row.number <= after) continue
        if (!onlyBad || !isGood(row)) yield this.#state.shown(row)
      }
    }
  }

  /** The batch as it is prepared. Throws `DraftRefused` BAD_ROWS if there are any and all are wanted. */
  batch({ onlyGood = false }: BatchOptions = {}): DraftBatch {
    this.#refuseIfDiscarded()
    const { head } = this.#state
    const bad = badOf(head)
    if (bad > 0 && !onlyGood) throw new DraftRefused({ code: 'BAD_ROWS', bad })
    const { section, pages } = head
    return { section, count: rowsOf(head) - bad, rows: this.#goodRows(pages) }
  }

  /** Values of the rows of {@link Draft.batch}. */
  rows(options: BatchOptions = {}): AsyncIterable<JsonObject> {
    return this.batch(options).rows
  }

  async *#goodRows(pages: readonly DraftPage[]): AsyncGenerator<JsonObject> {
    const { columns } = this.#state.terms
    for (const page of pages) {
      for (const row of this.#state.page(page)) {
        if (isGood(row)) yield valuesOf(columns, row.cells)
      }
    }
  }

  /**
   * Differences to the rows of the month before.
   *
   * @throws RangeError if nothing identifies the person of a row
   */
  compare(options: ComparisonOptions): Promise<MonthComparison> {
    this.#refuseIfDiscarded()
    const { row, columns } = this.#state.terms
    if (row.unique === undefined) throw new RangeError('rows without a unique column')
    return compareMonths(columns, row.unique, this.#comparedRows(), options)
  }

  *#comparedRows(): Generator<ComparedRow> {
    const { judge, columns } = this.#state.terms
    for (const page of this.#state.head.pages) {
      for (const row of this.#state.page(page)) {
        const person = judge.keyOf(row.cells)
        if (person === undefined) continue
        const values = isGood(row) ? valuesOf(columns, row.cells) : null
        yield { number: row.number, person, values }
      }
    }
  }

  /**
   * A file as it came.
   *
   * @param number  of the file; the newest unless told
   * @throws DraftRefused FILE_NOT_FOUND
   */
  originalFile(number = this.#state.head.files.at(-1)?.number ?? 0): OriginalFile {
    this.#refuseIfDiscarded()
    const { head, terms } = this.#state
    const file = head.files.find((one) => one.number === number)
    if (file === undefined) throw new DraftRefused({ code: 'FILE_NOT_FOUND', file: number })
    const { format, encoding, name, pieces } = file
    const bytes = readFilePieces(terms.store, terms.key, number, pieces)
    return { bytes, mediaType: MEDIA_TYPES[format], encoding, name }
  }

  /** Removes the draft with its files: after it was sent, or given up. */
  discard(): Promise<void> {
    return this.#change(() => {
      const { head, terms } = this.#state
      removeDraft(terms.store, head)
      this.#isDiscarded = true
      terms.onDiscarded()
    })
  }

  #refuseIfDiscarded(): void {
    if (this.#isDiscarded) throw new DraftRefused({ code: 'DRAFT_DISCARDED' })
  }

  #change<Result>(run: () => Result | Promise<Result>): Promise<Result> {
    const changed = this.#last.then(async () => {
      this.#refuseIfDiscarded()
      try {
        return await run()
      } catch (error) {
        // The index may know what was not written.
        this.#state.setKeys(undefined)
        throw error
      }
    })
    this.#last = changed.catch(() => undefined)
    return changed
  }
}
