/**
 * Goal: one amount has one spelling, and nothing else parses. Method: fast-check round trips over
 * the whole range, and a table of near misses.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fenFromYuan, isMoney, yuanFromFen } from './money.ts'
import { isDecimal, scaledFromText, scaledToText } from './scaled.ts'

const MOST_FEN = 99_999_999_999_999_999n

describe('money', () => {
  it('round-trips every amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -MOST_FEN, max: MOST_FEN }), (fen) => {
        const text = yuanFromFen(fen)
        expect(isMoney(text)).toBe(true)
        expect(fenFromYuan(text)).toBe(fen)
      }),
    )
  })

  it('accepts no text but the one that it writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0129.-+ e') }), (text) => {
        if (isMoney(text)) expect(yuanFromFen(fenFromYuan(text))).toBe(text)
        else expect(() => fenFromYuan(text)).toThrow(RangeError)
      }),
    )
  })

  it.each([
    '0',
    '1.0',
    '1.000',
    '01.00',
    '-0.00',
    '.50',
    '1,00',
    '1.00 ',
    '+1.00',
    '１.00',
    '1e2.00',
  ])('refuses %s', (text) => expect(isMoney(text)).toBe(false))

  it('refuses an amount beyond 15 digits of yuan', () => {
    expect(() => yuanFromFen(MOST_FEN + 1n)).toThrow(RangeError)
    expect(isMoney('1000000000000000.00')).toBe(false)
  })
})

describe('scaled decimals', () => {
  it('round-trip at every scale', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 11n), max: 10n ** 11n }),
        fc.integer({ min: 0, max: 18 }),
        (digits, places) => {
          const text = scaledToText({ digits, places })
          expect(isDecimal(text, places)).toBe(true)
          expect(scaledFromText(text, places)).toEqual({ digits, places })
        },
      ),
    )
  })

  it.each([
    ['1.2846', 4, true],
    ['1.2846', 2, false],
    ['12', 0, true],
    ['12.', 0, false],
    ['-0.0', 1, false],
    ['-0', 0, false],
    ['00.1', 1, false],
    ['', 0, false],
    ['-', 0, false],
    ['1.2.3', 2, false],
  ])('%s at %i places → %s', (text, places, expected) => {
    expect(isDecimal(text, places)).toBe(expected)
  })
})
