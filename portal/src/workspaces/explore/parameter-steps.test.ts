// Goal: a step line shows each value where it holds, from zero, and nothing where a value is no number.
// Method: a series of three values in a drawing of 100 × 100.
import { expect, it } from 'vitest'
import { stepLine } from './parameter-steps.ts'

const row = (value: string, effectiveFrom: string, effectiveTo: string | null = null) => ({
  value,
  effectiveFrom,
  effectiveTo,
  basis: 'law/1',
})
const place = { width: 100, height: 100 }

it('draws levels between their days', () => {
  const line = stepLine(
    [row('5', '2020-01-01'), row('10', '2022-01-01'), row('0', '2023-01-01', '2024-01-01')],
    '2026-01-01',
    place,
  )
  expect(line?.levels.map(({ x1, x2, y }) => [x1, x2, y])).toEqual([
    [0, 50, 50],
    [50, 75, 0],
    [75, 100, 100],
  ])
  expect(line?.years.map(({ label }) => label)).toEqual(['2020', '2022', '2023'])
})

it('draws a value without an end up to this day', () => {
  const line = stepLine([row('1', '2020-01-01'), row('1', '2024-01-01')], '2026-01-01', place)
  expect(line?.levels.at(-1)?.x2).toBe(100)
})

it.each([[[row('first', '2020-01-01')]], [[]]])('draws no line of %j', (rows) => {
  expect(stepLine(rows, '2026-01-01', place)).toBeNull()
})
