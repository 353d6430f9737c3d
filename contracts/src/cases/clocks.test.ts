/*
 * Goal: periods end with the last instant of their last day in UTC+08:00, in calendar and in working days, and
 * at the deadline itself an act is still in time (threat 15).
 * Method: tables of starts and ends with the published days of October 2026; one millisecond around each.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../catalogue/package-document.ts'
import { legalDay, startOfDay } from '../vocabulary/civil-date.ts'
import { type WorkingCalendar, workingCalendar } from '../vocabulary/working-calendar.ts'
import { findLapse, findTimeFault, momentsOf, startClock, termsOf } from './clocks.ts'
import type { Step, StepClock } from './records.ts'

/** National Day 2026 in this test: 1 October off, Saturday the 3rd worked. */
const CALENDAR: WorkingCalendar = workingCalendar((date) => {
  if (date === '2026-10-01' || date === '2026-10-02') return 'HOLIDAY'
  return date === '2026-10-03' ? 'WORKDAY' : undefined
})

/** An instant of UTC+08:00. */
function at(moment: string): number {
  const [date = '', time = '00:00'] = moment.split(' ')
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return startOfDay(date) + (hours * 60 + minutes) * 60_000
}

function clock(kind: Clock['kind'], amount: number, unit: Clock['limit']['unit']): Clock {
  return { kind, limit: { amount, unit }, clause: 'x/1' }
}

function untilOf(term: Clock, opened: string, startsOn: string | null = null): number {
  return startClock('c', term, { openedAt: at(opened), startsOn }, CALENDAR).until as number
}

const MS_EAST = 28_800_000

/** Reads an instant as UTC+08:00, to the millisecond. */
function told(ms: number): string {
  const day = legalDay(ms)
  const rest = ms - startOfDay(day)
  const two = (value: number) => `${Math.floor(value)}`.padStart(2, '0')
  const seconds = two((rest / 1000) % 60)
  const ending = rest % 1000 === 999 ? '.999' : ''
  return `${day} ${two(rest / 3_600_000)}:${two((rest / 60_000) % 60)}:${seconds}${ending}`
}

describe('threat 15: the end of a period', () => {
  const rows: [string, Clock, string, string][] = [
    ['a day', clock('within', 1, 'days'), '2026-09-21 10:00', '2026-09-22 23:59:59.999'],
    [
      'opened at the first instant',
      clock('within', 1, 'days'),
      '2026-09-21',
      '2026-09-22 23:59:59.999',
    ],
    ['opened at 23:59', clock('within', 1, 'days'), '2026-09-21 23:59', '2026-09-22 23:59:59.999'],
    ['ends on Sunday, moves', clock('within', 2, 'days'), '2026-09-25', '2026-09-28 23:59:59.999'],
    ['ends on a holiday', clock('within', 3, 'days'), '2026-09-28', '2026-10-03 23:59:59.999'],
    ['must last: no move', clock('lasts', 2, 'days'), '2026-09-25', '2026-09-27 23:59:59.999'],
    [
      'working days',
      clock('within', 5, 'working-days'),
      '2026-09-25 10:00',
      '2026-10-05 23:59:59.999',
    ],
    ['none', clock('within', 0, 'days'), '2026-09-21 10:00', '2026-09-21 23:59:59.999'],
    ['hours', clock('within', 36, 'hours'), '2026-09-21 10:00', '2026-09-22 22:00:00'],
    ['a month, short', clock('within', 1, 'months'), '2026-10-31', '2026-11-30 23:59:59.999'],
    ['a leap day', clock('lasts', 1, 'years'), '2028-02-29', '2029-02-28 23:59:59.999'],
    ['not before', clock('from', 2, 'days'), '2026-12-01', '2026-12-02 23:59:59.999'],
  ]
  it.each(rows)('%s', (_name, term, opened, ends) => {
    expect(told(untilOf(term, opened))).toBe(ends)
  })

  it('of a named start is counted from that day, whenever the step opened', () => {
    const term = clock('within', 1, 'working-days')
    expect(told(untilOf(term, '2026-11-20', '2026-09-30'))).toBe('2026-10-03 23:59:59.999')
  })

  it('of a promise is never after the law', () => {
    const term: Clock = {
      ...clock('within', 3, 'days'),
      promised: { amount: 3, unit: 'working-days' },
    }
    const { promisedUntil, until } = startClock(
      'c',
      term,
      { openedAt: at('2026-09-21'), startsOn: null },
      CALENDAR,
    )
    expect(promisedUntil).toBe(until)
  })

  it('property: a step opened anywhere in a legal day ends at the same instant', () => {
    const units = fc.constantFrom<Clock['limit']['unit']>('days', 'working-days', 'months', 'years')
    const day = fc.integer({ min: 20_000, max: 22_000 })
    const inDay = fc.integer({ min: 0, max: 86_399_999 })
    fc.assert(
      fc.property(day, inDay, units, fc.integer({ min: 0, max: 40 }), (epoch, ms, unit, amount) => {
        const first = epoch * 86_400_000 - MS_EAST
        const end = (openedAt: number) =>
          startClock('c', clock('within', amount, unit), { openedAt, startsOn: null }, CALENDAR)
            .until
        expect(end(first + ms)).toBe(end(first))
        expect(((end(first) as number) + 1 + MS_EAST) % 86_400_000).toBe(0)
      }),
    )
  })
})

