/**
 * Goal: cells of decision tables mean what DMN 1.5 §10.3.2.7 and §8.3.3 say.
 * Method: a table of tests, tested value and answer.
 */
import { describe, expect, it } from 'vitest'
import { parseLiteral } from '../syntax/parse-value.ts'
import { toLiteral } from '../value/format-value.ts'
import type { Value } from '../value/values.ts'
import { compileUnaryTests } from './compile.ts'
import { NOW } from './feel.test-support.ts'

function test(text: string, tested: string): string {
  const scope = new Map<string, Value>([
    ['?', parseLiteral(tested) as Value],
    ['limit', parseLiteral('10') as Value],
    ['is open', true],
  ])
  const compiled = compileUnaryTests(text, { names: ['limit', 'is open'] })
  return toLiteral(compiled.evaluate(scope, { now: NOW }).value)
}

describe('10.3.1.2 rules 17 and 18: unary tests', () => {
  it.each([
    ['-', '5', 'true'],
    ['-', 'null', 'true'],
    ['5', '5', 'true'],
    ['5', '6', 'false'],
    ['-5', '-5', 'true'],
    ['< 5', '4', 'true'],
    ['< 5', '5', 'false'],
    ['>= 5', '5', 'true'],
    ['!= 5', '5', 'false'],
    ['[1..5]', '5', 'true'],
    ['(1..5)', '5', 'false'],
    [']1..5]', '1', 'false'],
    ['1, 3, > 8', '9', 'true'],
    ['1, 3, > 8', '4', 'false'],
    ['not(1, 3)', '4', 'true'],
    ['not(1, 3)', '3', 'false'],
    ['not(< 3)', '2', 'false'],
    ['"a", "b"', '"b"', 'true'],
    ['"男", "女"', '"女"', 'true'],
    ['true', 'true', 'true'],
    ['true', 'false', 'false'],
    ['false', 'false', 'true'],
    ['null', 'null', 'true'],
    ['null', '5', 'false'],
    ['not(null)', '5', 'true'],
    ['< limit', '9', 'true'],
    ['limit', '10', 'true'],
    ['limit * 2', '20', 'true'],
    ['? > 5 and ? < limit', '7', 'true'],
    ['? > 5 and ? < limit', '11', 'false'],
    ['even(?)', '4', 'true'],
    ['even(?)', '5', 'false'],
    ['is open', '5', 'true'],
    ['limit > 20', '5', 'false'],
    ['[1, 2, 3]', '2', 'true'],
    ['[[1..3], 9]', '9', 'true'],
    ['list contains(?, 2)', '[1, 2]', 'true'],
    ['some x in ? satisfies x > 1', '[1, 2]', 'true'],
    ['@"2026-01-01"', 'date("2026-01-01")', 'true'],
    ['[@"2026-01-01"..@"2026-12-31"]', 'date("2026-08-31")', 'true'],
    ['> @"P1Y"', 'duration("P13M")', 'true'],
    ['not("a") and true', '"b"', 'false'],
    ['< 5', '"a"', 'null'],
    ['< 5', 'null', 'null'],
  ])('%s over %s → %s', (text, tested, expected) => {
    expect(test(text, tested)).toBe(expected)
  })
})
