import { createCipheriv } from 'node:crypto'
import { concatBytes } from './bytes.ts'
import { ghash } from './ghash.ts'
import { bytesOfNumber, numberOfBytes } from './public-key.ts'
import type { SuiteId } from './suite.ts'

/** x¹²⁸ + x⁷ + x² + x + 1 with the reflected bits of GCM. */
const POLYNOMIAL = 0xe1n << 120n

function product(a: bigint, b: bigint): bigint {
  let result = 0n
  let shifted = a
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((b >> bit) & 1n) result ^= shifted
    shifted = (shifted >> 1n) ^ (shifted & 1n ? POLYNOMIAL : 0n)
  }
  return result
}

const ONE = 1n << 127n

function powerOf(base: bigint, exponent: bigint): bigint {
  let result = ONE
  let square = base
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = product(result, square)
    square = product(square, square)
  }
  return result
}

/** a^(2¹²⁸ − 2) */
const inverse = (a: bigint): bigint => powerOf(a, (1n << 128n) - 2n)

function encryptBlock(suite: SuiteId, key: Uint8Array, block: Uint8Array): Uint8Array {
  const name = suite === 'RS-INTL-1' ? 'aes-256-ecb' : 'sm4-ecb'
  return Uint8Array.from(createCipheriv(name, key, null).setAutoPadding(false).update(block))
}

/**
 * A ciphertext of GCM with zero nonce whose one tag is right under both keys: the attack of threat 20
 * (Dodis, Grubbs, Ristenpart and Woodage, "Fast message franking", 2018, section 3). The last block is
 * solved for, since the tag is linear in it.
 *
 * @returns `length` bytes and a tag
 */
export function ciphertextOfTwoKeys(
  suite: SuiteId,
  one: Uint8Array,
  two: Uint8Array,
  additional: Uint8Array,
  length: number,
): Uint8Array {
  const first = Uint8Array.from({ length: 16 }, (_, i) => (i === 15 ? 1 : 0))
  const text = new Uint8Array(length).fill(0x5a)
  text.fill(0, length - 16)
  const sides = [one, two].map((key) => {
    const hashKey = encryptBlock(suite, key, new Uint8Array(16))
    const hash = numberOfBytes(ghash(hashKey, additional, text))
    const tag = hash ^ numberOfBytes(encryptBlock(suite, key, first))
    // The last block is multiplied by H twice: once for itself, once with the block of lengths.
    return { tag, factor: powerOf(numberOfBytes(hashKey), 2n) }
  })
  const [a, b] = sides as [(typeof sides)[0], (typeof sides)[0]]
  const block = product(a.tag ^ b.tag, inverse(a.factor ^ b.factor))
  text.set(bytesOfNumber(block, 16), length - 16)
  return concatBytes(text, bytesOfNumber(a.tag ^ product(block, a.factor), 16))
}
