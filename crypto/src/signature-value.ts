import { type Bytes, compareBytes, concatBytes } from './bytes.ts'
import { bytesOfNumber, type KeyAlgorithm, numberOfBytes, P256, SM2 } from './public-key.ts'

/** The kinds of signature a transaction may carry (ledger-bytes section 3). */
export type SignatureKind = 'p256' | 'ed25519' | 'sm2' | 'webauthn'

const ORDER_BYTES = { p256: bytesOfNumber(P256.n, 32), sm2: bytesOfNumber(SM2.n, 32) }

function isScalar(bytes: Bytes, order: Bytes): boolean {
  let any = 0
  for (let i = 0; i < bytes.length; i++) any |= bytes[i] as number
  return any !== 0 && compareBytes(bytes, order) < 0
}

/**
 * Whether 64 bytes are r‖s with 1 ≤ r, s < n, and for SM2 also r + s ≠ n. Outside these ranges a
 * second spelling of the same signature would exist.
 */
export function isScalarPair(algorithm: 'p256' | 'sm2', value: Bytes): boolean {
  if (value.length !== 64) return false
  const r = value.subarray(0, 32)
  const s = value.subarray(32)
  const order = ORDER_BYTES[algorithm]
  if (!isScalar(r, order) || !isScalar(s, order)) return false
  return algorithm === 'p256' || numberOfBytes(r) + numberOfBytes(s) !== SM2.n
}

function derInteger(scalar: Bytes): Bytes {
  let start = 0
  while (start < scalar.length - 1 && scalar[start] === 0) start++
  const digits = scalar.subarray(start)
  const isHigh = ((digits[0] as number) & 0x80) !== 0
  const head = isHigh ? [2, digits.length + 1, 0] : [2, digits.length]
  return concatBytes(Uint8Array.from(head), digits)
}

/** Turns r‖s (64 bytes) into the DER that OpenSSL wants; faster than its own `ieee-p1363`. */
export function derOfScalarPair(value: Bytes): Bytes {
  const r = derInteger(value.subarray(0, 32))
  const s = derInteger(value.subarray(32))
  return concatBytes(Uint8Array.of(0x30, r.length + s.length), r, s)
}

function readDerInteger(der: Bytes, at: number): { scalar: Bytes; end: number } | undefined {
  const length = der[at + 1]
  if (der[at] !== 2 || length === undefined || length < 1 || length > 33) return undefined
  const end = at + 2 + length
  if (end > der.length) return undefined
  const digits = der.subarray(at + 2, end)
  const first = digits[0] as number
  if (first >= 0x80) return undefined
  if (first === 0 && length > 1 && (digits[1] as number) < 0x80) return undefined
  const unsigned = first === 0 ? digits.subarray(1) : digits
  if (unsigned.length > 32) return undefined
  const scalar = new Uint8Array(32)
  scalar.set(unsigned, 32 - unsigned.length)
  return { scalar, end }
}

/**
 * Turns the DER of a signature into r‖s (64 bytes), as a WebAuthn client must.
 *
 * @returns undefined unless the bytes are the one strict DER form, with nothing behind it
 */
export function scalarPairOfDer(der: Bytes): Bytes | undefined {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 72) return undefined
  const r = readDerInteger(der, 2)
  if (r === undefined) return undefined
  const s = readDerInteger(der, r.end)
  if (s === undefined || s.end !== der.length) return undefined
  return concatBytes(r.scalar, s.scalar)
}

/** Whether a signature kind can be checked with a key of that algorithm. */
export function kindFitsKey(kind: SignatureKind, algorithm: KeyAlgorithm): boolean {
  return kind === 'webauthn' ? algorithm === 'p256' : kind === algorithm
}
