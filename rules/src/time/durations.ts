import type { FeelNumber } from '../number/decimal.ts'
import { roundNumberToWhole } from '../number/whole.ts'
import { isDigit } from './civil-date.ts'
import { DAY_NANOS, formatFraction, SECOND_NANOS } from './clock-time.ts'

/** A length of time in days, hours, minutes and seconds, exact to the nanosecond. */
export class DaysTimeDuration {
  readonly nanos: bigint

  /** Any size of nanoseconds, either sign. */
  constructor(nanos: bigint) {
    this.nanos = nanos
  }
}

/** A length of time in whole months, either sign. */
export class YearsMonthsDuration {
  readonly months: number

  /** Whole months. */
  constructor(months: number) {
    this.months = months
  }
}

/** Limits that keep every later sum exact: about 2.7 thousand million years. */
const GREATEST_NANOS = 10n ** 26n
const GREATEST_MONTHS = 2 ** 45

/** A duration, or undefined when it is too long to compute with. */
export function makeDaysTime(nanos: bigint): DaysTimeDuration | undefined {
  return nanos > GREATEST_NANOS || nanos < -GREATEST_NANOS ? undefined : new DaysTimeDuration(nanos)
}

/** A duration of whole months, or undefined when it is too long to compute with. */
export function makeYearsMonths(months: number): YearsMonthsDuration | undefined {
  return Math.abs(months) <= GREATEST_MONTHS ? new YearsMonthsDuration(months) : undefined
}

/**
 * Reads `P1Y2M` or `P1DT2H3M4.5S`, each with an optional sign; undefined for anything else, also
 * for a mixture of the
 * two kinds (DMN 1.5 table 71: the text must be one or the other).
 */
export function parseDuration(text: string): DaysTimeDuration | YearsMonthsDuration | undefined {
  const isNegative = text[0] === '-'
  const start = isNegative ? 1 : 0
  if (text[start] !== 'P' || text.length > 60) return undefined
  const parts = readParts(text, start + 1)
  if (parts === undefined || parts.size === 0) return undefined
  const sign = isNegative ? -1n : 1n
  if (parts.has('Y') || parts.has('M')) {
    for (const unit of parts.keys()) if (unit !== 'Y' && unit !== 'M') return undefined
    const months = sign * ((parts.get('Y') ?? 0n) * 12n + (parts.get('M') ?? 0n))
    return months > 2n ** 45n || months < -(2n ** 45n) ? undefined : makeYearsMonths(Number(months))
  }
  const nanos =
    (parts.get('D') ?? 0n) * BigInt(DAY_NANOS) +
    ((parts.get('TH') ?? 0n) * 3600n + (parts.get('TM') ?? 0n) * 60n) * BigInt(SECOND_NANOS) +
    (parts.get('TS') ?? 0n)
  return makeDaysTime(sign * nanos)
}

const UNIT_ORDER = ['Y', 'M', 'D', 'TH', 'TM', 'TS']

/** Parts in their order, seconds already in nanoseconds. */
function readParts(text: string, from: number): Map<string, bigint> | undefined {
  const parts = new Map<string, bigint>()
  let at = from
  let prefix = ''
  let last = -1
  while (at < text.length) {
    if (text[at] === 'T') {
      if (prefix !== '' || at + 1 === text.length) return undefined
      prefix = 'T'
      at += 1
      continue
    }
    const part = readPart(text, at)
    if (part === undefined) return undefined
    const unit = prefix + part.unit
    const order = UNIT_ORDER.indexOf(unit)
    if (order <= last || (part.hasFraction && unit !== 'TS')) return undefined
    last = order
    parts.set(unit, unit === 'TS' ? part.nanos : part.whole)
    at = part.end
  }
  return parts
}

interface DurationPart {
  unit: string
  whole: bigint
  nanos: bigint
  hasFraction: boolean
  end: number
}

function readPart(text: string, from: number): DurationPart | undefined {
  let at = from
  while (isDigit(text, at)) at += 1
  if (at === from) return undefined
  const whole = BigInt(text.slice(from, at))
  let fraction = ''
  let hasFraction = false
  if (text[at] === '.') {
    const start = at + 1
    at = start
    while (isDigit(text, at)) at += 1
    fraction = text.slice(start, at)
    hasFraction = true
    if (fraction.length > 9) return undefined
  }
  const nanos = whole * BigInt(SECOND_NANOS) + BigInt(fraction.padEnd(9, '0'))
  return { unit: text[at] ?? '', whole, nanos, hasFraction, end: at + 1 }
}

/** The parts of a duration, all with its sign. */
export interface DurationParts {
  days: bigint
  hours: number
  minutes: number
  /** Seconds with their fraction, in nanoseconds. */
  secondNanos: number
}

/** Days, hours, minutes and seconds; a negative duration has negative parts. */
export function splitDuration(duration: DaysTimeDuration): DurationParts {
  const days = duration.nanos / BigInt(DAY_NANOS)
  const rest = Number(duration.nanos - days * BigInt(DAY_NANOS))
  const hours = Math.trunc(rest / (3600 * SECOND_NANOS))
  const minutes = Math.trunc((rest - hours * 3600 * SECOND_NANOS) / (60 * SECOND_NANOS))
  return { days, hours, minutes, secondNanos: rest - (hours * 60 + minutes) * 60 * SECOND_NANOS }
}

/** `P1DT2H`, `PT0S`, `P1Y2M`, `P0M` */
export function formatDuration(duration: DaysTimeDuration | YearsMonthsDuration): string {
  if (duration instanceof YearsMonthsDuration) return formatMonths(duration.months)
  if (duration.nanos === 0n) return 'PT0S'
  const isNegative = duration.nanos < 0n
  const parts = splitDuration(isNegative ? new DaysTimeDuration(-duration.nanos) : duration)
  let clock = ''
  if (parts.hours > 0) clock += `${parts.hours}H`
  if (parts.minutes > 0) clock += `${parts.minutes}M`
  if (parts.secondNanos > 0) {
    const seconds = Math.floor(parts.secondNanos / SECOND_NANOS)
    clock += `${seconds}${formatFraction(parts.secondNanos - seconds * SECOND_NANOS)}S`
  }
  const days = parts.days > 0n ? `${parts.days}D` : ''
  return `${isNegative ? '-' : ''}P${days}${clock === '' ? '' : `T${clock}`}`
}

function formatMonths(months: number): string {
  if (months === 0) return 'P0M'
  const size = Math.abs(months)
  const years = Math.floor(size / 12)
  const rest = size % 12
  return `${months < 0 ? '-' : ''}P${years > 0 ? `${years}Y` : ''}${rest > 0 ? `${rest}M` : ''}`
}

/**
 * A duration scaled by an exact ratio, to the nearest nanosecond, half-even; undefined when too
 * long.
 */
export function scaleDaysTime(nanos: FeelNumber): DaysTimeDuration | undefined {
  const whole = roundNumberToWhole(nanos)
  return whole === undefined ? undefined : makeDaysTime(whole)
}
