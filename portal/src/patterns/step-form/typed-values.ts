/*
 * What was typed into a form, and what it means by the field's type: a value exactly spelled, or what is wrong
 * with it.
 */
import type { Json, JsonObject } from '@renshe/crypto'
import type { Field, Fields } from '../../package/package-document.ts'

/** What stands in a control: text, a list of such, or a record of them. */
export type Typed = string | readonly Typed[] | { readonly [name: string]: Typed }

/** What was typed, by field. */
export type TypedValues = Readonly<Record<string, Typed>>

/** Why a value is none of its field: the key of a sentence with its places. */
export interface FieldFault {
  readonly key:
    | 'missing'
    | 'money'
    | 'decimal'
    | 'integer'
    | 'date'
    | 'month'
    | 'choice'
    | 'label'
    | 'digest'
    | 'tooLong'
    | 'atLeast'
    | 'atMost'
    | 'idShort'
    | 'idLong'
    | 'idShape'
    | 'idCheck'
  readonly values: Readonly<Record<string, string | number>>
  /** Path of the control inside of the field, for example `0.ratio`; empty for the field itself. */
  readonly at: string
}

/** A value that fits, nothing, or faults. */
export type ReadField =
  | { readonly ok: true; readonly value: Json | undefined }
  | { readonly ok: false; readonly faults: readonly FieldFault[] }

const fault = (
  key: FieldFault['key'],
  values: FieldFault['values'] = {},
  at = '',
): { readonly ok: false; readonly faults: readonly FieldFault[] } => ({
  ok: false,
  faults: [{ key, values, at }],
})

/** The value of a field from what was typed. */
export function readField(field: Field, typed: Typed | undefined): ReadField {
  if (field.many === true) return readList(field, typed)
  if (field.fields !== undefined) return readRecord(field.fields, typed)
  return readSingle(field, typeof typed === 'string' ? typed : '')
}

function readList(field: Field, typed: Typed | undefined): ReadField {
  const given = Array.isArray(typed) ? (typed as readonly Typed[]) : []
  const one: Field = { ...field, many: false, optional: false }
  const lines = given.map((line, at) => ({ at, line })).filter(({ line }) => !isEmpty(line))
  if (lines.length === 0) {
    return field.optional === true ? { ok: true, value: undefined } : fault('missing')
  }
  const read = lines.map(({ at, line }) => ({ at, made: readField(one, line) }))
  const faults = read.flatMap(({ at, made }) =>
    made.ok ? [] : made.faults.map((each) => within(String(at), each)),
  )
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, value: read.map(({ made }) => (made.ok ? (made.value ?? null) : null)) }
}

function within(place: string, { at, ...rest }: FieldFault): FieldFault {
  return { ...rest, at: at === '' ? place : `${place}.${at}` }
}

function readRecord(fields: Fields, typed: Typed | undefined): ReadField {
  const given = (typeof typed === 'object' && !Array.isArray(typed) ? typed : {}) as TypedValues
  const faults: FieldFault[] = []
  const value: JsonObject = {}
  for (const [name, field] of Object.entries(fields)) {
    const made = readField(field, given[name])
    if (!made.ok) faults.push(...made.faults.map((each) => within(name, each)))
    else if (made.value !== undefined) value[name] = made.value
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value }
}

/** Whether nothing was typed. */
export function isEmpty(typed: Typed | undefined): boolean {
  if (typed === undefined) return true
  if (typeof typed === 'string') return typed.trim() === ''
  return Object.values(typed).every((one) => isEmpty(one as Typed))
}

const WIDE = /[０-９．，－]/g

/** Digits as they are pasted: full width, with commas or blanks between them. */
function plainDigits(text: string): string {
  return text
    .replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[,\s¥￥元]/g, '')
    .replace('−', '-')
}

function readSingle(field: Field, came: string): ReadField {
  if (came.trim() === '') {
    return field.optional === true ? { ok: true, value: undefined } : fault('missing')
  }
  switch (field.type) {
    case 'money':
      return readDecimal(field, came, 2, 'money')
    case 'decimal':
      return readDecimal(field, came, field.places, 'decimal')
    case 'integer':
    case 'instant':
      return readInteger(field, came)
    case 'boolean':
      return { ok: true, value: came === 'true' }
    case 'date':
      return bounded(field, came.trim(), isDay(came.trim()), 'date')
    case 'month':
      return bounded(field, came.trim(), /^\d{4}-(0[1-9]|1[0-2])$/.test(came.trim()), 'month')
    case 'resident-id':
      return readResidentId(came)
    default:
      return readText(field, came)
  }
}

