import { createPublicKey, createVerify, type KeyObject, verify as verifyNative } from 'node:crypto'
import type { Bytes } from './bytes.ts'
import { sm3 } from './hash.ts'
import { ED25519_ORDER, numberOfBytes, type PublicKey, spkiOfRaw } from './public-key.ts'
import { derOfScalarPair, isScalarPair } from './signature-value.ts'
import { createSm2Identity } from './sm2-identity.ts'

/** Z of GB/T 32918.2 for a key and the ledger's user id, 32 bytes. */
export const sm2Identity = createSm2Identity(sm3)

// Making a KeyObject costs more than a verification, so each key keeps its own.
const keyObjects = new WeakMap<PublicKey, KeyObject>()

/** The platform's handle of a checked public key. */
function keyObjectOf(key: PublicKey): KeyObject {
  let object = keyObjects.get(key)
  if (object === undefined) {
    // SM2 must be imported from DER: only then does OpenSSL treat it as SM2 and not as ECDSA.
    const der = Buffer.from(spkiOfRaw(key.algorithm, key.raw))
    object = createPublicKey({ key: der, format: 'der', type: 'spki' })
    keyObjects.set(key, object)
  }
  return object
}

/** Whether S < L, so that S + L is not a second spelling. */
function hasCanonicalScalar(value: Bytes): boolean {
  return numberOfBytes(Uint8Array.from(value.subarray(32)).reverse()) < ED25519_ORDER
}

/**
 * Whether a 64-byte signature over a message holds: P-256 as ECDSA with SHA-256, Ed25519 of RFC 8032
 * without cofactor, SM2 with SM3 over `Z ‖ M`. Values outside their ranges are false, never repaired.
 */
export function verify(key: PublicKey, message: Bytes, value: Bytes): boolean {
  if (value.length !== 64) return false
  if (key.algorithm === 'ed25519') {
    return hasCanonicalScalar(value) && verifyNative(null, message, keyObjectOf(key), value)
  }
  if (!isScalarPair(key.algorithm, value)) return false
  const der = derOfScalarPair(value)
  if (key.algorithm === 'p256') return verifyNative('sha256', message, keyObjectOf(key), der)
  const verifier = createVerify('sm3')
  verifier.update(sm2Identity(key))
  verifier.update(message)
  return verifier.verify(keyObjectOf(key), der)
}
