import {
  dayOfWeek,
  type FeelDate,
  formatDate,
  fromEpochDay,
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
  const holidays = new Set(days.holidays)
  const workdays = new Set(days.workdays)
  const published = new Set(years)
  return {
    isWorkingDay(date) {
      const text = formatDate(date)
      if (workdays.has(text)) return true
      return dayOfWeek(date) <= 5 && !holidays.has(text)
    },
    isPublished: (year) => published.has(year),
  }
}

/** Every Monday to Friday, for years without a published calendar. */
export const WEEKENDS_ONLY: WorkingCalendar = {
  isWorkingDay: (date) => dayOfWeek(date) <= 5,
  isPublished: () => false,
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
  let day = toEpochDay(from)
  let date: FeelDate | undefined = from
  while (left > 0) {
    day += direction
    date = fromEpochDay(day)
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
    date = fromEpochDay(toEpochDay(date) + 1)
  }
  return undefined
}
