/* Entries of the data catalogue as a table: one row each, lists as JSON in their cell. */
import { DataSetContent } from '@renshe/contracts'
import { Compile } from 'typebox/compile'

import type { ColumnSpec } from './column-spec.ts'
import { readTable } from './read-table.ts'
import type { TableSource } from './table-source.ts'
import { writeCsv } from './write-csv.ts'

const MOST_TEXT = 30_000

/** What a cell is in the entry: a text, a number, a truth, or JSON (lists, and what may be `null`). */
type Cell = 'text' | 'json'

const CELLS: readonly [name: keyof DataSetContent, cell: Cell, zh: string, en: string][] = [
  ['id', 'text', '条目标识', 'Entry'],
  ['version', 'json', '版本', 'Version'],
  ['name', 'json', '数据目录名称', 'Name'],
  ['items', 'json', '数据项', 'Data items'],
  ['provider', 'text', '提供单位', 'Provider'],
  ['format', 'text', '数据格式', 'Format'],
  ['updateFrequency', 'text', '数据更新频率', 'Update frequency'],
  ['sharing', 'text', '共享属性', 'Share attribute'],
  ['shareMethods', 'json', '共享方式', 'Share methods'],
  ['conditions', 'json', '使用条件', 'Conditions of use'],
  ['notShared', 'json', '不予共享的理由和依据', 'Why it is not shared'],
  ['grade', 'json', '数据分类分级', 'Grade'],
  ['personal', 'json', '含个人信息', 'Of people'],
  ['responsible', 'text', '责任主体', 'Responsible'],
  ['duties', 'json', '各环节职责', 'Duties'],
  ['change', 'json', '变更条件和表决', 'Change'],
  ['sections', 'json', '数据分区和密级', 'Sections'],
]

/** Columns of the table: the nine fields of 政务数据共享条例 art. 13 in their order, and ours. */
export const DATA_SET_COLUMNS: readonly ColumnSpec[] = CELLS.map(([name, , zh, en]) => ({
  name,
  title: { zh, en },
  type: 'text',
  required: true,
  maxLength: MOST_TEXT,
}))

/** A row that is no entry: where, and what was expected. */
export interface DataSetRowProblem {
  /** Line of the file, from 1. */
  readonly line: number
  /** Column, or a JSON pointer into the entry. */
  readonly at: string
  readonly expected: string
}

const ENTRY = Compile(DataSetContent)

/** Writes entries as CSV; the same entries give the same bytes, and `readDataSets` gives them back. */
export function writeDataSets(entries: readonly DataSetContent[]): AsyncGenerator<Uint8Array> {
  return writeCsv(
    DATA_SET_COLUMNS,
    entries.map((entry) =>
      Object.fromEntries(
        CELLS.map(([name, cell]) => [
          name,
          cell === 'text' ? String(entry[name]) : JSON.stringify(entry[name]),
        ]),
      ),
    ),
  )
}

/**
 * Reads entries from CSV or XLSX. Whether they are lawful the contract says when they are drafted.
 *
 * @returns  entries of good rows, and what is wrong with the others
 * @throws FileRefused  the file cannot be read as such a table
 */
export async function readDataSets(
  source: TableSource,
): Promise<{ readonly entries: DataSetContent[]; readonly problems: DataSetRowProblem[] }> {
  const entries: DataSetContent[] = []
  const problems: DataSetRowProblem[] = []
  for await (const row of await readTable(source, { columns: DATA_SET_COLUMNS })) {
    const { line } = row
    const told = row.problems.map(({ column, expected }) => ({
      line,
      at: column,
      expected: expected.en,
    }))
    if (told.length > 0) {
      problems.push(...told)
      continue
    }
    const entry = entryOf(row.cells, line, problems)
    if (entry !== undefined) entries.push(entry)
  }
  return { entries, problems }
}

function entryOf(
  cells: Readonly<Record<string, string>>,
  line: number,
  problems: DataSetRowProblem[],
): DataSetContent | undefined {
  const entry: Record<string, unknown> = {}
  for (const [name, cell] of CELLS) {
    const text = cells[name] ?? ''
    const value = cell === 'text' ? text : jsonOf(text)
    if (value === undefined) {
      problems.push({ line, at: name, expected: 'JSON' })
      return undefined
    }
    entry[name] = value
  }
  if (ENTRY.Check(entry)) return entry
  const [error] = ENTRY.Errors(entry)
  problems.push({ line, at: error?.instancePath ?? '', expected: error?.message ?? 'an entry' })
  return undefined
}

/** The value of a JSON text; undefined if it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
