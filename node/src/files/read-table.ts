import type {
  CellProblem,
  CellProblemCode,
  ColumnSpec,
  RawCell,
  TablePage,
  TableRow,
} from './column-spec.ts'
import type { TextEncoding } from './decode-text.ts'
import { expectedOf } from './expected.ts'
import { FILE_LIMITS, type FileLimits } from './limits.ts'
import type { RawRow } from './raw-row.ts'
import { type CellReading, readCell, readText } from './read-cell.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { type BilingualText, refuseFile } from './refusals.ts'
import { headOf, openSource, type TableSource } from './table-source.ts'

/** The two formats of a table; told by content, never by a file's name. */
export type TableFormat = 'csv' | 'xlsx'

/** How to read a table. */
export type ReadTableOptions = {
  readonly columns: readonly ColumnSpec[]
  /** Refuse the other format. */
  readonly format?: TableFormat
  /**
   * `refuse` (unless told otherwise): a misspelt heading must not lose a column; `tell`: listed and
   * left out.
   */
  readonly unknownColumns?: 'refuse' | 'tell'
  readonly limits?: Partial<FileLimits>
}

/**
 * A table whose header has been read. Its rows come once, as they are read; a refusal may still
 * come between them.
 */
export type Table = AsyncIterable<TableRow> & {
  readonly format: TableFormat
  /** How the text was encoded; undefined for XLSX. */
  readonly encoding: TextEncoding | undefined
  readonly sheetName: string | undefined
  /** The fields in the order of the file; undefined where a column is unknown. */
  readonly fields: readonly (string | undefined)[]
  readonly unknownHeadings: readonly string[]
  /** The same rows by the page, for those who take many; instead of them, not beside them. */
  pages(): AsyncIterable<TablePage>
}

/**
 * Reads a table of an office: CSV in UTF-8 or GB 18030, or the first sheet of an XLSX workbook.
 *
 * Columns are found by their Chinese or English heading or their field name, in any order. Every
 * row is told, good or not: what was
 * expected, what came, where. Memory does not grow with the number of rows (except for the shared
 * texts of a workbook, which are bounded).
 *
 * ```ts
 * const table = await readTable({ path }, { columns })
 * for await (const row of table) if (row.problems.length === 0) keep(row.cells)
 * ```
 *
 * @throws FileRefused  at once or between rows: then nothing of the file may be kept
 */
export async function readTable(source: TableSource, options: ReadTableOptions): Promise<Table> {
  const limits = { ...FILE_LIMITS, ...options.limits }
  const opened = await openSource(source, limits)
  const format = formatOf(await headOf(opened, 4096))
  if (options.format !== undefined && options.format !== format)
    refuseFile({ code: 'FORMAT_DIFFERS', expected: options.format, came: format })

  const csv = format === 'csv' ? await readCsv(opened, limits) : undefined
  const xlsx = format === 'xlsx' ? await readXlsx(opened, limits) : undefined
  const rows = iteratorOf(csv ?? xlsx)
  try {
    const first = await rows.next()
    const [heading, ...others] = first.done === true ? [] : first.value
    if (heading === undefined) return refuseFile({ code: 'HEADER_MISSING' })
    const header = readHeader(heading, options)
    const reader = new RowReader(header.columns, options.columns, format === 'csv')
    const pages = (): AsyncGenerator<TablePage> => tablePages(others, rows, reader, limits)
    return {
      format,
      encoding: csv?.encoding,
      sheetName: xlsx?.sheetName,
      fields: header.columns.map((column) => column?.name),
      unknownHeadings: header.unknown,
      pages,
      [Symbol.asyncIterator]: () => rowsOfPages(pages(), options.columns),
    }
  } catch (error) {
    await rows.return?.()
    xlsx?.close()
    throw error
  }
}

