/*
 * Trees over the sealed accounts and entries of a sub-ledger. A posting touches thousands of accounts
 * of a plan that may have a hundred thousand: only what changed is hashed again.
 */
import { type Bytes, batchLeaf, toHex } from '@renshe/crypto'
import { inclusionPathFrom, leafHash, nodeHash } from '@renshe/proof'
import type { TreeHead } from './records.ts'
import { compareTexts } from './subledger.ts'

/** Head of a tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1). */
export const EMPTY_TREE: TreeHead = {
  root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  count: 0,
}

const HASH_BYTES = 32

/** One sealed account or entry, as its leaf shows it. */
export interface SealedLeaf {
  /** Record id of the account, 32 hex digits. */
  readonly account: string
  readonly version: number
  /** Hex commitment of the one section. */
  readonly commitment: string
  readonly level: number
}

/** Which of the two trees of a posting. */
export type SubledgerTreeKind = 'balance' | 'entry'

/** Bytes of a leaf: a batch leaf with the one section `balance` or `entry`. */
export function subledgerLeaf(kind: SubledgerTreeKind, leaf: SealedLeaf): Bytes {
  const { account, version, commitment, level } = leaf
  return batchLeaf({ record: account, version, sections: [{ name: kind, level, commitment }] })
}

/** A tree over leaves ascending by account, each account once. */
export interface SubledgerTree {
  readonly kind: SubledgerTreeKind
  readonly head: TreeHead
  /** Place of an account's leaf, or -1. */
  indexOf(account: string): number
  leafAt(index: number): SealedLeaf
  /** Sibling hashes from the leaf to the root. */
  pathOf(index: number): Bytes[]
  /** The tree after some leaves are new or replaced; this one stays as it is. */
  with(changes: Iterable<SealedLeaf>): SubledgerTree
}

/**
 * Builds a tree.
 *
 * @param leaves  in any order
 * @throws RangeError if an account stands twice
 */
export function subledgerTree(
  kind: SubledgerTreeKind,
  leaves: Iterable<SealedLeaf>,
): SubledgerTree {
  const sorted = [...leaves].sort((a, b) => compareTexts(a.account, b.account))
  for (let at = 1; at < sorted.length; at++) {
    if (sorted[at - 1]?.account === sorted[at]?.account) {
      throw new RangeError('an account stands twice in a sub-ledger')
    }
  }
  return grow(kind, sorted, new Uint8Array(sorted.length * HASH_BYTES), [], {
    places: [],
    from: 0,
  })
}

/** Leaves whose hashes are out of date: those at `places`, and all from `from` on. */
interface Stale {
  readonly places: readonly number[]
  readonly from: number
}

function grow(
  kind: SubledgerTreeKind,
  leaves: readonly SealedLeaf[],
  hashes: Uint8Array,
  above: readonly Uint8Array[],
  stale: Stale,
): SubledgerTree {
  const hashLeaf = (index: number) => {
    const leaf = leaves[index] as SealedLeaf
    hashes.set(leafHash(kind, subledgerLeaf(kind, leaf)), index * HASH_BYTES)
  }
  for (const place of stale.places) hashLeaf(place)
  for (let index = stale.from; index < leaves.length; index++) hashLeaf(index)
  const levels = [hashes, ...levelsAbove(hashes, above, stale)]
  const node = (level: number, index: number) =>
    (levels[level] as Uint8Array).slice(index * HASH_BYTES, (index + 1) * HASH_BYTES)
  const top = levels[levels.length - 1] as Uint8Array
  const head = leaves.length === 0 ? EMPTY_TREE : { root: toHex(top.slice()), count: leaves.length }
  return {
    kind,
    head,
    indexOf: (account) => indexOf(leaves, account),
    leafAt: (index) => {
      const leaf = leaves[index]
      if (leaf === undefined) throw new RangeError(`no leaf ${index} in a tree of ${leaves.length}`)
      return leaf
    },
    pathOf: (index) => inclusionPathFrom(node, index, leaves.length),
    with: (changes) => change(kind, leaves, hashes, levels.slice(1), changes),
  }
}

function levelsAbove(
  hashes: Uint8Array,
  before: readonly Uint8Array[],
  stale: Stale,
): Uint8Array[] {
  const levels: Uint8Array[] = []
  let below = hashes
  let { places, from } = stale
  for (let width = hashes.length / HASH_BYTES; width > 1; ) {
    const nextWidth = Math.ceil(width / 2)
    const level = new Uint8Array(nextWidth * HASH_BYTES)
    const old = before[levels.length]
    from = Math.floor(from / 2)
    if (old !== undefined) level.set(old.subarray(0, Math.min(from * HASH_BYTES, old.length)))
    places = parentsOf(places, from)
    for (const place of places) setParent(level, below, width, place)
    for (let place = from; place < nextWidth; place++) setParent(level, below, width, place)
    levels.push(level)
    below = level
    width = nextWidth
  }
  return levels
}

/** Places one level up, ascending and each once, below `from`. */
function parentsOf(places: readonly number[], from: number): number[] {
  const parents: number[] = []
  for (const place of places) {
    const parent = Math.floor(place / 2)
    if (parent < from && parents[parents.length - 1] !== parent) parents.push(parent)
  }
  return parents
}

/** A lone last node moves up unchanged: the split of RFC 6962. */
function setParent(level: Uint8Array, below: Uint8Array, width: number, place: number): void {
  const left = below.subarray(2 * place * HASH_BYTES, (2 * place + 1) * HASH_BYTES)
  const hash =
    2 * place + 1 < width
      ? nodeHash(left, below.subarray((2 * place + 1) * HASH_BYTES, (2 * place + 2) * HASH_BYTES))
      : left
  level.set(hash, place * HASH_BYTES)
}

function indexOf(leaves: readonly SealedLeaf[], account: string): number {
  let low = 0
  let high = leaves.length - 1
  while (low <= high) {
    const middle = Math.floor((low + high) / 2)
    const order = compareTexts((leaves[middle] as SealedLeaf).account, account)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1
}

function change(
  kind: SubledgerTreeKind,
  leaves: readonly SealedLeaf[],
  hashes: Uint8Array,
  above: readonly Uint8Array[],
  changes: Iterable<SealedLeaf>,
): SubledgerTree {
  const changed = new Map<string, SealedLeaf>()
  for (const leaf of changes) changed.set(leaf.account, leaf)
  const added = [...changed.keys()]
    .filter((account) => indexOf(leaves, account) < 0)
    .sort(compareTexts)
  const first = added[0]
  const merged = leaves.map((leaf) => changed.get(leaf.account) ?? leaf)
  for (const account of added) merged.push(changed.get(account) as SealedLeaf)
  if (first !== undefined) merged.sort((a, b) => compareTexts(a.account, b.account))

  const from = first === undefined ? leaves.length : indexOf(merged, first)
  const places: number[] = []
  for (const account of changed.keys()) {
    const place = indexOf(merged, account)
    if (place < from) places.push(place)
  }
  const bottom = new Uint8Array(merged.length * HASH_BYTES)
  bottom.set(hashes.subarray(0, from * HASH_BYTES))
  return grow(kind, merged, bottom, above, { places: places.sort((a, b) => a - b), from })
}
