/*
 * Goal: a value has one spelling per type; what has another is refused with words that never repeat it, and
 * a value that came in goes out of FEEL unchanged.
 * Method: a table of good and bad spellings; round trips by fast-check.
 */
import type { Json } from '@renshe/crypto'
import { FeelNumber, type Value } from '@renshe/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareDecimals,
  findFieldFault,
  spellFact,
  spellValue,
  toFeel,
  type ValueType,
} from './field-values.ts'

const types: Record<string, ValueType> = {
  money: { type: 'money' },
  least: { type: 'money', minimum: '1.00', maximum: '9.99' },
  rate: { type: 'decimal', places: 4 },
  free: { type: 'decimal' },
  integer: { type: 'integer', minimum: '0' },
  boolean: { type: 'boolean' },
  date: { type: 'date', minimum: '2026-01-01' },
  month: { type: 'month' },
  instant: { type: 'instant' },
  code: { type: 'code', codes: ['A', 'B'] },
  reference: { type: 'reference' },
  member: { type: 'member' },
  digest: { type: 'digest' },
  text: { type: 'text', maxLength: 3 },
  optional: { type: 'money', optional: true },
  list: { type: 'integer', many: true },
  records: {
    type: 'code',
    many: true,
    fields: { role: { type: 'code' }, share: { type: 'money' } },
  },
}

describe('spellings', () => {
  const rows: [string, Json | undefined, string | null][] = [
    ['money', '0.00', null],
    ['money', '-999999999999999.99', null],
    ['money', '1', 'yuan with exactly two places'],
    ['money', '01.00', 'yuan with exactly two places'],
    ['money', '-0.00', 'yuan with exactly two places'],
    ['money', '1.00 ', 'yuan with exactly two places'],
    ['money', '１.00', 'yuan with exactly two places'],
    ['money', 1, 'yuan with exactly two places'],
    ['money', undefined, 'a value'],
    ['money', null, 'a value'],
    ['least', '0.99', 'at least 1.00'],
    ['least', '10.00', 'at most 9.99'],
    ['rate', '0.0800', null],
    ['rate', '0.08', 'a decimal with exactly 4 places'],
    ['free', '1e3', 'a decimal'],
    ['integer', 7, null],
    ['integer', '7', 'an integer'],
    ['integer', -1, 'at least 0'],
    ['integer', 1.5, 'an integer'],
    ['boolean', 'true', 'true or false'],
    ['date', '2026-02-29', 'a date YYYY-MM-DD'],
    ['date', '2025-12-31', 'at least 2026-01-01'],
    ['month', '2026-13', 'a month YYYY-MM'],
    ['instant', 1790301602000, null],
    ['instant', '2026-01-01', 'an instant in UTC ms'],
    ['code', 'C', 'one of A, B'],
    ['reference', '', 'a register key'],
    ['reference', 'a\nb', 'a register key'],
    ['member', 'City', 'a member id'],
    ['digest', 'AB', '64 lower-case hex digits'],
    ['text', '𠮷野家', 'text of at most 3 characters'],
    ['text', '王䶮', null],
    ['optional', null, null],
    ['optional', undefined, null],
    ['list', [1, 2], null],
    ['list', 1, 'a list'],
    ['list', [1, 'x'], 'an integer'],
    ['records', [{ role: 'R', share: '1.00' }], null],
    ['records', [{ role: 'R' }], 'share: a value'],
    ['records', [{ role: 'R', share: '1.00', x: 1 }], 'records of role, share'],
    ['records', ['R'], 'records'],
  ]
  it.each(rows)('%s %j', (name, json, expected) => {
    expect(findFieldFault(types[name] as ValueType, json)).toBe(expected ?? undefined)
  })

  it('property: no fault ever repeats what came', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(types)),
        fc.string({ minLength: 12 }),
        (type, text) => {
          const fault = findFieldFault(type, text)
          if (fault !== undefined) expect(fault).not.toContain(text)
        },
      ),
    )
  })
})

describe('through FEEL and back', () => {
  const money = fc
    .bigInt({ min: -(10n ** 17n) + 1n, max: 10n ** 17n - 1n })
    .map((fen) => {
      const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
      return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
    })
    .filter((text) => text !== '-0.00')
  const day = fc.integer({ min: 0, max: 40_000 }).map((days) => {
    const date = new Date(days * 86_400_000)
    return date.toISOString().slice(0, 10)
  })
  const cases: [ValueType, fc.Arbitrary<Json>][] = [
    [{ type: 'money' }, money],
    [{ type: 'integer' }, fc.maxSafeInteger()],
    [{ type: 'boolean' }, fc.boolean()],
    [{ type: 'date' }, day],
    [{ type: 'month' }, day.map((date) => date.slice(0, 7))],
    [{ type: 'instant' }, fc.integer({ min: 0, max: 4_000_000_000_000 })],
    [{ type: 'text', maxLength: 500 }, fc.string({ unit: 'grapheme', maxLength: 20 })],
    [{ type: 'money', many: true }, fc.array(money, { maxLength: 10 })],
  ]
  it.each(cases)('property: %j', (type, values) => {
    fc.assert(
      fc.property(values, (json) => {
        expect(findFieldFault(type, json)).toBeUndefined()
        expect(spellValue(type, toFeel(type, json))).toEqual(json)
      }),
    )
  })

  it('a value of another kind, or with one place too many, does not fit', () => {
    const rows: [ValueType, Value][] = [
      [{ type: 'money' }, new FeelNumber(5n, -3)],
      [{ type: 'money' }, 'x'],
      [{ type: 'money' }, null],
      [{ type: 'integer' }, new FeelNumber(15n, -1)],
      [{ type: 'boolean' }, 'true'],
      [{ type: 'date' }, '2026-01-01'],
      [{ type: 'integer', many: true }, new FeelNumber(1n, 0)],
      [{ type: 'money' }, new FeelNumber(10n ** 16n, 0)],
    ]
    for (const [type, value] of rows) expect(spellValue(type, value)).toBeUndefined()
  })
})

describe('facts of a refusal', () => {
  it('keep the places they were written with, and hold no free text', () => {
    expect(spellFact(new FeelNumber(2500n, -2))).toBe('25.00')
    expect(spellFact('two\nlines')).toBeUndefined()
    expect(spellFact(['A', 'B'])).toEqual(['A', 'B'])
    expect(spellFact(true)).toBe(true)
  })
})

describe('comparing decimals', () => {
  it('property: agrees with exact fractions', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 6 }))
      .map(([digits, places]) => {
        const size = `${Math.abs(digits)}`.padStart(places + 1, '0')
        const text = places === 0 ? size : `${size.slice(0, -places)}.${size.slice(-places)}`
        return {
          text: `${digits < 0 ? '-' : ''}${text}`,
          millionths: BigInt(digits) * 10n ** BigInt(6 - places),
        }
      })
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        const order =
          left.millionths < right.millionths ? -1 : left.millionths > right.millionths ? 1 : 0
        expect(compareDecimals(left.text, right.text)).toBe(order)
      }),
    )
  })
})
