import {
  createPrivateKey,
  createPublicKey,
  createSign,
  type KeyObject,
  sign as signNative,
} from 'node:crypto'
import { type Bytes, concatBytes, equalBytes, fromHex, type RandomSource } from './bytes.ts'
import { publicKeyOfRaw } from './in-node.ts'
import { type KeyAlgorithm, numberOfBytes, P256, type PublicKey, SM2 } from './public-key.ts'
import { scalarPairOfDer } from './signature-value.ts'
import { sm2Identity } from './verify.ts'

/** A private key; its secret is held apart, so that printing or serialising one shows nothing. */
export interface PrivateKey {
  readonly algorithm: KeyAlgorithm
  readonly publicKey: PublicKey
}

/** A private key and its public key. */
export interface KeyPair {
  readonly privateKey: PrivateKey
  readonly publicKey: PublicKey
}

interface Secret {
  /** The scalar d, or the seed of Ed25519: 32 bytes. */
  readonly scalar: Bytes
  readonly object: KeyObject
}

const secrets = new WeakMap<PrivateKey, Secret>()

const CURVE_ID = { p256: '06082a8648ce3d030107', sm2: '06082a811ccf5501822d' } as const
const ED25519_PKCS8 = fromHex('302e020100300506032b657004220420')

/** PKCS 8 before the scalar of an elliptic-curve key; `bare` leaves the public key out. */
function pkcs8Head(algorithm: 'p256' | 'sm2', isBare: boolean): Bytes {
  const algorithmId = `301306072a8648ce3d0201${CURVE_ID[algorithm]}`
  const [outer, octets, inner] = isBare ? ['3041', '0427', '3025'] : ['308187', '046d', '306b']
  return fromHex(`${outer}020100${algorithmId}${octets}${inner}0201010420`)
}

const PUBLIC_KEY_HEAD = fromHex('a144034200')

function isPrivateScalar(algorithm: KeyAlgorithm, scalar: Bytes): boolean {
  if (scalar.length !== 32) return false
  if (algorithm === 'ed25519') return true
  const d = numberOfBytes(scalar)
  // SM2 signing inverts 1 + d, hence n − 1 is excluded (GB/T 32918.1 section 6.1); so for both.
  return d >= 1n && d < (algorithm === 'p256' ? P256.n : SM2.n) - 1n
}

/**
 * Makes the key whose secret is these 32 bytes: the scalar of P-256 or SM2, the seed of Ed25519.
 *
 * @throws RangeError if the scalar is outside 1 … n − 2
 */
function privateKeyOfScalar(algorithm: KeyAlgorithm, scalar: Bytes): PrivateKey {
  if (!isPrivateScalar(algorithm, scalar)) throw new RangeError('private scalar out of range')
  const head = algorithm === 'ed25519' ? ED25519_PKCS8 : pkcs8Head(algorithm, true)
  const der = Buffer.from(concatBytes(head, scalar))
  const object = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  der.fill(0)
  const spki = createPublicKey(object).export({ format: 'der', type: 'spki' })
  const rawSize = algorithm === 'ed25519' ? 32 : 65
  const publicKey = publicKeyOfRaw(algorithm, new Uint8Array(spki.subarray(-rawSize)))
  const privateKey: PrivateKey = { algorithm, publicKey }
  secrets.set(privateKey, { scalar: Uint8Array.from(scalar), object })
  return privateKey
}

function secretOf(key: PrivateKey): Secret {
  const secret = secrets.get(key)
  if (secret === undefined) throw new TypeError('not a private key made or imported here')
  return secret
}

/** The 32 secret bytes of a key, for key agreement inside this room. */
export function scalarOf(key: PrivateKey): Bytes {
  return secretOf(key).scalar
}

/**
 * Makes a key pair.
 *
 * @param random  a source of random bytes, or 32 bytes that become the secret as they are (tests,
 *                demonstration keys)
 * @throws RangeError if given bytes are no scalar of the curve
 */