function iteratorOf(
  reading: { rows: AsyncIterable<readonly RawRow[]> } | undefined,
): AsyncIterator<readonly RawRow[]> {
  if (reading === undefined) throw new Error('a format without a reader')
  return reading.rows[Symbol.asyncIterator]()
}

/** The rows of pages, each as an object of its own. */
export async function* rowsOfPages(
  pages: AsyncIterable<TablePage>,
  columns: readonly ColumnSpec[],
): AsyncGenerator<TableRow> {
  for await (const { lines, texts, told } of pages) {
    for (let row = 0; row < lines.length; row += 1) {
      const cells: Record<string, string> = Object.create(null)
      columns.forEach(({ name }, place) => {
        const text = texts[row * columns.length + place] ?? null
        if (text !== null) cells[name] = text
      })
      const { problems, remarks } = told.get(row) ?? NOTHING_TOLD
      yield { line: lines[row] ?? 0, cells, problems: [...problems], remarks: [...remarks] }
    }
  }
}

const NOTHING_TOLD = { problems: [], remarks: [] }

function formatOf(head: Uint8Array): TableFormat {
  const starts = (...bytes: number[]) => bytes.every((byte, place) => head[place] === byte)
  if (starts(0x50, 0x4b)) return 'xlsx'
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) refuseFile({ code: 'FORMAT_OLD_OR_ENCRYPTED_EXCEL' })
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff))
    refuseFile({ code: 'ENCODING_UNSUPPORTED', came: 'UTF-16' })
  if (starts(0x25, 0x50, 0x44, 0x46)) refuseFile({ code: 'FORMAT_UNKNOWN', came: 'PDF' })
  const text = Buffer.from(head).toString('latin1').trimStart().toLowerCase()
  if (/^(<!doctype|<html|<\?xml|<table)/.test(text))
    refuseFile({ code: 'FORMAT_UNKNOWN', came: 'HTML/XML' })
  if (head.includes(0)) refuseFile({ code: 'FORMAT_UNKNOWN', came: 'binary' })
  return 'csv'
}

type Header = { columns: readonly (ColumnSpec | undefined)[]; unknown: readonly string[] }

function readHeader(row: RawRow, options: ReadTableOptions): Header {
  const headings = row.cells.map((cell) => (typeof cell === 'string' ? cell : cell.text))
  while (headings.at(-1) === '') headings.pop()
  const columns = headings.map((heading) =>
    options.columns.find(
      ({ name, title }) => heading === title.zh || heading === title.en || heading === name,
    ),
  )
  const unknown = headings.filter((_, place) => columns[place] === undefined).map(shown)
  const twice = options.columns.filter(
    (column) => columns.indexOf(column) !== columns.lastIndexOf(column),
  )
  const missing = options.columns.filter((column) => column.required && !columns.includes(column))
  const isUnknownRefused = (options.unknownColumns ?? 'refuse') === 'refuse'
  if (missing.length > 0 || twice.length > 0 || (isUnknownRefused && unknown.length > 0))
    refuseFile({
      code: 'HEADER_WRONG',
      unknown: unknown.slice(0, 20),
      missing: missing.map(({ title }) => title.zh),
      twice: twice.map(({ title }) => title.zh),
    })
  return { columns, unknown }
}

const PAGE_ROWS = 500

async function* tablePages(
  others: readonly RawRow[],
  rows: AsyncIterator<readonly RawRow[]>,
  reader: RowReader,
  limits: FileLimits,
): AsyncGenerator<TablePage> {
  let count = 0
  try {
    for (let ready = others; ; ) {
      for (const row of ready) {
        count += 1
        // What was read before a refusal is told before it.
        if (count > limits.rows) {
          if (reader.count > 0) yield reader.page()
          refuseFile({ code: 'TOO_MANY_ROWS', limit: limits.rows })
        }
        reader.read(row)
        if (reader.count === PAGE_ROWS) yield reader.page()
      }
      const { done, value } = await rows.next()
      if (done === true) break
      ready = value
    }
    if (reader.count > 0) yield reader.page()
  } finally {
    await rows.return?.()
  }
}

