import type { CellProblem, CellProblemCode, ColumnSpec, RawCell, TableRow } from './column-spec.ts'
import type { TextEncoding } from './decode-text.ts'
import { expectedOf } from './expected.ts'
import { FILE_LIMITS, type FileLimits } from './limits.ts'
import { readCell } from './read-cell.ts'
import { type RawRow, readCsv } from './read-csv.ts'
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
    if (first.done === true) return refuseFile({ code: 'HEADER_MISSING' })
    const header = readHeader(first.value, options)
    return {
      format,
      encoding: csv?.encoding,
      sheetName: xlsx?.sheetName,
      fields: header.columns.map((column) => column?.name),
      unknownHeadings: header.unknown,
      [Symbol.asyncIterator]: () => tableRows(rows, header.columns, { ...options, format }, limits),
    }
  } catch (error) {
    await rows.return?.()
    xlsx?.close()
    throw error
  }
}

function iteratorOf(reading: { rows: AsyncIterable<RawRow> } | undefined): AsyncIterator<RawRow> {
  if (reading === undefined) throw new Error('a format without a reader')
  return reading.rows[Symbol.asyncIterator]()
}

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
  const headings = row.cells.map((cell) => cell.text)
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

async function* tableRows(
  rows: AsyncIterator<RawRow>,
  columns: readonly (ColumnSpec | undefined)[],
  options: ReadTableOptions,
  limits: FileLimits,
): AsyncGenerator<TableRow> {
  const absent = options.columns
    .filter((column) => !columns.includes(column))
    .map(({ name }) => name)
  const isCsv = options.format === 'csv'
  let count = 0
  try {
    for (;;) {
      const { done, value } = await rows.next()
      if (done === true) return
      count += 1
      if (count > limits.rows) refuseFile({ code: 'TOO_MANY_ROWS', limit: limits.rows })
      yield readRow(value, columns, absent, isCsv)
    }
  } finally {
    await rows.return?.()
  }
}

function readRow(
  row: RawRow,
  columns: readonly (ColumnSpec | undefined)[],
  absent: readonly string[],
  isCsv: boolean,
): TableRow {
  const cells: Record<string, string> = Object.create(null)
  const problems: CellProblem[] = []
  const remarks: CellProblem[] = []
  for (const name of absent) cells[name] = ''
  const surplus = row.cells.slice(columns.length)
  const hasSurplus = surplus.some((cell) => cell.kind === 'unusable' || cell.text !== '')
  // A sheet leaves empty cells out; a CSV line that is too short has lost a comma, and nobody knows
  // where.
  if (hasSurplus || (isCsv && row.cells.length < columns.length))
    problems.push(countProblem(columns.length, row.cells.length))
  columns.forEach((column, place) => {
    if (column === undefined) return
    const raw = row.cells[place] ?? EMPTY
    const reading = readCell(column, raw)
    if ('problem' in reading) {
      problems.push(told(column.name, reading.problem, reading.expected, raw))
      return
    }
    cells[column.name] = reading.value
    if (reading.remark !== undefined)
      remarks.push(told(column.name, reading.remark, expectedOf(column, reading.remark), raw))
  })
  return { line: row.line, cells, problems, remarks }
}

const EMPTY: RawCell = { kind: 'text', text: '' }

function told(
  column: string,
  code: CellProblemCode,
  expected: BilingualText,
  raw: RawCell,
): CellProblem {
  return { column, code, expected, came: shown(raw.text) }
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