export function generateKeyPair(algorithm: KeyAlgorithm, random: Bytes | RandomSource): KeyPair {
  const scalar = typeof random === 'function' ? drawScalar(algorithm, random) : random
  const privateKey = privateKeyOfScalar(algorithm, scalar)
  return { privateKey, publicKey: privateKey.publicKey }
}

/** Draws until the bytes are a scalar of the curve: below 2⁻³² draws fail, so this ends. */
export function drawScalar(algorithm: KeyAlgorithm, random: RandomSource): Bytes {
  for (;;) {
    const scalar = random(32)
    if (isPrivateScalar(algorithm, scalar)) return scalar
  }
}

/** Writes a private key as PKCS 8 (DER), with the public key where the format has one. */
export function exportPrivateKey(key: PrivateKey): Bytes {
  const { scalar } = secretOf(key)
  if (key.algorithm === 'ed25519') return concatBytes(ED25519_PKCS8, scalar)
  return concatBytes(pkcs8Head(key.algorithm, false), scalar, PUBLIC_KEY_HEAD, key.publicKey.raw)
}

function splitPkcs8(pkcs8: Bytes): { algorithm: KeyAlgorithm; scalar: Bytes; raw?: Bytes } {
  const startsWith = (head: Bytes): boolean => equalBytes(pkcs8.subarray(0, head.length), head)
  if (startsWith(ED25519_PKCS8) && pkcs8.length === ED25519_PKCS8.length + 32) {
    return { algorithm: 'ed25519', scalar: pkcs8.subarray(ED25519_PKCS8.length) }
  }
  for (const algorithm of ['p256', 'sm2'] as const) {
    const bare = pkcs8Head(algorithm, true)
    if (startsWith(bare) && pkcs8.length === bare.length + 32) {
      return { algorithm, scalar: pkcs8.subarray(bare.length) }
    }
    const full = pkcs8Head(algorithm, false)
    if (!startsWith(full) || pkcs8.length !== full.length + 32 + 5 + 65) continue
    const scalar = pkcs8.subarray(full.length, full.length + 32)
    return { algorithm, scalar, raw: pkcs8.subarray(full.length + 37) }
  }
  throw new TypeError('not a PKCS 8 key of P-256, Ed25519 or SM2')
}

/**
 * Reads a private key from PKCS 8 (DER) as OpenSSL and {@link exportPrivateKey} write it.
 *
 * @throws TypeError for any other form, or a public key inside that does not belong to the secret
 */
export function importPrivateKey(pkcs8: Bytes): PrivateKey {
  const { algorithm, scalar, raw } = splitPkcs8(pkcs8)
  const key = privateKeyOfScalar(algorithm, scalar)
  if (raw !== undefined && !equalBytes(raw, key.publicKey.raw)) {
    throw new TypeError('PKCS 8 holds the public key of another secret')
  }
  return key
}

function scalarPair(der: Bytes): Bytes {
  const value = scalarPairOfDer(der)
  if (value === undefined) throw new Error('the platform made a signature that is not strict DER')
  return value
}

/**
 * Signs a message.
 *
 * @returns 64 bytes: r‖s for P-256 (ECDSA with SHA-256) and SM2 (over `Z ‖ M`), the signature of
 *          RFC 8032 for Ed25519. The per-signature secret of ECDSA and SM2 is drawn by OpenSSL.
 */
export function sign(key: PrivateKey, message: Bytes): Bytes {
  const { object } = secretOf(key)
  if (key.algorithm === 'ed25519') return new Uint8Array(signNative(null, message, object))
  if (key.algorithm === 'p256') return scalarPair(signNative('sha256', message, object))
  const signer = createSign('sm3')
  signer.update(sm2Identity(key.publicKey))
  signer.update(message)
  return scalarPair(signer.sign(object))
}