function readText(field: Field, came: string): ReadField {
  const { type, codes, maxLength = type === 'text' ? 500 : 128 } = field
  if (codes !== undefined && !codes.includes(came)) return fault('choice', { came })
  if (type === 'digest' && !/^[0-9a-f]{64}$/.test(came)) return fault('digest', { came })
  // Names and texts stay as they were typed, code point by code point.
  const value = type === 'text' ? came : came.trim()
  if (value.length > maxLength) return fault('tooLong', { most: maxLength, came: value.length })
  return { ok: true, value }
}

const SHAPE = /^(-?)0*(\d+)(?:\.(\d+))?$/

function readDecimal(
  field: Field,
  came: string,
  places: number | undefined,
  key: 'money' | 'decimal',
): ReadField {
  const [, sign = '', whole = '', fraction = ''] = SHAPE.exec(plainDigits(came)) ?? []
  const isSpelled = whole !== '' && (places === undefined || fraction.length <= places)
  if (!isSpelled) return fault(key, { came, places: places ?? 0 })
  const digits = places === undefined ? fraction : fraction.padEnd(places, '0')
  const isZero = !/[1-9]/.test(`${whole}${digits}`)
  const value = `${isZero ? '' : sign}${whole}${digits === '' ? '' : `.${digits}`}`
  return withinBounds(field, value, compareDecimals)
}

function readInteger(field: Field, came: string): ReadField {
  const text = plainDigits(came)
  if (!/^-?\d{1,15}$/.test(text)) return fault('integer', { came })
  const read = withinBounds(field, text, compareDecimals)
  return read.ok ? { ok: true, value: Number(text) } : read
}

function bounded(field: Field, value: string, isRight: boolean, key: 'date' | 'month'): ReadField {
  if (!isRight) return fault(key, { came: value })
  return withinBounds(field, value, (one, other) => (one < other ? -1 : one > other ? 1 : 0))
}

function withinBounds(
  { minimum, maximum }: Field,
  value: string,
  compare: (one: string, other: string) => number,
): ReadField {
  if (minimum !== undefined && compare(value, minimum) < 0) {
    return fault('atLeast', { minimum, came: value })
  }
  if (maximum !== undefined && compare(value, maximum) > 0) {
    return fault('atMost', { maximum, came: value })
  }
  return { ok: true, value }
}

function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (parts === null) return false
  const time = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  return new Date(time).toISOString().slice(0, 10) === text
}

/** Order of two exact decimals. */
export function compareDecimals(one: string, other: string): number {
  const [a, b] = [scaled(one), scaled(other)]
  const places = Math.max(a.places, b.places)
  const difference =
    a.digits * 10n ** BigInt(places - a.places) - b.digits * 10n ** BigInt(places - b.places)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function scaled(text: string) {
  const [, sign = '', whole = '0', fraction = ''] = SHAPE.exec(text) ?? []
  const digits = BigInt(`${whole}${fraction}`)
  return { digits: sign === '-' ? -digits : digits, places: fraction.length }
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643: 17 digits and a check character. Its birth date is judged by the package. */
function readResidentId(came: string): ReadField {
  const text = came.replace(/\s/g, '').toUpperCase()
  if (!/^[0-9X]*$/.test(text)) return fault('idShape', { came })
  if (text.length < 18) return fault('idShort', { missing: 18 - text.length })
  if (text.length > 18) return fault('idLong', { more: text.length - 18 })
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(text[at]), 0)
  const right = '10X98765432'[sum % 11]
  if (Number.isNaN(sum) || right !== text[17]) return fault('idCheck', {})
  return { ok: true, value: text }
}

/** What stands in a control for a value. */
export function typedOf(value: Json | undefined): Typed {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(typedOf)
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, typedOf(one)]))
  }
  return String(value)
}

/** Fields of a form from what was typed: their values, and the faults by field. */
export interface ReadForm {
  readonly values: JsonObject
  readonly faults: Readonly<Record<string, readonly FieldFault[]>>
}

/** Reads all fields of a form. */
export function readForm(fields: Fields, typed: TypedValues): ReadForm {
  const values: JsonObject = {}
  const faults: Record<string, readonly FieldFault[]> = {}
  for (const [name, field] of Object.entries(fields)) {
    const read = readField(field, typed[name])
    if (!read.ok) faults[name] = read.faults
    else if (read.value !== undefined) values[name] = read.value
  }
  return { values, faults }
}
