import {
  compareNumbers,
  type FeelNumber,
  formatNumber,
  ONE,
  parseNumber,
  wholeNumber,
  ZERO,
} from '../number/decimal.ts'
import { isDigit, makeDate, parseDate, readTwoDigits } from '../time/civil-date.ts'
import { parseDateTime } from '../time/clock-time.ts'
import { countCodePoints, isWellFormedText } from '../value/code-points.ts'
import {
  fromJson,
  isJsonObject,
  isPlainDecimal,
  type Json,
  type JsonObject,
} from '../value/json.ts'
import { FeelContext, type Value } from '../value/values.ts'
import { isKnownRegion, isRegionForm } from './regions.ts'
import type { FactSchema, FieldSchema } from './rule-document.ts'

/** Why facts are refused, in checking order: the first that applies is told (determinations §4). */
export type FactCode =
  | 'FACT_UNKNOWN'
  | 'FACT_MISSING'
  | 'FACT_TYPE'
  | 'FACT_RANGE'
  | 'FACT_CONFLICT'

/** A refused fact. The message never repeats a text: texts may be identity numbers. */
export interface FactProblem {
  readonly code: FactCode
  /** Name or path, `periods[2].months`. */
  readonly field: string
  readonly message: string
}

const CODE_ORDER: readonly FactCode[] = [
  'FACT_UNKNOWN',
  'FACT_MISSING',
  'FACT_TYPE',
  'FACT_RANGE',
  'FACT_CONFLICT',
]

/** The problem that is told: the first of the first code. */
export function firstProblem(problems: readonly FactProblem[]): FactProblem | undefined {
  for (const code of CODE_ORDER) {
    const found = problems.find((problem) => problem.code === code)
    if (found !== undefined) return found
  }
  return undefined
}

/** Greatest sizes of facts (determinations §1). */
const GREATEST_TEXT = 500
const GREATEST_LIST = 1000
const GREATEST_PLACES = 12
const LEAST_YEAR = 1900
const GREATEST_YEAR = 2200

/**
 * Reads the fields of one object against their schemas.
 *
 * @param path      path of the object, empty for the facts themselves
 * @param problems  receives what is wrong
 * @returns         values by name: undefined for a fact that was left out and has no default
 */
export function readFields(
  object: JsonObject,
  schemas: readonly FactSchema[],
  path: string,
  problems: FactProblem[],
): Map<string, Value | undefined> {
  const known = namesOf(schemas)
  for (const name of Object.keys(object)) {
    if (known.has(name)) continue
    // A name from outside is told only when it is short: it might be a value in the wrong place.
    const field = path + (name.length <= 40 ? name : `${name.slice(0, 40)}…`)
    problems.push({ code: 'FACT_UNKNOWN', field, message: 'there is no such fact' })
  }
  const values = new Map<string, Value | undefined>()
  for (const schema of schemas) {
    const json = Object.hasOwn(object, schema.name) ? object[schema.name] : undefined
    const field = path + schema.name
    if (json === undefined || json === null)
      values.set(schema.name, absent(schema, field, problems))
    else values.set(schema.name, readField(json, schema, field, problems))
  }
  return values
}

/** Schemas are compiled once and read often. */
const namesOfSchemas = new WeakMap<readonly FactSchema[], ReadonlySet<string>>()

function namesOf(schemas: readonly FactSchema[]): ReadonlySet<string> {
  const known = namesOfSchemas.get(schemas)
  if (known !== undefined) return known
  const names = new Set(schemas.map((schema) => schema.name))
  namesOfSchemas.set(schemas, names)
  return names
}

function absent(schema: FactSchema, field: string, problems: FactProblem[]): Value | undefined {
  if (schema.default !== undefined && schema.default !== null) {
    return readField(schema.default, schema, field, problems)
  }
  if (schema.optional !== true && schema.parameter === undefined) {
    problems.push({ code: 'FACT_MISSING', field, message: `${field} is required` })
  }
  return undefined
}

/** Reads one JSON value against its schema; null where it is refused. */
export function readField(
  json: Json,
  schema: FieldSchema,
  field: string,
  problems: FactProblem[],
): Value {
  const place: Place = { field, problems }
  switch (schema.type) {
    case 'money':
      return readDecimal(json, schema, 2, place)
    case 'decimal':
      return readDecimal(json, schema, GREATEST_PLACES, place)
    case 'int':
    case 'year':
      return readWhole(json, schema, place)
    case 'bool':
      return typeof json === 'boolean' ? json : refuse(place, 'FACT_TYPE', 'true or false')
    case 'date':
      return readDate(json, place)
    case 'month':
      return readMonth(json, place)
    case 'instant':
      return readInstant(json, place)
    case 'text':
      return readText(json, place)
    case 'code':
      return readCode(json, schema, place)
    case 'region':
      return readRegion(json, place)
    case 'calendar':
      return readCalendar(json, field, problems)
    case 'list':
      return readList(json, schema, field, problems)
    case 'object':
      if (!isJsonObject(json)) return refuse(place, 'FACT_TYPE', 'an object')
      return readObject(json, schema, field, problems)
  }
}

