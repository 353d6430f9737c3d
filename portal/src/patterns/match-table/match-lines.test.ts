// Goal: what does not match stands first, differences are exact to the fen, a day is a day.
// Method: a few cases of the ledger's answer; sums beyond what a double holds.
import { describe, expect, it } from 'vitest'
import { isOpenTooLong, matchLines, matchRows, type TripleMatch } from './match-lines.ts'

const match = (change: Partial<TripleMatch>): TripleMatch => ({
  case: 'A',
  billed: '808937.36',
  arrived: '808937.36',
  received: '808937.36',
  allocated: '808937.36',
  state: 'matched',
  ...change,
})
const DAY = 86_400_000

describe('lines', () => {
  it('are sorted by state, then by age', () => {
    const matches = [
      match({ case: 'done' }),
      match({ case: 'young', state: 'arrived' }),
      match({ case: 'old', state: 'arrived' }),
      match({ case: 'short', state: 'short', arrived: '808000.00' }),
    ]
    const ages: Record<string, number> = { young: 2, old: 1 }
    const lines = matchLines(matches, (id) => ages[id] ?? null)
    expect(lines.map((line) => line.case)).toEqual(['short', 'old', 'young', 'done'])
    expect(lines[0]?.arrivedDifference).toBe('-937.36')
  })

  it('are exact where a double is not', () => {
    const [line] = matchLines(
      [match({ received: '90071992547409.93', allocated: '90071992547409.92', state: 'arrived' })],
      () => null,
    )
    expect(line?.allocatedDifference).toBe('-0.01')
  })

  it('are open for too long after a day, unless they match', () => {
    const [line] = matchLines([match({ state: 'billed' })], () => 0)
    if (line === undefined) throw new Error('no line')
    expect([isOpenTooLong(line, DAY), isOpenTooLong(line, DAY + 1)]).toEqual([false, true])
    expect(isOpenTooLong({ ...line, state: 'matched' }, DAY * 9)).toBe(false)
    expect(isOpenTooLong({ ...line, since: null }, DAY * 9)).toBe(false)
  })

  it('become rows of a file, with head and end', () => {
    const rows = matchRows(
      matchLines([match({})], () => 5),
      {
        head: ['h'],
        state: (state) => state.toUpperCase(),
        title: (id) => `title ${id}`,
        day: String,
        last: ['end'],
      },
    )
    expect(rows).toEqual([
      ['h'],
      [
        'title A',
        'A',
        'MATCHED',
        '808937.36',
        '808937.36',
        '0.00',
        '808937.36',
        '808937.36',
        '0.00',
        '5',
      ],
      ['end'],
    ])
  })
})
