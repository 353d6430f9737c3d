/**
 * Goal: nothing an author writes makes a member hang, run out of memory or stack: every excess is a
 * LimitExceeded that
 * names its limit, and every text is refused by a named error or evaluated.
 * Method: known bombs as a table; random and mutated texts with small budgets.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLiteral } from '../syntax/parse-value.ts'
import { FeelSyntaxError } from '../syntax/syntax-error.ts'
import { toLiteral } from '../value/format-value.ts'
import { fromJson, toJson } from '../value/json.ts'
import { LimitExceeded, type Limits } from '../value/limits.ts'
import { compile, compileUnaryTests } from './compile.ts'
import { NOW } from './feel.test-support.ts'

function limitOf(work: () => unknown): keyof Limits | undefined {
  try {
    work()
  } catch (error) {
    if (error instanceof LimitExceeded) return error.limit
    throw error
  }
  return undefined
}

function run(expression: string): unknown {
  return compile(expression, { names: [] }).evaluate(new Map(), { now: NOW })
}

const SELF = '(function(f) f(f))'
const TWICE = (text: string, times: number): string => `(${text}${` + ${text}`.repeat(times - 1)})`

describe('threat 13: bombs', () => {
  it.each<[string, string, keyof Limits]>([
    ['endless recursion', `${SELF}(function(f) f(f))`, 'depth'],
    ['endless recursion through a filter', `${SELF}(function(f) [1][f(f)])`, 'depth'],
    [
      'endless recursion through loops',
      `${SELF}(function(f) every a in [1], b in [1] satisfies for c in [1] return f(f))`,
      'depth',
    ],
    [
      'endless recursion through many iterators',
      `${SELF}(function(f) for ${Array.from({ length: 80 }, (_, at) => `a${at} in [1]`).join(', ')} return f(f))`,
      'depth',
    ],
    [
      'endless recursion through sort',
      `${SELF}(function(f) sort([1, 2], function(a, b) f(f)))`,
      'depth',
    ],
    ['a loop to 1e30', 'for i in 1..1e30 return i', 'listLength'],
    ['a test over 1e30 numbers', 'every i in 1..1e30 satisfies true', 'steps'],
    [
      'a count beyond 34 digits',
      'some i in 9999999999999999999999999999999999..1e40 satisfies false',
      'steps',
    ],
    ['a million items', 'for i in 1..1000, j in 1..1000 return 1', 'listLength'],
    [
      'lists that double',
      'for i in 1..30 return if i = 1 then [1, 2] else concatenate(partial[-1], partial[-1])',
      'listLength',
    ],
    [
      'text that doubles',
      'for i in 1..60 return if i = 1 then "ab" else partial[-1] + partial[-1]',
      'stringLength',
    ],
    [
      'text from shared lists',
      `string(${'['.repeat(0)}for i in 1..20 return if i = 1 then ["aaaaaaaa"] else [partial[-1], partial[-1]])`,
      'stringLength',
    ],
    [
      'a list within a list within …',
      'string(for i in 1..400 return if i = 1 then [] else [partial[-1]])',
      'valueDepth',
    ],
    [
      'equality of deep lists',
      'for a in [for i in 1..400 return if i = 1 then [] else [partial[-1]]], b in [for i in 1..400 return if i = 1 then [] else [partial[-1]]] return a = b',
      'valueDepth',
    ],
    [
      'equality of long lists again and again',
      'for a in [for i in 1..50000 return 1], b in [for i in 1..50000 return 1], c in 1..100000 return a = b',
      'steps',
    ],
    [
      'a long body in a loop',
      `for i in 1..90000 return ${TWICE('1 in (1, 2, 3)', 1)} and ${TWICE('(2 in (1, 2, 3))', 150).replaceAll(' + ', ' and ')}`,
      'steps',
    ],
    [
      'an entry far away in a loop',
      `for i in 1..90000 return {a: 1, ${Array.from({ length: 900 }, (_, at) => `b${at}: a`).join(', ')}}`,
      'steps',
    ],
    [
      'search with a long match',
      'for i in 1..22 return if i = 1 then "a" else if i < 21 then partial[-1] + partial[-1] else contains(partial[20] + "b", partial[19] + "b")',
      'steps',
    ],
    [
      'a catastrophic pattern',
      'for i in 1..18 return if i = 1 then "a" else if i < 17 then partial[-1] + partial[-1] else matches(partial[16] + "b", "(a|a|a|a|a|a|a|a|a|a)*$")',
      'steps',
    ],
    ['a pattern that unfolds', 'matches("a", "((a{1,100}){1,100}){1,100}")', 'patternSize'],
    [
      'flattening',
      'flatten(for i in 1..17 return if i = 1 then [1, 1] else [partial[-1], partial[-1]])',
      'listLength',
    ],
    ['many logarithms', 'for i in 1..99999 return log(i) + exp(0.1) ** 0.3', 'steps'],
  ])('%s', (_name, expression, limit) => {
    expect(limitOf(() => run(expression))).toBe(limit)
  })

  it.each<[string, string, keyof Limits]>([
    ['a long text', `${'1 + '.repeat(20_000)}1`, 'expressionLength'],
    ['brackets', `${'('.repeat(5000)}1${')'.repeat(5000)}`, 'expressionDepth'],
    ['lists', '['.repeat(5000), 'expressionDepth'],
    ['contexts', '{a:'.repeat(5000), 'expressionDepth'],
    ['signs', `${'-'.repeat(5000)}1`, 'expressionDepth'],
    ['sums', `${'1+'.repeat(5000)}1`, 'expressionDepth'],
    ['conditions', 'if true then '.repeat(1000), 'expressionDepth'],
    ['functions', `${'function(a) '.repeat(1000)}a`, 'expressionDepth'],
    ['types', `1 instance of ${'list<'.repeat(1000)}`, 'expressionDepth'],
    [
      'iterators',
      `for ${Array.from({ length: 2000 }, (_, at) => `a${at} in [1]`).join(', ')} return 1`,
      'expressionDepth',
    ],
    ['ranges', '[1..'.repeat(1000), 'expressionDepth'],
    ['filters', '[1]'.repeat(1000), 'expressionDepth'],
  ])('nesting: %s', (_name, text, limit) => {
    expect(limitOf(() => compile(text, { names: [] }))).toBe(limit)
    expect(limitOf(() => compileUnaryTests(text, { names: [] }))).toBe(limit)
  })

  it('long chains of "and" and long lists are no nesting', () => {
    expect(run(`${'true and '.repeat(5000)}true`)).toMatchObject({ value: true })
    expect(run(`count([${'1, '.repeat(5000)}1])`)).toMatchObject({ warnings: [] })
  })

  it('limits may be tightened, and the message tells the allowed value', () => {
    const compiled = compile('for i in 1..100 return i', { names: [] })
    const tight = (): unknown => compiled.evaluate(new Map(), { now: NOW, limits: { steps: 50 } })
    expect(tight).toThrow('more than 50 of steps')
  })

  it('literals and JSON are bounded as well', () => {
    expect(parseLiteral('['.repeat(5000) + ']'.repeat(5000))).toBeUndefined()
    const deep = JSON.parse('['.repeat(500) + ']'.repeat(500))
    expect(limitOf(() => fromJson(deep))).toBe('valueDepth')
    let shared: readonly unknown[] = []
    for (let at = 0; at < 30; at += 1) shared = [shared, shared]
    expect(limitOf(() => toJson(shared as never))).toBe('listLength')
  })
})

const SEEDS = [
  'if a > 1 then [1, "x", null] else {b: a, c: b + 1}.c',
  'for i in 1..3, j in [i] return i ** j - sum(partial)',
  'some x in [{k: 1}][k > 0] satisfies x.k in ([1..2], < 5, not(1))',
  '(function(p: list<number>, q) count(p) + q)(q: 1, p: [2])',
  'date("2024-02-29") + duration("P1Y") between @"2024-01-01" and today()',
  'replace("a𠮷b", "[a-c]+", "$0\\$") + string({"k v": [1..2)})',
  '"\\u4eba\\U020BB7" instance of string or 缴费 基数 >= 0.08e-2',
  'sort(list: [3, 1], precedes: function(x, y) x < y)[-1] /* c */ // d',
]
const FRAGMENTS = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '..',
  '.',
  ',',
  ':',
  '"',
  '\\',
  '@',
  '?',
  '-',
  '**',
  '<',
  '=',
  ' in ',
  ' and ',
  ' if ',
  ' then ',
  ' else ',
  ' for ',
  ' return ',
  'null',
  '1e9',
  '/*',
  '//',
  '\uD800',
  '\u0000',
  '人',
  ' instance of ',
  'function(',
  'partial',
  'item',
  '__proto__',
]

