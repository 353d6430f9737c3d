import { type FeelNumber, makeNumber, wholeNumber } from '../number/decimal.ts'
import { dayOfWeek, FeelDate } from '../time/civil-date.ts'
import { FeelDateTime, FeelTime, offsetOf, SECOND_NANOS } from '../time/clock-time.ts'
import { DaysTimeDuration, splitDuration, YearsMonthsDuration } from '../time/durations.ts'
import type { Zone } from '../time/zones.ts'
import { FeelContext, FeelRange, type Value } from '../value/values.ts'

/**
 * The value behind `source.name` for everything but lists; undefined when the kind has no such
 * property.
 *
 * @source DMN 1.5 table 61 (contexts) and §10.3.2.15 table 65 (dates, times, durations, ranges)
 */
export function readProperty(source: Value, name: string): Value | undefined {
  if (source instanceof FeelContext) return source.get(name)
  if (source instanceof FeelDate) return dateProperty(source, name)
  if (source instanceof FeelTime) return timeProperty(source, name, source.zone?.offset)
  if (source instanceof FeelDateTime) {
    return dateProperty(source.date, name) ?? timeProperty(source.time, name, offsetOf(source))
  }
  if (source instanceof DaysTimeDuration) return durationProperty(source, name)
  if (source instanceof YearsMonthsDuration) {
    if (name === 'years') return wholeNumber(Math.trunc(source.months / 12) + 0)
    if (name === 'months') return wholeNumber((source.months % 12) + 0)
    return undefined
  }
  return source instanceof FeelRange ? rangeProperty(source, name) : undefined
}

function dateProperty(date: FeelDate, name: string): Value | undefined {
  switch (name) {
    case 'year':
      return wholeNumber(date.year)
    case 'month':
      return wholeNumber(date.month)
    case 'day':
      return wholeNumber(date.day)
    case 'weekday':
      return wholeNumber(dayOfWeek(date))
    default:
      return undefined
  }
}

function timeProperty(time: FeelTime, name: string, offset: number | undefined): Value | undefined {
  const seconds = Math.floor(time.nanoOfDay / SECOND_NANOS)
  switch (name) {
    case 'hour':
      return wholeNumber(Math.floor(seconds / 3600))
    case 'minute':
      return wholeNumber(Math.floor(seconds / 60) % 60)
    case 'second':
      return fractionalSeconds(time.nanoOfDay - Math.floor(seconds / 60) * 60 * SECOND_NANOS)
    case 'time offset':
      return offset === undefined
        ? null
        : new DaysTimeDuration(BigInt(offset) * BigInt(SECOND_NANOS))
    case 'timezone':
      return zoneName(time.zone)
    default:
      return undefined
  }
}

function zoneName(zone: Zone | null): Value {
  return zone?.name ?? null
}

function fractionalSeconds(nanos: number): FeelNumber {
  return nanos % SECOND_NANOS === 0
    ? wholeNumber(nanos / SECOND_NANOS)
    : (makeNumber(BigInt(nanos), -9) as FeelNumber)
}

function durationProperty(duration: DaysTimeDuration, name: string): Value | undefined {
  const parts = splitDuration(duration)
  switch (name) {
    case 'days':
      return makeNumber(parts.days, 0)
    case 'hours':
      return wholeNumber(parts.hours + 0)
    case 'minutes':
      return wholeNumber(parts.minutes + 0)
    case 'seconds':
      return fractionalSeconds(parts.secondNanos)
    default:
      return undefined
  }
}

function rangeProperty(range: FeelRange, name: string): Value | undefined {
  switch (name) {
    case 'start':
      return range.start
    case 'end':
      return range.end
    case 'start included':
      return range.startIncluded
    case 'end included':
      return range.endIncluded
    default:
      return undefined
  }
}
