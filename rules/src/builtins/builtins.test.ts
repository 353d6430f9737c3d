/**
 * Goal: no built-in function is forgotten in the tests of this room.
 * Method: every name of the table of functions is looked for in the tables of ../conformance and in
 * the tests of our own functions.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BUILTINS } from './builtin-table.ts'

describe('the table of functions', () => {
  it('has every function, and every function is in a test of this room', () => {
    const tests = [
      '../conformance/functions.test-support.ts',
      '../conformance/range-functions.test-support.ts',
      './project-functions.test.ts',
    ].map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
    const missing = [...BUILTINS.keys()].filter(
      (name) => !tests.some((text) => text.includes(`${name}(`)),
    )
    expect(missing).toEqual([])
    // 86 of DMN 1.5, and 10 of this project.
    expect(BUILTINS.size).toBe(96)
  })
})
