import {
  addNumbers,
  divideNumbers,
  FeelNumber,
  makeNumber,
  multiplyNumbers,
  negateNumber,
  subtractNumbers,
} from '../number/decimal.ts'
import { powerNumber } from '../number/powers.ts'
import { truncateToWhole } from '../number/whole.ts'
import { addMonths, FeelDate, fromEpochDay, toEpochDay } from '../time/civil-date.ts'
import {
  DAY_NANOS,
  FeelDateTime,
  FeelTime,
  fromEpochNanos,
  midnightOf,
  offsetOf,
  sameZonedness,
  toEpochNanos,
  utcNanoOfDay,
} from '../time/clock-time.ts'
import {
  DaysTimeDuration,
  makeDaysTime,
  makeYearsMonths,
  scaleDaysTime,
  YearsMonthsDuration,
} from '../time/durations.ts'
import { UTC } from '../time/zones.ts'
import { kindOf, type Value } from '../value/values.ts'
import type { Run, Site } from './run.ts'

/**
 * What the arithmetic of temporal values gives: undefined when the operator has no meaning for the
 * two.
 */
type Outcome = Value | undefined

const TOO_LARGE = 'the result is outside the range of its kind'

/** `left + right` (DMN 1.5 table 56). */
export function addValues(run: Run, site: Site, left: Value, right: Value): Value {
  if (left instanceof FeelNumber && right instanceof FeelNumber) {
    return addNumbers(left, right) ?? run.warn(site, 'ARITHMETIC', TOO_LARGE)
  }
  if (typeof left === 'string' && typeof right === 'string') {
    run.text(left.length + right.length)
    return left + right
  }
  const direct = addTemporal(left, right)
  const sum = direct === undefined ? addTemporal(right, left) : direct
  return sum === undefined ? refuse(run, site, '+', left, right) : finish(run, site, sum)
}

/** `left - right` */
export function subtractValues(run: Run, site: Site, left: Value, right: Value): Value {
  if (left instanceof FeelNumber && right instanceof FeelNumber) {
    return subtractNumbers(left, right) ?? run.warn(site, 'ARITHMETIC', TOO_LARGE)
  }
  const difference = subtractTemporal(left, right)
  return difference === undefined
    ? refuse(run, site, '-', left, right)
    : finish(run, site, difference)
}

/** `left * right` */
export function multiplyValues(run: Run, site: Site, left: Value, right: Value): Value {
  if (left instanceof FeelNumber) {
    if (right instanceof FeelNumber) {
      return multiplyNumbers(left, right) ?? run.warn(site, 'ARITHMETIC', TOO_LARGE)
    }
    const scaled = scaleDuration(right, left)
    return scaled === undefined ? refuse(run, site, '*', left, right) : finish(run, site, scaled)
  }
  const scaled = right instanceof FeelNumber ? scaleDuration(left, right) : undefined
  return scaled === undefined ? refuse(run, site, '*', left, right) : finish(run, site, scaled)
}

/** `left / right` */
export function divideValues(run: Run, site: Site, left: Value, right: Value): Value {
  if (right instanceof FeelNumber) {
    if (right.coefficient === 0n) {
      return left instanceof FeelNumber || isDuration(left)
        ? run.warn(site, 'ARITHMETIC', 'division by 0')
        : refuse(run, site, '/', left, right)
    }
    if (left instanceof FeelNumber) {
      return divideNumbers(left, right) ?? run.warn(site, 'ARITHMETIC', TOO_LARGE)
    }
    const parts = divideDuration(left, right)
    return parts === undefined ? refuse(run, site, '/', left, right) : finish(run, site, parts)
  }
  const ratio = divideDurations(left, right)
  if (ratio === undefined) return refuse(run, site, '/', left, right)
  return ratio ?? run.warn(site, 'ARITHMETIC', 'division by a duration of 0')
}

/** `left ** right` */
export function powerValues(run: Run, site: Site, left: Value, right: Value): Value {
  if (left instanceof FeelNumber && right instanceof FeelNumber) {
    run.step(50)
    return powerNumber(left, right) ?? run.warn(site, 'ARITHMETIC', 'no real power of 34 digits')
  }
  return refuse(run, site, '**', left, right)
}

/** `-value` */
export function negateValue(run: Run, site: Site, value: Value): Value {
  if (value instanceof FeelNumber) return negateNumber(value)
  if (value instanceof DaysTimeDuration) return new DaysTimeDuration(-value.nanos)
  if (value instanceof YearsMonthsDuration) return new YearsMonthsDuration(-value.months)
  return run.warn(site, 'OPERAND_TYPE', `"-" has no meaning for ${kindOf(value)}`)
}

function refuse(run: Run, site: Site, operator: string, left: Value, right: Value): null {
  return run.warn(
    site,
    'OPERAND_TYPE',
    `"${operator}" has no meaning between ${kindOf(left)} and ${kindOf(right)}`,
  )
}

/** null stands for "outside the range" in the functions below. */
function finish(run: Run, site: Site, value: Value): Value {
  return value ?? run.warn(site, 'ARITHMETIC', TOO_LARGE)
}

