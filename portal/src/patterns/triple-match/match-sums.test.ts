// Goal: the match says equal only where three exact numbers are; nothing is rounded.
// Method: the published example of the portal's pages, one number altered at a time; laws of exact decimals.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isPositive, isSame, negated, productOf, sumOf, trimmed } from '../../format/exact.ts'
import { matchSums } from './match-sums.ts'

const VALUES = {
  billTotal: '808937.36',
  unitsBought: '629719.1299',
  unitNav: '1.2846',
  residue: '0.16573046',
  wholeFen: '0.16',
}

it('finds the example of the pages equal, with its product and residue in full', () => {
  const sums = matchSums(VALUES, '808937.36')
  expect(sums).toMatchObject({ state: 'equal', difference: '0.00' })
  expect(sums.units).toMatchObject({
    product: '808937.19426954',
    total: '808937.36',
    wholeFen: '0.16',
  })
})

it.each([
  [{ ...VALUES, residue: '0.16573047' }, '808937.36', 'unequal', '0.00000001'],
  [{ ...VALUES, unitsBought: '629719.1300' }, '808937.36', 'unequal', '0.00012846'],
  [VALUES, '808000.00', 'unequal', '-937.36'],
  [{ billTotal: '808937.36' }, '808937.36', 'partly', '0.00'],
  [{ billTotal: '808937.36' }, null, 'waiting', null],
  [{}, null, 'waiting', null],
])('%#: tells %s with %s arrived', (values, arrived, state, difference) => {
  expect(matchSums(values, arrived)).toMatchObject({ state, difference })
})

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 8 }))
  .map(([digits, places]) => trimmed(productOf(String(digits), `0.${'0'.repeat(places)}1`), 0))

it('adds and multiplies like numbers without an end', () => {
  fc.assert(
    fc.property(decimal, decimal, decimal, (a, b, c) => {
      expect(isSame(sumOf([a, b]), sumOf([b, a]))).toBe(true)
      expect(isSame(productOf(sumOf([a, b]), c), sumOf([productOf(a, c), productOf(b, c)]))).toBe(
        true,
      )
      expect(isSame(sumOf([a, negated(a)]), '0')).toBe(true)
      expect(isPositive(a) && isPositive(negated(a))).toBe(false)
    }),
  )
})

it('refuses what is no decimal', () => {
  expect(() => sumOf(['1e5'])).toThrow('not a decimal')
})
