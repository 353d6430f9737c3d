import type { Json, JsonObject } from '@renshe/crypto'
import {
  FeelContext,
  FeelDate,
  FeelDateTime,
  FeelNumber,
  FeelTime,
  formatDate,
  formatNumber,
  formatPlaces,
  parseDate,
  parseNumber,
  type Value,
} from '@renshe/rules'
import type { FieldType } from '../catalogue/package-document.ts'
import { isCivilDate, isMonth, legalDay, startOfDay } from '../vocabulary/civil-date.ts'
import { isMoney } from '../vocabulary/money.ts'
import { isDecimal } from '../vocabulary/scaled.ts'
import { isDigest, isMemberId, isPlainLabel } from '../vocabulary/spelling.ts'
import { CASE_LIMITS } from './limits.ts'
import { ownMember } from './own-member.ts'

/** What a value of some name must be: a form field, a column, a computed value all say it so. */
export interface ValueType {
  readonly type: FieldType
  readonly optional?: boolean
  readonly codes?: readonly string[]
  readonly places?: number
  readonly minimum?: string
  readonly maximum?: string
  readonly maxLength?: number
  readonly many?: boolean
  readonly fields?: Readonly<Record<string, ValueType>>
}

const NANOS_OF_MS = 1_000_000
const TEXT_LENGTH = 500
/** Legal days are those of UTC+08:00. */
const EAST = { offset: 28_800 }

/**
 * What is wrong with a value that came from outside.
 *
 * @returns undefined if it fits, else what was expected: words of this file, never the value itself
 */
export function findFieldFault(field: ValueType, json: Json | undefined): string | undefined {
  if (json === undefined || json === null) return field.optional ? undefined : 'a value'
  if (!field.many) return findSingleFault(field, json)
  if (!Array.isArray(json)) return 'a list'
  if (json.length > CASE_LIMITS.fieldElements) {
    return `at most ${CASE_LIMITS.fieldElements} elements`
  }
  for (const element of json) {
    const fault = findElementFault(field, element)
    if (fault !== undefined) return fault
  }
  return undefined
}

function findElementFault(field: ValueType, element: Json): string | undefined {
  const { fields } = field
  if (fields === undefined) return findSingleFault(field, element)
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return 'records'
  for (const name of Object.keys(element)) {
    if (!Object.hasOwn(fields, name)) return `records of ${Object.keys(fields).join(', ')}`
  }
  for (const [name, inner] of Object.entries(fields)) {
    const fault = findFieldFault(inner, ownMember(element, name))
    if (fault !== undefined) return `${name}: ${fault}`
  }
  return undefined
}

function findSingleFault(field: ValueType, json: Json): string | undefined {
  if (!hasSpelling(field, json)) return describeSpelling(field)
  if (field.codes !== undefined && !field.codes.includes(json as string)) {
    return `one of ${field.codes.join(', ')}`
  }
  if (field.minimum !== undefined && isBelow(field, json, field.minimum)) {
    return `at least ${field.minimum}`
  }
  if (field.maximum !== undefined && isAbove(field, json, field.maximum)) {
    return `at most ${field.maximum}`
  }
  return undefined
}

function hasSpelling(field: ValueType, json: Json): boolean {
  if (field.type === 'integer' || field.type === 'instant') {
    return typeof json === 'number' && Number.isSafeInteger(json)
  }
  if (field.type === 'boolean') return typeof json === 'boolean'
  if (typeof json !== 'string') return false
  switch (field.type) {
    case 'money':
      return isMoney(json)
    case 'decimal':
      return isDecimal(json, field.places)
    case 'date':
      return isCivilDate(json)
    case 'month':
      return isMonth(json)
    case 'code':
      // Codes of national lists are digits; those of packages are words: both are one short label.
      return isPlainLabel(json, CASE_LIMITS.codeCharacters)
    case 'reference':
      return isPlainLabel(json, CASE_LIMITS.keyCharacters)
    case 'member':
      return isMemberId(json)
    case 'digest':
      return isDigest(json)
    default:
      return json.length <= (field.maxLength ?? TEXT_LENGTH)
  }
}

