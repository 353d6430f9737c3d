import {
  compareDates,
  type FeelDate,
  formatDate,
  fromEpochDay,
  isDigit,
  parseDate,
  readTwoDigits,
  toEpochDay,
  twoDigits,
} from './civil-date.ts'
import { formatOffset, parseZone, type Zone, zoneOffset } from './zones.ts'

/** Nanoseconds of a second and a day: both are exact JavaScript numbers. */
export const SECOND_NANOS = 1_000_000_000
export const DAY_NANOS = 86_400 * SECOND_NANOS

/** A time of day to the nanosecond, local or in a zone. */
export class FeelTime {
  /** 0 … 86,399,999,999,999 */
  readonly nanoOfDay: number
  readonly zone: Zone | null

  /** Trusts its fields. */
  constructor(nanoOfDay: number, zone: Zone | null) {
    this.nanoOfDay = nanoOfDay
    this.zone = zone
  }
}

/** A date with a time of day. */
export class FeelDateTime {
  readonly date: FeelDate
  readonly time: FeelTime

  /** Trusts its fields. */
  constructor(date: FeelDate, time: FeelTime) {
    this.date = date
    this.time = time
  }
}

/** A time of day from its parts; undefined when there is none. */
export function makeTime(
  hour: number,
  minute: number,
  nanoOfMinute: number,
  zone: Zone | null,
): FeelTime | undefined {
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59)) return undefined
  if (!(nanoOfMinute >= 0 && nanoOfMinute < 60 * SECOND_NANOS)) return undefined
  return new FeelTime((hour * 60 + minute) * 60 * SECOND_NANOS + nanoOfMinute, zone)
}

/** Reads `hh:mm:ss[.fraction][Z|±hh:mm|@zone]`; undefined when it is not one. */
export function parseTime(text: string): FeelTime | undefined {
  if (text[2] !== ':' || text[5] !== ':') return undefined
  const hour = readTwoDigits(text, 0)
  const minute = readTwoDigits(text, 3)
  const second = readTwoDigits(text, 6)
  if (hour === undefined || minute === undefined || second === undefined) return undefined
  let at = 8
  let nanos = 0
  if (text[at] === '.') {
    const start = at + 1
    at = start
    while (isDigit(text, at)) at += 1
    if (at === start || at - start > 9) return undefined
    nanos = Number(text.slice(start, at).padEnd(9, '0'))
  }
  const zone = at === text.length ? null : parseZone(text.slice(at))
  if (zone === undefined) return undefined
  return makeTime(hour, minute, second * SECOND_NANOS + nanos, zone)
}

/** Reads `<date>T<time>`, or a date alone as its midnight; undefined when it is neither. */
export function parseDateTime(text: string): FeelDateTime | undefined {
  const split = text.indexOf('T')
  const date = parseDate(split < 0 ? text : text.slice(0, split))
  if (date === undefined) return undefined
  if (split < 0) return new FeelDateTime(date, new FeelTime(0, null))
  const rest = text.slice(split + 1)
  if (rest.startsWith('24:00:00')) return parseEndOfDay(date, rest)
  const time = parseTime(rest)
  if (time === undefined) return undefined
  const moment = new FeelDateTime(date, time)
  // A named zone may have no pinned offset on that day: then the text names no instant we can
  // compute with.
  return time.zone !== null && offsetOf(moment) === undefined ? undefined : moment
}

/** `24:00:00` is the midnight that ends the day (XML Schema part 2 §3.2.7.1). */
function parseEndOfDay(date: FeelDate, text: string): FeelDateTime | undefined {
  const time = parseTime(`00${text.slice(2)}`)
  const next = fromEpochDay(toEpochDay(date) + 1)
  return time === undefined || time.nanoOfDay !== 0 || next === undefined
    ? undefined
    : new FeelDateTime(next, time)
}

