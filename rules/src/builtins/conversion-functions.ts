import { FeelNumber, parseNumber, toWhole } from '../number/decimal.ts'
import { truncateToWhole } from '../number/whole.ts'
import type { Run } from '../runtime/run.ts'
import { type FeelDate, makeDate, parseDate } from '../time/civil-date.ts'
import {
  FeelDateTime,
  type FeelTime,
  makeTime,
  offsetOf,
  parseDateTime,
  parseTime,
  SECOND_NANOS,
} from '../time/clock-time.ts'
import { type DaysTimeDuration, makeYearsMonths, parseDuration } from '../time/durations.ts'
import { makeOffset, type Zone } from '../time/zones.ts'
import { formatValue } from '../value/format-value.ts'
import type { Value } from '../value/values.ts'
import { type Builtin, builtin, signature } from './builtin.ts'

function dateOf(run: Run, year: Value, month: Value, day: Value): Value {
  const whole = (value: Value): number => toWhole(value as FeelNumber) as number
  return (
    makeDate(whole(year), whole(month), whole(day)) ??
    run.fail('ARGUMENT_VALUE', 'there is no such date')
  )
}

/** `time(h, m, s, offset)`: seconds may have a fraction, to the nanosecond. */
function timeOf(run: Run, hour: Value, minute: Value, second: Value, offset: Value): Value {
  const zone = offset === null ? null : zoneOf(offset as DaysTimeDuration)
  const { coefficient, exponent } = second as FeelNumber
  const nanos = truncateToWhole(new FeelNumber(coefficient, exponent + 9))
  if (zone === undefined || nanos === undefined || nanos > 10n ** 12n || nanos < -(10n ** 12n)) {
    return run.fail('ARGUMENT_VALUE', 'there is no such time')
  }
  const whole = (value: Value): number => toWhole(value as FeelNumber) as number
  return (
    makeTime(whole(hour), whole(minute), Number(nanos), zone) ??
    run.fail('ARGUMENT_VALUE', 'there is no such time')
  )
}

function zoneOf(offset: DaysTimeDuration): Zone | undefined {
  const seconds = offset.nanos / BigInt(SECOND_NANOS)
  if (seconds * BigInt(SECOND_NANOS) !== offset.nanos) return undefined
  return seconds > 86_400n || seconds < -86_400n ? undefined : makeOffset(Number(seconds))
}

function combine(run: Run, date: FeelDate, time: FeelTime): Value {
  const moment = new FeelDateTime(date, time)
  if (time.zone !== null && offsetOf(moment) === undefined) {
    return run.fail('ARGUMENT_VALUE', 'the offset of that zone is not pinned on that date')
  }
  return moment
}

/** `number(from, grouping, decimal)`: the separators are taken out before the text is read. */
function numberOf(run: Run, text: string, grouping: Value, decimal: Value): Value {
  const isGrouping = grouping === null || grouping === ' ' || grouping === ',' || grouping === '.'
  const isDecimal = decimal === null || decimal === ',' || decimal === '.'
  if (!isGrouping || !isDecimal || (grouping !== null && grouping === decimal)) {
    return run.fail('ARGUMENT_VALUE', 'these separators cannot be used together')
  }
  let plain = grouping === null ? text : text.split(grouping as string).join('')
  if (decimal === ',') {
    if (plain.includes('.')) return run.fail('ARGUMENT_VALUE', 'the text is no number')
    plain = plain.replace(',', '.')
  }
  return parseNumber(plain) ?? run.fail('ARGUMENT_VALUE', 'the text is no number')
}

/**
 * Whole months from one day to another, cut towards zero (table 71 `years and months duration`).
 */
function monthsBetween(from: FeelDate, to: FeelDate): Value {
  const months = to.year * 12 + to.month - from.year * 12 - from.month
  // An unfinished month does not count, in either direction.
  if (months > 0 && to.day < from.day) return makeYearsMonths(months - 1) ?? null
  if (months < 0 && to.day > from.day) return makeYearsMonths(months + 1) ?? null
  return makeYearsMonths(months) ?? null
}

function dayOf(value: Value): FeelDate {
  return value instanceof FeelDateTime ? value.date : (value as FeelDate)
}

/** Conversion functions (DMN 1.5 §10.3.4.1, table 71). */
export const CONVERSION_FUNCTIONS: readonly Builtin[] = [
  builtin(
    'date',
    signature('from: string', ([from], run) => {
      return parseDate(from as string) ?? run.fail('ARGUMENT_VALUE', 'the text is no date')
    }),
    signature('from: date', ([from]) => from ?? null),
    signature('from: datetime', ([from]) => (from as FeelDateTime).date),
    signature('year: int, month: int, day: int', ([year, month, day], run) =>
      dateOf(run, year ?? null, month ?? null, day ?? null),
    ),
  ),
  builtin(
    'time',
    signature('from: string', ([from], run) => {
      return parseTime(from as string) ?? run.fail('ARGUMENT_VALUE', 'the text is no time')
    }),
    signature('from: time', ([from]) => from ?? null),
    // A date is its midnight in UTC.
    signature('from: datetime', ([from]) => (from as FeelDateTime).time),
    signature(
      'hour: int, minute: int, second: number, offset?: duration',
      ([hour, minute, second, offset], run) =>
        timeOf(run, hour ?? null, minute ?? null, second ?? null, offset ?? null),
    ),
  ),
  builtin(
    'date and time',
    signature('from: string', ([from], run) => {
      return (
        parseDateTime(from as string) ?? run.fail('ARGUMENT_VALUE', 'the text is no date and time')
      )
    }),
    signature('from: datetime', ([from]) => from ?? null),
    signature('date: date, time: time', ([date, time], run) =>
      combine(run, date as FeelDate, time as FeelTime),
    ),
    signature('date: datetime, time: time', ([date, time], run) =>
      combine(run, (date as FeelDateTime).date, time as FeelTime),
    ),
  ),
  builtin(
    'duration',
    signature('from: string', ([from], run) => {
      return parseDuration(from as string) ?? run.fail('ARGUMENT_VALUE', 'the text is no duration')
    }),
    signature('from: duration', ([from]) => from ?? null),
    signature('from: months', ([from]) => from ?? null),
  ),
  builtin(
    'years and months duration',
    signature('from: date, to: date', ([from, to]) =>
      monthsBetween(dayOf(from ?? null), dayOf(to ?? null)),
    ),
    signature('from: datetime, to: datetime', ([from, to]) =>
      monthsBetween(dayOf(from ?? null), dayOf(to ?? null)),
    ),
  ),
  builtin(
    'number',
    signature(
      'from: string, grouping separator: string?, decimal separator: string?',
      ([text, grouping, decimal], run) =>
        numberOf(run, text as string, grouping ?? null, decimal ?? null),
    ),
    signature('from: string', ([text], run) => numberOf(run, text as string, null, null)),
    signature('from: number', ([from]) => from ?? null),
  ),
  builtin(
    'string',
    signature('from: any', ([from], run) => {
      if (from === null || from === undefined) return null
      const text = formatValue(from, run.limits.stringLength)
      run.text(text.length)
      return text
    }),
  ),
]
