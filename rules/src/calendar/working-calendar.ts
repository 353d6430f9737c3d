import {
  dayOfWeek,
  daysInMonth,
  FeelDate,
  fromEpochDay,
  makeDate,
  parseDate,
  toEpochDay,
} from '../time/civil-date.ts'

/** Which days are working days. */
export interface WorkingCalendar {
  /** Whether work is done on that day. */
  isWorkingDay(date: FeelDate): boolean
  /** Whether holidays of that year were published; without, only weekends count. */
  isPublished(year: number): boolean
}

/** Days that differ from "Monday to Friday", as `YYYY-MM-DD`. */
export interface CalendarDays {
  readonly holidays: readonly string[]
  /** Make-up days: weekends that are worked. */
  readonly workdays: readonly string[]
}

/**
 * A calendar of published days; `years` are those with a published calendar.
 *
 * @source determinations §5: Monday to Friday, minus statutory holidays, plus make-up days
 */
export function makeWorkingCalendar(days: CalendarDays, years: readonly number[]): WorkingCalendar {
  const holidays = new Set(days.holidays.map(numberOfText))
  const workdays = new Set(days.workdays.map(numberOfText))
  const published = new Set(years)
  return {
    isWorkingDay(date) {
      const number = numberOf(date)
      if (workdays.has(number)) return true
      return dayOfWeek(date) <= 5 && !holidays.has(number)
    },
    isPublished: (year) => published.has(year),
  }
}

/** A day as one number: its text would be made for every day that a period walks over. */
function numberOf({ year, month, day }: FeelDate): number {
  return (year * 12 + month) * 32 + day
}

function numberOfText(text: string): number {
  const date = parseDate(text)
  // What is no date is no day off either.
  return date === undefined ? Number.NaN : numberOf(date)
}

/** Every Monday to Friday, for years without a published calendar. */
export const WEEKENDS_ONLY: WorkingCalendar = {
  isWorkingDay: (date) => dayOfWeek(date) <= 5,
  isPublished: () => false,
}

function dayAfter({ year, month, day }: FeelDate): FeelDate | undefined {
  if (day < daysInMonth(year, month)) return new FeelDate(year, month, day + 1)
  return month < 12 ? new FeelDate(year, month + 1, 1) : makeDate(year + 1, 1, 1)
}

function dayBefore({ year, month, day }: FeelDate): FeelDate | undefined {
  if (day > 1) return new FeelDate(year, month, day - 1)
  if (month === 1) return makeDate(year - 1, 12, 31)
  return new FeelDate(year, month - 1, daysInMonth(year, month - 1))
}

/**
 * The n-th working day after a day; the day itself for 0. Negative counts go back.
 * `visit` is told every year that was looked at.
 */
export function addWorkingDays(
  calendar: WorkingCalendar,
  from: FeelDate,
  count: number,
  visit: (year: number) => void,
): FeelDate | undefined {
  const direction = count < 0 ? -1 : 1
  let left = Math.abs(count)
  let date: FeelDate | undefined = from
  while (left > 0) {
    date = direction > 0 ? dayAfter(date) : dayBefore(date)
    if (date === undefined) return undefined
    visit(date.year)
    if (calendar.isWorkingDay(date)) left -= 1
  }
  return date
}

/** Working days after `from` up to and including `to`; negative when `to` is before `from`. */
export function countWorkingDays(
  calendar: WorkingCalendar,
  from: FeelDate,
  to: FeelDate,
  visit: (year: number) => void,
): number {
  const start = toEpochDay(from)
  const end = toEpochDay(to)
  const direction = end < start ? -1 : 1
  let count = 0
  for (let day = start; day !== end; ) {
    // Backwards the same days are counted: those after `to` up to and including `from`.
    const date = fromEpochDay(direction > 0 ? day + 1 : day) as FeelDate
    visit(date.year)
    if (calendar.isWorkingDay(date)) count += direction
    day += direction
  }
  return count
}

/** The day itself when it is a working day, else the next one. */
export function nextWorkingDay(
  calendar: WorkingCalendar,
  from: FeelDate,
  visit: (year: number) => void,
): FeelDate | undefined {
  let date: FeelDate | undefined = from
  // No published calendar has a run of free days near this long.
  for (let tries = 0; tries < 400 && date !== undefined; tries += 1) {
    visit(date.year)
    if (calendar.isWorkingDay(date)) return date
    date = dayAfter(date)
  }
  return undefined
}
