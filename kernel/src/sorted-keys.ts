import type { KeyText } from './key.ts'

/** Above this a chunk is split: small enough that inserting into the middle is cheap. */
const CHUNK_KEYS = 512

/**
 * Keys in byte order that can grow and shrink while someone walks them: a walk asks for the next
 * key each time, so there is no position that a change could break.
 */
export class SortedKeys {
  #chunks: KeyText[][] = []

  add(key: KeyText): void {
    if (this.#chunks.length === 0) {
      this.#chunks.push([key])
      return
    }
    const at = Math.min(this.#chunkAt(key), this.#chunks.length - 1)
    const chunk = this.#chunks[at]!
    const place = placeOf(chunk, key)
    if (chunk[place] === key) return
    chunk.splice(place, 0, key)
    if (chunk.length > CHUNK_KEYS) {
      this.#chunks.splice(at + 1, 0, chunk.splice(CHUNK_KEYS / 2))
    }
  }

  /** The smallest key that is not below `from`. */
  firstFrom(from: KeyText): KeyText | undefined {
    const chunk = this.#chunks[this.#chunkAt(from)]
    return chunk?.[placeOf(chunk, from)]
  }

  /** The largest key below `end`. */
  lastBelow(end: KeyText): KeyText | undefined {
    const at = this.#chunkAt(end)
    const chunk = this.#chunks[at]
    const place = chunk === undefined ? 0 : placeOf(chunk, end)
    if (chunk !== undefined && place > 0) return chunk[place - 1]
    return this.#chunks[at - 1]?.at(-1)
  }

  /** Index of the first chunk whose last key is not below `key`; the number of chunks if none. */
  #chunkAt(key: KeyText): number {
    let low = 0
    let high = this.#chunks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#chunks[middle]!.at(-1)! < key) low = middle + 1
      else high = middle
    }
    return low
  }
}

function placeOf(chunk: readonly KeyText[], key: KeyText): number {
  let low = 0
  let high = chunk.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (chunk[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}
