// Goal: frame lengths leak only Padmé's few bits; person indexes are keyed.
// Method: the examples of sealed-data section 10, and the formula computed with exact integers.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utf8 } from './bytes.ts'
import { paddedLength, personIndex, sha256 } from './index.ts'
import { SectionRefused } from './section-header.ts'

describe('Padmé', () => {
  test.each([
    [36, 256],
    [255, 256],
    [256, 256],
    [257, 272],
    [700, 704],
    [5000, 5120],
    [33_554_468, 34_603_008],
  ])('%d is padded to %d', (length, padded) => {
    expect(paddedLength(length)).toBe(padded)
  })

  test('is the formula, never shorter, at most 12 % longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 256, max: 2 ** 26 }), (length) => {
        const exponent = BigInt(length.toString(2).length - 1)
        const bits = BigInt(exponent.toString(2).length)
        const unit = 1n << (exponent - bits)
        const expected = ((BigInt(length) + unit - 1n) / unit) * unit
        expect(paddedLength(length)).toBe(Number(expected))
        expect(paddedLength(length)).toBeGreaterThanOrEqual(length)
        expect(paddedLength(length)).toBeLessThan(length * 1.12)
      }),
    )
  })

  test('a fixed size is kept or refused', () => {
    expect(paddedLength(40, 1024)).toBe(1024)
    expect(paddedLength(1024, 1024)).toBe(1024)
    expect(() => paddedLength(1025, 1024)).toThrow(SectionRefused)
  })
})

describe('threat 17: a person index', () => {
  const key = sha256(utf8('K'))
  const person = { idType: 'cn-id', id: '11010519491231002X' } as const

  test('depends on key, suite, type and every character', () => {
    const indexes = [
      personIndex('RS-INTL-1', key, person),
      personIndex('RS-GM-1', key, person),
      personIndex('RS-INTL-1', sha256(key), person),
      personIndex('RS-INTL-1', key, { ...person, id: '11010519491231002x' }),
      personIndex('RS-INTL-1', key, { ...person, idType: 'passport' }),
      personIndex('RS-INTL-1', key, { ...person, id: '110105194912310021' }),
    ]
    expect(new Set(indexes).size).toBe(indexes.length)
  })

  test('needs a key of 32 bytes', () => {
    expect(() => personIndex('RS-INTL-1', key.subarray(1), person)).toThrow(RangeError)
  })
})