/** `11:22:33.5+08:00` */
export function formatTime(time: FeelTime): string {
  const seconds = Math.floor(time.nanoOfDay / SECOND_NANOS)
  const nanos = time.nanoOfDay - seconds * SECOND_NANOS
  const minutes = Math.floor(seconds / 60)
  const clock = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`
  return clock + formatFraction(nanos) + (time.zone === null ? '' : formatZone(time.zone))
}

function formatZone(zone: Zone): string {
  return zone.name === undefined ? formatOffset(zone.offset) : `@${zone.name}`
}

/** `.5` for half a second in nanoseconds, empty for none. */
export function formatFraction(nanos: number): string {
  if (nanos === 0) return ''
  let digits = nanos.toString().padStart(9, '0')
  while (digits.endsWith('0')) digits = digits.slice(0, -1)
  return `.${digits}`
}

/** `2027-03-08T09:30:00+08:00` */
export function formatDateTime(moment: FeelDateTime): string {
  return `${formatDate(moment.date)}T${formatTime(moment.time)}`
}

/**
 * Offset from UTC in seconds; undefined for a local moment, and for a zone not pinned on that day.
 */
export function offsetOf(moment: FeelDateTime): number | undefined {
  const { zone } = moment.time
  return zone === null ? undefined : zoneOffset(zone, moment.date)
}

/** Nanoseconds since 1970-01-01T00:00:00Z; a local moment counts as if it were UTC. */
export function toEpochNanos(moment: FeelDateTime): bigint {
  const offset = offsetOf(moment) ?? 0
  return (
    BigInt(toEpochDay(moment.date)) * BigInt(DAY_NANOS) +
    BigInt(moment.time.nanoOfDay - offset * SECOND_NANOS)
  )
}

/** The moment that many nanoseconds after 1970, told in the given zone. */
export function fromEpochNanos(nanos: bigint, zone: Zone | null): FeelDateTime | undefined {
  const offset = BigInt(zone?.offset ?? 0) * BigInt(SECOND_NANOS)
  const local = nanos + offset
  const dayNanos = BigInt(DAY_NANOS)
  let day = local / dayNanos
  if (local < 0n && day * dayNanos !== local) day -= 1n
  if (day > 400_000_000_000n || day < -400_000_000_000n) return undefined
  const date = fromEpochDay(Number(day))
  if (date === undefined) return undefined
  return new FeelDateTime(date, new FeelTime(Number(local - day * dayNanos), zone))
}

/** The moment of a UTC millisecond count, in a zone. */
export function fromEpochMillis(millis: number, zone: Zone): FeelDateTime | undefined {
  if (!Number.isSafeInteger(millis)) return undefined
  return fromEpochNanos(BigInt(millis) * 1_000_000n, zone)
}

/** A day as its midnight in UTC (DMN 1.5 §10.3.2.3.5: a date is a moment with time 00:00:00). */
export function midnightOf(date: FeelDate, zone: Zone | null): FeelDateTime {
  return new FeelDateTime(date, new FeelTime(0, zone))
}

/** Nanoseconds of the day in UTC, for comparing zoned times. */
export function utcNanoOfDay(time: FeelTime): number {
  return time.nanoOfDay - (time.zone?.offset ?? 0) * SECOND_NANOS
}

/** Whether both are local or both zoned: only then they can be compared. */
export function sameZonedness(left: FeelTime, right: FeelTime): boolean {
  return (left.zone === null) === (right.zone === null)
}

/** -1, 0, 1; undefined between a local and a zoned time. */
export function compareTimes(left: FeelTime, right: FeelTime): number | undefined {
  if (!sameZonedness(left, right)) return undefined
  const difference = utcNanoOfDay(left) - utcNanoOfDay(right)
  return difference < 0 ? -1 : difference > 0 ? 1 : 0
}

/** -1, 0, 1; undefined between a local and a zoned moment. */
export function compareDateTimes(left: FeelDateTime, right: FeelDateTime): number | undefined {
  if (!sameZonedness(left.time, right.time)) return undefined
  if (left.time.zone === null) {
    return (
      compareDates(left.date, right.date) || Math.sign(left.time.nanoOfDay - right.time.nanoOfDay)
    )
  }
  const a = toEpochNanos(left)
  const b = toEpochNanos(right)
  return a < b ? -1 : a > b ? 1 : 0
}
