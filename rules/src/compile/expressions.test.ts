/**
 * Goal: expressions mean what DMN 1.5 §10.3.2 says, and null tells its reason.
 * Method: tables of expression and literal, one describe per clause of the specification.
 */
import { describe, expect, it } from 'vitest'
import { FeelSyntaxError } from '../syntax/syntax-error.ts'
import { compile } from './compile.ts'
import { evaluate, feel, holds, isNullBecause } from './feel.test-support.ts'

describe('10.3.1.2 literals', () => {
  holds([
    ['1', '1'],
    ['.5', '0.5'],
    ['1.50', '1.5'],
    ['-0', '0'],
    ['1e3', '1000'],
    ['1.2E-2', '0.012'],
    ['9007199254740993', '9007199254740993'],
    ['"a\\"b\\\\c\\n\\t"', '"a\\"b\\\\c\\n\\t"'],
    ['"\\u4eba\\u793E"', '"人社"'],
    ['"\\uD842\\uDFB7" = "\\U020BB7"', 'true'],
    ['"\\d"', '"\\\\d"'],
    ['true', 'true'],
    ['null', 'null'],
    ['@"2027-03-08"', 'date("2027-03-08")'],
    ['@"10:30:00+08:00"', 'time("10:30:00+08:00")'],
    ['@"2027-03-08T24:00:00"', 'date and time("2027-03-09T00:00:00")'],
    ['@"P1Y2M"', 'duration("P1Y2M")'],
    ['@"-P1DT2H"', 'duration("-P1DT2H")'],
    ['1 /* a */ + // b\n 2', '3'],
  ])
  isNullBecause([['@"2027-02-30"', 'ARGUMENT_VALUE']])
})

describe('10.3.1.2 what is not FEEL is refused with its place', () => {
  it.each([
    ['', 'UNEXPECTED_END', 1, 1],
    ['1 +', 'UNEXPECTED_END', 1, 4],
    ['(1', 'UNEXPECTED_END', 1, 3],
    ['"abc', 'UNEXPECTED_END', 1, 1],
    ['/* x', 'UNEXPECTED_END', 1, 1],
    ['1 2', 'UNEXPECTED_TOKEN', 1, 3],
    ['a ; b', 'UNEXPECTED_TOKEN', 1, 3],
    ['1 +\n  * 2', 'UNEXPECTED_TOKEN', 2, 3],
    ['if a then b', 'UNEXPECTED_END', 1, 12],
    ['f(a: 1, a: 2)', 'DUPLICATE_NAME', 1, 12],
    ['x instance of numbre', 'BAD_TYPE', 1, 15],
    ['1e99999', 'BAD_NUMBER', 1, 1],
    ['"\\uD800"', 'BAD_STRING', 1, 1],
  ])('%s: %s at %i:%i', (text, code, line, column) => {
    const refused = (): unknown => compile(text)
    expect(refused).toThrow(FeelSyntaxError)
    try {
      refused()
    } catch (error) {
      expect(error).toMatchObject({ code, position: { line, column } })
    }
  })
})

describe('10.3.1.4 names with spaces, symbols and any script', () => {
  holds([
    ['monthly wage base * 2', '6', '{"monthly wage base": 3}'],
    ['monthly   wage\n base', '3', '{"monthly wage base": 3}'],
    ['profit-and-loss', '7', '{"profit-and-loss": 7, profit: 1, loss: 2}'],
    ['profit - loss', '-1', '{"profit-and-loss": 7, profit: 1, loss: 2}'],
    ['缴费 基数 * 0.08', '0.8', '{"缴费 基数": 10}'],
    ['𠮷野家', '1', '{"𠮷野家": 1}'],
    ['date of birth', '5', '{"date of birth": 5, date: 1}'],
    ['a.first name', '"x"', '{a: {"first name": "x"}}'],
    ['[{first name: "x"}, {first name: "y"}][first name = "y"].first name', '["y"]'],
    ['{"a+b": 2, c: a+b}.c', '2'],
    ['for 基数 值 in [1, 2] return 基数 值 + 1', '[2, 3]'],
    ['date', '3', '{date: 3}'],
    ['in stock', '4', '{"in stock": 4}'],
    ['__proto__', '1', '{__proto__: 1}'],
    ['constructor', '2', '{constructor: 2}'],
  ])
  it('a name that nobody declares is null with its name as reason', () => {
    const { value, warnings } = evaluate('missing name + 1')
    expect(value).toBeNull()
    expect(warnings[0]).toMatchObject({
      code: 'UNKNOWN_NAME',
      position: { line: 1, column: 1, offset: 0 },
    })
  })
  it('objects of the platform are not in scope', () => {
    for (const name of ['toString', 'hasOwnProperty', 'globalThis']) expect(feel(name)).toBe('null')
  })
})