/** Where a value stands, and who hears what is wrong with it; no closure, because facts are many. */
interface Place {
  readonly field: string
  readonly problems: FactProblem[]
}

function refuse({ field, problems }: Place, code: FactCode, message: string): null {
  problems.push({ code, field, message: `${field} must be ${message}` })
  return null
}

function readDecimal(json: Json, schema: FieldSchema, places: number, place: Place): Value {
  if (typeof json !== 'string' || json.length > 40 || !isPlainDecimal(json)) {
    return refuse(place, 'FACT_TYPE', 'a decimal string such as "3120.50"')
  }
  const point = json.indexOf('.')
  if (point >= 0 && json.length - point - 1 > places) {
    return refuse(place, 'FACT_TYPE', `a decimal string with at most ${places} places`)
  }
  const value = parseNumber(json)
  if (value === null || value === undefined) return refuse(place, 'FACT_TYPE', 'a decimal string')
  return checkBounds(value, schema, schema.type === 'money' ? ZERO : undefined, place)
}

function readWhole(json: Json, schema: FieldSchema, place: Place): Value {
  if (typeof json !== 'number' || !Number.isInteger(json)) {
    return refuse(place, 'FACT_TYPE', 'a number without a fraction')
  }
  if (!Number.isSafeInteger(json)) return refuse(place, 'FACT_RANGE', 'a number below 2^53')
  if (schema.type === 'year' && (json < LEAST_YEAR || json > GREATEST_YEAR)) {
    return refuse(place, 'FACT_RANGE', `a year from ${LEAST_YEAR} to ${GREATEST_YEAR}, got ${json}`)
  }
  return checkBounds(wholeNumber(json), schema, ZERO, place)
}

function checkBounds(
  value: FeelNumber,
  schema: FieldSchema,
  usual: FeelNumber | undefined,
  place: Place,
): Value {
  const minimum = schema.minimum === undefined ? usual : boundOf(schema.minimum)
  const maximum = schema.maximum === undefined ? undefined : boundOf(schema.maximum)
  if (minimum !== undefined) {
    const order = compareNumbers(value, minimum)
    if (schema.aboveMinimum === true && order <= 0) {
      return refuse(place, 'FACT_RANGE', `above ${formatNumber(minimum)}${got(value)}`)
    }
    if (order < 0)
      return refuse(place, 'FACT_RANGE', `${formatNumber(minimum)} or more${got(value)}`)
  }
  if (maximum !== undefined && compareNumbers(value, maximum) > 0) {
    return refuse(place, 'FACT_RANGE', `${formatNumber(maximum)} or less${got(value)}`)
  }
  return value
}

/** Nearly every bound of a document is one of these; others are read where they are needed. */
const USUAL_BOUNDS: ReadonlyMap<string, FeelNumber> = new Map([
  ['0', ZERO],
  ['1', ONE],
])

function boundOf(text: string): FeelNumber | undefined {
  return USUAL_BOUNDS.get(text) ?? parseNumber(text) ?? undefined
}

function got(value: FeelNumber): string {
  return `, got ${formatNumber(value)}`
}

function readDate(json: Json, place: Place): Value {
  if (typeof json !== 'string' || !isDateForm(json)) {
    return refuse(place, 'FACT_TYPE', 'a date such as "2027-03-08"')
  }
  const date = parseDate(json)
  if (date === undefined) return refuse(place, 'FACT_RANGE', 'a date that exists')
  if (date.year < LEAST_YEAR || date.year > GREATEST_YEAR) {
    return refuse(place, 'FACT_RANGE', `a date of the years ${LEAST_YEAR} to ${GREATEST_YEAR}`)
  }
  return date
}

/** Whether a text looks like `YYYY-MM-DD`. */
export function isDateForm(text: string): boolean {
  return (
    text.length === 10 &&
    isMonthForm(text.slice(0, 7)) &&
    text[7] === '-' &&
    readTwoDigits(text, 8) !== undefined
  )
}

function isMonthForm(text: string): boolean {
  if (text.length !== 7 || text[4] !== '-') return false
  for (let at = 0; at < 7; at += 1) if (at !== 4 && !isDigit(text, at)) return false
  return true
}

