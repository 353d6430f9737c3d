import { FeelNumber, formatNumber } from '../number/decimal.ts'
import { FeelDate, formatDate } from '../time/civil-date.ts'
import { FeelDateTime, FeelTime, formatDateTime, formatTime } from '../time/clock-time.ts'
import {
  type DaysTimeDuration,
  formatDuration,
  type YearsMonthsDuration,
} from '../time/durations.ts'
import { FeelContext, FeelFunction, FeelRange, type Value } from './values.ts'

/**
 * The text of `string(value)`: strings bare at the top, literals inside lists and contexts.
 *
 * @source DMN 1.5 table 71 `string(from)`
 */
export function formatValue(value: Value): string {
  return typeof value === 'string' ? value : format(value, false)
}

/**
 * A FEEL literal that reads back as the same value: `date("2027-03-08")`, `{a: [1, "x"]}`.
 * A function has no literal; it is written `function(a, b)` and does not read back.
 */
export function toLiteral(value: Value): string {
  return format(value, true)
}

function format(value: Value, isExact: boolean): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'string') return quoteText(value)
  if (value instanceof FeelNumber) return formatNumber(value)
  if (Array.isArray(value))
    return `[${value.map((item: Value) => format(item, isExact)).join(', ')}]`
  if (value instanceof FeelContext) return formatContext(value, isExact)
  if (value instanceof FeelRange) return formatRange(value, isExact)
  if (value instanceof FeelFunction) return `function(${value.parameters.join(', ')})`
  return formatTemporal(value as Temporal, isExact)
}

type Temporal = FeelDate | FeelTime | FeelDateTime | DaysTimeDuration | YearsMonthsDuration

function formatTemporal(value: Temporal, isExact: boolean): string {
  let name = 'duration'
  let text: string
  if (value instanceof FeelDate) {
    name = 'date'
    text = formatDate(value)
  } else if (value instanceof FeelTime) {
    name = 'time'
    text = formatTime(value)
  } else if (value instanceof FeelDateTime) {
    name = 'date and time'
    text = formatDateTime(value)
  } else text = formatDuration(value)
  return isExact ? `${name}("${text}")` : text
}

function formatContext(context: FeelContext, isExact: boolean): string {
  const entries = [...context.entries].map(
    ([name, value]) => `${isPlainName(name) ? name : quoteText(name)}: ${format(value, isExact)}`,
  )
  return `{${entries.join(', ')}}`
}

function formatRange(range: FeelRange, isExact: boolean): string {
  const { start, end } = range
  if (start === null && end !== null)
    return `(${range.endIncluded ? '<=' : '<'} ${format(end, isExact)})`
  if (end === null && start !== null) {
    return `(${range.startIncluded ? '>=' : '>'} ${format(start, isExact)})`
  }
  const open = range.startIncluded ? '[' : '('
  const close = range.endIncluded ? ']' : ')'
  return `${open}${format(start, isExact)}..${format(end, isExact)}${close}`
}

/** Whether a context key may stand without quotes: letters, digits and single spaces only. */
function isPlainName(name: string): boolean {
  if (name === '') return false
  for (let at = 0; at < name.length; at += 1) {
    const unit = name.charCodeAt(at)
    const isLetter =
      (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || unit === 95 || unit >= 0x4e00
    const isLater = (unit >= 48 && unit <= 57) || (unit === 32 && name.charCodeAt(at - 1) !== 32)
    if (unit >= 0xd800 || !(isLetter || (isLater && at > 0))) return false
  }
  return !name.endsWith(' ')
}

/** A FEEL string literal with its escapes. */
export function quoteText(text: string): string {
  let quoted = '"'
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 34) quoted += '\\"'
    else if (unit === 92) quoted += '\\\\'
    else if (unit === 10) quoted += '\\n'
    else if (unit === 13) quoted += '\\r'
    else if (unit === 9) quoted += '\\t'
    else if (unit < 32) quoted += `\\u${unit.toString(16).padStart(4, '0')}`
    else quoted += text[at]
  }
  return `${quoted}"`
}
