import {
  FeelNumber,
  formatNumber,
  formatPlaces,
  parseNumber,
  toWhole,
  wholeNumber,
} from '../number/decimal.ts'
import { FeelDate, formatDate, parseDate } from '../time/civil-date.ts'
import { FeelDateTime, parseDateTime } from '../time/clock-time.ts'
import { formatValue } from './format-value.ts'
import { LimitExceeded } from './limits.ts'
import { checkDepth } from './spender.ts'
import { FeelContext, isList, type Value } from './values.ts'

/** A parsed JSON text. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object. Keys are read as own properties only. */
export interface JsonObject {
  readonly [key: string]: Json
}

/**
 * How a value is written in JSON (determinations §1). Money and decimals are strings, so that no
 * parser turns them into
 * doubles; a month is a date that stands for its first day within FEEL.
 */
export type FieldType =
  | 'money'
  | 'decimal'
  | 'int'
  | 'year'
  | 'bool'
  | 'date'
  | 'month'
  | 'instant'
  | 'text'
  | 'code'
  | 'region'
  | 'calendar'
  | 'list'
  | 'object'

/** Entries of a JSON object by its own keys only. */
export function entriesOf(object: JsonObject): [string, Json][] {
  return Object.keys(object).map((key) => [key, object[key] as Json])
}

/** Whether a JSON value is an object. */
export function isJsonObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** A JSON object whose keys are own properties, whatever they are called. */
export function makeJsonObject(entries: Iterable<readonly [string, Json]>): JsonObject {
  return Object.fromEntries(entries)
}

/**
 * A JSON value without a schema as FEEL value: strings that are decimals, dates or moments become
 * those; everything
 * else stays what it is. Numbers with a fraction are refused: they were doubles.
 *
 * @throws RangeError for a number that is not whole or not safe
 */
export function fromJson(json: Json, depth = 0): Value {
  checkDepth(depth)
  if (json === null || typeof json === 'boolean') return json
  if (typeof json === 'number') {
    if (!Number.isSafeInteger(json)) throw new RangeError('numbers with a fraction must be strings')
    return wholeNumber(json)
  }
  if (typeof json === 'string') {
    const number = isPlainDecimal(json) ? parseNumber(json) : undefined
    return number ?? parseDate(json) ?? parseMoment(json) ?? json
  }
  if (isJsonObject(json)) {
    const entries = entriesOf(json).map(([key, value]): [string, Value] => [
      key,
      fromJson(value, depth + 1),
    ])
    return new FeelContext(new Map(entries))
  }
  return (json as readonly Json[]).map((item) => fromJson(item, depth + 1))
}

function parseMoment(text: string): FeelDateTime | undefined {
  return text.includes('T') ? parseDateTime(text) : undefined
}

/**
 * Whether a text is a decimal as determinations §1 writes them: no exponent, no plus, no needless
 * zero in front.
 */
export function isPlainDecimal(text: string): boolean {
  let at = text[0] === '-' ? 1 : 0
  const start = at
  while (isDigitAt(text, at)) at += 1
  if (at === start || (text[start] === '0' && at - start > 1)) return false
  if (at === text.length) return true
  if (text[at] !== '.') return false
  const point = at
  at += 1
  while (isDigitAt(text, at)) at += 1
  return at === text.length && at > point + 1
}

function isDigitAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 48 && unit <= 57
}

/**
 * The JSON form of a value of a type; undefined when it is not of that type (money with more than 2
 * places).
 */
export function toTypedJson(value: Value, type: FieldType): Json | undefined {
  if (value === null) return null
  switch (type) {
    case 'money':
      return value instanceof FeelNumber ? formatPlaces(value, 2) : undefined
    case 'decimal':
      return value instanceof FeelNumber ? formatNumber(value) : undefined
    case 'int':
    case 'year':
      return value instanceof FeelNumber ? toWhole(value) : undefined
    case 'bool':
      return typeof value === 'boolean' ? value : undefined
    case 'date':
      return value instanceof FeelDate ? formatDate(value) : undefined
    case 'month':
      return value instanceof FeelDate ? formatDate(value).slice(0, -3) : undefined
    case 'instant':
      return value instanceof FeelDateTime ? formatValue(value) : undefined
    case 'text':
    case 'code':
    case 'region':
      return typeof value === 'string' ? value : undefined
    case 'list':
      return isList(value) ? toJson(value) : undefined
    case 'calendar':
    case 'object':
      return value instanceof FeelContext ? toJson(value) : undefined
  }
}

/** Values of one JSON text: lists may be shared and written many times. */
const GREATEST_PARTS = 1_000_000

/**
 * The JSON form of any value: numbers as decimal strings, dates and durations as their text.
 *
 * @throws LimitExceeded for a value of more than a million parts or nested too deeply
 */
export function toJson(value: Value): Json {
  return partJson(value, 0, { left: GREATEST_PARTS })
}

function partJson(value: Value, depth: number, parts: { left: number }): Json {
  checkDepth(depth)
  parts.left -= 1
  if (parts.left < 0) throw new LimitExceeded('listLength', GREATEST_PARTS)
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (isList(value)) return value.map((item) => partJson(item, depth + 1, parts))
  if (value instanceof FeelContext) {
    const entries = [...value.entries].map(([key, inner]): [string, Json] => [
      key,
      partJson(inner, depth + 1, parts),
    ])
    return makeJsonObject(entries)
  }
  return formatValue(value)
}
