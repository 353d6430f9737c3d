/**
 * Goal: under a flood, blocks become as large as can be made final in a quarter of a second, and no larger.
 * Method: blocks of a machine that needs so long for each transaction, noted one after the other.
 */
import { describe, expect, it } from 'vitest'
import { BlockPace } from './block-pace.ts'

function settledAt(msEach: number): number {
  const pace = new BlockPace()
  for (let block = 0; block < 40; block++) pace.note(pace.most, msEach * pace.most)
  return pace.most
}

describe('the pace of blocks', () => {
  it.each([
    [0.02, 10_000],
    [0.1, 2_500],
    [0.5, 500],
    [50, 128],
  ])('at %f ms for each transaction takes %i', (msEach, most) => {
    expect(Math.abs(settledAt(msEach) - most)).toBeLessThanOrEqual(most / 50)
  })

  it('learns nothing from small blocks', () => {
    const pace = new BlockPace()
    for (let block = 0; block < 100; block++) pace.note(3, 30)
    expect(pace.most).toBe(new BlockPace().most)
  })
})
