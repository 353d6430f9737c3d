// Goal: a run of leaves proves its place, and no other run, place, size or root passes with any proof.
// Method: every run of every tree of up to 40 leaves; then one thing changed in random ones.
import { leafHash, treeRoot, verifyInclusion } from '@renshe/proof'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathsInRange, rangeProof, verifyRange } from './range-proof.ts'

const LEAVES = Array.from({ length: 70 }, (_, at) => leafHash('batch', Uint8Array.of(at)))

describe('range proof', () => {
  it('holds for every run of every size', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = LEAVES.slice(0, size)
      const root = treeRoot(leaves)
      for (let from = 0; from < size; from++) {
        for (let count = 1; from + count <= size; count += 3) {
          const proof = rangeProof(leaves, from, count)
          const run = leaves.slice(from, from + count)
          expect(verifyRange(run, { from, count, size }, proof, root)).toBe(true)
        }
      }
    }
  })

  it('gives every leaf of a run its own path', () => {
    for (const [size, from, count] of [
      [1, 0, 1],
      [7, 2, 3],
      [40, 0, 40],
      [33, 32, 1],
    ] as const) {
      const leaves = LEAVES.slice(0, size)
      const run = leaves.slice(from, from + count)
      const paths = pathsInRange(run, { from, count, size }, rangeProof(leaves, from, count))
      const root = treeRoot(leaves)
      run.forEach((leaf, at) => {
        const proof = { leafHash: leaf, index: from + at, size, path: paths[at] ?? [], root }
        expect(verifyInclusion(proof)).toBe(true)
      })
    }
  })

  it('breaks with one thing changed', () => {
    const run = fc
      .record({ size: fc.integer({ min: 2, max: 70 }), a: fc.nat(69), b: fc.nat(69) })
      .map(({ size, a, b }) => {
        const [from, last] = [a % size, b % size].sort((x, y) => x - y) as [number, number]
        return { size, from, count: last - from + 1 }
      })
    fc.assert(
      fc.property(run, fc.nat(5), fc.nat(200), (range, what, at) => {
        const leaves = LEAVES.slice(0, range.size)
        const root = treeRoot(leaves)
        const proof = rangeProof(leaves, range.from, range.count)
        const own = leaves.slice(range.from, range.from + range.count)
        const other = LEAVES[69 - (at % 5)] as Uint8Array
        const is = (changedRange = range, changedOwn = own, changedProof = proof, other_ = root) =>
          verifyRange(changedOwn, changedRange, changedProof, other_)
        if (what === 0) fc.pre(range.count > 1 || range.size > 1)
        const changed = [
          () =>
            is(
              range,
              own.map((leaf, i) => (i === at % own.length ? flip(leaf) : leaf)),
            ),
          () => is(range, own, [...proof, other]),
          () => is(range, own, proof.length === 0 ? [other] : proof.slice(1)),
          () => is(range, own, proof, flip(root)),
          () => is({ ...range, from: range.from + 1 }),
          () => is(range, own.slice(1)),
        ][what] as () => boolean
        expect(changed()).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('is refused for an empty run and one outside the tree', () => {
    for (const [from, count] of [
      [0, 0],
      [-1, 1],
      [3, 3],
    ] as const) {
      expect(() => rangeProof(LEAVES.slice(0, 5), from, count)).toThrow(RangeError)
    }
  })
})

function flip(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte))
}
