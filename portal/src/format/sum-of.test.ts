// Goal: sums on a person's page lose nothing.
// Method: the sample worker's numbers, and exact integers of any size.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sumOf } from './exact.ts'

it.each([
  [['420.00', '210.00'], '630.00'],
  [['326.9500', '163.4750'], '490.4250'],
  [['0.00003', '-0.00005'], '-0.00002'],
  [[], '0'],
])('%j', (texts, sum) => {
  expect(sumOf(texts)).toBe(sum)
})

it('adds as integers do', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt()), (values) => {
      const sum = values.reduce((total, value) => total + value, 0n)
      expect(sumOf(values.map(String))).toBe(`${sum}`)
    }),
  )
})
