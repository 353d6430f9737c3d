/*
 * Goal: money, units and residues are exact, and each rounding goes the way its clause says.
 * Method: the worked example of the domain page as a table; properties over random amounts.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaledFromText, scaledToText } from '../vocabulary/scaled.ts'
import {
  costOfUnits,
  divideHalfUp,
  fenHalfUp,
  minus,
  plus,
  residuePlaces,
  times,
  unitsBought,
  unitsRedeemed,
  wholeFen,
  withPlaces,
  yuanScaled,
} from './exact.ts'
import { example } from './testing.ts'

const nav = scaledFromText(example.batch.dealingDayNav, 4)

describe('units bought', () => {
  it.each(example.lines)('$person $part: $cost buys $units', ({ cost, units, residue }) => {
    const bought = unitsBought(scaledFromText(cost, 2).digits, nav, 4)
    expect(scaledToText(bought.units)).toBe(units)
    expect(scaledToText(bought.residue)).toBe(residue)
  })

  it('never gives more than the money is worth, and never less by a whole last place', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 15n),
        fc.bigInt(1n, 10n ** 8n),
        fc.nat(8),
        fc.nat(8),
        (costFen, navDigits, navPlaces, unitPlaces) => {
          const navAt = { digits: navDigits, places: navPlaces }
          const { units, residue } = unitsBought(costFen, navAt, unitPlaces)
          const worth = plus(times(units, navAt), residue)
          expect(minus(worth, yuanScaled(costFen)).digits).toBe(0n)
          expect(residue.digits >= 0n).toBe(true)
          const oneMore = times({ digits: units.digits + 1n, places: unitPlaces }, navAt)
          expect(minus(oneMore, yuanScaled(costFen)).digits > 0n).toBe(true)
          expect(residue.places).toBe(residuePlaces(unitPlaces, navPlaces))
        },
      ),
    )
  })

  it('rounds a negative cost (a correction) towards zero, as the positive one', () => {
    const there = unitsBought(42_001n, nav, 4)
    const back = unitsBought(-42_001n, nav, 4)
    expect(back.units.digits).toBe(-there.units.digits)
    expect(back.residue.digits).toBe(-there.residue.digits)
  })

  it('knows no net value of zero', () => {
    expect(() => unitsBought(1n, { digits: 0n, places: 4 }, 4)).toThrow(RangeError)
  })
})

describe('units redeemed', () => {
  it('A of the worked example: 490.4250 at 1.3010', () => {
    const { redemption } = example
    const units = scaledFromText(redemption.units, 4)
    const { exact, grossFen, residue } = unitsRedeemed(units, scaledFromText('1.3010', 4))
    expect(scaledToText(exact)).toBe(redemption.exactValue)
    expect(grossFen).toBe(63_804n)
    expect(scaledToText(residue)).toBe('0.00292500')
  })

  it('gives half a fen away at most, in either direction', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 14n), fc.bigInt(1n, 10n ** 8n), (unitDigits, navDigits) => {
        const units = { digits: unitDigits, places: 4 }
        const { exact, grossFen, residue } = unitsRedeemed(units, { digits: navDigits, places: 4 })
        expect(minus(plus(yuanScaled(grossFen), residue), exact).digits).toBe(0n)
        const half = 5n * 10n ** 5n
        expect(residue.digits >= -half && residue.digits < half).toBe(true)
      }),
    )
  })
})

describe('cost of units', () => {
  it('is shared HALF_UP, and the last units take all that is left', () => {
    const held = scaledFromText('3.0000', 4)
    const one = scaledFromText('1.0000', 4)
    expect(costOfUnits(100n, one, held)).toBe(33n)
    expect(costOfUnits(50n, one, held)).toBe(17n)
    expect(costOfUnits(67n, scaledFromText('2.0000', 4), scaledFromText('2.0000', 4))).toBe(67n)
  })

  it('no fen is lost or made by any sequence of sales', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.array(fc.bigInt(1n, 10n ** 9n), { minLength: 1, maxLength: 20 }),
        (costFen, sales) => {
          let held = sales.reduce((sum, units) => sum + units, 0n)
          let left = costFen
          for (const units of sales) {
            const cost = costOfUnits(
              left,
              { digits: units, places: 4 },
              { digits: held, places: 4 },
            )
            expect(cost >= 0n && cost <= left).toBe(true)
            left -= cost
            held -= units
          }
          expect(left).toBe(0n)
        },
      ),
    )
  })

  it('refuses to sell more than is held, or units of another scale', () => {
    const held = scaledFromText('1.0000', 4)
    expect(() => costOfUnits(1n, scaledFromText('1.0001', 4), held)).toThrow(RangeError)
    expect(() => costOfUnits(1n, scaledFromText('-0.0001', 4), held)).toThrow(RangeError)
    expect(() => costOfUnits(1n, scaledFromText('1.00', 2), held)).toThrow(RangeError)
  })
})

describe('rounding', () => {
  it.each([
    [5n, 10n, 1n],
    [4n, 10n, 0n],
    [-5n, 10n, -1n],
    [-4n, 10n, 0n],
    [15n, 10n, 2n],
    [25n, 10n, 3n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
  ])('%d ÷ %d = %d', (value, by, quotient) => {
    expect(divideHalfUp(value, by)).toBe(quotient)
  })

  it.each([
    ['0.01014646', 1n],
    ['0.00999999', 0n],
    ['1.23', 123n],
    ['-0.01014646', 0n],
    ['12', 1200n],
  ])('whole fen in %s: %d', (text, fen) => {
    const point = text.indexOf('.')
    const places = point < 0 ? 0 : text.length - point - 1
    expect(wholeFen(scaledFromText(text, places))).toBe(fen)
  })

  it('to the fen: halves away from zero', () => {
    expect(fenHalfUp(scaledFromText('638.04292500', 8))).toBe(63_804n)
    expect(fenHalfUp(scaledFromText('0.005', 3))).toBe(1n)
    expect(fenHalfUp(scaledFromText('-0.005', 3))).toBe(-1n)
    expect(fenHalfUp(scaledFromText('7', 0))).toBe(700n)
  })

  it('does not drop places in silence', () => {
    expect(() => withPlaces(scaledFromText('1.234', 3), 2)).toThrow(RangeError)
  })
})