describe('10.3.2.8 three-valued logic (table 49)', () => {
  const values = ['true', 'false', 'null', '"other"']
  const and = [
    ['true', 'false', 'null', 'null'],
    ['false', 'false', 'false', 'false'],
    ['null', 'false', 'null', 'null'],
    ['null', 'false', 'null', 'null'],
  ]
  const or = [
    ['true', 'true', 'true', 'true'],
    ['true', 'false', 'null', 'null'],
    ['true', 'null', 'null', 'null'],
    ['true', 'null', 'null', 'null'],
  ]
  values.forEach((left, row) => {
    values.forEach((right, column) => {
      it(`${left} and/or ${right}`, () => {
        expect(feel(`${left} and ${right}`)).toBe(and[row]?.[column])
        expect(feel(`${left} or ${right}`)).toBe(or[row]?.[column])
      })
    })
  })
  holds([
    ['true or false and false', 'true'],
    ['not(true)', 'false'],
    ['not(null)', 'null'],
    ['if null then 1 else 2', '2'],
    ['if "x" then 1 else 2', '2'],
  ])
})

describe('10.3.2.13 comparison (table 53, 54)', () => {
  holds([
    ['1 = 1.0', 'true'],
    ['1 != 1.0', 'false'],
    ['null = null', 'true'],
    ['1 = null', 'false'],
    ['1 != null', 'true'],
    ['"a" < "b"', 'true'],
    ['"\uFFFD" < "𠮷"', 'true'],
    ['[1, 2] = [1, 2.0]', 'true'],
    ['[1, 2] = [2, 1]', 'false'],
    ['{a: 1, b: 2} = {b: 2, a: 1}', 'true'],
    ['{a: 1} = {a: 1, b: 2}', 'false'],
    ['[1..5] = [1..5]', 'true'],
    ['[1..5] = [1..5)', 'false'],
    ['(< 10) = (null..10)', 'true'],
    ['@"10:00:00+08:00" = @"02:00:00Z"', 'true'],
    ['@"10:00:00" = @"10:00:00Z"', 'false'],
    ['@"2027-01-01T00:00:00+08:00" < @"2026-12-31T17:00:00Z"', 'true'],
    ['@"P1Y" = @"P12M"', 'true'],
    ['@"PT24H" = @"P1D"', 'true'],
    ['2 between 1 and 3', 'true'],
    ['1 between 2 and 3', 'false'],
    ['@"2026-05-01" between @"2026-01-01" and @"2026-12-31"', 'true'],
  ])
  isNullBecause([
    ['1 = "1"', 'NOT_COMPARABLE'],
    ['true < false', 'NOT_COMPARABLE'],
    ['[1] < [2]', 'NOT_COMPARABLE'],
    ['@"P1Y" = @"P365D"', 'NOT_COMPARABLE'],
    ['@"2027-01-01" = @"2027-01-01T00:00:00"', 'NOT_COMPARABLE'],
    ['@"10:00:00" < @"10:00:00Z"', 'NOT_COMPARABLE'],
    ['null < 1', 'NOT_COMPARABLE'],
    ['1 between "a" and 2', 'NOT_COMPARABLE'],
  ])
})

