/**
 * Goal: threats 2, 3, 22, 23 and 24, over whatever happens: no grant, nothing opens; a grant never takes
 * another's right; revoked at a height, refused at every later one; 不予共享 refused for every other kind;
 * another purpose's fields refused; contract and release agree. Method: 200 random traces of grant,
 * delegate, revoke, suspend, read, agree, erase, restrict, seal anew, hand over and time, against a second
 * small model. `access-model.faults.test.ts` plays 10,000.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openTraces, playTrace, traces } from './traces.fixture.ts'

it('threats 2, 3, 22, 23, 24: 200 traces keep the invariants of the model', () => {
  let world = openTraces()
  let played = 0
  const property = fc.property(traces(20), (moves) => {
    // A world grows with every trace, and each transaction looks at all of it.
    if (played++ % 25 === 0) world = openTraces()
    playTrace(world, moves)
  })
  fc.assert(property, { numRuns: 200, seed: 20_261_124 })
  expect(played).toBeGreaterThanOrEqual(200)
})
