/**
 * Goal: the invariants of sealed data over 10,000 traces that differ at every run. Method: the traces and
 * the model of `access-model.test.ts`; a failure tells its seed and its shortest trace.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openTraces, playTrace, traces } from './traces.fixture.ts'

/** The long form is the one that counts; the short one keeps a change from breaking it. */
const TRACES = process.env.RENSHE_FAULTS === 'long' ? 10_000 : 1_000

it('threats 2, 3, 22, 23, 24: 10,000 traces keep the invariants of the model', () => {
  let world = openTraces()
  let played = 0
  const property = fc.property(traces(24, 'max'), (moves) => {
    if (played++ % 25 === 0) world = openTraces()
    playTrace(world, moves)
  })
  fc.assert(property, { numRuns: TRACES })
  expect(played).toBeGreaterThanOrEqual(TRACES)
}, 3_600_000)
