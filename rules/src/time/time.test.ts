/**
 * Goal: dates, times and durations count as ISO 8601 and XML Schema say, over all years.
 * Method: properties against the platform's UTC dates in its range, round trips of texts, and edges
 * as tables.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMonths,
  dayOfWeek,
  dayOfYear,
  daysInMonth,
  type FeelDate,
  formatDate,
  fromEpochDay,
  parseDate,
  toEpochDay,
  weekOfYear,
} from './civil-date.ts'
import {
  DAY_NANOS,
  FeelTime,
  formatDateTime,
  formatTime,
  fromEpochNanos,
  parseDateTime,
  parseTime,
  toEpochNanos,
} from './clock-time.ts'
import {
  DaysTimeDuration,
  formatDuration,
  parseDuration,
  YearsMonthsDuration,
} from './durations.ts'
import { makeOffset, parseZone } from './zones.ts'

const days = fc.integer({ min: -365_000_000_000, max: 365_000_000_000 })

describe('civil dates', () => {
  it('epoch days and back, all years', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = fromEpochDay(day) as FeelDate
        expect(toEpochDay(date)).toBe(day)
        expect(date.day).toBeLessThanOrEqual(daysInMonth(date.year, date.month))
      }),
    )
  })
  it('are those of the platform within its range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -90_000_000, max: 90_000_000 }), (day) => {
        const platform = new Date(day * 86_400_000)
        const date = fromEpochDay(day) as FeelDate
        expect([date.year, date.month, date.day]).toEqual([
          platform.getUTCFullYear(),
          platform.getUTCMonth() + 1,
          platform.getUTCDate(),
        ])
        expect(dayOfWeek(date) % 7).toBe(platform.getUTCDay())
      }),
    )
  })
  it('text and back', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = fromEpochDay(day) as FeelDate
        expect(parseDate(formatDate(date))).toEqual(date)
      }),
    )
  })
  it('adding months keeps the day or takes the last', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20_000, max: 90_000 }),
        fc.integer({ min: -5000, max: 5000 }),
        (day, months) => {
          const date = fromEpochDay(day) as FeelDate
          const later = addMonths(date, months) as FeelDate
          expect(later.year * 12 + later.month).toBe(date.year * 12 + date.month + months)
          expect(later.day).toBe(Math.min(date.day, daysInMonth(later.year, later.month)))
        },
      ),
    )
  })
  it.each([
    '2023-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-00-01',
    '2026-13-01',
    '2026-01-32',
    '2026-1-1',
    '26-01-01',
    '02026-01-01',
    '2026-01-01 ',
    '+2026-01-01',
    '1000000000-01-01',
  ])('there is no %s', (text) => {
    expect(parseDate(text)).toBeUndefined()
  })
  it.each([
    '2024-02-29',
    '2000-02-29',
    '0000-02-29',
    '-0004-02-29',
    '999999999-12-31',
    '-999999999-01-01',
  ])('there is %s', (text) => {
    expect(formatDate(parseDate(text) as FeelDate)).toBe(text)
  })
  it.each([
    ['2005-01-01', 53, 1],
    ['2006-01-01', 52, 1],
    ['2008-12-29', 1, 364],
    ['2010-01-03', 53, 3],
    ['2024-12-30', 1, 365],
  ])('%s is in week %i, day %i of the year', (text, week, day) => {
    const date = parseDate(text) as FeelDate
    expect(weekOfYear(date)).toBe(week)
    expect(dayOfYear(date)).toBe(day)
  })
})

describe('times', () => {
  it('text and back, to the nanosecond, in any zone', () => {
    const nanos = fc.integer({ min: 0, max: DAY_NANOS - 1 })
    const offsets = fc.option(fc.integer({ min: -50_400, max: 50_400 }))
    fc.assert(
      fc.property(nanos, offsets, (nano, offset) => {
        const time = new FeelTime(nano, offset === null ? null : (makeOffset(offset) ?? null))
        expect(parseTime(formatTime(time))).toEqual(time)
      }),
    )
  })
  it('instants and back', () => {
    const nanos = fc.bigInt(-(10n ** 24n), 10n ** 24n)
    fc.assert(
      fc.property(nanos, fc.integer({ min: -840, max: 840 }), (nano, minutes) => {
        const zone = makeOffset(minutes * 60) ?? null
        const moment = fromEpochNanos(nano, zone)
        expect(moment).toBeDefined()
        if (moment === undefined) return
        expect(toEpochNanos(moment)).toBe(nano)
        expect(parseDateTime(formatDateTime(moment))).toEqual(moment)
      }),
    )
  })
  it.each([
    '24:00:00',
    '23:60:00',
    '23:59:60',
    '9:00:00',
    '09:00',
    '09:00:00.',
    '09:00:00.1234567891',
    '09:00:00+15:00',
    '09:00:00+08',
    '09:00:00@Mars',
    '09:00:00 Z',
  ])('there is no %s', (text) => {
    expect(parseTime(text)).toBeUndefined()
  })
  it('named zones are those whose offset is pinned', () => {
    expect(parseZone('@Asia/Shanghai')).toMatchObject({ offset: 28_800, sinceYear: 1992 })
    expect(parseZone('@Etc/GMT-8')).toMatchObject({ offset: 28_800 })
    expect(parseZone('@UTC')).toMatchObject({ offset: 0 })
    expect(parseZone('@Europe/Paris')).toBeUndefined()
    expect(parseDateTime('1991-12-31T00:00:00@Asia/Shanghai')).toBeUndefined()
    expect(parseDateTime('1992-01-01T00:00:00@Asia/Shanghai')).toBeDefined()
  })
})

describe('durations', () => {
  it('text and back', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 26n), 10n ** 26n), (nanos) => {
        expect(parseDuration(formatDuration(new DaysTimeDuration(nanos)))).toEqual(
          new DaysTimeDuration(nanos),
        )
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), (months) => {
        const duration = new YearsMonthsDuration(months)
        expect(parseDuration(formatDuration(duration))).toEqual(duration)
      }),
    )
  })
  it.each([
    ['P1Y14M', 'P2Y2M'],
    ['PT36H', 'P1DT12H'],
    ['-PT90S', '-PT1M30S'],
    ['PT0.000000001S', 'PT0.000000001S'],
    ['P0D', 'PT0S'],
    ['P0Y', 'P0M'],
  ])('%s is written %s', (text, expected) => {
    expect(formatDuration(parseDuration(text) as DaysTimeDuration)).toBe(expected)
  })
  it.each([
    '',
    'P',
    'PT',
    'P1',
    'P1S',
    'PT1D',
    'P1M1Y',
    'P1Y1D',
    'P-1D',
    '--P1D',
    'P1.5D',
    'P1D ',
    'PT1H1H',
    'P99999999999999999999Y',
  ])('there is no %s', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })
})
