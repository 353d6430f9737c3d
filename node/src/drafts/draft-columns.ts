/* Columns of a table from the row definition of a package, and cells as values of its fields. */
import type { Bilingual, CompiledPackage, Field, RowDefinition } from '@renshe/contracts'
import type { Json, JsonObject } from '@renshe/crypto'
import type { ColumnCode, ColumnSpec, ColumnType } from '../files/column-spec.ts'
import { describeColumn } from '../files/expected.ts'
import { DraftRefused } from './draft-refused.ts'

/** A column as the package defines it and as tables are read by it. */
export interface DraftColumn {
  readonly name: string
  readonly field: Field
  readonly spec: ColumnSpec
}

/** Canonical texts of a row's cells in the order of the columns; null where a cell has a problem. */
export type CellTexts = readonly (string | null)[]

/** Longest text of a field that says none, as the contracts have it. */
const TEXT_LENGTH = 500
/** Longest code and longest key of a register, as the contracts have them. */
const CODE_LENGTH = 64
const KEY_LENGTH = 128

const COLUMN_TYPES: Readonly<Record<Field['type'], ColumnType | undefined>> = {
  money: 'money',
  decimal: 'decimal',
  integer: 'int',
  boolean: 'code',
  date: 'date',
  month: 'month',
  instant: 'text',
  code: 'code',
  reference: 'text',
  member: 'text',
  digest: 'text',
  text: 'text',
  'resident-id': 'id',
  file: undefined,
  photo: undefined,
}

const TRUTH: readonly ColumnCode[] = [
  { code: 'true', title: { zh: '是', en: 'yes' } },
  { code: 'false', title: { zh: '否', en: 'no' } },
]

/**
 * The columns of a table whose rows become a batch; also what its template is made of. Headings are the
 * texts `field.<name>`, words for codes are `code.<name>.<CODE>`.
 *
 * @throws DraftRefused COLUMN_NOT_IN_TABLES for a file, a photo or a list: no cell can hold it
 */
export function draftColumns(code: CompiledPackage, row: RowDefinition): DraftColumn[] {
  return Object.entries(row.columns).map(([name, field]) => ({
    name,
    field,
    spec: specOf(code, name, field),
  }))
}

function specOf(code: CompiledPackage, name: string, field: Field): ColumnSpec {
  const type = COLUMN_TYPES[field.type]
  if (type === undefined || field.many === true) {
    throw new DraftRefused({ code: 'COLUMN_NOT_IN_TABLES', column: name, type: field.type })
  }
  const spec = {
    name,
    title: findWords(code, `field.${name}`) ?? { zh: name, en: name },
    required: field.optional !== true,
  }
  if (field.type === 'boolean') return { ...spec, type, codes: TRUTH }
  if (field.type === 'decimal' && field.places !== undefined) {
    return { ...spec, type, decimals: field.places }
  }
  if (field.type !== 'code') return { ...spec, type, maxLength: lengthOf(field) }
  // Codes of national lists are not listed in the package: a short text, judged by the contracts.
  if (field.codes === undefined) return { ...spec, type: 'text', maxLength: CODE_LENGTH }
  const codes = field.codes.map((value) => ({
    code: value,
    title: findWords(code, `code.${name}.${value}`) ?? { zh: value, en: value },
  }))
  return { ...spec, type, codes }
}

function lengthOf({ type, maxLength }: Field): number {
  if (type === 'text' || type === 'resident-id') return maxLength ?? TEXT_LENGTH
  return KEY_LENGTH
}

/** A text of the package or of one it uses, in both languages. */
export function findWords(code: CompiledPackage, key: string): Bilingual | undefined {
  for (const { document } of [code, ...code.uses.values()]) {
    const { zh, en } = document.texts
    if (!Object.hasOwn(zh, key) || !Object.hasOwn(en, key)) continue
    return { zh: zh[key] as string, en: en[key] as string }
  }
  return undefined
}

/** The value of a cell in the spelling of its field; undefined for an empty one. */
export function jsonOf({ field }: DraftColumn, text: string): Json | undefined {
  if (text === '') return undefined
  switch (field.type) {
    case 'integer':
      return Number(text)
    case 'boolean':
      return text === 'true'
    case 'decimal':
      return field.places === undefined ? text : withPlaces(text, field.places)
    case 'instant':
      return instantOf(text) ?? text
    default:
      return text
  }
}

/** Values of a row without problems; columns left empty are absent. */
export function valuesOf(columns: readonly DraftColumn[], cells: CellTexts): JsonObject {
  const values: JsonObject = {}
  columns.forEach((column, place) => {
    const json = jsonOf(column, cells[place] ?? '')
    if (json !== undefined) values[column.name] = json
  })
  return values
}

/** Zeros make `8` the `8.0000` that a field of four places has: nothing is rounded. */
function withPlaces(text: string, places: number): string {
  const point = text.indexOf('.')
  const came = point < 0 ? 0 : text.length - point - 1
  if (came >= places) return text
  return `${text}${point < 0 ? '.' : ''}${'0'.repeat(places - came)}`
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(Z|[+-]\d{2}:\d{2})?$/

/** UTC ms; a time without offset is one of UTC+08:00, the time of every legal day. */
function instantOf(text: string): number | undefined {
  const parts = INSTANT.exec(text)
  if (parts === null) return undefined
  const [, date, time, seconds = ':00', offset = '+08:00'] = parts
  const ms = Date.parse(`${date}T${time}${seconds}${offset}`)
  return Number.isNaN(ms) ? undefined : ms
}

/** What a field takes, in words: the contracts say it in English, the column's own words beside it. */
export function expectedOfField({ field, spec }: DraftColumn, fault: string): Bilingual {
  const { minimum, maximum } = field
  if (minimum !== undefined && fault === `at least ${minimum}`) {
    return { zh: `不小于 ${minimum}`, en: fault }
  }
  if (maximum !== undefined && fault === `at most ${maximum}`) {
    return { zh: `不大于 ${maximum}`, en: fault }
  }
  if (field.type === 'instant') {
    return { zh: '时刻,例如 2026-01-05T09:30', en: 'a moment, like 2026-01-05T09:30' }
  }
  return { zh: describeColumn(spec).zh, en: fault }
}