function describeSpelling(field: ValueType): string {
  switch (field.type) {
    case 'money':
      return 'yuan with exactly two places'
    case 'decimal':
      return field.places === undefined
        ? 'a decimal'
        : `a decimal with exactly ${field.places} places`
    case 'integer':
      return 'an integer'
    case 'instant':
      return 'an instant in UTC ms'
    case 'boolean':
      return 'true or false'
    case 'date':
      return 'a date YYYY-MM-DD'
    case 'month':
      return 'a month YYYY-MM'
    case 'code':
      return 'a code'
    case 'reference':
      return 'a register key'
    case 'member':
      return 'a member id'
    case 'digest':
      return '64 lower-case hex digits'
    default:
      return `text of at most ${field.maxLength ?? TEXT_LENGTH} characters`
  }
}

function isBelow(field: ValueType, json: Json, bound: string): boolean {
  if (field.type === 'date' || field.type === 'month') return (json as string) < bound
  // Nothing without a sign is below zero: the bound of most amounts, on the path of every row.
  if (isZero(bound) && !`${json as string | number}`.startsWith('-')) return false
  return compareDecimals(`${json as string | number}`, bound) < 0
}

function isZero(text: string): boolean {
  for (const character of text) if (character !== '0' && character !== '.') return false
  return true
}

function isAbove(field: ValueType, json: Json, bound: string): boolean {
  if (field.type === 'date' || field.type === 'month') return (json as string) > bound
  return compareDecimals(`${json as string | number}`, bound) > 0
}

