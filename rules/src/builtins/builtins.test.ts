/**
 * Goal: every built-in function of DMN 1.5 §10.3.4 gives what its table says, and null with a
 * reason otherwise.
 * Method: tables of expression and literal, one describe per clause; a last test holds that no
 * function is forgotten.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { holds, isNullBecause } from '../compile/feel.test-support.ts'
import { BUILTINS } from './builtin-table.ts'

describe('10.3.4.1 conversion functions (table 71)', () => {
  holds([
    ['date("2012-12-25")', 'date("2012-12-25")'],
    ['date(@"2012-12-25T11:00:00Z")', 'date("2012-12-25")'],
    ['date(2012, 12, 25)', 'date("2012-12-25")'],
    ['date(year: 2012, month: 2, day: 29)', 'date("2012-02-29")'],
    ['date and time("2012-12-24T23:59:00")', 'date and time("2012-12-24T23:59:00")'],
    ['date and time("2012-12-24")', 'date and time("2012-12-24T00:00:00")'],
    ['date and time(@"2012-12-24", @"23:59:00Z")', 'date and time("2012-12-24T23:59:00Z")'],
    ['date and time(@"2012-12-24T10:00:00", @"23:59:00")', 'date and time("2012-12-24T23:59:00")'],
    ['time("23:59:00z")', 'null'],
    ['time("23:59:00Z")', 'time("23:59:00Z")'],
    ['time(@"2012-12-24T23:59:00+08:00")', 'time("23:59:00+08:00")'],
    ['time(23, 59, 0, @"-PT2H")', 'time("23:59:00-02:00")'],
    ['time(23, 59, 1.5)', 'time("23:59:01.5")'],
    ['time(@"2012-12-24")', 'time("00:00:00Z")'],
    ['number("1 000,0", " ", ",")', '1000'],
    ['number("1,000.5", ",", ".")', '1000.5'],
    ['number("12.50")', '12.5'],
    ['number("1e3")', '1000'],
    ['string(1.10)', '"1.1"'],
    ['string("a")', '"a"'],
    ['string(@"2012-12-24")', '"2012-12-24"'],
    ['string([1, "a"])', '"[1, \\"a\\"]"'],
    ['string(null)', 'null'],
    ['duration("P2DT20H14M")', 'duration("P2DT20H14M")'],
    ['duration("P2Y2M")', 'duration("P2Y2M")'],
    ['duration("P13M")', 'duration("P1Y1M")'],
    ['duration("PT0S")', 'duration("PT0S")'],
    ['duration("-PT0.5S")', 'duration("-PT0.5S")'],
    ['years and months duration(@"2011-12-22", @"2013-08-24")', 'duration("P1Y8M")'],
    ['years and months duration(@"2013-08-24", @"2011-12-22")', 'duration("-P1Y8M")'],
    ['years and months duration(@"2012-02-29", @"2013-02-28")', 'duration("P11M")'],
    ['range("[18..21)")', '[18..21)'],
    ['range("(..5]")', 'null'],
    ['range("[@\\"2020-01-01\\"..@\\"2021-01-01\\"]").end.year', '2021'],
  ])
  isNullBecause([
    ['date("2012-02-30")', 'ARGUMENT_VALUE'],
    ['date("2012-2-3")', 'ARGUMENT_VALUE'],
    ['date(2012, 13, 1)', 'ARGUMENT_VALUE'],
    ['date(null)', 'ARGUMENT_TYPE'],
    ['time("24:00:00")', 'ARGUMENT_VALUE'],
    ['time(25, 0, 0)', 'ARGUMENT_VALUE'],
    ['time("10:00:00+19:00")', 'ARGUMENT_VALUE'],
    ['time("10:00:00@Europe/Paris")', 'ARGUMENT_VALUE'],
    ['date and time("1990-07-01T00:00:00@Asia/Shanghai")', 'ARGUMENT_VALUE'],
    ['duration("P1Y1D")', 'ARGUMENT_VALUE'],
    ['duration("P")', 'ARGUMENT_VALUE'],
    ['duration("P1H")', 'ARGUMENT_VALUE'],
    ['number("1,000", ",", ",")', 'ARGUMENT_VALUE'],
    ['number("12a")', 'ARGUMENT_VALUE'],
    ['range("1+1")', 'ARGUMENT_VALUE'],
    ['range("[2..1]")', 'ARGUMENT_VALUE'],
  ])
})

describe('10.3.4.3 string functions (table 76)', () => {
  holds([
    ['substring("foobar", 3)', '"obar"'],
    ['substring("foobar", 3, 3)', '"oba"'],
    ['substring("foobar", -2, 1)', '"a"'],
    ['substring("\\U01F40Eab", 2)', '"ab"'],
    ['substring("𠮷野家", 1, 1)', '"𠮷"'],
    ['substring("ab", 5)', '""'],
    ['string length("foo")', '3'],
    ['string length("\\U01F40Eab")', '3'],
    ['string length("")', '0'],
    ['upper case("aBc4ß")', '"ABC4SS"'],
    ['lower case("aBc4İΣ")', '"abc4i̇σ"'],
    ['upper case("ӧ人")', '"Ӧ人"'],
    ['substring before("foobar", "bar")', '"foo"'],
    ['substring before("foobar", "xyz")', '""'],
    ['substring before("foobar", "")', '""'],
    ['substring after("foobar", "ob")', '"ar"'],
    ['substring after("", "a")', '""'],
    ['contains("foobar", "of")', 'false'],
    ['starts with("foobar", "fo")', 'true'],
    ['ends with("foobar", "r")', 'true'],
    ['string join(["a", "b", "c"], "_and_")', '"a_and_b_and_c"'],
    ['string join(["a", null, "c"])', '"ac"'],
    ['string join([], ",")', '""'],
    ['replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'],
    ['replace("a.b", ".", "x", "q")', '"axb"'],
    ['replace("abab", "b", "\\\\$")', '"a$a$"'],
    ['replace("𠮷a𠮷", "𠮷", "b")', '"bab"'],
    ['matches("foobar", "^fo*b")', 'true'],
    ['matches("FOO", "foo", "i")', 'true'],
    ['matches("ſtraße", "STRASSE", "i")', 'false'],
    ['matches("a\\nb", "a.b")', 'false'],
    ['matches("a\\nb", "a.b", "s")', 'true'],
    ['matches("a\\nb", "^b$", "m")', 'true'],
    ['matches("ab", "a b", "x")', 'true'],
    ['matches("人社部", "^\\p{IsCJKUnifiedIdeographs}+$")', 'true'],
    ['matches("張é1", "^\\p{L}+\\p{Nd}$")', 'true'],
    ['matches("b", "[a-z-[aeiou]]")', 'true'],
    ['matches("e", "[a-z-[aeiou]]")', 'false'],
    ['split("John Doe", "\\s")', '["John", "Doe"]'],
    ['split("a;b;c;;", ";")', '["a", "b", "c", "", ""]'],
  ])
  isNullBecause([
    ['substring("a", 0)', 'ARGUMENT_VALUE'],
    ['substring("foobar", 1, 0)', 'ARGUMENT_VALUE'],
    ['substring(null, 1)', 'ARGUMENT_TYPE'],
    ['string join(["a", 1])', 'ARGUMENT_TYPE'],
    ['matches("a", "(")', 'ARGUMENT_VALUE'],
    ['matches("aa", "(a)\\1")', 'ARGUMENT_VALUE'],
    ['matches("a", "a", "z")', 'ARGUMENT_VALUE'],
    ['replace("abc", "x*", "-")', 'ARGUMENT_VALUE'],
    ['replace("abc", "b", "$")', 'ARGUMENT_VALUE'],
    ['split("abc", "")', 'ARGUMENT_VALUE'],
  ])
})

describe('10.3.4.4 list functions (tables 77 to 79)', () => {
  holds([
    ['list contains([1, 2, 3], 2)', 'true'],
    ['list contains([1, null], null)', 'true'],
    ['count([1, 2, 3])', '3'],
    ['count([])', '0'],
    ['min([3, 1, 2])', '1'],
    ['min(3, 1, 2)', '1'],
    ['max("a", "c", "b")', '"c"'],
    ['max(@"2026-01-01", @"2027-01-01")', 'date("2027-01-01")'],
    ['min([])', 'null'],
    ['sum([0.1, 0.2, 0.3])', '0.6'],
    ['sum(1, 2)', '3'],
    ['sum([])', 'null'],
    ['sum([@"P1D", @"PT1H"])', 'duration("P1DT1H")'],
    ['mean([1, 2, 3, 4])', '2.5'],
    ['all([true, false])', 'false'],
    ['all([])', 'true'],
    ['all([true, null])', 'null'],
    ['any([false, true])', 'true'],
    ['any([])', 'false'],
    ['any([false, null])', 'null'],
    ['sublist([4, 5, 6], 1, 2)', '[4, 5]'],
    ['sublist([4, 5, 6], -2)', '[5, 6]'],
    ['append([1], 2, 3)', '[1, 2, 3]'],
    ['append([], null)', '[null]'],
    ['concatenate([1, 2], [3])', '[1, 2, 3]'],
    ['insert before([1, 3], 1, 2)', '[2, 1, 3]'],
    ['insert before([1, 3], -1, 2)', '[1, 2, 3]'],
    ['remove([1, 2, 3], 2)', '[1, 3]'],
    ['remove([1, 2, 3], -1)', '[1, 2]'],
    ['list replace([2, 4, 7, 8], 3, 6)', '[2, 4, 6, 8]'],
    ['list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)', '[5, 5, 7, 8]'],
    ['reverse([1, 2, 3])', '[3, 2, 1]'],
    ['index of([1, 2, 3, 2], 2)', '[2, 4]'],
    ['union([1, 2], [2, 3])', '[1, 2, 3]'],
    ['distinct values([1, 2, 3.0, 3, "a", "a", null, null])', '[1, 2, 3, "a", null]'],
    ['distinct values([[1], [1], {a: 1}, {a: 1.0}])', '[[1], {a: 1}]'],
    ['flatten([[1, 2], [[3]], 4])', '[1, 2, 3, 4]'],
    ['product([2, 3, 4])', '24'],
    ['median(8, 2, 5, 3, 4)', '4'],
    ['median([6, 1, 2, 3])', '2.5'],
    ['median([])', 'null'],
    ['stddev(2, 4, 7, 5)', '2.081665999466132735282297706979931'],
    ['mode(6, 3, 9, 6, 6)', '[6]'],
    ['mode([6, 1, 9, 6, 1])', '[1, 6]'],
    ['mode([])', '[]'],
  ])
  isNullBecause([
    ['min([1, "a"])', 'NOT_COMPARABLE'],
    ['sum([1, "a"])', 'ARGUMENT_TYPE'],
    ['sum(["a", "b"])', 'ARGUMENT_TYPE'],
    ['stddev([1])', 'ARGUMENT_VALUE'],
    ['sublist([1], 2)', 'INDEX'],
    ['sublist([1], 1, 2)', 'INDEX'],
    ['insert before([1], 0, 2)', 'INDEX'],
    ['remove([1], 2)', 'INDEX'],
    ['list replace([1], function(a) true, 5)', 'ARGUMENT_COUNT'],
    ['list contains(null, 1)', 'ARGUMENT_TYPE'],
  ])
})

describe('10.3.4.5 numeric functions (table 81)', () => {
  holds([
    ['decimal(1/3, 2)', '0.33'],
    ['decimal(1.5, 0)', '2'],
    ['decimal(2.5, 0)', '2'],
    ['decimal(1234, -2)', '1200'],
    ['floor(1.5)', '1'],
    ['floor(-1.56, 1)', '-1.6'],
    ['ceiling(1.5)', '2'],
    ['ceiling(-1.56, 1)', '-1.5'],
    ['round up(5.5, 0)', '6'],
    ['round up(-1.121, 2)', '-1.13'],
    ['round down(-5.5, 0)', '-5'],
    ['round half up(5.5, 0)', '6'],
    ['round half up(-1.126, 2)', '-1.13'],
    ['round half up(1.005, 2)', '1.01'],
    ['round half down(5.5, 0)', '5'],
    ['round half down(-5.5, 0)', '-5'],
    ['abs(-10)', '10'],
    ['abs(@"-PT5H")', 'duration("PT5H")'],
    ['modulo(12, 5)', '2'],
    ['modulo(-12, 5)', '3'],
    ['modulo(12, -5)', '-3'],
    ['modulo(10.1, 4.5)', '1.1'],
    ['sqrt(16)', '4'],
    ['sqrt(2)', '1.414213562373095048801688724209698'],
    ['log(10)', '2.302585092994045684017991454684364'],
    ['log(1)', '0'],
    ['exp(5)', '148.4131591025766034211155800405523'],
    ['exp(0)', '1'],
    ['exp(-1)', '0.3678794411714423215955237701614609'],
    ['odd(5)', 'true'],
    ['even(5)', 'false'],
    ['even(0)', 'true'],
  ])
  isNullBecause([
    ['decimal(1, 7000)', 'ARGUMENT_VALUE'],
    ['floor(1, null)', 'ARGUMENT_TYPE'],
    ['round up(1)', 'ARGUMENT_COUNT'],
    ['modulo(1, 0)', 'ARITHMETIC'],
    ['sqrt(-1)', 'ARITHMETIC'],
    ['log(0)', 'ARITHMETIC'],
    ['exp(20000)', 'ARITHMETIC'],
    ['odd(1.5)', 'ARGUMENT_VALUE'],
  ])
})

describe('10.3.4.2, 10.3.4.6 boolean and date functions (tables 72, 82)', () => {
  holds([
    ['not(false)', 'true'],
    ['is(@"2012-12-25", @"2012-12-25")', 'true'],
    ['is(@"23:00:50Z", @"23:00:50")', 'false'],
    ['is(@"23:00:50Z", @"23:00:50+00:00")', 'true'],
    ['is(@"10:00:00+08:00", @"02:00:00Z")', 'false'],
    ['is(1, 1.0)', 'true'],
    ['is(null, null)', 'true'],
    ['now()', 'date and time("2026-08-31T10:00:00+08:00")'],
    ['today()', 'date("2026-08-31")'],
  ])
})

describe('10.3.4.7 range functions (table 83)', () => {
  holds([
    ['before(1, 10)', 'true'],
    ['before(1, [1..10])', 'false'],
    ['before(1, (1..10])', 'true'],
    ['before([1..5), 5)', 'true'],
    ['before([1..5], (5..10])', 'true'],
    ['after(10, 1)', 'true'],
    ['after(12, [2..12))', 'true'],
    ['after([11..20], [1..11))', 'true'],
    ['meets([1..5], [5..10])', 'true'],
    ['meets([1..5), [5..10])', 'false'],
    ['met by([5..10], [1..5])', 'true'],
    ['overlaps([5..10], [1..6])', 'true'],
    ['overlaps([1..5), [5..8])', 'false'],
    ['overlaps before([1..5], [3..8])', 'true'],
    ['overlaps before([1..5), [1..5])', 'false'],
    ['overlaps after([3..8], [1..5])', 'true'],
    ['overlaps after([1..5], [1..5))', 'false'],
    ['finishes(5, [1..5])', 'true'],
    ['finishes([3..5], [1..5])', 'true'],
    ['finished by([1..10], 10)', 'true'],
    ['includes([5..10], 6)', 'true'],
    ['includes([1..10], [1..10))', 'true'],
    ['during(5, [1..10])', 'true'],
    ['during((1..10), [1..10])', 'true'],
    ['starts(1, [1..5])', 'true'],
    ['starts((1..5], [1..5])', 'false'],
    ['started by([1..10], 1)', 'true'],
    ['coincides(5, 5)', 'true'],
    ['coincides([1..5], [1..5))', 'false'],
  ])
  isNullBecause([
    ['before(1, "a")', 'NOT_COMPARABLE'],
    ['before([1..2], ["a".."b"])', 'NOT_COMPARABLE'],
    ['before(true, false)', 'ARGUMENT_TYPE'],
  ])
})

describe('10.3.4.8 temporal functions (table 84)', () => {
  holds([
    ['day of year(@"2019-09-17")', '260'],
    ['day of week(@"2019-09-17")', '"Tuesday"'],
    ['month of year(@"2019-09-17")', '"September"'],
    ['week of year(@"2019-09-17")', '38'],
    ['week of year(@"2003-12-29")', '1'],
    ['week of year(@"2005-01-01")', '53'],
    ['day of year(@"2020-12-31T00:00:00")', '366'],
    ['last day of month(@"2024-02-01")', '29'],
  ])
})

describe('10.3.4.9 sort and 10.3.4.10 context functions (table 85)', () => {
  holds([
    ['sort([3, 1, 4], function(x, y) x < y)', '[1, 3, 4]'],
    ['sort(list: [3, 1], precedes: function(x, y) x > y)', '[3, 1]'],
    [
      'sort([{k: 1, v: "b"}, {k: 0, v: "x"}, {k: 1, v: "a"}], function(x, y) x.k < y.k).v',
      '["x", "b", "a"]',
    ],
    ['sort([3, 1, 2])', '[1, 2, 3]'],
    ['get value({a: 1}, "a")', '1'],
    ['get value({a: 1}, "b")', 'null'],
    ['get value({a: 1}, "__proto__")', 'null'],
    ['get entries({a: 1})', '[{key: "a", value: 1}]'],
    ['context([{key: "a", value: 1}])', '{a: 1}'],
    ['context put({a: 1}, "b", 2)', '{a: 1, b: 2}'],
    ['context put({a: 1}, ["b", "c"], 2)', '{a: 1, b: {c: 2}}'],
    ['context put({}, "__proto__", 1).__proto__', '1'],
    ['context merge([{a: 1}, {a: 2, b: 3}])', '{a: 2, b: 3}'],
  ])
  isNullBecause([
    ['sort([1, "a"])', 'NOT_COMPARABLE'],
    ['sort([1], function(x) true)', 'ARGUMENT_COUNT'],
    ['context([{key: "a", value: 1}, {key: "a", value: 2}])', 'DUPLICATE_NAME'],
    ['context([{key: 1, value: 1}])', 'ARGUMENT_VALUE'],
    ['context put({a: 1}, ["a", "b"], 2)', 'ARGUMENT_VALUE'],
    ['context put({}, [], 2)', 'ARGUMENT_VALUE'],
    ['context merge([1])', 'ARGUMENT_TYPE'],
  ])
})

describe('the table of functions', () => {
  it('has every function, and every function is in a test of this room', () => {
    const tests = ['./builtins.test.ts', './project-functions.test.ts'].map((file) =>
      readFileSync(new URL(file, import.meta.url), 'utf8'),
    )
    const missing = [...BUILTINS.keys()].filter(
      (name) => !tests.some((text) => text.includes(`${name}(`)),
    )
    expect(missing).toEqual([])
    // 86 of DMN 1.5, and 10 of this project.
    expect(BUILTINS.size).toBe(96)
  })
})
