import { addDays, addMonths, endOfDay, legalDay } from './civil-date.ts'
import { addWorkingDays, type WorkingCalendar } from './working-calendar.ts'

/** A period as law and packages state it. */
export interface DurationTerm {
  readonly amount: number
  readonly unit: 'hours' | 'days' | 'working-days' | 'months' | 'years'
}

const MS_PER_HOUR = 3_600_000

/**
 * The last day of a period that starts on `date`: the day itself does not count.
 *
 * @throws RangeError for a period in hours, which has no day
 */
export function addDuration(date: string, term: DurationTerm, calendar: WorkingCalendar): string {
  switch (term.unit) {
    case 'hours':
      throw new RangeError('a period in hours starts at an instant, not on a day')
    case 'days':
      return addDays(date, term.amount)
    case 'working-days':
      return addWorkingDays(date, term.amount, calendar)
    case 'months':
      return addMonths(date, term.amount)
    case 'years':
      return addMonths(date, 12 * term.amount)
  }
}

/**
 * The last instant (UTC ms) inside a period that starts at an instant: exactly so many hours later,
 * else the end of the last legal day. An act is late iff block time is above it.
 */
export function deadlineAfter(
  start: number,
  term: DurationTerm,
  calendar: WorkingCalendar,
): number {
  if (term.unit === 'hours') return start + term.amount * MS_PER_HOUR
  return endOfDay(addDuration(legalDay(start), term, calendar))
}
