/**
 * Goal: what is not FEEL is refused with its place, and names are only those that are declared.
 * Method: rows of texts; what expressions mean is in ../conformance.
 */
import { describe, expect, it } from 'vitest'
import { FeelSyntaxError } from '../syntax/syntax-error.ts'
import { compile } from './compile.ts'
import { evaluate, feel } from './feel.test-support.ts'

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
