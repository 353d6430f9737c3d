/*
 * Goal: the trees of a sub-ledger are those of the specification, and changing leaves one by one
 * gives the same tree as building it anew.
 * Method: published vectors; fast-check over additions and changes in any order; paths verified by
 * the proof room.
 */
import { readFileSync } from 'node:fs'
import { fromHex, toHex } from '@renshe/crypto'
import { leafHash, merkleTree, verifyInclusion } from '@renshe/proof'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  EMPTY_TREE,
  type SealedLeaf,
  type SubledgerTree,
  subledgerLeaf,
  subledgerTree,
} from './subledger-trees.ts'
import { commitmentOf } from './testing.ts'

interface VectorLeaf {
  readonly record: string
  readonly version: number
  readonly sections: readonly [{ readonly commitment: string; readonly level: number }]
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../vectors/ledger-bytes.json', import.meta.url), 'utf8'),
).subledger as Record<'before' | 'after' | 'entries', { leaf: VectorLeaf }[]> & {
  journal: { subledger: { balances: object; entries: object } }
}

function leafOf({ leaf }: { leaf: VectorLeaf }): SealedLeaf {
  const [{ commitment, level }] = leaf.sections
  return { account: leaf.record, version: leaf.version, commitment, level }
}

const change: fc.Arbitrary<SealedLeaf> = fc
  .tuple(fc.nat(60), fc.integer({ min: 1, max: 9 }))
  .map(([person, version]) => ({
    account: commitmentOf(`${person}`).slice(0, 32),
    version,
    commitment: commitmentOf(`${person} ${version}`),
    level: 2,
  }))

function rebuilt(leaves: ReadonlyMap<string, SealedLeaf>): string {
  const sorted = [...leaves.values()].sort((a, b) => (a.account < b.account ? -1 : 1))
  return toHex(
    merkleTree(sorted.map((leaf) => leafHash('balance', subledgerLeaf('balance', leaf)))).root,
  )
}

describe('vectors of ledger-bytes section 13', () => {
  it('balances after the journal', () => {
    const tree = subledgerTree('balance', vectors.after.map(leafOf))
    expect(tree.head).toEqual(vectors.journal.subledger.balances)
  })

  it('balances after the journal, from those before', () => {
    const before = subledgerTree('balance', vectors.before.map(leafOf))
    expect(before.with(vectors.after.map(leafOf)).head).toEqual(vectors.journal.subledger.balances)
  })

  it('entries of the journal', () => {
    const tree = subledgerTree('entry', vectors.entries.map(leafOf).reverse())
    expect(tree.head).toEqual(vectors.journal.subledger.entries)
  })

  it('no leaves', () => {
    expect(subledgerTree('entry', []).head).toEqual(EMPTY_TREE)
  })
})

it('changing leaves gives the tree that building anew gives', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 20 }), { maxLength: 6 }), (rounds) => {
      const all = new Map<string, SealedLeaf>()
      let tree: SubledgerTree = subledgerTree('balance', [])
      for (const round of rounds) {
        for (const leaf of round) all.set(leaf.account, leaf)
        tree = tree.with(round)
        expect(tree.head).toEqual({ root: rebuilt(all), count: all.size })
      }
    }),
  )
})

it('an older tree stays as it was', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1 }), fc.array(change), (first, second) => {
      const old = subledgerTree('balance', []).with(first)
      const head = { ...old.head }
      const path = old.pathOf(0).map(toHex)
      old.with(second)
      expect(old.head).toEqual(head)
      expect(old.pathOf(0).map(toHex)).toEqual(path)
    }),
  )
})

it('every path leads to the root', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), (leaves) => {
      const tree = subledgerTree('balance', []).with(leaves)
      for (const { account } of leaves) {
        const index = tree.indexOf(account)
        const proof = {
          leafHash: leafHash('balance', subledgerLeaf('balance', tree.leafAt(index))),
          index,
          size: tree.head.count,
          path: tree.pathOf(index),
          root: fromHex(tree.head.root),
        }
        expect(verifyInclusion(proof)).toBe(true)
      }
    }),
  )
})

describe('what is not there', () => {
  const tree = subledgerTree('balance', vectors.after.map(leafOf))

  it('has no place', () => {
    expect(tree.indexOf('0'.repeat(32))).toBe(-1)
    expect(() => tree.leafAt(3)).toThrow(RangeError)
  })

  it('an account stands once', () => {
    const twice = [...vectors.after, vectors.after[0]!].map(leafOf)
    expect(() => subledgerTree('balance', twice)).toThrow(RangeError)
  })
})
