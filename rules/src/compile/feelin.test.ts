/**
 * Goal: where doubles cannot matter, another engine gives the same values.
 * Method: random typed expressions over small whole numbers, texts, truth values and lists, and rows
 * of dates; the same text in feelin and here. Left out: `/` and `**` (doubles), unlike kinds (null has
 * a reason here), `between` with its bounds turned round (§10.3.2.13: false; feelin turns them back)
 * and days in years-and-months durations (feelin gives P1Y8M2D).
 */
import fc from 'fast-check'
import { evaluate as evaluateThere } from 'feelin'
import { describe, expect, it } from 'vitest'
import { parseLiteral } from '../syntax/parse-value.ts'
import { toLiteral } from '../value/format-value.ts'
import type { FeelContext } from '../value/values.ts'
import { compile } from './compile.ts'
import { NOW } from './feel.test-support.ts'

const SCOPE = '{a: 3, b: -7, c: 12, s: "ab", t: "人社", l: [4, 1, 9], yes: true}'
const NAMES = ['a', 'b', 'c', 's', 't', 'l', 'yes']
const THERE = { a: 3, b: -7, c: 12, s: 'ab', t: '人社', l: [4, 1, 9], yes: true }

function here(expression: string): string {
  const scope = parseLiteral(SCOPE) as FeelContext
  return toLiteral(compile(expression, { names: NAMES }).evaluate(scope, { now: NOW }).value)
}

function there(expression: string): string {
  return spell(evaluateThere(expression, THERE).value)
}

function spell(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spell).join(', ')}]`
  // -0 is a double, not a number of FEEL.
  if (value === 0) return '0'
  return typeof value === 'string' || typeof value === 'object'
    ? JSON.stringify(value)
    : String(value)
}

type Text = fc.Arbitrary<string>

/** Expressions of each kind, so that no operand is of another one. */
const { number, truth, list, text } = fc.letrec<
  Record<'number' | 'truth' | 'list' | 'text', string>
>((tie) => {
  const [n, b, l, s] = [tie('number'), tie('truth'), tie('list'), tie('text')] as [
    Text,
    Text,
    Text,
    Text,
  ]
  const fill = (template: string, ...parts: Text[]): Text =>
    fc
      .tuple(...parts)
      .map((values) => values.reduce((all, one) => all.replace('_', () => one), template))
  const pick = (...choices: Text[]): Text =>
    fc.oneof({ depthSize: 'small', withCrossShrink: true }, ...choices)
  return {
    number: pick(
      fc.constantFrom('a', 'b', 'c', '0', '1', '2', '17', '-4'),
      fill('(_ + _)', n, n),
      fill('(_ - _)', n, n),
      fill('(_ * _)', n, n),
      fill('(if _ then _ else _)', b, n, n),
      fill('abs(_)', n),
      fill('max(_, _)', n, n),
      fill('min([_, _])', n, n),
      fill('sum(append(_, _))', l, n),
      fill('count(_)', l),
      fill('string length(_)', s),
      fill('modulo(_, 5)', n),
    ),
    truth: pick(
      fc.constantFrom('yes', 'true', 'false'),
      fill('(_ = _)', n, n),
      fill('(_ != _)', s, s),
      fill('(_ < _)', n, n),
      fill('(_ >= _)', n, n),
      fill('(_ and _)', b, b),
      fill('(_ or _)', b, b),
      fill('not(_)', b),
      fill('(_ between -3 and 8)', n),
      fill('(_ in [-5..5])', n),
      fill('list contains(_, _)', l, n),
      fill('contains(_, _)', s, s),
      fill('starts with(_, _)', s, s),
      fill('(some x in _ satisfies x > _)', l, n),
      fill('(every x in _ satisfies x > _)', l, n),
      fill('even(_)', n),
    ),
    list: pick(
      fc.constantFrom('l', '[]', '[1, 2, 3]'),
      fill('[_, _]', n, n),
      fill('append(_, _)', l, n),
      fill('concatenate(_, _)', l, l),
      fill('reverse(_)', l),
      fill('distinct values(_)', l),
      fill('(_)[item > 2]', l),
      fill('(for x in _ return x * _)', l, n),
      fill('sort(_, function(x, y) x < y)', l),
      fill('union(_, _)', l, l),
      fill('flatten([_, _])', l, n),
    ),
    text: pick(
      fc.constantFrom('s', 't', '""', '"b"', '"A b"'),
      fill('(_ + _)', s, s),
      fill('upper case(_)', s),
      fill('substring before(_, "b")', s),
      fill('(if _ then _ else _)', b, s, s),
      fill('string(_)', n),
    ),
  }
})

describe('the same in feelin', () => {
  it.each([
    ['numbers', number],
    ['truth values', truth],
    ['lists', list],
    ['texts', text],
  ] as [string, Text][])('%s', (_kind, expressions) => {
    fc.assert(
      fc.property(expressions, (expression) => {
        expect(here(expression), expression).toBe(there(expression))
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    'date("2024-02-29").year + date("2024-02-29").month',
    'date("2024-03-01") > date("2024-02-29")',
    'string(date("2024-02-29") + duration("P1Y"))',
    'string(date("2024-01-31") + duration("P1M"))',
    'string(date("2024-12-31") + duration("P1D"))',
    'date("2024-02-29") = date("2024-02-29")',
    'day of year(date("2019-09-17"))',
    'week of year(date("2019-09-17"))',
    '{a: 1, b: a + 1}.b',
    '[{k: 1, v: 5}, {k: 2, v: 6}][k = 2].v',
    'for i in 1..4 return i * i',
    'get value({a: 7}, "a")',
    'split("a;b;c", ";")',
    'index of([1, 2, 3, 2], 2)',
    'sublist([4, 5, 6], 2)',
    '5 in (> 3, < 1)',
  ])('%s', (expression) => {
    expect(here(expression)).toBe(there(expression))
  })
})
