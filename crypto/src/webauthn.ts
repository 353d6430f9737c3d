import { type Bytes, concatBytes, equalBytes, toBase64Url, utf8 } from './bytes.ts'
import { JsonRefused, parseStrictJson } from './json.ts'
import type { Digest } from './ledger-hash.ts'
import type { PublicKey } from './public-key.ts'

/** An assertion of a passkey over a transaction, and what the chain registered of that passkey. */
export interface WebauthnAssertion {
  /** The registered passkey, P-256. */
  readonly publicKey: PublicKey
  /** The 32 bytes that the challenge must be. */
  readonly txId: Bytes
  readonly rpId: string
  /** Origins registered for the passkey; one of them must match exactly. */
  readonly origins: readonly string[]
  readonly authenticatorData: Bytes
  readonly clientDataJSON: Bytes
  /** r‖s, 64 bytes. */
  readonly value: Bytes
}

/** Most bytes of clientDataJSON: a signature object has at most 4,096. */
const CLIENT_DATA_BYTES = 4096
const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04

function isClientDataOf(assertion: WebauthnAssertion): boolean {
  const { clientDataJSON, txId, origins } = assertion
  try {
    const client = parseStrictJson(clientDataJSON, { maxBytes: CLIENT_DATA_BYTES })
    if (client.type !== 'webauthn.get') return false
    if (client.challenge !== toBase64Url(txId)) return false
    if (typeof client.origin !== 'string' || !origins.includes(client.origin)) return false
    return client.crossOrigin === undefined || client.crossOrigin === false
  } catch (error) {
    if (error instanceof JsonRefused) return false
    throw error
  }
}

/**
 * Makes the check of WebAuthn assertions (ledger-bytes section 3): strict client data, rpIdHash,
 * flags UP and UV, P-256 over `authenticatorData ‖ SHA-256(clientDataJSON)`.
 */
export function createVerifyWebauthn(
  sha256: Digest,
  verify: (key: PublicKey, message: Bytes, value: Bytes) => boolean,
): (assertion: WebauthnAssertion) => boolean {
  return (assertion) => {
    const { publicKey, rpId, authenticatorData, clientDataJSON, value } = assertion
    if (publicKey.algorithm !== 'p256') return false
    if (!isClientDataOf(assertion)) return false
    // rpIdHash (32), flags (1), counter (4); extensions may follow and are covered by the signature.
    if (authenticatorData.length < 37) return false
    if (!equalBytes(authenticatorData.subarray(0, 32), sha256(utf8(rpId)))) return false
    const flags = authenticatorData[32] as number
    if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0) return false
    return verify(publicKey, concatBytes(authenticatorData, sha256(clientDataJSON)), value)
  }
}
