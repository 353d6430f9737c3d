import {
  type Bytes,
  canonicalJson,
  compareBytes,
  type JsonObject,
  ledgerHash,
} from '@renshe/crypto'
import { keyedHash } from './state-key.ts'
import {
  inclusionPathFrom,
  leafHash,
  merkleTree,
  type NodeReader,
  verifyInclusion,
} from './tree.ts'

/** Value hash of a deleted key: 32 zero bytes. */
export const DELETED: Bytes = new Uint8Array(32)

/** `H(value, JCS)`, or 32 zero bytes for a deletion (null). */
export function valueHash(value: JsonObject | null): Bytes {
  return value === null ? DELETED : ledgerHash('value', canonicalJson(value))
}

/** Leaf of the writes of a block: the last value a key got in that block. */
export function writeLeaf(key: Bytes, hashOfValue: Bytes): Bytes {
  return leafHash('write', keyedHash(key, hashOfValue))
}

/** Leaf of the state tree: a key that is present at a snapshot's height. */
export function stateLeaf(key: Bytes, hashOfValue: Bytes): Bytes {
  return leafHash('state', keyedHash(key, hashOfValue))
}

/** A key that is present, with its place in the state tree. */
export type Neighbour = {
  readonly key: Bytes
  readonly valueHash: Bytes
  readonly path: readonly Bytes[]
}

/**
 * Proof that no key lies between two neighbours at `index − 1` and `index`; at an end of the tree
 * one of them is missing.
 */
export type Absence = {
  readonly index: number
  readonly left: Neighbour | null
  readonly right: Neighbour | null
}

/** One present key of a state, in a list that is ascending by key. */
export type StateEntry = { readonly key: Bytes; readonly valueHash: Bytes }

/**
 * Proves that `key` is absent from a state held in memory.
 *
 * @param entries  all present keys, ascending
 * @returns        the proof, or null if the key is present
 */
export function proveAbsence(entries: readonly StateEntry[], key: Bytes): Absence | null {
  const tree = merkleTree(entries.map((entry) => stateLeaf(entry.key, entry.valueHash)))
  let index = 0
  while (index < entries.length && compareBytes(entries[index]!.key, key) < 0) index++
  const right = entries[index] ?? null
  if (right !== null && compareBytes(right.key, key) === 0) return null
  const left = index === 0 ? null : entries[index - 1]!
  return absenceFrom(tree.node, entries.length, { index, left, right })
}

/** As {@link proveAbsence} for a state too large for memory: place and neighbours are known. */
export function absenceFrom(
  read: NodeReader,
  count: number,
  gap: { index: number; left: StateEntry | null; right: StateEntry | null },
): Absence {
  const side = (entry: StateEntry | null, index: number): Neighbour | null =>
    entry && { ...entry, path: inclusionPathFrom(read, index, count) }
  return {
    index: gap.index,
    left: side(gap.left, gap.index - 1),
    right: side(gap.right, gap.index),
  }
}

/** True if `key` is absent from the state with this count and root. */
export function verifyAbsence(
  proof: Absence & { readonly key: Bytes; readonly count: number; readonly root: Bytes },
): boolean {
  const { index, left, right, key, count, root } = proof
  if (!Number.isSafeInteger(index) || index < 0 || index > count) return false
  if ((left === null) !== (index === 0) || (right === null) !== (index === count)) return false
  const holds = (side: Neighbour, at: number): boolean =>
    verifyInclusion({
      leafHash: stateLeaf(side.key, side.valueHash),
      index: at,
      size: count,
      path: side.path,
      root,
    })
  if (left !== null && !(compareBytes(left.key, key) < 0 && holds(left, index - 1))) return false
  return right === null || (compareBytes(key, right.key) < 0 && holds(right, index))
}