function stepWith(clocks: StepClock[]): Step {
  return { clocks } as Step
}

function started(term: Clock): { step: Step; clocks: Record<string, Clock>; until: number } {
  const own = startClock('c', term, { openedAt: at('2026-09-21 10:00'), startsOn: null }, CALENDAR)
  return { step: stepWith([own]), clocks: { c: term }, until: own.until as number }
}

describe('threat 15: one millisecond around the deadline', () => {
  it('an act is late only after it, and only where running out is an outcome', () => {
    const term: Clock = { ...clock('within', 1, 'days'), lapse: { outcome: 'silent' } }
    const { step, clocks, until } = started(term)
    expect(findTimeFault(step, clocks, 'yes', until)).toBeUndefined()
    expect(findTimeFault(step, clocks, 'yes', until + 1)).toMatchObject({
      code: 'STEP_OVERDUE',
      until,
    })
    const told = started({ ...term, lapse: { alert: 'LATE', to: [] } })
    expect(findTimeFault(told.step, told.clocks, 'yes', until + 1)).toBeUndefined()
  })

  it('a lapse is possible only after it', () => {
    const { step, clocks, until } = started({
      ...clock('within', 1, 'days'),
      lapse: { outcome: 'silent' },
    })
    expect(findLapse(step, clocks, until)).toBeUndefined()
    expect(findLapse(step, clocks, until + 1)).toMatchObject({ at: until, isPromise: false })
  })

  it('what must last blocks its own outcome, and only that', () => {
    const { step, clocks, until } = started({
      ...clock('lasts', 1, 'days'),
      lapse: { outcome: 'undisputed' },
    })
    expect(findTimeFault(step, clocks, 'undisputed', until)).toMatchObject({
      code: 'STEP_TOO_EARLY',
    })
    expect(findTimeFault(step, clocks, 'undisputed', until + 1)).toBeUndefined()
    expect(findTimeFault(step, clocks, 'objected', until)).toBeUndefined()
  })

  it('what must last without an outcome blocks every one', () => {
    const { step, clocks, until } = started(clock('lasts', 1, 'days'))
    expect(findTimeFault(step, clocks, 'any', until)).toMatchObject({ code: 'STEP_TOO_EARLY' })
    expect(findTimeFault(step, clocks, 'any', until + 1)).toBeUndefined()
    expect(momentsOf(step.clocks[0] as StepClock, clocks.c as Clock)).toEqual([])
  })

  it('not before', () => {
    const { step, clocks, until } = started(clock('from', 1, 'days'))
    expect(findTimeFault(step, clocks, null, until)).toMatchObject({ code: 'STEP_TOO_EARLY' })
    expect(findTimeFault(step, clocks, null, until + 1)).toBeUndefined()
  })
})

describe('a promise', () => {
  it('is due first, alerts first, and then the law', () => {
    const term: Clock = {
      ...clock('within', 10, 'days'),
      promised: { amount: 2, unit: 'days' },
      lapse: { alert: 'LATE', to: [] },
    }
    const own = startClock('c', term, { openedAt: at('2026-09-21'), startsOn: null }, CALENDAR)
    const clocks = { c: term }
    expect(termsOf([own], clocks)).toEqual({
      dueAt: own.promisedUntil,
      lapsesAfter: own.promisedUntil,
    })
    const after = (own.promisedUntil as number) + 1
    expect(findLapse(stepWith([own]), clocks, after)).toMatchObject({ isPromise: true })
    const once = { ...own, lapsed: 1 }
    expect(findLapse(stepWith([once]), clocks, after)).toBeUndefined()
    expect(termsOf([once], clocks)).toEqual({ dueAt: own.until, lapsesAfter: own.until })
    const twice = { ...own, lapsed: 2 }
    expect(termsOf([twice], clocks)).toEqual({ dueAt: own.until, lapsesAfter: null })
  })

  it('of a limit that is an outcome changes the due date only', () => {
    const term: Clock = {
      ...clock('within', 10, 'days'),
      promised: { amount: 2, unit: 'days' },
      lapse: { outcome: 'silent' },
    }
    const own = startClock('c', term, { openedAt: at('2026-09-21'), startsOn: null }, CALENDAR)
    expect(termsOf([own], { c: term })).toEqual({
      dueAt: own.promisedUntil,
      lapsesAfter: own.until,
    })
  })
})
