import {
  addWorkingDays,
  countWorkingDays,
  nextWorkingDay,
  WEEKENDS_ONLY,
} from '../calendar/working-calendar.ts'
import { type FeelNumber, toWhole, wholeNumber } from '../number/decimal.ts'
import type { Run } from '../runtime/run.ts'
import { addDays, addMonths, type FeelDate, toEpochDay } from '../time/civil-date.ts'
import type { YearsMonthsDuration } from '../time/durations.ts'
import type { Value } from '../value/values.ts'
import { type Builtin, builtin, signature } from './builtin.ts'

/** Working days asked for at once: far beyond every statutory limit. */
const GREATEST_COUNT = 100_000

function visitor(run: Run): (year: number) => void {
  const calendar = run.environment.calendar ?? WEEKENDS_ONLY
  let known: number | undefined
  return (year) => {
    run.step(1)
    // Whole years of days come in a row; whether one is published is asked once.
    if (year === known) return
    known = year
    if (!calendar.isPublished(year)) run.isCalendarAssumed = true
  }
}

function addWorking(run: Run, from: FeelDate, count: Value): Value {
  const days = toWhole(count as FeelNumber) as number
  if (Math.abs(days) > GREATEST_COUNT) return run.fail('ARGUMENT_VALUE', 'too many working days')
  const calendar = run.environment.calendar ?? WEEKENDS_ONLY
  return (
    addWorkingDays(calendar, from, days, visitor(run)) ?? run.fail('ARITHMETIC', 'beyond all years')
  )
}

function between(run: Run, from: FeelDate, to: FeelDate): Value {
  run.step(Math.abs(toEpochDay(to) - toEpochDay(from)))
  const calendar = run.environment.calendar ?? WEEKENDS_ONLY
  return wholeNumber(countWorkingDays(calendar, from, to, visitor(run)))
}

/**
 * Last day of a period: the first day is not counted; months and years end on the same day number,
 * else on the last of
 * the month (民法典 art. 201–202).
 */
function addPeriod(run: Run, from: FeelDate, amount: Value, unit: Value): Value {
  const count = toWhole(amount as FeelNumber) as number
  if (unit === 'DAYS') return addDays(from, count) ?? run.fail('ARITHMETIC', 'beyond all years')
  if (unit === 'MONTHS') return addMonths(from, count) ?? run.fail('ARITHMETIC', 'beyond all years')
  if (unit === 'YEARS')
    return addMonths(from, count * 12) ?? run.fail('ARITHMETIC', 'beyond all years')
  return run.fail('ARGUMENT_VALUE', 'the unit is DAYS, MONTHS or YEARS')
}

function next(run: Run, date: FeelDate): Value {
  const calendar = run.environment.calendar ?? WEEKENDS_ONLY
  return (
    nextWorkingDay(calendar, date, visitor(run)) ??
    run.fail('ARITHMETIC', 'no working day within a year')
  )
}

/**
 * Working days and periods over the calendar of the evaluation (determinations §5); not part of
 * DMN.
 */
export const CALENDAR_FUNCTIONS: readonly Builtin[] = [
  builtin(
    'add working days',
    signature('date: date, working days: int', ([date, count], run) =>
      addWorking(run, date as FeelDate, count ?? null),
    ),
  ),
  builtin(
    'working days between',
    signature('from: date, to: date', ([from, to], run) =>
      between(run, from as FeelDate, to as FeelDate),
    ),
  ),
  builtin(
    'add period',
    signature('from: date, amount: int, unit: string', ([from, amount, unit], run) =>
      addPeriod(run, from as FeelDate, amount ?? null, unit ?? null),
    ),
    signature('from: date, period: months', ([from, period], run) => {
      const { months } = period as YearsMonthsDuration
      return addMonths(from as FeelDate, months) ?? run.fail('ARITHMETIC', 'beyond all years')
    }),
  ),
  builtin(
    'next working day',
    signature('date: date', ([date], run) => next(run, date as FeelDate)),
  ),
  builtin(
    'is working day',
    signature('date: date', ([date], run) => {
      visitor(run)((date as FeelDate).year)
      return (run.environment.calendar ?? WEEKENDS_ONLY).isWorkingDay(date as FeelDate)
    }),
  ),
]
