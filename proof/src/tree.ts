import { type Bytes, equalBytes, type LedgerLabel, ledgerTag, sha256 } from '@renshe/crypto'

/** Root of a tree without leaves: SHA-256 of nothing (RFC 6962, section 2.1). */
export const EMPTY_ROOT: Bytes = sha256()

const NODE_PREFIX = 0x01
const LEAF_PREFIX = Uint8Array.of(0x00)

/**
 * Hash of one leaf: SHA-256(00 ‖ T(label) ‖ content).
 *
 * @source ledger-bytes.md section 1; RFC 6962 section 2.1
 */
export function leafHash(label: LedgerLabel, content: Bytes): Bytes {
  return sha256(LEAF_PREFIX, ledgerTag(label), content)
}

/** Hash of an inner node: SHA-256(01 ‖ left ‖ right). */
export function nodeHash(left: Bytes, right: Bytes): Bytes {
  const block = new Uint8Array(65)
  block[0] = NODE_PREFIX
  block.set(left, 1)
  block.set(right, 33)
  return sha256(block)
}

/**
 * Gives the hash of the complete subtree that covers leaves
 * `index·2^level … (index + 1)·2^level − 1`. Only complete subtrees are asked for, so a log can
 * store each node once, when its last leaf arrives, and never rewrite it.
 */
export type NodeReader = (level: number, index: number) => Bytes

/** A tree over a known list of leaves, with every node kept. */
export type MerkleTree = {
  readonly size: number
  readonly root: Bytes
  /** Sibling hashes from leaf `index` to the root. */
  inclusionPath(index: number): Bytes[]
  /** Proof that the first `oldSize` leaves are an older state of this tree. */
  consistencyPath(oldSize: number): Bytes[]
  /** The stored node of a complete subtree. */
  readonly node: NodeReader
}

/**
 * Builds a tree level by level over one flat buffer (a lone last node moves up unchanged, which
 * gives exactly the split of RFC 6962).
 *
 * @param leaves  leaf hashes, 32 bytes each, in order
 */
export function merkleTree(leaves: readonly Bytes[]): MerkleTree {
  const levels = [flatten(leaves)]
  for (let width = leaves.length; width > 1; width = Math.ceil(width / 2)) {
    levels.push(levelAbove(levels[levels.length - 1]!, width))
  }
  const size = leaves.length
  const node: NodeReader = (level, index) => levels[level]!.slice(index * 32, (index + 1) * 32)
  return {
    size,
    root: size === 0 ? EMPTY_ROOT : node(levels.length - 1, 0),
    node,
    inclusionPath: (index) => inclusionPathFrom(node, index, size),
    consistencyPath: (oldSize) => consistencyPathFrom(node, oldSize, size),
  }
}

function flatten(leaves: readonly Bytes[]): Bytes {
  const flat = new Uint8Array(leaves.length * 32)
  leaves.forEach((leaf, i) => {
    if (leaf.length !== 32) throw new RangeError(`leaf ${i} has ${leaf.length} bytes, not 32`)
    flat.set(leaf, i * 32)
  })
  return flat
}

function levelAbove(below: Bytes, width: number): Bytes {
  const above = new Uint8Array(Math.ceil(width / 2) * 32)
  const block = new Uint8Array(65)
  block[0] = NODE_PREFIX
  for (let i = 0; i + 1 < width; i += 2) {
    block.set(below.subarray(i * 32, i * 32 + 64), 1)
    above.set(sha256(block), i * 16)
  }
  if (width % 2 === 1) above.set(below.subarray((width - 1) * 32), (width - 1) * 16)
  return above
}

/** Root over leaf hashes in order. */
export function treeRoot(leaves: readonly Bytes[]): Bytes {
  return merkleTree(leaves).root
}

/**
 * Root over leaf hashes that lie one after another, 32 bytes each: no object per leaf, however many.
 *
 * @throws RangeError for anything but whole hashes
 */
export function rootOfHashes(hashes: Bytes): Bytes {
  if (hashes.length % 32 !== 0) throw new RangeError('leaf hashes are 32 bytes each')
  if (hashes.length === 0) return EMPTY_ROOT
  let level = hashes
  for (let width = hashes.length / 32; width > 1; width = Math.ceil(width / 2)) {
    level = levelAbove(level, width)
  }
  return level.slice()
}

/** Sibling hashes, leaf to root. To ask for many paths of one tree, keep a {@link merkleTree}. */
export function inclusionPath(leaves: readonly Bytes[], index: number): Bytes[] {
  return merkleTree(leaves).inclusionPath(index)
}

/** RFC 6962 consistency proof between the first `oldSize` leaves and all of them. */
export function consistencyPath(leaves: readonly Bytes[], oldSize: number): Bytes[] {
  return merkleTree(leaves).consistencyPath(oldSize)
}

/** Root of the first `size` leaves, from stored complete subtrees. */
export function rootFrom(read: NodeReader, size: number): Bytes {
  return size === 0 ? EMPTY_ROOT : rangeRoot(read, 0, size)
}

