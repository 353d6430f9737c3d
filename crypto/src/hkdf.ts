import { type Bytes, concatBytes } from './bytes.ts'

/** HMAC of one hash. */
export type Mac = (key: Bytes, ...parts: readonly Bytes[]) => Bytes

const EMPTY = new Uint8Array(0)

/** Extract step of HKDF (RFC 5869 section 2.2). An empty salt stands for 32 zero bytes. */
export function hkdfExtract(mac: Mac, salt: Bytes, keyMaterial: Bytes): Bytes {
  return mac(salt, keyMaterial)
}

/**
 * Expand step of HKDF (RFC 5869 section 2.3).
 *
 * @param length  bytes wanted, at most 255 × 32
 */
export function hkdfExpand(mac: Mac, key: Bytes, info: Bytes, length: number): Bytes {
  if (length > 255 * 32) throw new RangeError('HKDF gives at most 8,160 bytes')
  const blocks: Bytes[] = []
  let block: Bytes = EMPTY
  for (let i = 1; blocks.length * 32 < length; i++) {
    block = mac(key, block, info, Uint8Array.of(i))
    blocks.push(block)
  }
  const joined = blocks.length === 1 ? (blocks[0] as Bytes) : concatBytes(...blocks)
  return joined.subarray(0, length)
}

/** Both steps of HKDF. */
export function hkdf(
  mac: Mac,
  keyMaterial: Bytes,
  salt: Bytes,
  info: Bytes,
  length: number,
): Bytes {
  return hkdfExpand(mac, hkdfExtract(mac, salt, keyMaterial), info, length)
}
