/**
 * Goal: periods of law end on the right last instant. Method: published holidays of autumn 2026 as
 * marks, each row one unit or one trap.
 */
import { describe, expect, it } from 'vitest'
import { endOfDay, startOfDay } from './civil-date.ts'
import { addDuration, deadlineAfter } from './duration.ts'
import {
  addWorkingDays,
  type CalendarMark,
  PLAIN_CALENDAR,
  workingCalendar,
  workingDayOnOrAfter,
} from './working-calendar.ts'

/** National Day 2026, as an example: days off, and two weekends that are worked. */
const MARKS: Readonly<Record<string, CalendarMark>> = {
  '2026-09-20': 'WORKDAY',
  '2026-10-01': 'HOLIDAY',
  '2026-10-02': 'HOLIDAY',
  '2026-10-05': 'HOLIDAY',
  '2026-10-06': 'HOLIDAY',
  '2026-10-07': 'HOLIDAY',
  '2026-10-10': 'WORKDAY',
}
const CALENDAR = workingCalendar((date) => MARKS[date])

describe('addDuration', () => {
  it.each([
    ['2026-09-30', { amount: 1, unit: 'days' }, '2026-10-01'],
    ['2026-09-30', { amount: 1, unit: 'working-days' }, '2026-10-08'],
    ['2026-09-30', { amount: 3, unit: 'working-days' }, '2026-10-10'],
    ['2026-09-18', { amount: 1, unit: 'working-days' }, '2026-09-20'],
    ['2026-08-31', { amount: 1, unit: 'months' }, '2026-09-30'],
    ['2024-02-29', { amount: 1, unit: 'years' }, '2025-02-28'],
  ] as const)('%s + %o → %s', (date, term, expected) => {
    expect(addDuration(date, term, CALENDAR)).toBe(expected)
  })

  it('gives no day for hours', () => {
    expect(() => addDuration('2026-09-30', { amount: 1, unit: 'hours' }, CALENDAR)).toThrow(
      RangeError,
    )
  })
})

describe('deadlineAfter', () => {
  it('counts hours from the instant, days to the end of the last one', () => {
    const start = startOfDay('2026-09-30') + 12_345
    expect(deadlineAfter(start, { amount: 2, unit: 'hours' }, CALENDAR)).toBe(start + 7_200_000)
    expect(deadlineAfter(start, { amount: 1, unit: 'working-days' }, CALENDAR)).toBe(
      endOfDay('2026-10-08'),
    )
  })
})

describe('working days', () => {
  it('goes back as well, and stands still for none', () => {
    expect(addWorkingDays('2026-10-08', -1, CALENDAR)).toBe('2026-09-30')
    expect(addWorkingDays('2026-10-03', 0, CALENDAR)).toBe('2026-10-03')
    expect(workingDayOnOrAfter('2026-10-01', CALENDAR)).toBe('2026-10-08')
    expect(workingDayOnOrAfter('2026-09-30', CALENDAR)).toBe('2026-09-30')
    expect(addWorkingDays('2026-10-02', 1, PLAIN_CALENDAR)).toBe('2026-10-05')
  })

  it('refuses a calendar without working days instead of counting for ever', () => {
    const never = workingCalendar(() => 'HOLIDAY')
    expect(() => addWorkingDays('2026-01-01', 1, never)).toThrow('too long')
  })
})
