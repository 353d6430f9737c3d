/**
 * Goal: civil dates, legal days and periods come out right without any clock, locale or time zone.
 * Method: a table of the hard days, and fast-check against the platform's own UTC calendar, which
 * tests may use.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  dateOfEpochDay,
  dayOfWeek,
  endOfDay,
  epochDay,
  isCivilDate,
  isMonth,
  legalDay,
  startOfDay,
} from './civil-date.ts'

const DAY_MS = 86_400_000
/** 0001-01-01 and 9999-12-31. */
const someDay = fc.integer({ min: -719_162, max: 2_932_896 })

describe('isCivilDate', () => {
  it.each([
    ['2024-02-29', true],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2026-02-29', false],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-1-01', false],
    ['0000-01-01', false],
    ['2026-01-01T', false],
    ['２026-01-01', false],
    ['2026-01-0a', false],
  ])('%s → %s', (text, expected) => {
    expect(isCivilDate(text)).toBe(expected)
  })

  it('takes months in one spelling', () => {
    expect(['2026-09', '2026-12'].every(isMonth)).toBe(true)
    expect(['2026-9', '2026-13', '2026-09-01', ''].some(isMonth)).toBe(false)
  })
})

describe('days', () => {
  it('agrees with the UTC calendar on every day of years 1 to 9999', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const text = dateOfEpochDay(day)
        expect(text).toBe(new Date(day * DAY_MS).toISOString().slice(0, 10))
        expect(epochDay(text)).toBe(day)
        expect(dayOfWeek(text) % 7).toBe(new Date(day * DAY_MS).getUTCDay())
      }),
    )
  })

  it('begins at 16:00 UTC of the day before and ends a millisecond before the next', () => {
    expect(startOfDay('2026-09-01')).toBe(Date.UTC(2026, 7, 31, 16))
    expect(legalDay(startOfDay('2026-09-01'))).toBe('2026-09-01')
    expect(legalDay(startOfDay('2026-09-01') - 1)).toBe('2026-08-31')
    expect(legalDay(endOfDay('2026-09-01'))).toBe('2026-09-01')
    expect(endOfDay('2026-09-01') + 1).toBe(startOfDay('2026-09-02'))
  })
})

describe('addMonths', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('%s + %i → %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected)
  })

  it('is undone by days, not by months', () => {
    expect(addDays(addDays('2026-03-01', -1), 1)).toBe('2026-03-01')
  })
})
