// Goal: two versions of a rule are compared by people: who gets less, who more, who the same, and the worst case.
// Method: a rate that rises above a wage and falls below it, worked out by hand for the examples; a version that
// refuses; a version beside itself.
import type { RuleDocument } from '@renshe/rules'
import { expect, it } from 'vitest'
import { comparePeople, PEOPLE } from './compare-people.ts'

const version = (expression: string): RuleDocument =>
  ({
    id: 'sample.pay',
    clause: ['X/1'],
    title: { zh: '样例', en: 'Sample' },
    effectiveFrom: '2020-01-01',
    facts: [{ name: 'wage', type: 'money', minimum: '1', maximum: '4000' }],
    outputs: [{ name: 'pay', type: 'money' }],
    parameters: [],
    steps: [
      {
        name: 'pay',
        expression,
        clause: 'X/1',
        rounding: { mode: 'HALF_UP', places: 2, clause: 'X/1' },
      },
    ],
  }) as unknown as RuleDocument

const example = (name: string, wage: string) => ({
  name,
  on: '2026-01-01',
  region: '000000',
  facts: { wage },
})
const examples = [example('low', '1000.00'), example('edge', '2000.00'), example('high', '3000.00')]
const before = version('wage * 0.1')

it('counts less, more and the same, and shows the person who loses most', () => {
  const after = version(
    'if wage > 2000 then wage * 0.1 - 50 else if wage < 2000 then wage * 0.2 else wage * 0.1',
  )
  const found = comparePeople([before, after], examples, [])
  expect(found).toMatchObject({ asked: PEOPLE, examples: 3, otherRefusal: 0 })
  const [pay] = found.amounts
  expect(found.amounts).toHaveLength(1)
  const { losers = 0, winners = 0, compared = 0, changed = 0 } = pay ?? {}
  expect([losers > 50, winners > 50]).toEqual([true, true])
  expect(losers + winners).toBe(changed)
  expect(compared).toBe(PEOPLE)
  expect(compared - changed).toBeGreaterThanOrEqual(1)
  expect(pay?.mostDown?.difference).toBe('-50.00')
  expect(Number(pay?.mostDown?.facts.wage)).toBeGreaterThan(2000)
  const most = pay?.mostUp
  expect(Number(most?.difference)).toBeCloseTo(Number(most?.facts.wage) / 10, 1)
  expect(pay?.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(PEOPLE)
})

it('tells people whom only one version answers', () => {
  const later = { ...before, effectiveFrom: '2027-01-01' } as RuleDocument
  const found = comparePeople([before, later], examples, [])
  expect(found).toMatchObject({ changed: PEOPLE, otherRefusal: PEOPLE, amounts: [] })
})

it('finds nobody between a version and itself, and nobody at all without an example', () => {
  expect(comparePeople([before, before], examples, [])).toMatchObject({ changed: 0 })
  expect(comparePeople([before, before], [], [])).toMatchObject({ asked: 0, amounts: [] })
})
