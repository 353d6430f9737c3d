// Goal: the examples that a reader's browser runs are the published ones, and hold.
// Method: run them; change one expected value and see that it would be told.
import { expect, it } from 'vitest'
import { runSelfTests } from './self-test.ts'

it.each(runSelfTests())('$name', ({ expected, came }) => {
  expect(came).toBe(expected)
})
