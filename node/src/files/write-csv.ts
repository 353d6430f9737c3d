import { stringify } from 'csv-stringify/sync'
import iconv from 'iconv-lite'

import type { ColumnSpec, ColumnType } from './column-spec.ts'
import type { TextEncoding } from './decode-text.ts'

/** Rows to be written: canonical texts by field name; a missing field is an empty cell. */
export type RowSource =
  | Iterable<Readonly<Record<string, string>>>
  | AsyncIterable<Readonly<Record<string, string>>>

/** How a CSV file is written. */
export type WriteCsvOptions = {
  /**
   * `utf-8` unless told, then with a byte order mark: spreadsheets take a file without it for GB
   * 18030.
   */
  readonly encoding?: TextEncoding
  /** Which headings; `name` writes field names. `zh` unless told. */
  readonly heading?: 'zh' | 'en' | 'name'
}

/**
 * Writes rows as CSV: comma, CRLF, quotes where needed; the same rows give the same bytes.
 *
 * A cell that a spreadsheet would execute (first character `= + - @`, tab or CR) is marked with
 * `'`, except a number in a numeric
 * column; `readTable` takes the mark off again.
 *
 * @throws RangeError  GB 18030 and a character of the private use area: it would be read back as
 *                     another character
 * @source shared/security/threats.md section 4
 */
export async function* writeCsv(
  columns: readonly ColumnSpec[],
  rows: RowSource,
  options: WriteCsvOptions = {},
): AsyncGenerator<Uint8Array> {
  const encoding = options.encoding ?? 'utf-8'
  const heading = options.heading ?? 'zh'
  if (encoding === 'utf-8') yield Buffer.from('\ufeff', 'utf8')
  let batch: string[][] = [
    columns.map(({ name, title }) => (heading === 'name' ? name : title[heading])),
  ]
  for await (const row of rows) {
    batch.push(columns.map((column) => safeCell(row[column.name] ?? '', column.type)))
    if (batch.length < ROWS_PER_PIECE) continue
    yield encode(batch, encoding)
    batch = []
  }
  if (batch.length > 0) yield encode(batch, encoding)
}

/**
 * Whether a spreadsheet would take a text for a formula or a command; numbers of numeric columns
 * are harmless.
 */
export function isDangerous(text: string, type: ColumnType): boolean {
  if (!DANGEROUS.test(text)) return false
  return !(NUMERIC_TYPES.has(type) && PLAIN_NUMBER.test(text))
}

const ROWS_PER_PIECE = 1_000
const DANGEROUS = /^'*[=+\-@\t\r]/
const PLAIN_NUMBER = /^-?[0-9]+(?:\.[0-9]+)?$/
const NUMERIC_TYPES: ReadonlySet<ColumnType> = new Set(['money', 'decimal', 'int'])
const PRIVATE_USE = /\p{Co}/u

function safeCell(text: string, type: ColumnType): string {
  return isDangerous(text, type) ? `'${text}` : text
}

function encode(batch: readonly string[][], encoding: TextEncoding): Uint8Array {
  const text = stringify([...batch], { record_delimiter: '\r\n', quoted_match: /["\r\n]/ })
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  if (PRIVATE_USE.test(text))
    throw new RangeError('GB 18030 cannot carry characters of the private use area faithfully')
  return iconv.encode(text, 'gb18030')
}
