// Goal: a step counts for its holder as in time, late, open or overdue by its own limit; others do not count.
// Method: one step per row around one limit.
import { describe, expect, it } from 'vitest'
import { punctualityOf } from './punctuality.ts'

const LIMIT = 1_000
type Step = Parameters<typeof punctualityOf>[0][number]

const step = (change: Partial<Step>): Step => ({
  holder: 'lib-0001',
  status: 'done',
  dueAt: LIMIT,
  clocks: [],
  endedBy: { at: LIMIT, by: 'act' },
  ...change,
})

const clock = (change: object): Step['clocks'] => [
  {
    name: 'limit',
    kind: 'within',
    startsOn: '',
    promisedUntil: null,
    until: LIMIT,
    lapsed: 0,
    ...change,
  },
]

describe('a step', () => {
  it.each<[string, Partial<Step>, object | undefined]>([
    ['done at the last moment', {}, { inTime: 1, late: 0, worstMs: null }],
    [
      'done after it',
      { endedBy: { at: LIMIT + 7, by: 'determination' } },
      { inTime: 0, late: 1, worstMs: 7 },
    ],
    ['open after its limit', { status: 'open', endedBy: null }, { open: 0, overdue: 1 }],
    ['open with a later limit', { status: 'open', dueAt: 2_000 }, { open: 1, overdue: 0 }],
    ['with a clock but no due moment', { dueAt: null, clocks: clock({}) }, { inTime: 1 }],
    [
      'with an earlier promise',
      { dueAt: null, clocks: clock({ promisedUntil: LIMIT - 5 }) },
      { late: 1, worstMs: 5 },
    ],
    ['with a period that must pass', { dueAt: null, clocks: clock({ kind: 'lasts' }) }, undefined],
    [
      'that lapsed, as the rules foresee',
      { endedBy: { at: 9_999, by: 'lapse' } },
      { lapsed: 1, late: 0 },
    ],
    ['that a payment ended', { endedBy: { at: 9_999, by: 'wait' } }, { inTime: 0, late: 0 }],
    ['without a limit', { dueAt: null }, undefined],
    ['cancelled', { status: 'cancelled' }, undefined],
    ['that waits for another', { status: 'waiting' }, undefined],
  ])('%s', (_, change, counts) => {
    const [found] = punctualityOf([step(change)], 1_500)
    if (counts === undefined) expect(found).toBeUndefined()
    else expect(found).toMatchObject({ member: 'lib-0001', ...counts })
  })

  it('counts for its holder; who is overdue stands first', () => {
    const rows = punctualityOf(
      [
        step({}),
        step({ holder: 'emp-0001', endedBy: { at: 1_200, by: 'act' } }),
        step({ holder: 'z-1', status: 'open' }),
      ],
      1_500,
    )
    expect(rows.map(({ member }) => member)).toEqual(['z-1', 'emp-0001', 'lib-0001'])
  })
})
