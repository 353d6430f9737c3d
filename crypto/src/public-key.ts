import { type Bytes, concatBytes, equalBytes, fromHex, toHex } from './bytes.ts'
import type { Digest } from './ledger-hash.ts'

/** The algorithms whose keys the ledger takes. */
export type KeyAlgorithm = 'p256' | 'ed25519' | 'sm2'

/** A public key that was checked: on its curve, canonical, not of small order. */
export interface PublicKey {
  readonly algorithm: KeyAlgorithm
  /** SubjectPublicKeyInfo (DER) as it came. */
  readonly spki: Bytes
  /** `04 ‖ x ‖ y` (65 bytes) for P-256 and SM2, the 32 bytes of RFC 8032 for Ed25519. */
  readonly raw: Bytes
  /** Hex SHA-256 of `spki`. */
  readonly fingerprint: string
}

/** Why a public key is refused. */
export type PublicKeyRefusalCode =
  | 'KEY_FORM'
  | 'KEY_NOT_ON_CURVE'
  | 'KEY_NOT_CANONICAL'
  | 'KEY_WEAK'

/** A public key that must not be registered. */
export class PublicKeyRefused extends Error {
  readonly code: PublicKeyRefusalCode

  constructor(code: PublicKeyRefusalCode) {
    super(code)
    this.name = 'PublicKeyRefused'
    this.code = code
  }
}

/** A short Weierstrass curve over a prime field: y² = x³ + ax + b. */
export interface CurveParameters {
  readonly p: bigint
  readonly a: bigint
  readonly b: bigint
  /** Order of the base point. */
  readonly n: bigint
  readonly gx: bigint
  readonly gy: bigint
}

/** NIST P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3). */
export const P256: CurveParameters = {
  p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  a: 0xffffffff00000001000000000000000000000000fffffffffffffffffffffffcn,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
}

/** The recommended curve of SM2 (GB/T 32918.5). */
export const SM2: CurveParameters = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}

/** Order of the base point of Ed25519 (RFC 8032 section 5.1). */
export const ED25519_ORDER = 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn

const ED25519_PRIME = (1n << 255n) - 19n
const ED25519_D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n
/** 2^((p−1)/4), a square root of −1. */
const ED25519_ROOT = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n

/** DER before the key bytes, by form. A fixed prefix admits exactly one encoding. */
const SPKI_PREFIXES: readonly { algorithm: KeyAlgorithm; prefix: Bytes; size: number }[] = [
  {
    algorithm: 'p256',
    prefix: fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200'),
    size: 65,
  },
  { algorithm: 'ed25519', prefix: fromHex('302a300506032b6570032100'), size: 32 },
  {
    algorithm: 'sm2',
    prefix: fromHex('3059301306072a8648ce3d020106082a811ccf5501822d034200'),
    size: 65,
  },
  // GB/T 20518: the curve's identifier as the algorithm, with or without parameters.
  {
    algorithm: 'sm2',
    prefix: fromHex('305a301406082a811ccf5501822d06082a811ccf5501822d034200'),
    size: 65,
  },
  { algorithm: 'sm2', prefix: fromHex('3050300a06082a811ccf5501822d034200'), size: 65 },
]

