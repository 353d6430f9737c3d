/**
 * Goal: compiled closures mean what the tree means.
 * Method: random expressions over a small scope, compiled against a slow direct interpreter of the
 * same tree.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toLiteral } from '../value/format-value.ts'
import { FeelFunction, type Value } from '../value/values.ts'
import { compile } from './compile.ts'
import { NOW } from './feel.test-support.ts'
import { interpret } from './interpret.test-support.ts'
import { NAMES, randomExpressions, SCOPE } from './random-expressions.test-support.ts'

/** Functions are compared by their parameters only. */
function shown(value: Value): string {
  return value instanceof FeelFunction ? 'function' : toLiteral(value)
}

describe('compiled = interpreted', () => {
  it('on random expressions', () => {
    fc.assert(
      fc.property(randomExpressions, (text) => {
        const compiled = compile(text, { names: NAMES, limits: { expressionDepth: 400 } })
        const value = compiled.evaluate(SCOPE, { now: NOW }).value
        expect(shown(value)).toBe(shown(interpret(compiled.tree, SCOPE.entries, NOW)))
      }),
      { numRuns: 2500 },
    )
  })
})
