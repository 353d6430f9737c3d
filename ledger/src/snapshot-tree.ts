import { readFileSync } from 'node:fs'
import {
  type Bytes,
  concatBytes,
  fromUtf8,
  ledgerHash,
  toHex,
  u16,
  u32,
  utf8,
} from '@renshe/crypto'
import { type KeyText, keyBytes, keyTextOf } from '@renshe/kernel'
import {
  type Absence,
  absenceFrom,
  type MerkleTree,
  merkleTree,
  type SnapshotHead,
  type StateEntry,
  stateLeaf,
} from '@renshe/proof'

/** One key of a snapshot with its value. */
export interface SnapshotEntry {
  readonly key: KeyText
  readonly text: string
}

/** A key that is present in a snapshot, with its place. */
export interface Presence {
  readonly index: number
  readonly valueHash: Bytes
  readonly path: readonly Bytes[]
}

/** `u16 ‖ key ‖ u32 ‖ value`: an entry as a joiner gets it. @source ledger-bytes.md section 5 */
export function encodeEntry({ key, text }: SnapshotEntry): Bytes {
  const value = utf8(text)
  return concatBytes(u16(key.length), keyBytes(key), u32(value.length), value)
}

/** Reads entries in the form of {@link encodeEntry}; undefined if the bytes end inside one. */
export function decodeEntries(bytes: Bytes): SnapshotEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const entries: SnapshotEntry[] = []
  let at = 0
  while (at < bytes.length) {
    if (at + 2 > bytes.length) return undefined
    const keyEnd = at + 2 + view.getUint16(at)
    if (keyEnd + 4 > bytes.length) return undefined
    const end = keyEnd + 4 + view.getUint32(keyEnd)
    if (end > bytes.length) return undefined
    const text = fromUtf8(bytes.subarray(keyEnd + 4, end))
    entries.push({ key: keyTextOf(bytes.subarray(at + 2, keyEnd)), text })
    at = end
  }
  return entries
}

/** The state tree at one height, with all its nodes: proves presence and absence. */
export class SnapshotTree {
  readonly height: number
  readonly #entries: StateEntry[] = []
  #tree: MerkleTree | undefined

  constructor(height: number) {
    this.height = height
  }

  /** Adds the next entry; keys must come in ascending order. */
  add({ key, text }: SnapshotEntry): void {
    this.#entries.push({ key: keyBytes(key), valueHash: ledgerHash('value', utf8(text)) })
    this.#tree = undefined
  }

  /** Count and root, as a header carries them. */
  get head(): SnapshotHead {
    const { size, root } = this.#built()
    return { height: this.height, count: size, root: toHex(root) }
  }

  /** Proof that the key is present; undefined if it is not. */
  presence(key: KeyText): Presence | undefined {
    const index = this.#placeOf(key)
    const entry = this.#entries[index]
    if (entry === undefined || keyTextOf(entry.key) !== key) return undefined
    return { index, valueHash: entry.valueHash, path: this.#built().inclusionPath(index) }
  }

  /** Proof that the key is absent; undefined if it is present. */
  absence(key: KeyText): Absence | undefined {
    const index = this.#placeOf(key)
    const right = this.#entries[index] ?? null
    if (right !== null && keyTextOf(right.key) === key) return undefined
    const left = this.#entries[index - 1] ?? null
    const tree = this.#built()
    return absenceFrom(tree.node, tree.size, { index, left, right })
  }

  #built(): MerkleTree {
    this.#tree ??= merkleTree(this.#entries.map((entry) => stateLeaf(entry.key, entry.valueHash)))
    return this.#tree
  }

  /** Index of the first entry whose key is not below `key`. */
  #placeOf(key: KeyText): number {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (keyTextOf(this.#entries[middle]!.key) < key) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Reads the file of a snapshot; undefined unless it has the count and root that a header carries. */
export function readSnapshotFile(path: string, expected: SnapshotHead): SnapshotTree | undefined {
  const entries = decodeEntries(readFileSync(path))
  if (entries === undefined) return undefined
  const tree = new SnapshotTree(expected.height)
  for (const entry of entries) tree.add(entry)
  const { count, root } = tree.head
  return count === expected.count && root === expected.root ? tree : undefined
}