function isDuration(value: Value): boolean {
  return value instanceof DaysTimeDuration || value instanceof YearsMonthsDuration
}

function addTemporal(left: Value, right: Value): Outcome {
  if (right instanceof YearsMonthsDuration) return addMonthsTo(left, right.months)
  if (right instanceof DaysTimeDuration) return addNanosTo(left, right.nanos)
  return undefined
}

function addMonthsTo(left: Value, months: number): Outcome {
  if (left instanceof YearsMonthsDuration) return makeYearsMonths(left.months + months) ?? null
  if (left instanceof FeelDate) return addMonths(left, months) ?? null
  if (left instanceof FeelDateTime) {
    const date = addMonths(left.date, months)
    return date === undefined ? null : new FeelDateTime(date, left.time)
  }
  return undefined
}

function addNanosTo(left: Value, nanos: bigint): Outcome {
  if (left instanceof DaysTimeDuration) return makeDaysTime(left.nanos + nanos) ?? null
  if (left instanceof FeelDateTime) return shiftMoment(left, nanos)
  if (left instanceof FeelDate) {
    // A date counts as its midnight; the sum is the day that contains the moment reached.
    const day = BigInt(DAY_NANOS)
    const whole = nanos / day
    const days = nanos < 0n && whole * day !== nanos ? whole - 1n : whole
    return fromEpochDay(toEpochDay(left) + Number(days)) ?? null
  }
  if (left instanceof FeelTime) {
    const day = BigInt(DAY_NANOS)
    const shifted = (((BigInt(left.nanoOfDay) + nanos) % day) + day) % day
    return new FeelTime(Number(shifted), left.zone)
  }
  return undefined
}

function shiftMoment(moment: FeelDateTime, nanos: bigint): Outcome {
  if (moment.time.zone !== null && offsetOf(moment) === undefined) return null
  const shifted = fromEpochNanos(toEpochNanos(moment) + nanos, moment.time.zone)
  if (shifted === undefined) return null
  return shifted.time.zone !== null && offsetOf(shifted) === undefined ? null : shifted
}

function subtractTemporal(left: Value, right: Value): Outcome {
  if (right instanceof YearsMonthsDuration) return addMonthsTo(left, -right.months)
  if (right instanceof DaysTimeDuration) return addNanosTo(left, -right.nanos)
  if (left instanceof FeelTime && right instanceof FeelTime) {
    if (!sameZonedness(left, right)) return undefined
    return new DaysTimeDuration(BigInt(utcNanoOfDay(left) - utcNanoOfDay(right)))
  }
  const start = toMoment(left)
  const end = toMoment(right)
  if (start === undefined || end === undefined) return undefined
  if (!sameZonedness(start.time, end.time)) return undefined
  return makeDaysTime(toEpochNanos(start) - toEpochNanos(end)) ?? null
}

/** A date is its midnight in UTC. */
function toMoment(value: Value): FeelDateTime | undefined {
  if (value instanceof FeelDateTime) return value
  return value instanceof FeelDate ? midnightOf(value, UTC) : undefined
}

function scaleDuration(duration: Value, factor: FeelNumber): Outcome {
  if (duration instanceof DaysTimeDuration) {
    const nanos = multiplyNumbers(exact(duration.nanos), factor)
    return nanos === null ? null : (scaleDaysTime(nanos) ?? null)
  }
  if (duration instanceof YearsMonthsDuration) {
    return wholeMonths(multiplyNumbers(exact(BigInt(duration.months)), factor))
  }
  return undefined
}

function divideDuration(duration: Value, divisor: FeelNumber): Outcome {
  if (duration instanceof DaysTimeDuration) {
    const nanos = divideNumbers(exact(duration.nanos), divisor)
    return nanos === null ? null : (scaleDaysTime(nanos) ?? null)
  }
  if (duration instanceof YearsMonthsDuration) {
    return wholeMonths(divideNumbers(exact(BigInt(duration.months)), divisor))
  }
  return undefined
}

/** A duration of months holds whole months: what is left over is cut off, towards zero. */
function wholeMonths(months: FeelNumber | null): Value {
  const whole = months === null ? undefined : truncateToWhole(months)
  if (whole === undefined || whole > 2n ** 46n || whole < -(2n ** 46n)) return null
  return makeYearsMonths(Number(whole)) ?? null
}

/** The number of a bigint that is known to fit 34 digits. */
function exact(whole: bigint): FeelNumber {
  return makeNumber(whole, 0) as FeelNumber
}

/** Ratio of two durations of one kind; null for a divisor of 0. */
function divideDurations(left: Value, right: Value): FeelNumber | null | undefined {
  if (left instanceof DaysTimeDuration && right instanceof DaysTimeDuration) {
    return divideNumbers(exact(left.nanos), exact(right.nanos))
  }
  if (left instanceof YearsMonthsDuration && right instanceof YearsMonthsDuration) {
    return divideNumbers(exact(BigInt(left.months)), exact(BigInt(right.months)))
  }
  return undefined
}
