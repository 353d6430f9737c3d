import { FeelNumber, formatNumber } from '../number/decimal.ts'
import { FeelDate, formatDate } from '../time/civil-date.ts'
import { FeelDateTime, FeelTime, formatDateTime, formatTime } from '../time/clock-time.ts'
import {
  type DaysTimeDuration,
  formatDuration,
  type YearsMonthsDuration,
} from '../time/durations.ts'
import { LimitExceeded } from './limits.ts'
import { checkDepth } from './spender.ts'
import { FeelContext, FeelFunction, FeelRange, type Value } from './values.ts'

/**
 * The text of `string(value)`: strings bare at the top, literals inside lists and contexts.
 *
 * @source DMN 1.5 table 71 `string(from)`
 */
export function formatValue(value: Value, greatestLength: number = GREATEST_LENGTH): string {
  return typeof value === 'string' ? value : new Writer(false, greatestLength).write(value, 0)
}

/**
 * A FEEL literal that reads back as the same value: `date("2027-03-08")`, `{a: [1, "x"]}`.
 * A function has no literal; it is written `function(a, b)` and does not read back.
 *
 * @throws LimitExceeded for a text beyond 16 million characters or a value nested too deeply
 */
export function toLiteral(value: Value): string {
  return new Writer(true, GREATEST_LENGTH).write(value, 0)
}

const GREATEST_LENGTH = 16_777_216

/**
 * Writes one value, refusing to write more than allowed: parts may be shared and written many
 * times.
 */
class Writer {
  private readonly isExact: boolean
  private readonly greatest: number
  private length = 0

  constructor(isExact: boolean, greatest: number) {
    this.isExact = isExact
    this.greatest = greatest
  }

  write(value: Value, depth: number): string {
    checkDepth(depth)
    if (Array.isArray(value)) {
      const items = (value as readonly Value[]).map((item) => this.write(item, depth + 1))
      return `[${items.join(', ')}]`
    }
    if (value instanceof FeelContext) return this.context(value, depth)
    if (value instanceof FeelRange) return this.range(value, depth)
    return this.count(this.leaf(value))
  }

  private count(text: string): string {
    this.length += text.length + 2
    if (this.length > this.greatest) throw new LimitExceeded('stringLength', this.greatest)
    return text
  }

  private leaf(value: Value): string {
    if (value === null) return 'null'
    if (typeof value === 'boolean') return value ? 'true' : 'false'
    if (typeof value === 'string') return quoteText(value)
    if (value instanceof FeelNumber) return formatNumber(value)
    if (value instanceof FeelFunction) return `function(${value.parameters.join(', ')})`
    return formatTemporal(value as Temporal, this.isExact)
  }

  private context(context: FeelContext, depth: number): string {
    const entries = [...context.entries].map(([name, value]) => {
      const key = this.count(isPlainName(name) ? name : quoteText(name))
      return `${key}: ${this.write(value, depth + 1)}`
    })
    return `{${entries.join(', ')}}`
  }

  private range(range: FeelRange, depth: number): string {
    const { start, end, startIncluded, endIncluded } = range
    const low = this.write(start, depth + 1)
    const high = this.write(end, depth + 1)
    if (start === null && end !== null) return `(${endIncluded ? '<=' : '<'} ${high})`
    if (end === null && start !== null) return `(${startIncluded ? '>=' : '>'} ${low})`
    return `${startIncluded ? '[' : '('}${low}..${high}${endIncluded ? ']' : ')'}`
  }
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
