import { type Bytes, concatBytes, u64 } from '@renshe/crypto'
import { EMPTY_ROOT, nodeHash } from './tree.ts'

/** A complete subtree that an appended leaf has closed: store it under (level, index), once. */
export type ClosedNode = { readonly level: number; readonly index: number; readonly hash: Bytes }

/**
 * The right edge of a growing log: the roots of its complete subtrees, one per bit of its size.
 * Enough to append and to tell the root; paths need the stored nodes (see {@link NodeReader}).
 */
export class LogFrontier {
  #size = 0
  /** Complete subtrees from the largest (left) to the smallest (right). */
  #peaks: Bytes[] = []

  /** Number of leaves. */
  get size(): number {
    return this.#size
  }

  /**
   * Adds one leaf hash and returns the subtrees it closes, the leaf itself first.
   *
   * @throws RangeError if the hash is not 32 bytes
   */
  append(leafHash: Bytes): ClosedNode[] {
    if (leafHash.length !== 32) throw new RangeError('a leaf hash has 32 bytes')
    let index = this.#size
    const closed: ClosedNode[] = [{ level: 0, index, hash: leafHash }]
    let hash = leafHash
    for (let level = 1; index % 2 === 1; level++) {
      index = (index - 1) / 2
      hash = nodeHash(this.#peaks.pop()!, hash)
      closed.push({ level, index, hash })
    }
    this.#peaks.push(hash)
    this.#size++
    return closed
  }

  /** Root of all leaves so far. */
  root(): Bytes {
    const last = this.#peaks.at(-1)
    if (last === undefined) return EMPTY_ROOT
    return this.#peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last)
  }

  /** A copy that grows on its own. */
  clone(): LogFrontier {
    const copy = new LogFrontier()
    copy.#size = this.#size
    copy.#peaks = [...this.#peaks]
    return copy
  }

  /** `u64 size ‖ hashes of the complete subtrees, largest first`. */
  toBytes(): Bytes {
    return concatBytes(u64(this.#size), ...this.#peaks)
  }

  /**
   * Reads what {@link toBytes} wrote.
   *
   * @throws RangeError if the number of hashes does not fit the size
   */
  static fromBytes(bytes: Bytes): LogFrontier {
    if (bytes.length < 8) throw new RangeError('a log frontier has at least 8 bytes')
    const size = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0))
    if (!Number.isSafeInteger(size)) throw new RangeError('a log has at most 2^53 − 1 leaves')
    const peaks = countOnes(size)
    if (bytes.length !== 8 + peaks * 32) {
      throw new RangeError(`a frontier of ${size} leaves has ${peaks} hashes`)
    }
    const frontier = new LogFrontier()
    frontier.#size = size
    for (let i = 0; i < peaks; i++) frontier.#peaks.push(bytes.slice(8 + i * 32, 40 + i * 32))
    return frontier
  }
}

function countOnes(value: number): number {
  let ones = 0
  for (let rest = value; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}
