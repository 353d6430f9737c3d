import { parseNumber } from '../number/decimal.ts'
import { isDigit, parseDate } from '../time/civil-date.ts'
import { parseDateTime, parseTime } from '../time/clock-time.ts'
import { parseDuration } from '../time/durations.ts'
import { isWellFormedText } from '../value/code-points.ts'
import type { Value } from '../value/values.ts'
import type { Scanner } from './scanner.ts'

/** Reads an unsigned numeric literal; undefined when none comes. */
export function takeNumber(scanner: Scanner): Value | undefined {
  const { text, at } = scanner
  if (!isDigit(text, at) && !(text[at] === '.' && isDigit(text, at + 1))) return undefined
  let end = at
  while (isDigit(text, end)) end += 1
  // Two points belong to a range: 1..5
  if (text[end] === '.' && isDigit(text, end + 1)) {
    end += 1
    while (isDigit(text, end)) end += 1
  }
  if (text[end] === 'e' || text[end] === 'E') {
    const digits = text[end + 1] === '+' || text[end + 1] === '-' ? end + 2 : end + 1
    if (isDigit(text, digits)) {
      end = digits
      while (isDigit(text, end)) end += 1
    }
  }
  const value = parseNumber(text.slice(at, end))
  if (value === undefined || value === null) {
    scanner.fail('BAD_NUMBER', 'a number outside the range of 34 digits and exponents to 6144')
  }
  scanner.at = end
  scanner.skip()
  return value
}

/** Reads a string literal; undefined when none comes. */
export function takeString(scanner: Scanner): string | undefined {
  const { text } = scanner
  if (text[scanner.at] !== '"') return undefined
  const start = scanner.at
  let at = start + 1
  let result = ''
  while (true) {
    if (at >= text.length) scanner.fail('UNEXPECTED_END', 'a string is not closed', start)
    if (text[at] === '"') break
    if (text[at] === '\\') {
      const escaped = readEscape(text, at + 1)
      result += escaped?.text ?? '\\'
      at = escaped?.end ?? at + 1
    } else {
      result += text[at]
      at += 1
    }
  }
  if (!isWellFormedText(result))
    scanner.fail('BAD_STRING', 'half a surrogate pair in a string', start)
  scanner.at = at + 1
  scanner.skip()
  return result
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/**
 * An escape after its backslash; undefined when it is none: then the backslash stands for itself.
 */
function readEscape(text: string, at: number): { text: string; end: number } | undefined {
  const letter = text[at] ?? ''
  const simple = SIMPLE_ESCAPES.get(letter)
  if (simple !== undefined) return { text: simple, end: at + 1 }
  const digits = letter === 'u' ? 4 : letter === 'U' ? 6 : 0
  if (digits === 0) return undefined
  let point = 0
  for (let index = 1; index <= digits; index += 1) {
    const digit = hexDigit(text.charCodeAt(at + index))
    if (digit === undefined) return undefined
    point = point * 16 + digit
  }
  if (point > 0x10ffff) return undefined
  const decoded = digits === 4 ? String.fromCharCode(point) : String.fromCodePoint(point)
  return { text: decoded, end: at + 1 + digits }
}

function hexDigit(unit: number): number | undefined {
  if (unit >= 48 && unit <= 57) return unit - 48
  if (unit >= 65 && unit <= 70) return unit - 55
  if (unit >= 97 && unit <= 102) return unit - 87
  return undefined
}

/**
 * The value of `@"…"`: a date, time, date and time or duration; undefined when the text is none.
 */
export function parseTemporal(text: string): Value | undefined {
  return (
    parseDate(text) ??
    parseTime(text) ??
    (text.includes('T') && !text.includes('P') ? parseDateTime(text) : parseDuration(text))
  )
}