function readMonth(json: Json, place: Place): Value {
  if (typeof json !== 'string' || !isMonthForm(json)) {
    return refuse(place, 'FACT_TYPE', 'a month such as "2027-03"')
  }
  const year = Number(json.slice(0, 4))
  const date = makeDate(year, Number(json.slice(5)), 1)
  if (date === undefined) return refuse(place, 'FACT_RANGE', 'a month that exists')
  if (year < LEAST_YEAR || year > GREATEST_YEAR) {
    return refuse(place, 'FACT_RANGE', `a month of the years ${LEAST_YEAR} to ${GREATEST_YEAR}`)
  }
  return date
}

function readInstant(json: Json, place: Place): Value {
  const form = 'an instant such as "2027-03-08T09:30:00+08:00"'
  if (typeof json !== 'string' || !isDateForm(json.slice(0, 10)) || json[10] !== 'T') {
    return refuse(place, 'FACT_TYPE', form)
  }
  const moment = parseDateTime(json)
  if (moment === undefined) {
    return parseDate(json.slice(0, 10)) === undefined
      ? refuse(place, 'FACT_RANGE', 'an instant that exists')
      : refuse(place, 'FACT_TYPE', form)
  }
  if (moment.time.zone === null || moment.time.zone.name !== undefined) {
    return refuse(place, 'FACT_TYPE', `${form}, with its offset`)
  }
  if (moment.date.year < LEAST_YEAR || moment.date.year > GREATEST_YEAR) {
    return refuse(place, 'FACT_RANGE', `an instant of the years ${LEAST_YEAR} to ${GREATEST_YEAR}`)
  }
  return moment
}

function readText(json: Json, place: Place): Value {
  if (typeof json !== 'string') return refuse(place, 'FACT_TYPE', 'a text')
  if (!isWellFormedText(json)) return refuse(place, 'FACT_TYPE', 'well-formed Unicode')
  if (json.length > GREATEST_TEXT && countCodePoints(json) > GREATEST_TEXT) {
    return refuse(place, 'FACT_RANGE', `at most ${GREATEST_TEXT} characters`)
  }
  return json
}

function readCode(json: Json, schema: FieldSchema, place: Place): Value {
  if (typeof json !== 'string') return refuse(place, 'FACT_TYPE', 'a code')
  if (schema.codes !== undefined && !schema.codes.includes(json)) {
    return refuse(place, 'FACT_RANGE', `one of ${schema.codes.join(', ')}`)
  }
  return json
}

function readRegion(json: Json, place: Place): Value {
  if (typeof json !== 'string' || !isRegionForm(json))
    return refuse(place, 'FACT_TYPE', 'a region code of 6 digits')
  return isKnownRegion(json) ? json : refuse(place, 'FACT_RANGE', 'a region of a known province')
}

const DATES: FieldSchema = { type: 'list', items: { type: 'date' } }
const CALENDAR_FIELDS: readonly FactSchema[] = [
  { ...DATES, name: 'holidays' },
  { ...DATES, name: 'workdays' },
]

function readCalendar(json: Json, field: string, problems: FactProblem[]): Value {
  if (!isJsonObject(json)) {
    problems.push({
      code: 'FACT_TYPE',
      field,
      message: `${field} must be {"holidays", "workdays"}`,
    })
    return null
  }
  return contextOf(readFields(json, CALENDAR_FIELDS, `${field}.`, problems))
}

function readObject(
  json: JsonObject,
  schema: FieldSchema,
  field: string,
  problems: FactProblem[],
): Value {
  if (schema.fields === undefined) return fromJson(json)
  return contextOf(readFields(json, schema.fields, `${field}.`, problems))
}

function contextOf(values: Map<string, Value | undefined>): FeelContext {
  return new FeelContext(new Map([...values].map(([name, value]) => [name, value ?? null])))
}

function readList(json: Json, schema: FieldSchema, field: string, problems: FactProblem[]): Value {
  if (!Array.isArray(json)) {
    problems.push({ code: 'FACT_TYPE', field, message: `${field} must be a list` })
    return null
  }
  const items = json as readonly Json[]
  if (items.length > GREATEST_LIST) {
    problems.push({
      code: 'FACT_RANGE',
      field,
      message: `${field} must be at most ${GREATEST_LIST} items, got ${items.length}`,
    })
    return null
  }
  const { items: item } = schema
  if (item === undefined) return items.map(fromJson)
  const values = items.map((inner, at) => readField(inner, item, `${field}[${at}]`, problems))
  if (schema.uniqueBy !== undefined) checkUnique(values, schema.uniqueBy, field, problems)
  return values
}

function checkUnique(
  values: readonly Value[],
  key: string,
  field: string,
  problems: FactProblem[],
): void {
  const seen = new Set<Value | undefined>()
  values.forEach((value, at) => {
    const own = value instanceof FeelContext ? value.get(key) : value
    if (seen.has(own)) {
      const path = `${field}[${at}].${key}`
      problems.push({ code: 'FACT_CONFLICT', field: path, message: `${path} is given twice` })
    }
    seen.add(own)
  })
}
