import { wholeNumber } from '../number/decimal.ts'
import { dayOfWeek, dayOfYear, daysInMonth, type FeelDate, weekOfYear } from '../time/civil-date.ts'
import type { FeelDateTime } from '../time/clock-time.ts'
import type { Value } from '../value/values.ts'
import { type Builtin, builtin, signature } from './builtin.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function overDay(name: string, read: (date: FeelDate) => Value): Builtin {
  return builtin(
    name,
    signature('date: date', ([date]) => read(date as FeelDate)),
    signature('date: datetime', ([moment]) => read((moment as FeelDateTime).date)),
  )
}

/** Temporal functions (DMN 1.5 §10.3.4.9 table 84), and the last day of a month. */
export const DATE_FUNCTIONS: readonly Builtin[] = [
  overDay('day of year', (date) => wholeNumber(dayOfYear(date))),
  overDay('day of week', (date) => WEEKDAYS[dayOfWeek(date) - 1] ?? null),
  overDay('month of year', (date) => MONTHS[date.month - 1] ?? null),
  overDay('week of year', (date) => wholeNumber(weekOfYear(date))),
  overDay('last day of month', (date) => wholeNumber(daysInMonth(date.year, date.month))),
]
