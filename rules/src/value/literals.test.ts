/**
 * Goal: values survive their FEEL literal and their JSON form.
 * Method: random values of every kind; rows for the typed JSON of determinations §1.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FeelNumber } from '../number/decimal.ts'
import { parseLiteral } from '../syntax/parse-value.ts'
import { fromEpochDay } from '../time/civil-date.ts'
import { DAY_NANOS, FeelDateTime, FeelTime } from '../time/clock-time.ts'
import { DaysTimeDuration, YearsMonthsDuration } from '../time/durations.ts'
import { makeOffset } from '../time/zones.ts'
import { equalValues } from './comparison.ts'
import { toLiteral } from './format-value.ts'
import { type FieldType, fromJson, isPlainDecimal, toJson, toTypedJson } from './json.ts'
import { FeelContext, FeelRange, type Value } from './values.ts'

const numbers = fc
  .tuple(fc.bigInt(-(10n ** 34n) + 1n, 10n ** 34n - 1n), fc.integer({ min: -60, max: 60 }))
  .map(([coefficient, exponent]) => new FeelNumber(coefficient, exponent))
const dates = fc
  .integer({ min: -4_000_000, max: 4_000_000 })
  .map((day) => fromEpochDay(day) as Value)
const times = fc
  .tuple(fc.integer({ min: 0, max: DAY_NANOS - 1 }), fc.option(fc.integer({ min: -840, max: 840 })))
  .map(
    ([nano, minutes]) =>
      new FeelTime(nano, minutes === null ? null : (makeOffset(minutes * 60) ?? null)),
  )
const texts = fc.string({ unit: 'grapheme', maxLength: 8 })
const leaves: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  texts,
  numbers,
  dates,
  times,
  fc.tuple(dates, times).map(([date, time]) => new FeelDateTime(date as never, time)),
  fc.bigInt(-(10n ** 20n), 10n ** 20n).map((nanos) => new DaysTimeDuration(nanos)),
  fc.integer({ min: -99_999, max: 99_999 }).map((months) => new YearsMonthsDuration(months)),
  fc
    .tuple(fc.boolean(), fc.nat(), fc.nat(), fc.boolean())
    .map(
      ([low, start, more, high]) =>
        new FeelRange(
          low,
          new FeelNumber(BigInt(start), 0),
          new FeelNumber(BigInt(start + more), 0),
          high,
        ),
    ),
)
const values = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaves,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(
        fc.tuple(
          fc.oneof(texts, fc.constantFrom('a b', '__proto__', '工资', 'if', '1')),
          tie('value'),
        ),
        { maxLength: 4, selector: ([name]) => name },
      )
      .map((entries) => new FeelContext(new Map(entries))),
  ),
})).value

describe('FEEL literals', () => {
  it('read back as the same value and the same text', () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = toLiteral(value)
        const back = parseLiteral(text)
        expect(back, text).toBeDefined()
        expect(toLiteral(back as Value)).toBe(text)
        expect(equalValues(back as Value, value)).toBe(true)
      }),
    )
  })
  it.each([
    '1 + 1',
    'a',
    'now()',
    'f(1)',
    '[1, x]',
    '{a: 1, a: 2}',
    '[2..1]',
    'if true then 1 else 2',
    'date("x")',
    '',
    '(1, 2)',
    '[1].a',
  ])('%s is no literal', (text) => {
    expect(parseLiteral(text)).toBeUndefined()
  })
})

describe('determinations §1: JSON', () => {
  const read = (text: string): Value => parseLiteral(text) as Value
  it.each<[FieldType, string, unknown]>([
    ['money', '3120.5', '3120.50'],
    ['money', '-0.1', '-0.10'],
    ['money', '1.005', undefined],
    ['money', '"1"', undefined],
    ['decimal', '0.450', '0.45'],
    ['decimal', '7', '7'],
    ['int', '19', 19],
    ['int', '1.5', undefined],
    ['year', '2027', 2027],
    ['bool', 'true', true],
    ['bool', '1', undefined],
    ['date', '@"2027-03-08"', '2027-03-08'],
    ['month', '@"2027-03-01"', '2027-03'],
    ['date', '@"2027-03-08T00:00:00"', undefined],
    ['instant', '@"2027-03-08T09:30:00+08:00"', '2027-03-08T09:30:00+08:00'],
    ['text', '"𠮷"', '𠮷'],
    ['text', '1', undefined],
    ['code', 'null', null],
    ['list', '[1, @"2027-01-01"]', ['1', '2027-01-01']],
    ['object', '{a: 1.50}', { a: '1.5' }],
  ])('%s %s → %j', (type, value, expected) => {
    expect(toTypedJson(read(value), type)).toEqual(expected)
  })
  it('untyped JSON is read by its form and numbers with a fraction are refused', () => {
    const json = {
      a: '3120.50',
      b: ['2027-03-08', '2027-03-08T09:30:00+08:00', 'x', '007', '1e3', 5, true, null],
    }
    expect(toLiteral(fromJson(json))).toBe(
      '{a: 3120.5, b: [date("2027-03-08"), date and time("2027-03-08T09:30:00+08:00"), "x", "007", "1e3", 5, true, null]}',
    )
    expect(() => fromJson(0.1)).toThrow(RangeError)
    expect(() => fromJson(2 ** 53)).toThrow(RangeError)
  })
  it('keys are keys, whatever they are called', () => {
    const json = JSON.parse('{"__proto__": {"x": "1"}, "constructor": "2"}')
    expect(toLiteral(fromJson(json))).toBe('{__proto__: {x: 1}, constructor: 2}')
    const back = toJson(fromJson(json))
    expect(JSON.stringify(back)).toBe('{"__proto__":{"x":"1"},"constructor":"2"}')
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
  })
  it.each(['0', '-0.5', '12.50', '0.0'])('%s is a decimal', (text) =>
    expect(isPlainDecimal(text)).toBe(true),
  )
  it.each(['', '-', '+1', '1.', '.5', '01', '1e3', '1 ', '１', '0x1', '1,0'])(
    '%s is none',
    (text) => expect(isPlainDecimal(text)).toBe(false),
  )
})