describe('10.3.2.13 arithmetic (table 56)', () => {
  holds([
    ['0.1 + 0.2', '0.3'],
    ['1 / 3', '0.3333333333333333333333333333333333'],
    ['2 / 3', '0.6666666666666666666666666666666667'],
    ['2 * 3 + 4', '10'],
    ['2 + 3 * 4', '14'],
    ['10 - 2 - 3', '5'],
    ['2 ** 3 ** 2', '64'],
    ['-2 ** 2', '4'],
    ['2 ** -1', '0.5'],
    ['2 ** 0.5', '1.414213562373095048801688724209698'],
    ['- -3', '3'],
    ['"a" + "b"', '"ab"'],
    ['@"2024-02-29" + @"P1Y"', 'date("2025-02-28")'],
    ['@"2024-01-31" + @"P1M"', 'date("2024-02-29")'],
    ['@"2024-03-31" - @"P1M"', 'date("2024-02-29")'],
    ['@"2024-12-31" + @"P1D"', 'date("2025-01-01")'],
    ['@"2024-12-31" + @"PT23H"', 'date("2024-12-31")'],
    ['@"2024-12-31" - @"PT1H"', 'date("2024-12-30")'],
    ['@"2024-03-01" - @"2024-02-28"', 'duration("P2D")'],
    ['@"2023-03-01" - @"2024-03-01"', 'duration("-P366D")'],
    ['@"2024-02-28T23:00:00+08:00" + @"PT2H"', 'date and time("2024-02-29T01:00:00+08:00")'],
    ['@"2024-02-29T00:00:00Z" - @"2024-02-28"', 'duration("P1D")'],
    ['@"23:00:00" + @"PT2H"', 'time("01:00:00")'],
    ['@"01:00:00" - @"23:00:00"', 'duration("-PT22H")'],
    ['@"P1Y" + @"P2M"', 'duration("P1Y2M")'],
    ['@"P1D" * 2.5', 'duration("P2DT12H")'],
    ['2 * @"P1Y1M"', 'duration("P2Y2M")'],
    ['@"P1Y" * 1.55', 'duration("P1Y6M")'],
    ['@"P1Y" / @"P1M"', '12'],
    ['@"P1D" / @"PT1H"', '24'],
    ['@"P1D" / 3', 'duration("PT8H")'],
    ['-@"P1D"', 'duration("-P1D")'],
    ['@"-0001-12-31" + @"P1D"', 'date("0000-01-01")'],
  ])
  isNullBecause([
    ['1 / 0', 'ARITHMETIC'],
    ['10 ** 6144 * 10', 'ARITHMETIC'],
    ['0 ** -1', 'ARITHMETIC'],
    ['(-8) ** 0.5', 'ARITHMETIC'],
    ['@"P1D" / @"PT0S"', 'ARITHMETIC'],
    ['@"999999999-12-31" + @"P1D"', 'ARITHMETIC'],
    ['1 + "1"', 'OPERAND_TYPE'],
    ['null + 1', 'OPERAND_TYPE'],
    ['@"P1D" + @"P1M"', 'OPERAND_TYPE'],
    ['@"2024-01-01" + @"2024-01-01"', 'OPERAND_TYPE'],
    ['@"2024-01-01T00:00:00" - @"2024-01-01"', 'OPERAND_TYPE'],
    ['-"a"', 'OPERAND_TYPE'],
  ])
})

describe('10.3.2.7 ranges and 10.3.2.14 in', () => {
  holds([
    ['5 in [1..5]', 'true'],
    ['5 in [1..5)', 'false'],
    ['5 in [1..5[', 'false'],
    ['1 in ]1..5]', 'false'],
    ['1 in (1..5)', 'false'],
    ['5 in (1, 3, 5)', 'true'],
    ['5 in (< 3, >= 5)', 'true'],
    ['5 in < 3', 'false'],
    ['5 in != 5', 'false'],
    ['5 in = 5', 'true'],
    ['5 in [1, 5]', 'true'],
    ['5 in [[1..2], [4..6]]', 'true'],
    ['[1, 2] in [[1, 2], [3]]', 'true'],
    ['"b" in ["a".."c"]', 'true'],
    ['null in (1, null)', 'true'],
    ['[1..5].start', '1'],
    ['[1..5).end included', 'false'],
    ['(>= 3).start included', 'true'],
    ['(< 3).start', 'null'],
    ['(< 3).end', '3'],
    ['[1+1..2*3]', '[2..6]'],
    ['[@"2026-01-01"..@"2026-12-31"]', '[date("2026-01-01")..date("2026-12-31")]'],
  ])
  isNullBecause([
    ['[5..1]', 'ARGUMENT_VALUE'],
    ['[1.."a"]', 'NOT_COMPARABLE'],
    ['"a" in [1..5]', 'NOT_COMPARABLE'],
    ['[null..null]', 'OPERAND_TYPE'],
  ])
})