const mutated = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.array(
      fc.tuple(
        fc.nat(80),
        fc.nat(6),
        fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 3 })),
      ),
      { maxLength: 6 },
    ),
  )
  .map(([seed, edits]) =>
    edits.reduce(
      (text, [at, length, insert]) => text.slice(0, at) + insert + text.slice(at + length),
      seed,
    ),
  )
const random = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS, ...SEEDS), fc.string({ maxLength: 5 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''))

describe('threat 13: any text at all', () => {
  it('is refused by a named error, or evaluates twice to the same', () => {
    const limits = { steps: 20_000, listLength: 2_000, stringLength: 20_000 }
    fc.assert(
      fc.property(fc.oneof(mutated, random), (text) => {
        for (const make of [compile, compileUnaryTests]) {
          try {
            const compiled = make(text)
            const scope = new Map([['a', parseLiteral('2') ?? null]])
            const once = compiled.evaluate(scope, { now: NOW, limits })
            const again = compiled.evaluate(scope, { now: NOW, limits })
            expect(toLiteral(again.value)).toBe(toLiteral(once.value))
            expect(again.warnings).toEqual(once.warnings)
          } catch (error) {
            expect(
              error instanceof FeelSyntaxError || error instanceof LimitExceeded,
              String(error),
            ).toBe(true)
          }
        }
      }),
      { numRuns: 2000 },
    )
  })
})
