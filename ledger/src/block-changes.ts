import { type Bytes, concatBytes, fromUtf8, u16, u32, utf8 } from '@renshe/crypto'
import { type KeyText, keyBytes, keyTextOf } from '@renshe/kernel'

/** What one block did to one key. */
export interface BlockChange {
  readonly key: KeyText
  /** Canonical text of the value after the block; null: deleted. */
  readonly text: string | null
  /** The value before the block; null: absent. */
  readonly before: string | null
  /** Height of the write before this one; −1 if there was none. */
  readonly beforeHeight: number
}

const ABSENT = 0xffff_ffff

function textField(text: string | null): Bytes {
  if (text === null) return u32(ABSENT)
  const bytes = utf8(text)
  return concatBytes(u32(bytes.length), bytes)
}

/**
 * Spells the writes of a block, ascending by key, with where each key was written before: so the
 * history of a key is a list that can be followed backwards without an index of its own.
 */
export function encodeWrites(changes: readonly BlockChange[]): Bytes {
  const parts: Bytes[] = [u32(changes.length)]
  for (const { key, text, beforeHeight } of changes) {
    const bytes = keyBytes(key)
    parts.push(u16(bytes.length), bytes, heightField(beforeHeight), textField(text))
  }
  return concatBytes(...parts)
}

/** One write of a block as it was stored. */
export type StoredWrite = Pick<BlockChange, 'key' | 'text' | 'beforeHeight'>

/** Reads what {@link encodeWrites} wrote. */
export function decodeWrites(bytes: Bytes): StoredWrite[] {
  const reader = new Reader(bytes)
  return Array.from({ length: reader.u32() }, () => ({
    key: reader.key(),
    beforeHeight: reader.height(),
    text: reader.text(),
  }))
}

/** Spells what the keys held before the block: enough to look at older heights. */
export function encodeUndo(changes: readonly BlockChange[]): Bytes {
  const parts: Bytes[] = [u32(changes.length)]
  for (const { key, before } of changes) {
    const bytes = keyBytes(key)
    parts.push(u16(bytes.length), bytes, textField(before))
  }
  return concatBytes(...parts)
}

/** Reads what {@link encodeUndo} wrote. */
export function decodeUndo(bytes: Bytes): Pick<BlockChange, 'key' | 'before'>[] {
  const reader = new Reader(bytes)
  return Array.from({ length: reader.u32() }, () => ({
    key: reader.key(),
    before: reader.text(),
  }))
}

/** Heights with one added, so that "never" is zero. */
function heightField(height: number): Bytes {
  const value = height + 1
  return concatBytes(u16(Math.floor(value / 2 ** 32)), u32(value % 2 ** 32))
}

class Reader {
  readonly #bytes: Bytes
  readonly #view: DataView
  #at = 0

  constructor(bytes: Bytes) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  u32(): number {
    const value = this.#view.getUint32(this.#at)
    this.#at += 4
    return value
  }

  key(): KeyText {
    const length = this.#view.getUint16(this.#at)
    const start = this.#at + 2
    this.#at = start + length
    return keyTextOf(this.#bytes.subarray(start, this.#at))
  }

  height(): number {
    const value = this.#view.getUint16(this.#at) * 2 ** 32 + this.#view.getUint32(this.#at + 2)
    this.#at += 6
    return value - 1
  }

  text(): string | null {
    const length = this.u32()
    if (length === ABSENT) return null
    const start = this.#at
    this.#at = start + length
    return fromUtf8(this.#bytes.subarray(start, this.#at))
  }
}
