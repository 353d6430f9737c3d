import { type Bytes, concatBytes, equalBytes, u32 } from './bytes.ts'
import { sm3 } from './hash.ts'
import { numberOfBytes } from './public-key.ts'
import { Sm2Point } from './sm2-curve.ts'

const POINT_BYTES = 65
const HASH_BYTES = 32

/** Key derivation of GB/T 32918.4 section 5.4.3: SM3 over the seed and a counter from 1. */
function deriveStream(seed: Bytes, length: number): Bytes {
  const blocks: Bytes[] = []
  for (let i = 1; blocks.length * HASH_BYTES < length; i++) blocks.push(sm3(seed, u32(i)))
  return concatBytes(...blocks).subarray(0, length)
}

function isAllZero(bytes: Bytes): boolean {
  return bytes.every((byte) => byte === 0)
}

function xor(a: Bytes, b: Bytes): Bytes {
  return a.map((byte, i) => byte ^ (b[i] as number))
}

/**
 * Encrypts with SM2 (GB/T 32918.4), output `C1 ‖ C3 ‖ C2` raw.
 *
 * @param recipient  public key, 65 bytes, on the curve
 * @param ephemeral  scalar k, 32 bytes, fresh for every message
 * @returns          97 bytes more than the text; undefined if the derived stream is all zero, so that
 *                   the caller draws again (step A5 of the standard)
 */
export function sm2Encrypt(recipient: Bytes, ephemeral: Bytes, text: Bytes): Bytes | undefined {
  const k = numberOfBytes(ephemeral)
  const c1 = Sm2Point.BASE.multiply(k).toBytes(false)
  const shared = Sm2Point.fromBytes(recipient).multiply(k).toBytes(false)
  const stream = deriveStream(shared.subarray(1), text.length)
  if (isAllZero(stream)) return undefined
  const c3 = sm3(shared.subarray(1, 33), text, shared.subarray(33))
  return concatBytes(c1, c3, xor(text, stream))
}

/**
 * Decrypts `C1 ‖ C3 ‖ C2`.
 *
 * @param scalar  private key, 32 bytes
 * @returns       undefined if C1 is not on the curve or C3 does not hold
 */
export function sm2Decrypt(scalar: Bytes, sealed: Bytes): Bytes | undefined {
  if (sealed.length <= POINT_BYTES + HASH_BYTES || sealed[0] !== 4) return undefined
  let c1: InstanceType<typeof Sm2Point>
  try {
    c1 = Sm2Point.fromBytes(sealed.subarray(0, POINT_BYTES))
  } catch {
    return undefined
  }
  const shared = c1.multiply(numberOfBytes(scalar)).toBytes(false)
  const c2 = sealed.subarray(POINT_BYTES + HASH_BYTES)
  const stream = deriveStream(shared.subarray(1), c2.length)
  if (isAllZero(stream)) return undefined
  const text = xor(c2, stream)
  const c3 = sm3(shared.subarray(1, 33), text, shared.subarray(33))
  return equalBytes(c3, sealed.subarray(POINT_BYTES, POINT_BYTES + HASH_BYTES)) ? text : undefined
}
