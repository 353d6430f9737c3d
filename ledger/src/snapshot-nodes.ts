import { type Bytes, toHex } from '@renshe/crypto'
import { type MerkleTree, merkleTree } from '@renshe/proof'
import { heightBytes, heightOf } from './state-rows.ts'

/** Levels of the state tree that are not kept: a group of so many entries is read again when it is proven. */
export const GROUP_LEVEL = 7
/** Entries under one kept node. */
export const GROUP_ENTRIES = 2 ** GROUP_LEVEL

const MAGIC = Buffer.from('RSNODES1')
const HEAD_BYTES = 20
const NODE_BYTES = 38

/**
 * The upper part of a state tree, and where in the file of its entries each group begins. Small enough to
 * stay in memory; and since the root follows from it, it proves itself against the header that carries it.
 */
export class SnapshotNodes {
  readonly count: number
  /** Root of each group of {@link GROUP_ENTRIES} entries, in order; the last group may be smaller. */
  readonly groups: readonly Bytes[]
  /** Offset of each group in the file of entries. */
  readonly offsets: readonly number[]
  #tree: MerkleTree | undefined

  constructor(count: number, groups: readonly Bytes[], offsets: readonly number[]) {
    this.count = count
    this.groups = groups
    this.offsets = offsets
  }

  /** Tree over the groups: its level 0 is level {@link GROUP_LEVEL} of the state tree. */
  get tree(): MerkleTree {
    this.#tree ??= merkleTree(this.groups)
    return this.#tree
  }

  /** Root of the state tree, hex. */
  get root(): string {
    return toHex(this.tree.root)
  }

  /** `"RSNODES1" ‖ u48 height ‖ u48 count ‖ groups × (u48 offset ‖ root)` */
  encode(height: number): Bytes {
    const bytes = Buffer.alloc(HEAD_BYTES + NODE_BYTES * this.groups.length)
    MAGIC.copy(bytes)
    bytes.set(heightBytes(height), 8)
    bytes.set(heightBytes(this.count), 14)
    this.groups.forEach((group, i) => {
      const at = HEAD_BYTES + NODE_BYTES * i
      bytes.set(heightBytes(this.offsets[i]!), at)
      bytes.set(group, at + 6)
    })
    return bytes
  }

  /** Reads what {@link encode} wrote; undefined if it is nothing of that kind. */
  static decode(bytes: Bytes, height: number): SnapshotNodes | undefined {
    const isWhole = bytes.length >= HEAD_BYTES && (bytes.length - HEAD_BYTES) % NODE_BYTES === 0
    if (!isWhole || !MAGIC.equals(bytes.subarray(0, 8))) return undefined
    const count = heightOf(bytes, 14)
    const length = (bytes.length - HEAD_BYTES) / NODE_BYTES
    if (heightOf(bytes, 8) !== height || length !== Math.ceil(count / GROUP_ENTRIES))
      return undefined
    const places = Array.from({ length }, (_, i) => HEAD_BYTES + NODE_BYTES * i)
    return new SnapshotNodes(
      count,
      places.map((at) => bytes.slice(at + 6, at + NODE_BYTES)),
      places.map((at) => heightOf(bytes, at)),
    )
  }
}
