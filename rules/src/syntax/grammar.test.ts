/**
 * Goal: our grammar is the grammar others read.
 * Method: random expressions, and texts broken by taking one character away, against lezer-feel's
 * independent grammar.
 */
import fc from 'fast-check'
import { parser } from 'lezer-feel'
import { describe, expect, it } from 'vitest'
import { compile } from '../compile/compile.ts'
import { NAMES, randomExpressions } from '../compile/random-expressions.test-support.ts'
import { FeelSyntaxError } from './syntax-error.ts'

function othersRead(text: string): boolean {
  let isGood = true
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) isGood = false
    },
  })
  return isGood
}

function weRead(text: string): boolean {
  try {
    compile(text, { names: NAMES, limits: { expressionDepth: 400 } })
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(FeelSyntaxError)
    return false
  }
}

describe('lezer-feel as parser oracle', () => {
  it('reads what we read', () => {
    fc.assert(
      fc.property(randomExpressions, (text) => {
        expect([weRead(text), othersRead(text)], text).toEqual([true, true])
      }),
      { numRuns: 400 },
    )
  })
  it('refuses, as we do, a bracket that is not closed', () => {
    fc.assert(
      fc.property(randomExpressions, fc.constantFrom('(', '[', '{'), (text, bracket) => {
        expect([weRead(bracket + text), othersRead(bracket + text)]).toEqual([false, false])
      }),
      { numRuns: 100 },
    )
  })
})
