import { addDays, dayOfWeek } from './civil-date.ts'

/** What a notice says about one day: off although it is a weekday, or worked although a weekend. */
export type CalendarMark = 'HOLIDAY' | 'WORKDAY'

/** Which days are working days. */
export interface WorkingCalendar {
  isWorkingDay(date: string): boolean
}

/** Above this many days no period of law reaches: a calendar without working days must not hang. */
const MOST_STEPS = 10_000

/** Monday to Friday, except where a mark says otherwise. */
export function workingCalendar(
  markOf: (date: string) => CalendarMark | undefined,
): WorkingCalendar {
  return {
    isWorkingDay(date) {
      const mark = markOf(date)
      return mark === undefined ? dayOfWeek(date) <= 5 : mark === 'WORKDAY'
    },
  }
}

/** The calendar without any notice: Monday to Friday. */
export const PLAIN_CALENDAR: WorkingCalendar = workingCalendar(() => undefined)

/**
 * The date so many working days after (or before) a date; the day itself never counts.
 *
 * @throws RangeError if it lies more than 10,000 days away
 */
export function addWorkingDays(date: string, count: number, calendar: WorkingCalendar): string {
  const step = count < 0 ? -1 : 1
  let left = Math.abs(count)
  let day = date
  for (let steps = 0; left > 0; steps++) {
    if (steps >= MOST_STEPS) throw new RangeError('a period of working days is too long')
    day = addDays(day, step)
    if (calendar.isWorkingDay(day)) left--
  }
  return day
}

/** The date itself if it is a working day, else the next one. */
export function workingDayOnOrAfter(date: string, calendar: WorkingCalendar): string {
  return calendar.isWorkingDay(date) ? date : addWorkingDays(date, 1, calendar)
}