/** Reads an unsigned big-endian number. */
export function numberOfBytes(bytes: Bytes): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`)
}

/** Writes an unsigned number in `length` big-endian bytes. */
export function bytesOfNumber(value: bigint, length: number): Bytes {
  return fromHex(value.toString(16).padStart(2 * length, '0'))
}

/** x mod m, never negative. */
function modulo(x: bigint, m: bigint): bigint {
  const rest = x % m
  return rest < 0n ? rest + m : rest
}

function power(base: bigint, exponent: bigint, m: bigint): bigint {
  let result = 1n
  let square = modulo(base, m)
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % m
    square = (square * square) % m
  }
  return result
}

function checkWeierstrass(curve: CurveParameters, raw: Bytes): void {
  if (raw.length !== 65 || raw[0] !== 4) throw new PublicKeyRefused('KEY_FORM')
  const x = numberOfBytes(raw.subarray(1, 33))
  const y = numberOfBytes(raw.subarray(33))
  if (x >= curve.p || y >= curve.p) throw new PublicKeyRefused('KEY_NOT_CANONICAL')
  const difference = y * y - (x * x * x + curve.a * x + curve.b)
  if (difference % curve.p !== 0n) throw new PublicKeyRefused('KEY_NOT_ON_CURVE')
}

/** Doubling in extended coordinates (RFC 8032 section 5.1.4), without T, which the next needs not. */
function doubled([x, y, z]: readonly [bigint, bigint, bigint]): readonly [bigint, bigint, bigint] {
  const p = ED25519_PRIME
  const a = (x * x) % p
  const b = (y * y) % p
  const h = a + b
  const e = h - (x + y) * (x + y)
  const g = a - b
  const f = 2n * z * z + g
  return [modulo(e * f, p), modulo(g * h, p), modulo(f * g, p)]
}

function checkEdwards(raw: Bytes): void {
  if (raw.length !== 32) throw new PublicKeyRefused('KEY_FORM')
  const p = ED25519_PRIME
  const encoded = numberOfBytes(Uint8Array.from(raw).reverse())
  const y = encoded & ((1n << 255n) - 1n)
  const isOdd = encoded >> 255n === 1n
  if (y >= p) throw new PublicKeyRefused('KEY_NOT_CANONICAL')
  // RFC 8032 section 5.1.3: x² = (y² − 1) / (dy² + 1)
  const u = modulo(y * y - 1n, p)
  const v = modulo(ED25519_D * y * y + 1n, p)
  let x = (u * v ** 3n * power(u * modulo(v ** 7n, p), (p - 5n) / 8n, p)) % p
  const square = (v * x * x) % p
  if (square === modulo(-u, p) && u !== 0n) x = (x * ED25519_ROOT) % p
  else if (square !== u) throw new PublicKeyRefused('KEY_NOT_ON_CURVE')
  if (x === 0n && isOdd) throw new PublicKeyRefused('KEY_NOT_CANONICAL')
  if ((x & 1n) !== (isOdd ? 1n : 0n)) x = modulo(-x, p)
  // The small subgroup has order 8: such a point is the neutral one after three doublings.
  const [px, py, pz] = doubled(doubled(doubled([x, y, 1n])))
  if (px === 0n && py === pz) throw new PublicKeyRefused('KEY_WEAK')
}

function checkPoint(algorithm: KeyAlgorithm, raw: Bytes): void {
  if (algorithm === 'ed25519') checkEdwards(raw)
  else checkWeierstrass(algorithm === 'p256' ? P256 : SM2, raw)
}

/**
 * Writes SubjectPublicKeyInfo (DER) for raw key bytes; SM2 as `id-ecPublicKey`.
 *
 * @throws PublicKeyRefused if the length does not fit
 */
export function spkiOfRaw(algorithm: KeyAlgorithm, raw: Bytes): Bytes {
  const form = SPKI_PREFIXES.find((candidate) => candidate.algorithm === algorithm)
  if (form === undefined || form.size !== raw.length) throw new PublicKeyRefused('KEY_FORM')
  return concatBytes(form.prefix, raw)
}

function splitSpki(spki: Bytes): { algorithm: KeyAlgorithm; raw: Bytes } {
  for (const { algorithm, prefix, size } of SPKI_PREFIXES) {
    if (spki.length !== prefix.length + size) continue
    if (!equalBytes(spki.subarray(0, prefix.length), prefix)) continue
    return { algorithm, raw: spki.slice(prefix.length) }
  }
  throw new PublicKeyRefused('KEY_FORM')
}

/** How many keys stay remembered as checked; above it the oldest is forgotten. */
const REMEMBERED_KEYS = 4096

/** Functions that check and read public keys, over one implementation of SHA-256. */
export interface PublicKeys {
  importPublicKey(spki: Bytes): PublicKey
  publicKeyOfRaw(algorithm: KeyAlgorithm, raw: Bytes): PublicKey
}

/** Makes {@link PublicKeys}. Checked keys are remembered: a check costs up to half a millisecond. */
export function createPublicKeys(sha256: Digest): PublicKeys {
  const remembered = new Map<string, PublicKey>()

  function importPublicKey(spki: Bytes): PublicKey {
    const text = toHex(spki)
    const known = remembered.get(text)
    if (known !== undefined) return known
    const { algorithm, raw } = splitSpki(spki)
    checkPoint(algorithm, raw)
    const own = spki.slice()
    const key: PublicKey = { algorithm, spki: own, raw, fingerprint: toHex(sha256(own)) }
    if (remembered.size >= REMEMBERED_KEYS) {
      remembered.delete(remembered.keys().next().value as string)
    }
    remembered.set(text, key)
    return key
  }

  return {
    importPublicKey,
    publicKeyOfRaw: (algorithm, raw) => importPublicKey(spkiOfRaw(algorithm, raw)),
  }
}
