/**
 * Goal: voters see what a new version changes, and every lock that it loosens. Method: one change
 * per row against the reading room.
 */
import { describe, expect, it } from 'vitest'
import { comparePackages } from './comparison.ts'
import { findLoosenings } from './loosening.ts'
import { changed, FINES, READING_ROOM } from './testing.ts'

describe('comparePackages', () => {
  it('finds nothing in equal packages', () => {
    expect(comparePackages(READING_ROOM, structuredClone(READING_ROOM))).toEqual([])
  })

  it('names elements of lists by what they are, so that one insertion is one change', () => {
    const added = { ...FINES.parameters[0], parameter: 'fines.cap', value: '20.00' }
    const next = changed(FINES, {
      '/parameters': [added, ...FINES.parameters],
      '/parameters/1/value': '0.55',
      '/rules/0/title/en': 'The fine',
      '/rules/0/steps/0/expression': 'days * 2 * parameter("fines.per-day")',
    })
    expect(comparePackages(FINES, next)).toMatchObject([
      { path: '/parameters/fines.cap 000000 2020-01-01', change: 'ADDED', before: null },
      {
        path: '/parameters/fines.per-day 000000 2020-01-01/value',
        change: 'CHANGED',
        before: '0.50',
        after: '0.55',
      },
      {
        path: '/rules/fines.amount/steps/amount/expression',
        before: 'days * parameter("fines.per-day")',
        after: 'days * 2 * parameter("fines.per-day")',
      },
      { path: '/rules/fines.amount/title/en', change: 'CHANGED', after: 'The fine' },
    ])
  })

  it('shortens what is long and stops at 500', () => {
    const texts = Object.fromEntries(
      Array.from({ length: 600 }, (_, n) => [`k${n}`, 'x'.repeat(999)]),
    )
    const changes = comparePackages(FINES, changed(FINES, { '/texts/en': texts }))
    expect(changes).toHaveLength(500)
    expect(`${changes[0]?.after}`.length).toBeLessThan(500)
  })
})

describe('findLoosenings', () => {
  const section = '/service/sections/reason'
  it.each<[string, Record<string, unknown>]>([
    ['SHARING', { [`${section}/sharing`]: 'UNCONDITIONAL' }],
    ['USE', { [`${section}/use`]: 'STORE' }],
    ['READER', { [`${section}/readers`]: ['school', 'library'] }],
    ['LEAST_ROWS', { '/service/sections/loans/leastRows': 3 }],
    ['FOUR_EYES', { '/service/steps/decide/by': {} }],
    ['DETERMINATION_MEMBERS', { '/service/determinations/fines/members': ['library'] }],
    ['NEVER_NEGATIVE', { '/charts/till/accounts/0/neverNegative': false }],
    ['EQUALITY', { '/charts/till/equalities': [] }],
  ])('finds %s', (what, changes) => {
    expect(
      findLoosenings(READING_ROOM, changed(READING_ROOM, changes)).map((found) => found.what),
    ).toEqual([what])
  })

  it('finds a lower level and fewer signatures', () => {
    const strict = changed(READING_ROOM, {
      [`${section}/level`]: 4,
      '/service/steps/decide/signatures': { of: ['library', 'school'], need: 2 },
    })
    expect(
      findLoosenings(strict, READING_ROOM)
        .map(({ what }) => what)
        .sort(),
    ).toEqual(['LEVEL', 'SIGNATURES'])
    // Tightening is no loosening.
    expect(findLoosenings(READING_ROOM, strict)).toEqual([])
  })
})