describe('10.3.2.5 lists and 10.3.2.15 filters (table 62)', () => {
  holds([
    ['[1, 2, 3][1]', '1'],
    ['[1, 2, 3][-1]', '3'],
    ['[1, 2, 3][item > 1]', '[2, 3]'],
    ['[{a: 1}, {a: 2}][a = 2]', '[{a: 2}]'],
    ['[{a: 1}, {a: 2}][item.a = 2].a', '[2]'],
    ['[{a: 1}, {b: 2}].a', '[1, null]'],
    ['[{x: 1, y: 2}, {x: 2, y: 3}][x = 1]', '[{x: 1, y: 2}]'],
    ['[1, 2, 3, 4][item >= limit]', '[3, 4]', '{limit: 3}'],
    ['[{limit: 1, v: 9}][v > limit].v', '[9]', '{limit: 100}'],
    ['[[1, 2], [3]][2]', '[3]'],
    ['true[1]', 'true'],
    ['5[item > 3]', '[5]'],
    ['null[1 = 1]', '[]'],
    ['[1, null, 2][item = null]', '[null]'],
    ['[1, 2, 3][count([1, 2])]', '2'],
    ['[1,2,3][item > 1][item < 3]', '[2]'],
    ['[][1 = 1]', '[]'],
    ['[{item: 1}, {item: 2}][item > 1]', '[{item: 2}]'],
    ['[@"2026-01-01", @"2027-01-01"][year = 2027]', '[date("2027-01-01")]'],
  ])
  isNullBecause([
    ['[1, 2][3]', 'INDEX'],
    ['[1, 2][0]', 'INDEX'],
    ['[1, 2][-3]', 'INDEX'],
    ['[1, 2][1.5]', 'INDEX'],
    ['[][1]', 'INDEX'],
  ])
})

describe('10.3.2.6 contexts and paths (table 61), 10.3.2.15 properties (table 65)', () => {
  holds([
    ['{a: 1, b: a + 1, c: a + b}', '{a: 1, b: 2, c: 3}'],
    ['{a: {b: {c: 1}}}.a.b.c', '1'],
    ['{"a b": 1}.a b', '1'],
    ['{f: function(x) x + 1, r: f(2)}.r', '3'],
    ['{}', '{}'],
    ['@"2027-03-08".year', '2027'],
    ['@"2027-03-08".weekday', '1'],
    ['@"2027-03-08T10:11:12.5+08:00".second', '12.5'],
    ['@"2027-03-08T10:11:12+08:00".time offset', 'duration("PT8H")'],
    ['@"2027-03-08T10:11:12@Asia/Shanghai".timezone', '"Asia/Shanghai"'],
    ['@"2027-03-08T10:11:12".time offset', 'null'],
    ['@"-P1DT2H3M4.5S".seconds', '-4.5'],
    ['@"-P1DT2H3M4.5S".days', '-1'],
    ['@"P1Y2M".years', '1'],
    ['@"-P1Y2M".months', '-2'],
  ])
  isNullBecause([
    ['{a: 1}.b', 'NO_SUCH_ENTRY'],
    ['null.a', 'NO_SUCH_ENTRY'],
    ['"text".length', 'NO_SUCH_ENTRY'],
    ['{a: 1, a: 2}', 'DUPLICATE_NAME'],
    ['{}.__proto__', 'NO_SUCH_ENTRY'],
    ['@"P1Y".days', 'NO_SUCH_ENTRY'],
  ])
})

