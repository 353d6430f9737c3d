import { type Bytes, concatBytes, u16, u64, utf8 } from '@renshe/crypto'

/** One part of a state key: a string, or an integer from 0 to 2⁵³ − 1. */
export type KeyPart = string | number

const PART_STRING = Uint8Array.of(0x01)
const PART_INTEGER = Uint8Array.of(0x02)
const END = Uint8Array.of(0x00)

/**
 * Bytes of a state key: `collection ‖ 00 ‖ parts`. Byte order of keys is the order of ranges.
 *
 * The kernel writes keys with its own code (rooms above crypto share nothing); the vectors hold
 * both to the same bytes.
 *
 * @source ledger-bytes.md section 5
 */
export function stateKey(collection: string, parts: readonly KeyPart[]): Bytes {
  return concatBytes(utf8(collection), END, ...parts.map(partBytes))
}

function partBytes(part: KeyPart): Bytes {
  if (typeof part === 'number') return concatBytes(PART_INTEGER, u64(part))
  const text = utf8(part)
  const escaped: number[] = []
  for (const byte of text) {
    escaped.push(byte)
    if (byte === 0) escaped.push(0xff)
  }
  return concatBytes(PART_STRING, Uint8Array.from(escaped), END)
}

/** `u16 length ‖ key ‖ value hash`: the content of a write leaf and of a state leaf. */
export function keyedHash(key: Bytes, valueHash: Bytes): Bytes {
  return concatBytes(u16(key.length), key, valueHash)
}
