import type { ColumnSpec, TableRow } from './column-spec.ts'
import { type ReadTableOptions, readTable } from './read-table.ts'
import { FileRefused } from './refusals.ts'
import type { TableSource } from './table-source.ts'

/** Columns of a fictional library: readers' cards, fees and days. For tests. */
export const CARD_COLUMNS: readonly ColumnSpec[] = [
  { name: 'reader', title: { zh: '读者证号', en: 'Reader' }, type: 'id', required: true },
  { name: 'name', title: { zh: '姓名', en: 'Name' }, type: 'text', required: true, maxLength: 50 },
  { name: 'fee', title: { zh: '费用', en: 'Fee' }, type: 'money', required: true },
  { name: 'since', title: { zh: '办证日期', en: 'Since' }, type: 'date', required: false },
  { name: 'month', title: { zh: '月份', en: 'Month' }, type: 'month', required: false },
  {
    name: 'kind',
    title: { zh: '类别', en: 'Kind' },
    type: 'code',
    required: false,
    codes: [
      { code: 'CHILD', title: { zh: '少儿', en: 'Child' } },
      { code: 'ADULT', title: { zh: '成人', en: 'Adult' } },
    ],
  },
  { name: 'books', title: { zh: '册数', en: 'Books' }, type: 'int', required: false },
  {
    name: 'rate',
    title: { zh: '折扣', en: 'Rate' },
    type: 'decimal',
    required: false,
    decimals: 4,
  },
]

/** An ID number that is valid and belongs to nobody: the example of the standard. */
export const EXAMPLE_ID = '11010519491231002X'

/** All rows of a table. */
export async function rowsOf(
  source: TableSource,
  options: Partial<ReadTableOptions> = {},
): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const row of await readTable(source, { columns: CARD_COLUMNS, ...options }))
    rows.push(row)
  return rows
}

/** The refusal of a file that must be refused. */
export async function refusalOf(
  source: TableSource,
  options: Partial<ReadTableOptions> = {},
): Promise<FileRefused['refusal']> {
  try {
    await rowsOf(source, options)
  } catch (error) {
    if (error instanceof FileRefused) return error.refusal
    throw error
  }
  throw new Error('the file was accepted')
}

/** All bytes of a writer. */
export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}
