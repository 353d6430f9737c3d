import { expect, it } from 'vitest'
import { parseLiteral } from '../syntax/parse-value.ts'
import { toLiteral } from '../value/format-value.ts'
import type { FeelContext } from '../value/values.ts'
import { type CompileOptions, compile, type Evaluation } from './compile.ts'

/** The instant of all tests: 2026-08-31T10:00:00+08:00. */
export const NOW: number = Date.UTC(2026, 7, 31, 2)

/** Evaluates an expression over a context written as a FEEL literal. */
export function evaluate(
  expression: string,
  context = '{}',
  options: CompileOptions = {},
): Evaluation {
  const scope = parseLiteral(context) as FeelContext
  const names = options.names ?? [...scope.entries.keys()]
  return compile(expression, { names, ...options }).evaluate(scope, { now: NOW })
}

/** The value of an expression as a FEEL literal. */
export function feel(expression: string, context = '{}'): string {
  return toLiteral(evaluate(expression, context).value)
}

/** Expression and the literal it gives; a third text is the context. */
export type Row = readonly [string, string] | readonly [string, string, string]

/** One test for every row. */
export function holds(rows: readonly Row[]): void {
  for (const [expression, expected, context] of rows) {
    it(`${expression} → ${expected}`, () => {
      expect(feel(expression, context)).toBe(expected)
    })
  }
}
