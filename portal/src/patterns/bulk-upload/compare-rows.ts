/* What the person's file says beside what is about to be signed: read here, once more, by another reader. */
import { canonicalText, type Json, type JsonObject } from '@renshe/crypto'
import type { Field, Fields } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { readField } from '../step-form/typed-values.ts'
import type { DraftRow } from './drafts.ts'
import type { TableRead } from './read-table.ts'

/** The file that is compared with, and what its columns are. */
export interface ComparedFile {
  readonly table: TableRead
  /** By place of the heading: name of a column, or null. */
  readonly columns: readonly (string | null)[]
  /** Line of the uploaded file for each row of the table: another one where the columns were matched. */
  readonly lines: readonly number[]
}

/** How a comparison ended. */
export interface Compared {
  /** Rows that say the same. */
  readonly same: number
  /** Line of the file of the first row that says something else; null if none does. */
  readonly differs: number | null
}

/**
 * Compares rows with the file that they came from. A cell that this browser cannot read says nothing; rows that
 * the person corrected since are not compared.
 *
 * @param corrected  numbers of rows that were typed anew
 */
export function compareRows(
  rows: readonly DraftRow[],
  { table, columns, lines }: ComparedFile,
  fields: Fields,
  texts: PackageTexts,
  corrected: ReadonlySet<number>,
): Compared {
  const byLine = new Map(lines.map((line, at) => [line, at]))
  const read = readers(fields, texts)
  let same = 0
  for (const row of rows) {
    const at = byLine.get(row.line)
    if (row.values === null || corrected.has(row.number) || at === undefined) continue
    const cells = table.rows[at] ?? []
    if (!columns.every((name, place) => agrees(name, cells[place] ?? '', row.values ?? {}, read))) {
      return { same, differs: table.lines[at] ?? row.line }
    }
    same += 1
  }
  return { same, differs: null }
}

type Reader = (text: string) => Json | undefined | null

function agrees(
  name: string | null,
  text: string,
  values: JsonObject,
  read: ReadonlyMap<string, Reader>,
): boolean {
  const reader = name === null ? undefined : read.get(name)
  if (name === null || reader === undefined) return true
  const value = reader(text)
  if (value === null) return true
  return canonicalText(value ?? null) === canonicalText(values[name] ?? null)
}

/** Days from 1899-12-30, as spreadsheets keep dates. */
const EPOCH_MS = Date.UTC(1899, 11, 30)
const DAY_MS = 86_400_000

/** By column: the value of a cell, undefined for an empty one, null where it cannot be read here. */
function readers(fields: Fields, texts: PackageTexts): ReadonlyMap<string, Reader> {
  return new Map(
    Object.entries(fields).map(([name, field]) => [
      name,
      (text) => cellValue(name, field, text, texts),
    ]),
  )
}

function cellValue(name: string, field: Field, text: string, texts: PackageTexts) {
  const plain = text.trim()
  if (plain === '') return undefined
  if (field.type === 'resident-id') return plain.replace(/\s/g, '').toUpperCase()
  const made = readField(
    field,
    spelledCell(name, field, field.type === 'text' ? text : plain, texts),
  )
  return made.ok ? made.value : null
}

function spelledCell(name: string, field: Field, text: string, texts: PackageTexts): string {
  if (field.type === 'date') return dayOfCell(text)
  if (field.type === 'month') return dayOfCell(text).slice(0, 7)
  if (field.type === 'boolean') return /^(是|yes|true)$/i.test(text) ? 'true' : 'false'
  const code = field.codes?.find((one) =>
    [one, texts.find(`code.${name}.${one}`), texts.other(`code.${name}.${one}`)].includes(text),
  )
  return code ?? text
}

function dayOfCell(text: string): string {
  if (/^\d{5}$/.test(text)) {
    return new Date(EPOCH_MS + Number(text) * DAY_MS).toISOString().slice(0, 10)
  }
  const [, year = '', month = '', day = '01'] =
    /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?/.exec(text) ?? []
  return year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
