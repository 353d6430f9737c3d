/* Rows typed, taken out and judged anew. */
import { readCell } from '../files/read-cell.ts'
import { DraftRefused } from './draft-refused.ts'
import { type KeptRow, type RowProblem, shownText } from './draft-row.ts'
import type { DraftState, RowEdits } from './draft-state.ts'
import { rowsOf } from './draft-summary.ts'
import { KeyIndex } from './key-index.ts'
import { PageWriter } from './page-writer.ts'
import { refuseTooManyRows } from './take-file.ts'

/** Texts as a person types them, by column; what is left out is empty. */
export type TypedCells = Readonly<Record<string, string>>

/** Types a row anew: its number and place stay. */
export function replaceRow(state: DraftState, number: number, cells: TypedCells): KeptRow {
  const { judge } = state.terms
  const old = state.getRow(number)
  const { file, line } = old
  const typed = typedRow(state, { number, file, line }, cells)
  const edits: RowEdits = new Map()
  if (judge.keyOf(old.cells) !== judge.keyOf(typed.cells)) freeKey(state, old, edits)
  const row = judged(state, typed)
  edits.set(number, row)
  applyEdits(state, edits, [])
  return row
}

/** Adds a typed row. */
export function addRow(state: DraftState, cells: TypedCells): KeptRow {
  refuseTooManyRows(rowsOf(state.head) + 1)
  const row = judged(
    state,
    typedRow(state, { number: state.head.nextRow, file: 0, line: 0 }, cells),
  )
  applyEdits(state, new Map(), [row])
  return row
}

/** Takes a row out. */
export function removeRow(state: DraftState, number: number): void {
  const edits: RowEdits = new Map([[number, null]])
  freeKey(state, state.getRow(number), edits)
  applyEdits(state, edits, [])
}

function applyEdits(state: DraftState, edits: RowEdits, added: readonly KeptRow[]): void {
  const { nextRow, nextPage } = state.head
  const { dropped, ...rewritten } = state.rewrite(edits, added, nextPage)
  state.commit({ ...rewritten, nextRow: nextRow + added.length }, dropped)
}

/** The row no longer speaks of its person; a twin that was told so is free. */
function freeKey(state: DraftState, old: KeptRow, edits: RowEdits): void {
  const person = state.terms.judge.keyOf(old.cells)
  const heir = person === undefined ? undefined : state.keys().remove(person, old.number)
  if (heir === undefined) return
  const row = state.getRow(heir)
  const rowProblems = row.rowProblems.filter(({ code }) => code !== 'ROW_TWICE')
  edits.set(heir, { ...row, rowProblems })
}

function judged(state: DraftState, typed: KeptRow): KeptRow {
  const { judge } = state.terms
  const rowProblems = judge.judge(typed.cells)
  const person = judge.keyOf(typed.cells)
  if (person !== undefined) {
    const index = state.keys()
    const rows = index.rowsOf(person)
    if (!rows.includes(typed.number)) index.add(person, typed.number)
    const [holder] = rows
    if (holder !== undefined && holder !== typed.number) {
      rowProblems.push(judge.twice(person, state.getRow(holder).line))
    }
  }
  return { ...typed, rowProblems }
}

function typedRow(
  { terms: { columns } }: DraftState,
  place: Pick<KeptRow, 'number' | 'file' | 'line'>,
  typed: TypedCells,
): KeptRow {
  if (Object.keys(typed).some((name) => !columns.some((column) => column.name === name))) {
    throw new DraftRefused({ code: 'COLUMN_UNKNOWN' })
  }
  const cellProblems: RowProblem[] = []
  const cells = columns.map(({ name, spec }): string | null => {
    const text = Object.hasOwn(typed, name) ? (typed[name] as string) : ''
    const reading = readCell(spec, { kind: 'text', text })
    if ('value' in reading) return reading.value
    const { problem: code, expected } = reading
    cellProblems.push({ code, column: name, expected, came: shownText(text) })
    return null
  })
  return { ...place, cells, cellProblems, rowProblems: [], remarks: [] }
}

/** Judges every row anew. Others get their turn between pages. */
export async function recheckRows(
  state: DraftState,
  onProgress: ((rows: number) => void) | undefined,
): Promise<void> {
  const { pages, nextPage } = state.head
  const writer = new PageWriter(state.terms, nextPage)
  const index = new KeyIndex()
  const lines = new Map<string, number>()
  let rows = 0
  for (const page of pages) {
    for (const row of state.page(page)) writer.add(rejudged(state, row, index, lines))
    rows += page.rows
    onProgress?.(rows)
    await new Promise(setImmediate)
  }
  const dropped = pages.map(({ id }) => id)
  const rewritten = writer.finish()
  state.commit({ pages: rewritten, nextPage: writer.nextPage }, dropped)
  state.setKeys(index)
}

function rejudged(
  { terms: { judge } }: DraftState,
  row: KeptRow,
  index: KeyIndex,
  lines: Map<string, number>,
): KeptRow {
  const rowProblems = judge.judge(row.cells)
  const person = judge.keyOf(row.cells)
  if (person === undefined) return { ...row, rowProblems }
  const line = lines.get(person)
  if (line === undefined) lines.set(person, row.line)
  else rowProblems.push(judge.twice(person, line))
  index.add(person, row.number)
  return { ...row, rowProblems }
}
