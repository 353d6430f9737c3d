import { ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { type Bytes, concatBytes, equalBytes } from './bytes.ts'
import { sm3 } from './hash.browser.ts'
import { ED25519_ORDER, numberOfBytes, P256, type PublicKey, SM2 } from './public-key.ts'
import { isScalarPair } from './signature-value.ts'
import { Sm2Point } from './sm2-curve.ts'
import { createSm2Identity } from './sm2-identity.ts'

const p256 = /* @__PURE__ */ ecdsa(
  /* @__PURE__ */ weierstrass({
    p: P256.p,
    n: P256.n,
    h: 1n,
    a: P256.a,
    b: P256.b,
    Gx: P256.gx,
    Gy: P256.gy,
  }),
  sha256,
)

/** Z of GB/T 32918.2 for a key and the ledger's user id, 32 bytes. */
export const sm2Identity = createSm2Identity(sm3)

function littleEndian(bytes: Bytes): bigint {
  return numberOfBytes(Uint8Array.from(bytes).reverse())
}

/**
 * RFC 8032 section 5.1.7 without cofactor, as OpenSSL does it: R′ = [S]B − [k]A is encoded and compared
 * with R. noble's own check multiplies by the cofactor and would accept more.
 */
function verifyEd25519(key: PublicKey, message: Bytes, value: Bytes): boolean {
  const r = value.subarray(0, 32)
  const s = littleEndian(value.subarray(32))
  if (s >= ED25519_ORDER) return false
  const k = littleEndian(sha512(concatBytes(r, key.raw, message))) % ED25519_ORDER
  const a = ed25519.Point.fromBytes(key.raw)
  const point = ed25519.Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k))
  return equalBytes(point.toBytes(), r)
}

/** GB/T 32918.2 section 7.1; ranges were checked before. */
function verifySm2(key: PublicKey, message: Bytes, value: Bytes): boolean {
  const r = numberOfBytes(value.subarray(0, 32))
  const s = numberOfBytes(value.subarray(32))
  const e = numberOfBytes(sm3(sm2Identity(key), message))
  const t = (r + s) % SM2.n
  const q = Sm2Point.fromBytes(key.raw)
  const point = Sm2Point.BASE.multiplyUnsafe(s).add(q.multiplyUnsafe(t))
  return !point.is0() && (e + point.toAffine().x) % SM2.n === r
}

/**
 * Whether a 64-byte signature over a message holds; the same outcomes as in Node, synchronously, where
 * WebCrypto would be asynchronous and knows no SM2.
 */
export function verify(key: PublicKey, message: Bytes, value: Bytes): boolean {
  if (value.length !== 64) return false
  if (key.algorithm === 'ed25519') return verifyEd25519(key, message, value)
  if (!isScalarPair(key.algorithm, value)) return false
  if (key.algorithm === 'sm2') return verifySm2(key, message, value)
  // The ledger does not demand a low s: a transaction's id does not cover its signature.
  return p256.verify(value, message, key.raw, { lowS: false, prehash: true, format: 'compact' })
}