/** -1, 0 or 1 for two decimal texts, exact. */
export function compareDecimals(left: string, right: string): number {
  const places = Math.max(placesOf(left), placesOf(right))
  const difference = scaled(left, places) - scaled(right, places)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function placesOf(text: string): number {
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.length - point - 1
}

function scaled(text: string, places: number): bigint {
  const came = placesOf(text)
  const digits = came === 0 ? text : text.slice(0, -came - 1) + text.slice(-came)
  return BigInt(digits + '0'.repeat(places - came))
}

/** A value that fits its field, as FEEL has it. Absent and null are null. */
export function toFeel(field: ValueType, json: Json | undefined): Value {
  if (json === undefined || json === null) return null
  if (!field.many) return singleToFeel(field, json)
  return (json as Json[]).map((element) =>
    field.fields === undefined
      ? singleToFeel(field, element)
      : contextOf(field.fields, element as JsonObject),
  )
}

/** A record of fields as a FEEL context; every declared name is there. */
export function contextOf(
  fields: Readonly<Record<string, ValueType>>,
  json: JsonObject,
): FeelContext {
  const entries = new Map<string, Value>()
  for (const name of Object.keys(fields)) {
    entries.set(name, toFeel(fields[name] as ValueType, ownMember(json, name)))
  }
  return new FeelContext(entries)
}

function singleToFeel(field: ValueType, json: Json): Value {
  switch (field.type) {
    case 'money':
    case 'decimal':
      return numberOf(json as string)
    case 'integer':
      return wholeNumber(json as number)
    case 'boolean':
      return json as boolean
    case 'date':
      return parseDate(json as string) ?? null
    case 'instant':
      return instantToFeel(json as number)
    default:
      return json as string
  }
}

/** A whole JavaScript number as FEEL has it. */
export function wholeNumber(value: number): FeelNumber {
  return new FeelNumber(BigInt(value), 0)
}

/** A civil date as FEEL has it; null if there is no such day. */
export function dateToFeel(date: string): Value {
  return parseDate(date) ?? null
}

/** An instant (UTC ms) as a moment of UTC+08:00, the time of every legal day. */
export function instantToFeel(ms: number): Value {
  const day = legalDay(ms)
  const date = parseDate(day)
  if (date === undefined) return null
  return new FeelDateTime(date, new FeelTime((ms - startOfDay(day)) * NANOS_OF_MS, EAST))
}

/** A decimal text as a FEEL number. */
export function numberOf(text: string): Value {
  return parseNumber(text) ?? null
}

/**
 * A FEEL value in the spelling of its type; nothing is rounded or repaired.
 *
 * @returns undefined if it does not fit: another kind, more places than the type has, no value
 */
export function spellValue(type: ValueType, value: Value): Json | undefined {
  if (value === null) return type.optional ? null : undefined
  const spelled = type.many ? spellList(type, value) : spellSingle(type, value)
  if (spelled === undefined) return undefined
  return findFieldFault(type, spelled) === undefined ? spelled : undefined
}

function spellList(type: ValueType, value: Value): Json | undefined {
  if (!Array.isArray(value)) return undefined
  const list: Json[] = []
  for (const element of value as readonly Value[]) {
    const spelled =
      type.fields === undefined ? spellSingle(type, element) : spellRecord(type.fields, element)
    if (spelled === undefined) return undefined
    list.push(spelled)
  }
  return list
}

function spellRecord(
  fields: Readonly<Record<string, ValueType>>,
  value: Value,
): JsonObject | undefined {
  if (!(value instanceof FeelContext)) return undefined
  const record: JsonObject = {}
  for (const [name, field] of Object.entries(fields)) {
    const spelled = spellValue(field, value.get(name) ?? null)
    if (spelled === undefined) return undefined
    record[name] = spelled
  }
  return record
}

function spellSingle(type: ValueType, value: Value): Json | undefined {
  switch (type.type) {
    case 'money':
      return value instanceof FeelNumber ? formatPlaces(value, 2) : undefined
    case 'decimal':
      if (!(value instanceof FeelNumber)) return undefined
      return type.places === undefined ? formatNumber(value) : formatPlaces(value, type.places)
    case 'integer':
      return value instanceof FeelNumber ? spellWhole(value) : undefined
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'date':
      return value instanceof FeelDate ? formatDate(value) : undefined
    case 'month':
      return spellMonth(value)
    case 'instant':
      return value instanceof FeelDateTime ? instantOf(value) : undefined
    default:
      return typeof value === 'string' ? value : undefined
  }
}

/** A date stands for its month: FEEL has no months of its own. */
function spellMonth(value: Value): string | undefined {
  if (value instanceof FeelDate) return formatDate(value).slice(0, 7)
  return typeof value === 'string' ? value : undefined
}

function spellWhole(value: FeelNumber): number | undefined {
  const text = formatPlaces(value, 0)
  const whole = text === undefined ? Number.NaN : Number(text)
  return Number.isSafeInteger(whole) ? whole : undefined
}

/** The instant (UTC ms) of a moment with an offset; undefined for a local one or parts of a ms. */
export function instantOf({ date, time }: FeelDateTime): number | undefined {
  if (time.zone === null || time.nanoOfDay % NANOS_OF_MS !== 0) return undefined
  const local = startOfDay(formatDate(date)) + EAST.offset * 1000 + time.nanoOfDay / NANOS_OF_MS
  return local - time.zone.offset * 1000
}

/** A fact of a refusal or alert: its kind decides the spelling; what has none is left out. */
export function spellFact(value: Value): Json | undefined {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string')
    return isPlainLabel(value, CASE_LIMITS.keyCharacters) ? value : undefined
  if (value instanceof FeelNumber) return spellNumber(value)
  if (value instanceof FeelDate) return formatDate(value)
  if (value instanceof FeelDateTime) return instantOf(value)
  if (!Array.isArray(value)) return undefined
  const list: Json[] = []
  for (const element of (value as readonly Value[]).slice(0, CASE_LIMITS.fieldElements)) {
    const spelled = spellFact(element)
    if (spelled !== undefined) list.push(spelled)
  }
  return list
}

/** Keeps the places a number was written with: `0.10` yuan stays `0.10`. */
function spellNumber(value: FeelNumber): string {
  const places = value.exponent < 0 ? -value.exponent : 0
  return formatPlaces(value, places) ?? formatNumber(value)
}