describe('10.3.2.14 for, some, every', () => {
  holds([
    ['for x in [1, 2] return x * 2', '[2, 4]'],
    ['for x in 1..3 return x', '[1, 2, 3]'],
    ['for x in 3..1 return x', '[3, 2, 1]'],
    ['for x in [1..3) return x', '[1, 2]'],
    ['for x in [1, 2], y in [10, 20] return x + y', '[11, 21, 12, 22]'],
    ['for x in [[1, 2], [3]], y in x return y', '[1, 2, 3]'],
    ['for i in 0..4 return if i = 0 then 1 else i * partial[-1]', '[1, 1, 2, 6, 24]'],
    ['for x in [1, 2] return count(partial)', '[0, 1]'],
    ['for x in [1, 2] return partial', '[[], [[]]]'],
    ['for d in @"2024-02-28"..@"2024-03-01" return d.day', '[28, 29, 1]'],
    ['for x in 5 return x', '[5]'],
    ['for x in [] return x', '[]'],
    ['some x in [1, 2] satisfies x > 1', 'true'],
    ['some x in [] satisfies x > 1', 'false'],
    ['every x in [1, 2] satisfies x > 1', 'false'],
    ['every x in [] satisfies false', 'true'],
    ['some x in [1, 2], y in [3] satisfies x + y = 5', 'true'],
    ['some x in [1, null] satisfies x > 1', 'null'],
    ['some x in [null, 2] satisfies x > 1', 'true'],
    ['every x in [null, 0] satisfies x > 1', 'false'],
    ['every x in [2, null] satisfies x > 1', 'null'],
  ])
  isNullBecause([
    ['for x in null return x', 'OPERAND_TYPE'],
    ['for x in 1.5..2 return x', 'OPERAND_TYPE'],
    ['for x in "a".."c" return x', 'OPERAND_TYPE'],
  ])
})

describe('10.3.2.9 instance of and 10.3.2.9.4 implicit conversions', () => {
  holds([
    ['1 instance of number', 'true'],
    ['1 instance of string', 'false'],
    ['null instance of Any', 'false'],
    ['null instance of Null', 'true'],
    ['1 instance of Any', 'true'],
    ['[1, 2] instance of list<number>', 'true'],
    ['[1, "a"] instance of list<number>', 'false'],
    ['[] instance of list<string>', 'true'],
    ['{a: 1, b: "x"} instance of context<a: number>', 'true'],
    ['{a: "x"} instance of context<a: number>', 'false'],
    ['[1..2] instance of range<number>', 'true'],
    ['@"P1Y" instance of years and months duration', 'true'],
    ['@"P1D" instance of days and time duration', 'true'],
    ['@"2026-01-01T00:00:00" instance of date and time', 'true'],
    ['(function(a: number) a) instance of function<number> -> Any', 'true'],
    ['(function(a: number) a) instance of function<string> -> Any', 'false'],
    ['1 + 2 instance of number', 'null'],
    ['-1 instance of number', 'true'],
    ['(function(a: number) a + 1)([2])', '3'],
    ['(function(a: list<number>) count(a))(2)', '1'],
    ['(function(a: date and time) a)(@"2026-01-01")', 'date and time("2026-01-01T00:00:00Z")'],
    ['string length(["abc"])', '3'],
    ['sum(5)', '5'],
  ])
})

describe('10.3.2.13 functions', () => {
  holds([
    ['(function(a, b) a - b)(5, 3)', '2'],
    ['(function(a, b) a - b)(b: 5, a: 3)', '-2'],
    ['{add: function(n) function(x) x + n, r: add(2)(3)}.r', '5'],
    ['substring(start position: 2, string: "abc")', '"bc"'],
    ['{m: abs, r: m(-2)}.r', '2'],
    ['for f in [abs, sqrt] return f(4)', '[4, 2]'],
  ])
  isNullBecause([
    ['(function(a) a)(1, 2)', 'ARGUMENT_COUNT'],
    ['(function(a) a)(b: 1)', 'ARGUMENT_COUNT'],
    ['(function(a: number) a)("x")', 'ARGUMENT_TYPE'],
    ['5(1)', 'NOT_A_FUNCTION'],
    ['nothing(1)', 'NOT_A_FUNCTION'],
    ['substring("a")', 'ARGUMENT_COUNT'],
    ['substring(text: "a", start position: 1)', 'ARGUMENT_COUNT'],
    ['abs("a")', 'ARGUMENT_TYPE'],
    ['(function(a) external {java: {class: "x"}})(1)', 'EXTERNAL_FUNCTION'],
  ])
})