/** Reads rows cell by cell into a page. */
class RowReader {
  readonly #columns: readonly (ColumnSpec | undefined)[]
  /** Where the text of each column of the file goes among those that were asked for. */
  readonly #places: readonly number[]
  readonly #width: number
  readonly #isCsv: boolean
  #lines: number[] = []
  #texts: (string | null)[] = []
  #told = new Map<number, { problems: CellProblem[]; remarks: CellProblem[] }>()

  constructor(
    columns: readonly (ColumnSpec | undefined)[],
    asked: readonly ColumnSpec[],
    isCsv: boolean,
  ) {
    this.#columns = columns
    this.#places = columns.map((column) => (column === undefined ? -1 : asked.indexOf(column)))
    this.#width = asked.length
    this.#isCsv = isCsv
  }

  /** Rows of the page at hand. */
  get count(): number {
    return this.#lines.length
  }

  /** Gives the page and begins another. */
  page(): TablePage {
    const page = { lines: Uint32Array.from(this.#lines), texts: this.#texts, told: this.#told }
    this.#lines = []
    this.#texts = []
    this.#told = new Map()
    return page
  }

  read(row: RawRow): void {
    const columns = this.#columns
    const texts = this.#texts
    const begin = texts.length
    for (let at = 0; at < this.#width; at += 1) texts.push('')
    this.#lines.push(row.line)
    this.#countCells(row)
    for (let at = 0; at < columns.length; at += 1) {
      const column = columns[at]
      if (column === undefined) continue
      const raw = row.cells[at] ?? ''
      const text = typeof raw === 'string' ? readText(column, raw) : readCell(column, raw)
      texts[begin + (this.#places[at] as number)] =
        typeof text === 'string' ? text : this.#tell(column, raw, text)
    }
  }

  #countCells({ cells }: RawRow): void {
    const { length } = this.#columns
    // A sheet leaves empty cells out; a CSV line that is too short has lost a comma, and nobody knows
    // where.
    const isShort = this.#isCsv && cells.length < length
    const hasSurplus = cells.length > length && cells.slice(length).some(isFilled)
    if (isShort || hasSurplus) this.#toldOfRow().problems.push(countProblem(length, cells.length))
  }

  #tell(column: ColumnSpec, raw: RawCell | string, reading: CellReading): string | null {
    if ('problem' in reading) {
      const { problem, expected } = reading
      this.#toldOfRow().problems.push(told(column.name, problem, expected, raw))
      return null
    }
    const { value, remark } = reading
    if (remark !== undefined) {
      const expected = expectedOf(column, remark)
      this.#toldOfRow().remarks.push(told(column.name, remark, expected, raw))
    }
    return value
  }

  #toldOfRow(): { problems: CellProblem[]; remarks: CellProblem[] } {
    const row = this.#lines.length - 1
    let found = this.#told.get(row)
    if (found === undefined) {
      found = { problems: [], remarks: [] }
      this.#told.set(row, found)
    }
    return found
  }
}

function isFilled(cell: RawCell | string): boolean {
  if (typeof cell === 'string') return cell !== ''
  return cell.kind === 'unusable' || cell.text !== ''
}

function told(
  column: string,
  code: CellProblemCode,
  expected: BilingualText,
  raw: RawCell | string,
): CellProblem {
  return { column, code, expected, came: shown(typeof raw === 'string' ? raw : raw.text) }
}

function countProblem(expected: number, came: number): CellProblem {
  return {
    column: '',
    code: 'COLUMN_COUNT',
    expected: { zh: `${expected} 列`, en: `${expected} columns` },
    came: String(came),
  }
}

function shown(text: string): string {
  const points = [...text.slice(0, 400)]
  return points.length > 100 ? `${points.slice(0, 100).join('')}…` : text
}