/**
 * Inclusion path of leaf `index` in the tree of `size` leaves, from stored complete subtrees.
 *
 * @throws RangeError if `index` is not below `size`
 */
export function inclusionPathFrom(read: NodeReader, index: number, size: number): Bytes[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new RangeError(`leaf ${index} is not in a tree of ${size}`)
  }
  const fromRoot: Bytes[] = []
  let begin = 0
  let end = size
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin)
    if (index < middle) {
      fromRoot.push(rangeRoot(read, middle, end))
      end = middle
    } else {
      fromRoot.push(rangeRoot(read, begin, middle))
      begin = middle
    }
  }
  return fromRoot.reverse()
}

/**
 * Consistency path from `oldSize` to `size` leaves (RFC 6962 section 2.1.2). Empty if the sizes
 * are equal or the old tree has no leaves.
 *
 * @throws RangeError if `oldSize` is larger than `size`
 */
export function consistencyPathFrom(read: NodeReader, oldSize: number, size: number): Bytes[] {
  if (!Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > size) {
    throw new RangeError(`a tree of ${oldSize} is not older than one of ${size}`)
  }
  if (oldSize === 0 || oldSize === size) return []
  const fromRoot: Bytes[] = []
  let begin = 0
  let end = size
  while (oldSize !== end) {
    const middle = begin + splitOf(end - begin)
    if (oldSize <= middle) {
      fromRoot.push(rangeRoot(read, middle, end))
      end = middle
    } else {
      fromRoot.push(rangeRoot(read, begin, middle))
      begin = middle
    }
  }
  // The old tree itself is known to the reader when it is a whole left part of the new one.
  if (begin > 0) fromRoot.push(rangeRoot(read, begin, end))
  return fromRoot.reverse()
}

function rangeRoot(read: NodeReader, begin: number, end: number): Bytes {
  const width = end - begin
  const level = levelOf(width)
  if (level !== null) return read(level, begin / width)
  const middle = begin + splitOf(width)
  return nodeHash(rangeRoot(read, begin, middle), rangeRoot(read, middle, end))
}

/** The level whose nodes cover this many leaves, or null if it is no power of two. */
function levelOf(width: number): number | null {
  let level = 0
  let covered = 1
  for (; covered < width; covered *= 2) level++
  return covered === width ? level : null
}

/** Largest power of two below `width` (width ≥ 2). */
function splitOf(width: number): number {
  let split = 1
  while (split * 2 < width) split *= 2
  return split
}

/** Where a leaf lies: the size always comes from a committed place, never from the proof. */
export type Inclusion = {
  readonly leafHash: Bytes
  readonly index: number
  readonly size: number
  readonly path: readonly Bytes[]
}

/**
 * The root that a path leads to, or null if index, size and number of hashes do not fit: for one
 * index and one size exactly one path length is right.
 *
 * @source RFC 9162 section 2.1.3.2
 */
export function rootOfPath({ leafHash, index, size, path }: Inclusion): Bytes | null {
  if (!isCount(index) || !isCount(size) || index >= size) return null
  let place = index
  let last = size - 1
  let hash = leafHash
  for (const sibling of path) {
    if (last === 0 || sibling.length !== 32) return null
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash)
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2)
        last = Math.floor(last / 2)
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? hash : null
}

/** True if the leaf is at `index` of the tree of `size` leaves with this root. */
export function verifyInclusion(proof: Inclusion & { readonly root: Bytes }): boolean {
  const root = rootOfPath(proof)
  return root !== null && equalBytes(root, proof.root)
}

/** Two heads of one log and the proof between them. */
export type Consistency = {
  readonly oldSize: number
  readonly oldRoot: Bytes
  readonly newSize: number
  readonly newRoot: Bytes
  readonly path: readonly Bytes[]
}

/**
 * True if the old tree is a prefix of the new one. An empty old tree is a prefix of every tree,
 * with an empty path.
 *
 * @source RFC 9162 section 2.1.4.2
 */
export function verifyConsistency(proof: Consistency): boolean {
  const { oldSize, oldRoot, newSize, newRoot, path } = proof
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize) return false
  if (oldSize === newSize) return path.length === 0 && equalBytes(oldRoot, newRoot)
  if (oldSize === 0) return path.length === 0 && equalBytes(oldRoot, EMPTY_ROOT)
  if (path.some((hash) => hash.length !== 32)) return false
  const steps = levelOf(oldSize) !== null ? [oldRoot, ...path] : [...path]
  const first = steps.shift()
  if (first === undefined) return false
  return foldConsistency(proof, first, steps)
}

function foldConsistency(proof: Consistency, first: Bytes, steps: readonly Bytes[]): boolean {
  let place = proof.oldSize - 1
  let last = proof.newSize - 1
  while (place % 2 === 1) {
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  let older = first
  let newer = first
  for (const sibling of steps) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      older = nodeHash(sibling, older)
      newer = nodeHash(sibling, newer)
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2)
        last = Math.floor(last / 2)
      }
    } else {
      newer = nodeHash(newer, sibling)
    }
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equalBytes(older, proof.oldRoot) && equalBytes(newer, proof.newRoot)
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}
