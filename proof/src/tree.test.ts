/**
 * Goal: Merkle proofs are those of RFC 6962 and nothing else verifies.
 * Method: a recursive second implementation written from the RFC's definitions, for all sizes up to
 * 70; every index, size and path forged in turn; the published vectors of ledger-bytes.
 */
import { type Bytes, equalBytes, fromHex, sha256, toHex, u32 } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { LogFrontier } from './log-frontier.ts'
import {
  consistencyPathFrom,
  EMPTY_ROOT,
  inclusionPathFrom,
  merkleTree,
  type NodeReader,
  rootFrom,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './tree.ts'

const LARGEST = 70
const leaves = Array.from({ length: LARGEST + 1 }, (_, i) => sha256(Uint8Array.of(0), u32(i)))

/** RFC 6962 section 2.1, word by word. */
function referenceRoot(list: readonly Bytes[]): Bytes {
  if (list.length === 0) return sha256()
  if (list.length === 1) return list[0]!
  const k = referenceSplit(list.length)
  return sha256(Uint8Array.of(1), referenceRoot(list.slice(0, k)), referenceRoot(list.slice(k)))
}

function referenceSplit(n: number): number {
  return 2 ** (Math.ceil(Math.log2(n)) - 1)
}

function referencePath(m: number, list: readonly Bytes[]): Bytes[] {
  if (list.length === 1) return []
  const k = referenceSplit(list.length)
  return m < k
    ? [...referencePath(m, list.slice(0, k)), referenceRoot(list.slice(k))]
    : [...referencePath(m - k, list.slice(k)), referenceRoot(list.slice(0, k))]
}

/** RFC 6962 section 2.1.2: SUBPROOF. */
function referenceConsistency(m: number, list: readonly Bytes[], whole: boolean): Bytes[] {
  if (m === list.length) return whole ? [] : [referenceRoot(list)]
  const k = referenceSplit(list.length)
  return m <= k
    ? [...referenceConsistency(m, list.slice(0, k), whole), referenceRoot(list.slice(k))]
    : [...referenceConsistency(m - k, list.slice(k), false), referenceRoot(list.slice(0, k))]
}

/** Number of hashes in the path of a leaf, by the same splits; −1 outside the tree. */
function pathLength(index: number, size: number): number {
  if (index >= size) return -1
  if (size === 1) return 0
  const k = referenceSplit(size)
  return 1 + (index < k ? pathLength(index, k) : pathLength(index - k, size - k))
}

const hexes = (path: readonly Bytes[]): string[] => path.map(toHex)

describe('RFC 6962 trees', () => {
  it('give the root and paths of the definition, for all sizes up to 70', () => {
    for (let size = 0; size <= LARGEST; size++) {
      const list = leaves.slice(0, size)
      const tree = merkleTree(list)
      expect(toHex(tree.root)).toBe(toHex(referenceRoot(list)))
      for (let index = 0; index < size; index++) {
        expect(hexes(tree.inclusionPath(index))).toEqual(hexes(referencePath(index, list)))
      }
      for (let old = 1; old <= size; old++) {
        expect(hexes(tree.consistencyPath(old))).toEqual(
          hexes(referenceConsistency(old, list, true)),
        )
      }
    }
  })

  it('have an empty root of SHA-256 of nothing', () => {
    expect(toHex(EMPTY_ROOT)).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(treeRoot([])).toEqual(EMPTY_ROOT)
  })

  it('refuse leaves that are not 32 bytes, and places outside the tree', () => {
    expect(() => merkleTree([new Uint8Array(31)])).toThrow(RangeError)
    const tree = merkleTree(leaves.slice(0, 5))
    for (const index of [-1, 5, 1.5]) expect(() => tree.inclusionPath(index)).toThrow(RangeError)
    for (const old of [-1, 6, 0.5]) expect(() => tree.consistencyPath(old)).toThrow(RangeError)
  })
})

describe('inclusion', () => {
  it('holds at its own index, size and path only, for all sizes up to 70', () => {
    for (let size = 1; size <= LARGEST; size++) {
      const tree = merkleTree(leaves.slice(0, size))
      for (let index = 0; index < size; index++) {
        const path = tree.inclusionPath(index)
        const proof = { leafHash: leaves[index]!, index, size, path, root: tree.root }
        expect(verifyInclusion(proof)).toBe(true)
        for (let other = 0; other <= size; other++) {
          if (other !== index) expect(verifyInclusion({ ...proof, index: other })).toBe(false)
        }
        expect(verifyInclusion({ ...proof, leafHash: leaves[LARGEST]! })).toBe(false)
        expect(verifyInclusion({ ...proof, path: [...path, tree.root] })).toBe(false)
        expect(verifyInclusion({ ...proof, path: [tree.root, ...path] })).toBe(false)
        if (path.length > 0) {
          expect(verifyInclusion({ ...proof, path: path.slice(1) })).toBe(false)
          expect(verifyInclusion({ ...proof, path: path.slice(0, -1) })).toBe(false)
        }
        path.forEach((_, at) => {
          const forged = path.map((hash, i) => (i === at ? flipped(hash) : hash))
          expect(verifyInclusion({ ...proof, path: forged })).toBe(false)
        })
      }
    }
  })

  it('never fits two sizes whose paths have another length', () => {
    // Where the length happens to agree, the size is a committed value, so a reader never guesses
    // it; a proof whose length does not fit the committed size must fail.
    const wrong: string[] = []
    for (let size = 1; size <= LARGEST; size++) {
      const tree = merkleTree(leaves.slice(0, size))
      for (let index = 0; index < size; index++) {
        const path = tree.inclusionPath(index)
        for (let claimed = 0; claimed <= LARGEST; claimed++) {
          if (pathLength(index, claimed) === path.length) continue
          const proof = { leafHash: leaves[index]!, index, size: claimed, path, root: tree.root }
          if (verifyInclusion(proof)) wrong.push(`${index} of ${size} as of ${claimed}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('refuses numbers that are no sizes', () => {
    const proof = { leafHash: leaves[0]!, index: 0, size: 1, path: [], root: leaves[0]! }
    expect(verifyInclusion(proof)).toBe(true)
    for (const bad of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(verifyInclusion({ ...proof, size: bad })).toBe(false)
      expect(verifyInclusion({ ...proof, index: bad })).toBe(false)
    }
  })
})

describe('consistency', () => {
  it('holds between its own two heads only, for all sizes up to 70', () => {
    const roots = Array.from({ length: LARGEST + 1 }, (_, n) => treeRoot(leaves.slice(0, n)))
    for (let newSize = 1; newSize <= LARGEST; newSize++) {
      const tree = merkleTree(leaves.slice(0, newSize))
      for (let oldSize = 0; oldSize <= newSize; oldSize++) {
        const path = tree.consistencyPath(oldSize)
        const proof = {
          oldSize,
          oldRoot: roots[oldSize]!,
          newSize,
          newRoot: tree.root,
          path,
        }
        expect(verifyConsistency(proof)).toBe(true)
        expect(verifyConsistency({ ...proof, oldRoot: flipped(proof.oldRoot) })).toBe(false)
        // An empty tree says nothing about the newer one, so only then may its root be anything.
        if (oldSize > 0) {
          expect(verifyConsistency({ ...proof, newRoot: flipped(tree.root) })).toBe(false)
        }
        expect(verifyConsistency({ ...proof, path: [...path, tree.root] })).toBe(false)
        if (path.length > 0) {
          expect(verifyConsistency({ ...proof, path: path.slice(1) })).toBe(false)
          expect(verifyConsistency({ ...proof, path: path.slice(0, -1) })).toBe(false)
        }
        path.forEach((_, at) => {
          const forged = path.map((hash, i) => (i === at ? flipped(hash) : hash))
          expect(verifyConsistency({ ...proof, path: forged })).toBe(false)
        })
        for (const claimed of [oldSize - 1, oldSize + 1]) {
          expect(verifyConsistency({ ...proof, oldSize: claimed })).toBe(false)
        }
      }
    }
  })
})

describe('LogFrontier', () => {
  it('grows to the same root, closes each node once and survives its bytes', () => {
    let frontier = new LogFrontier()
    const nodes = new Map<string, Bytes>()
    const read: NodeReader = (level, index) => nodes.get(`${level}/${index}`)!
    for (let size = 0; size <= LARGEST; size++) {
      const tree = merkleTree(leaves.slice(0, size))
      expect(frontier.size).toBe(size)
      expect(toHex(frontier.root())).toBe(toHex(tree.root))
      expect(toHex(rootFrom(read, size))).toBe(toHex(tree.root))
      if (size > 0) {
        const index = (size * 7) % size
        expect(hexes(inclusionPathFrom(read, index, size))).toEqual(
          hexes(tree.inclusionPath(index)),
        )
        const old = Math.ceil(size / 2)
        expect(hexes(consistencyPathFrom(read, old, size))).toEqual(
          hexes(tree.consistencyPath(old)),
        )
      }
      frontier = LogFrontier.fromBytes(frontier.toBytes())
      for (const { level, index, hash } of frontier.append(leaves[size]!)) {
        expect(nodes.has(`${level}/${index}`)).toBe(false)
        nodes.set(`${level}/${index}`, hash)
      }
    }
  })

  it('keeps a clone apart', () => {
    const frontier = new LogFrontier()
    frontier.append(leaves[0]!)
    const copy = frontier.clone()
    copy.append(leaves[1]!)
    expect(frontier.size).toBe(1)
    expect(equalBytes(copy.root(), treeRoot(leaves.slice(0, 2)))).toBe(true)
  })

  it('refuses bytes of another length and sizes over the limit', () => {
    const bytes = new LogFrontier().toBytes()
    expect(() => LogFrontier.fromBytes(bytes.slice(1))).toThrow(RangeError)
    expect(() => LogFrontier.fromBytes(Uint8Array.of(...bytes, 0))).toThrow(RangeError)
    expect(() => LogFrontier.fromBytes(fromHex('0000000000000003'))).toThrow(RangeError)
    expect(() => LogFrontier.fromBytes(fromHex('ff00000000000000'))).toThrow(RangeError)
    expect(() => new LogFrontier().append(new Uint8Array(31))).toThrow(RangeError)
  })
})

function flipped(hash: Bytes): Bytes {
  const copy = Uint8Array.from(hash)
  copy[0]! ^= 1
  return copy
}
