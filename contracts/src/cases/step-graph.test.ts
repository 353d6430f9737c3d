/*
 * Goal: joins open once, when enough of what they join is done, in whatever order it was done.
 * Method: hand-made steps; a property over all orders of parallel steps.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StepDefinition } from '../catalogue/package-document.ts'
import { leadsTo, stepOf } from './library-card/book-order.ts'
import type { Step, StepStatus } from './records.ts'
import { findOpenStep, judgeJoin, latestInstances, nextRound } from './step-graph.ts'

function step(n: number, name: string, status: StepStatus, round = 1, member = 'one'): Step {
  return { n, step: name, status, round, awaits: [member] } as unknown as Step
}

function joining(of: string[], need?: number): StepDefinition {
  const join = need === undefined ? { of } : { of, need }
  return { ...stepOf('library', { done: leadsTo() }), join }
}

describe('a join', () => {
  const rows: [string, Step[], number | undefined, boolean, number[]][] = [
    ['waits for all', [step(0, 'a', 'done'), step(1, 'b', 'open')], undefined, false, [1]],
    ['opens after all', [step(0, 'a', 'done'), step(1, 'b', 'done')], undefined, true, []],
    ['of one opens after the first', [step(0, 'a', 'open'), step(1, 'b', 'done')], 1, true, [0]],
    ['waits for a step never opened', [step(0, 'a', 'done')], undefined, false, []],
    [
      'counts instances of an each step',
      [step(0, 'a', 'done'), step(1, 'a', 'open'), step(2, 'b', 'done')],
      2,
      true,
      [1],
    ],
    [
      'takes the latest round only',
      [step(0, 'a', 'done'), step(1, 'b', 'done'), step(2, 'a', 'open', 2)],
      undefined,
      false,
      [2],
    ],
    [
      'opens once',
      [step(0, 'a', 'done'), step(1, 'b', 'done'), step(2, 'c', 'done')],
      undefined,
      false,
      [],
    ],
    [
      'opens again after a correction',
      [step(0, 'a', 'done'), step(1, 'b', 'done'), step(2, 'c', 'done'), step(3, 'a', 'done', 2)],
      undefined,
      true,
      [],
    ],
    [
      'does not count the cancelled',
      [step(0, 'a', 'done'), step(1, 'b', 'cancelled')],
      undefined,
      false,
      [],
    ],
  ]
  it.each(rows)('%s', (_name, steps, need, isMet, spare) => {
    const join = judgeJoin('c', joining(['a', 'b'], need), steps)
    expect(join.isMet).toBe(isMet)
    expect(join.spare.map(({ n }) => n)).toEqual(spare)
  })

  it('property: opens exactly once, whatever the order in which its steps are done', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const order = fc.shuffledSubarray(names, { minLength: 5 })
    fc.assert(
      fc.property(order, fc.integer({ min: 1, max: 5 }), (done, need) => {
        let steps = names.map((name, n) => step(n, name, 'open'))
        let opened = 0
        for (const name of done) {
          if (steps.find((one) => one.step === name)?.status !== 'open') continue
          steps = steps.map((one) => (one.step === name ? { ...one, status: 'done' } : one))
          const join = judgeJoin('join', joining(names, need), steps)
          if (!join.isMet) continue
          opened += 1
          const spare = new Set(join.spare.map(({ n }) => n))
          steps = steps.map((one) => (spare.has(one.n) ? { ...one, status: 'cancelled' } : one))
          steps.push(step(steps.length, 'join', 'open'))
        }
        expect(opened).toBe(1)
        expect(steps.filter(({ status }) => status === 'done')).toHaveLength(need)
      }),
    )
  })
})

describe('rounds', () => {
  it('rise, and the latest leaves out what was cancelled', () => {
    const steps = [step(0, 'a', 'done'), step(1, 'a', 'open', 2), step(2, 'a', 'cancelled', 2)]
    expect(nextRound(steps, 'a')).toBe(3)
    expect(nextRound(steps, 'b')).toBe(1)
    expect(latestInstances(steps, 'a').map(({ n }) => n)).toEqual([1])
  })

  it('of several open instances the own one is found, else the newest', () => {
    const steps = [step(0, 'a', 'open', 1, 'one'), step(1, 'a', 'open', 1, 'two')]
    expect(findOpenStep(steps, 'a', 'one')?.n).toBe(0)
    expect(findOpenStep(steps, 'a', 'three')?.n).toBe(1)
    expect(findOpenStep(steps, 'b', 'one')).toBeUndefined()
  })
})
