import { type Bytes, concatBytes, toHex } from './bytes.ts'
import { canonicalJson } from './canonical-json.ts'
import { aeadOpen, aeadSeal, KEY_BYTES } from './cipher.ts'
import { hkdf } from './hkdf.ts'
import { SealBroken, type SuiteId, sealedTag } from './suite.ts'
import { suiteDigests, suiteMacs } from './suite-hashes.ts'

/** What a wrap or box is for (sealed-data section 6): its secret opens under no other words. */
export type WrapContext =
  | { use: 'vault-a'; chain: string; commitment: string }
  | { use: 'vault-a-batch'; chain: string; batch: string; section: string }
  | { use: 'half-b'; chain: string; commitment: string }
  | {
      use: 'half-b-page'
      chain: string
      batch: string
      section: string
      page: number
      edition: string
    }
  | { use: 'grant'; chain: string; grant: string; holderKey: string }
  | { use: 'half-a'; chain: string; grant: string; commitment: string }
  | { use: 'half-a-batch'; chain: string; grant: string; batch: string; section: string }
  | { use: 'release'; chain: string; read: string; holderKey: string }
  | { use: 'hand-over'; chain: string; read: string; holderKey: string }
  | { use: 'share'; chain: string; commitment: string; index: number }
  | { use: 'share-release'; chain: string; read: string; commitment: string; index: number }
  | { use: 'query'; chain: string; read: string }
  | { use: 'answer'; chain: string; read: string; holderKey: string }
  | { use: 'recovery'; chain: string; owner: string; keyId: string }
  | { use: 'recovery-share'; chain: string; owner: string; keyId: string; index: number }

const EMPTY = new Uint8Array(0)

/** `ctx`: the hash of what a wrap is for, 32 bytes. */
export function contextHash(suite: SuiteId, context: WrapContext): Bytes {
  return suiteDigests[suite](sealedTag('context'), canonicalJson(context))
}

function wrapKey(suite: SuiteId, key: Bytes, context: Bytes): Bytes {
  if (key.length !== 32) throw new RangeError('a wrapping key is 32 bytes')
  const info = concatBytes(sealedTag('wrap'), context)
  return hkdf(suiteMacs[suite], key, EMPTY, info, KEY_BYTES[suite])
}

/**
 * Wraps a secret under a symmetric key (V, R or G).
 *
 * The caller's context must name the secret uniquely (by commitment, batch, edition or key id): the
 * key derived from it is used with one fixed nonce.
 *
 * @param key  32 bytes
 * @returns    16 bytes more than the secret
 */
export function wrap(suite: SuiteId, key: Bytes, context: WrapContext, secret: Bytes): Bytes {
  const ctx = contextHash(suite, context)
  return aeadSeal(suite, wrapKey(suite, key, ctx), ctx, secret)
}

/**
 * Opens a wrap.
 *
 * @throws SealBroken under another key, for another context, or if one byte differs
 */
export function unwrap(suite: SuiteId, key: Bytes, context: WrapContext, wrapped: Bytes): Bytes {
  const ctx = contextHash(suite, context)
  const secret = aeadOpen(suite, wrapKey(suite, key, ctx), ctx, wrapped)
  if (secret === undefined) throw new SealBroken('wrap')
  return secret
}

/** Hex id of a symmetric key, stored beside every wrap; it reveals nothing of the key. */
export function symmetricKeyId(suite: SuiteId, key: Bytes): string {
  return toHex(suiteDigests[suite](sealedTag('fingerprint'), key).subarray(0, 16))
}
