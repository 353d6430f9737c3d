import { compareNumbers, FeelNumber } from '../number/decimal.ts'
import { compareDates, FeelDate } from '../time/civil-date.ts'
import {
  compareDateTimes,
  compareTimes,
  FeelDateTime,
  FeelTime,
  sameZonedness,
} from '../time/clock-time.ts'
import { DaysTimeDuration, YearsMonthsDuration } from '../time/durations.ts'
import { checkDepth, FREE, type Spender } from './spender.ts'
import { FeelContext, FeelRange, type Value } from './values.ts'

/** Order of two strings by code point, the same on every machine. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at += 1) {
    const a = left.charCodeAt(at)
    const b = right.charCodeAt(at)
    if (a !== b) return orderUnit(a) < orderUnit(b) ? -1 : 1
  }
  return left.length < right.length ? -1 : 1
}

/** Lifts surrogates above U+FFFF, so that code units compare as their code points do. */
function orderUnit(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/**
 * -1, 0 or 1; undefined when the two have no order: other kinds, booleans, lists, contexts, a local
 * beside a zoned time.
 *
 * @source DMN 1.5 table 42 and §10.3.2.13: `<`, `>`, `<=`, `>=`
 */
export function compareValues(
  left: Value,
  right: Value,
  spender: Spender = FREE,
): number | undefined {
  if (left instanceof FeelNumber) {
    return right instanceof FeelNumber ? compareNumbers(left, right) : undefined
  }
  if (typeof left === 'string') {
    if (typeof right !== 'string') return undefined
    spender.step(Math.min(left.length, right.length) >> 6)
    return compareText(left, right)
  }
  if (left instanceof FeelDate)
    return right instanceof FeelDate ? compareDates(left, right) : undefined
  if (left instanceof FeelDateTime) {
    return right instanceof FeelDateTime ? compareDateTimes(left, right) : undefined
  }
  if (left instanceof FeelTime)
    return right instanceof FeelTime ? compareTimes(left, right) : undefined
  if (left instanceof DaysTimeDuration) {
    return right instanceof DaysTimeDuration ? compareBig(left.nanos, right.nanos) : undefined
  }
  if (left instanceof YearsMonthsDuration) {
    return right instanceof YearsMonthsDuration ? Math.sign(left.months - right.months) : undefined
  }
  return undefined
}

function compareBig(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * FEEL `=`: true, false, or null for values of different kinds (null itself equals only null).
 *
 * @source DMN 1.5 §10.3.2.13.1, table 53
 */
export function equalValues(
  left: Value,
  right: Value,
  spender: Spender = FREE,
  depth = 0,
): boolean | null {
  if (left instanceof FeelNumber && right instanceof FeelNumber) {
    return compareNumbers(left, right) === 0
  }
  // One value is equal to itself, however large.
  if (left === right) return true
  if (left === null || right === null) return false
  if (typeof left === 'string' && typeof right === 'string') {
    if (left.length === right.length) spender.step(left.length >> 8)
    return left === right
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return false
  if (Array.isArray(left)) {
    return Array.isArray(right) ? equalLists(left, right, spender, depth + 1) : null
  }
  if (left instanceof FeelContext) {
    return right instanceof FeelContext ? equalContexts(left, right, spender, depth + 1) : null
  }
  if (left instanceof FeelRange) {
    return right instanceof FeelRange ? equalRanges(left, right, spender) : null
  }
  if (left instanceof FeelTime && right instanceof FeelTime) {
    return sameZonedness(left, right) ? compareTimes(left, right) === 0 : false
  }
  if (left instanceof FeelDateTime && right instanceof FeelDateTime) {
    return sameZonedness(left.time, right.time) ? compareDateTimes(left, right) === 0 : false
  }
  const order = compareValues(left, right)
  return order === undefined ? null : order === 0
}

function equalLists(
  left: readonly Value[],
  right: readonly Value[],
  spender: Spender,
  depth: number,
): boolean | null {
  checkDepth(depth)
  if (left.length !== right.length) return false
  spender.step(left.length)
  for (let at = 0; at < left.length; at += 1) {
    const equal = equalValues(left[at] as Value, right[at] as Value, spender, depth)
    if (equal !== true) return equal
  }
  return true
}

function equalContexts(
  left: FeelContext,
  right: FeelContext,
  spender: Spender,
  depth: number,
): boolean | null {
  checkDepth(depth)
  if (left.entries.size !== right.entries.size) return false
  spender.step(left.entries.size)
  for (const [name, value] of left.entries) {
    const other = right.entries.get(name)
    if (other === undefined) return false
    const equal = equalValues(value, other, spender, depth)
    if (equal !== true) return equal
  }
  return true
}

function equalRanges(left: FeelRange, right: FeelRange, spender: Spender): boolean | null {
  if (left.startIncluded !== right.startIncluded) return false
  if (left.endIncluded !== right.endIncluded) return false
  const starts = equalValues(left.start, right.start, spender)
  return starts === true ? equalValues(left.end, right.end, spender) : starts
}

/** Whether a point lies in a range; null when it cannot be compared with the end points. */
export function isWithin(value: Value, range: FeelRange, spender: Spender = FREE): boolean | null {
  if (range.start === null && range.end === null) return null
  if (range.start !== null) {
    const order = compareValues(value, range.start, spender)
    if (order === undefined) return null
    if (order < 0 || (order === 0 && !range.startIncluded)) return false
  }
  if (range.end === null) return true
  const order = compareValues(value, range.end, spender)
  if (order === undefined) return null
  return order < 0 || (order === 0 && range.endIncluded)
}
