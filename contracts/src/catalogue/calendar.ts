/* The published calendar of working days. */
import type { StateView } from '@renshe/kernel'
import { type FeelDate, formatDate, type WorkingCalendar as RuleCalendar } from '@renshe/rules'
import { dayOfWeek } from '../vocabulary/civil-date.ts'
import type { CalendarMark, WorkingCalendar } from '../vocabulary/working-calendar.ts'
import { calendarYears } from './records.ts'

/**
 * Parameter whose values `HOLIDAY` and `WORKDAY`, each in effect on its one day, make the calendar.
 */
export const CALENDAR_PARAMETER = 'calendar.day'

/** Takes days as text, for contracts, and as FEEL dates, for rules. */
export interface PublishedCalendar extends WorkingCalendar, RuleCalendar {
  isWorkingDay(date: string | FeelDate): boolean
}

/**
 * The calendar of this state: Monday to Friday, except days that a published notice names. Each
 * year is read once.
 */
export function calendarOf(view: StateView): PublishedCalendar {
  const years = new Map<number, { readonly [date: string]: CalendarMark } | undefined>()
  return publishedCalendar((year) => {
    if (!years.has(year)) years.set(year, view.state(calendarYears).read(year)?.days)
    return years.get(year)
  })
}

/** The calendar of days that are at hand. */
export function calendarOfDays(marks: ReadonlyMap<string, CalendarMark>): PublishedCalendar {
  const years = new Map<number, { [date: string]: CalendarMark }>()
  for (const [date, mark] of marks) {
    const year = yearOf(date)
    years.set(year, { ...years.get(year), [date]: mark })
  }
  return publishedCalendar((year) => years.get(year))
}

/** Days that one calendar remembers: sixty years. */
const MOST_KNOWN_DAYS = 22_000

function publishedCalendar(
  daysOf: (year: number) => { readonly [date: string]: CalendarMark } | undefined,
): PublishedCalendar {
  const isWorking = (date: string): boolean => {
    const days = daysOf(yearOf(date))
    const mark = days !== undefined && Object.hasOwn(days, date) ? days[date] : undefined
    return mark === undefined ? dayOfWeek(date) <= 5 : mark === 'WORKDAY'
  }
  // A period walks over the same days for every question; their texts are dear to make.
  const known = new Map<number, boolean>()
  const isWorkingDate = (date: FeelDate): boolean => {
    const number = (date.year * 12 + date.month) * 32 + date.day
    const found = known.get(number) ?? isWorking(formatDate(date))
    if (known.size >= MOST_KNOWN_DAYS) known.clear()
    known.set(number, found)
    return found
  }
  return {
    isWorkingDay: (given) => (typeof given === 'string' ? isWorking(given) : isWorkingDate(given)),
    isPublished: (year) => year >= 1 && year <= 9999 && daysOf(year) !== undefined,
  }
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4))
}
