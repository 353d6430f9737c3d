import { BATCH_ROWS } from '@renshe/contracts'
import type { Bytes } from '@renshe/crypto'
import type { TablePage } from '../files/column-spec.ts'
import { FILE_LIMITS } from '../files/limits.ts'
import type { Table } from '../files/read-table.ts'
import { readTableApart } from '../files/read-table-apart.ts'
import type { DraftColumn } from './draft-columns.ts'
import type { DraftHead, DraftPage } from './draft-head.ts'
import { DraftRefused } from './draft-refused.ts'
import { isGood, type KeptRow, type RowProblem, rowProblemOf } from './draft-row.ts'
import { KeyIndex } from './key-index.ts'
import { type PageTerms, PageWriter } from './page-writer.ts'
import type { RowJudge } from './row-judge.ts'

/** How a file is taken. */
export interface TakingOptions {
  /** `tell`: columns nobody knows are listed and left out; else the file is refused. */
  readonly unknownColumns?: 'refuse' | 'tell'
  /** Told after each page, with the rows read so far. */
  readonly onProgress?: (rows: number) => void
}

/** A file as rows in pages that no head names yet. */
export interface TakenFile {
  readonly table: Pick<Table, 'format' | 'encoding' | 'unknownHeadings'>
  readonly pages: readonly DraftPage[]
  readonly keys: KeyIndex
  /** Every key of the file once. */
  readonly keyed: ReadonlySet<string>
  readonly rows: number
  readonly bad: number
  readonly nextRow: number
  readonly nextPage: number
  /** Removes the pages again. */
  readonly abandon: () => void
}

/**
 * Reads a file apart, judges every row and writes pages.
 *
 * @throws FileRefused for a file of which nothing may be kept: nothing is
 */
export async function takeFile(
  terms: PageTerms & { readonly judge: RowJudge },
  head: DraftHead,
  bytes: Bytes,
  options: TakingOptions,
): Promise<TakenFile> {
  const { columns, judge } = terms
  const table = await readTableApart(bytes, {
    columns: columns.map(({ spec }) => spec),
    unknownColumns: options.unknownColumns ?? 'refuse',
    limits: { ...FILE_LIMITS, rows: BATCH_ROWS },
  })
  const writer = new PageWriter(terms, head.nextPage)
  const taking = new Taking(judge, columns, head)
  try {
    for await (const page of table.pages()) {
      for (let row = 0; row < page.lines.length; row++) {
        if (writer.add(taking.take(page, row))) options.onProgress?.(taking.rows)
      }
    }
    const pages = writer.finish()
    options.onProgress?.(taking.rows)
    const { keys, keyed, rows, bad, nextRow } = taking
    const { nextPage } = writer
    return {
      table,
      pages,
      keys,
      keyed,
      rows,
      bad,
      nextRow,
      nextPage,
      abandon: () => writer.abandon(),
    }
  } catch (error) {
    writer.abandon()
    throw error
  }
}

class Taking {
  readonly keys = new KeyIndex()
  readonly keyed = new Set<string>()
  rows = 0
  bad = 0
  nextRow: number
  readonly #judge: RowJudge
  readonly #width: number
  readonly #firstRow: number
  readonly #file: number
  readonly #lines: number[] = []

  constructor(judge: RowJudge, columns: readonly DraftColumn[], head: DraftHead) {
    this.#judge = judge
    this.#width = columns.length
    this.#firstRow = head.nextRow
    this.nextRow = head.nextRow
    this.#file = head.nextFile
  }

  take({ lines, texts, told }: TablePage, at: number): KeptRow {
    const number = this.nextRow++
    const line = lines[at] ?? 0
    this.#lines.push(line)
    const cells = texts.slice(at * this.#width, (at + 1) * this.#width)
    const rowProblems = this.#judge.judge(cells)
    const key = this.#judge.keyOf(cells)
    if (key !== undefined) {
      const holder = this.keys.holderOf(key)
      if (holder !== undefined) {
        rowProblems.push(this.#judge.twice(key, this.#lines[holder - this.#firstRow] ?? 0))
      }
      this.keys.add(key, number)
      this.keyed.add(key)
    }
    const own = told.get(at)
    const row: KeptRow = {
      number,
      file: this.#file,
      line,
      cells,
      cellProblems: own?.problems.map(rowProblemOf) ?? NOTHING,
      rowProblems,
      remarks: own?.remarks.map(rowProblemOf) ?? NOTHING,
    }
    this.rows += 1
    if (!isGood(row)) this.bad += 1
    return row
  }
}

const NOTHING: readonly RowProblem[] = []

/** Refuses more rows than a batch may have. */
export function refuseTooManyRows(rows: number): void {
  if (rows > BATCH_ROWS) throw new DraftRefused({ code: 'TOO_MANY_ROWS', most: BATCH_ROWS })
}
