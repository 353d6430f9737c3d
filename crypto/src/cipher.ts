import { createCipheriv, createDecipheriv, getCiphers } from 'node:crypto'
import { type Bytes, concatBytes, equalBytes } from './bytes.ts'
import { ghash } from './ghash.ts'
import type { SuiteId } from './suite.ts'

/** Bytes of a tag of GCM. */
export const TAG_BYTES = 16

/** Bytes of a cipher key by suite. */
export const KEY_BYTES: Readonly<Record<SuiteId, number>> = { 'RS-INTL-1': 32, 'RS-GM-1': 16 }

type NativeGcm = 'aes-128-gcm' | 'aes-256-gcm'

/** Every key here is used for one message, so the nonce may stand still (sealed-data section 4). */
const ZERO_NONCE = new Uint8Array(12)

/** AES-GCM by the platform. Output is ciphertext and tag. */
export function sealAesGcm(
  cipherName: NativeGcm,
  key: Bytes,
  nonce: Bytes,
  additional: Bytes,
  text: Bytes,
): Bytes {
  const cipher = createCipheriv(cipherName, key, nonce)
  cipher.setAAD(additional)
  const sealed = new Uint8Array(text.length + TAG_BYTES)
  sealed.set(cipher.update(text))
  cipher.final()
  sealed.set(cipher.getAuthTag(), text.length)
  return sealed
}

/** Opens what {@link sealAesGcm} made; undefined if the tag does not fit. */
export function openAesGcm(
  cipherName: NativeGcm,
  key: Bytes,
  nonce: Bytes,
  additional: Bytes,
  sealed: Bytes,
): Bytes | undefined {
  if (sealed.length < TAG_BYTES) return undefined
  const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(additional)
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  const text = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES))
  try {
    decipher.final()
  } catch {
    return undefined
  }
  return new Uint8Array(text.buffer, text.byteOffset, text.length)
}

/** SM4 in counter mode from a block, over the texts in turn. */
function sm4Counter(key: Bytes, block: Bytes, ...texts: readonly Bytes[]): Bytes {
  const cipher = createCipheriv('sm4-ctr', key, block)
  return concatBytes(...texts.map((text) => cipher.update(text)))
}

const ZERO_BLOCK = new Uint8Array(16)

/** J₀ of SP 800-38D for a nonce of 12 bytes. */
function firstBlock(nonce: Bytes): Bytes {
  if (nonce.length !== 12) throw new RangeError('SM4-GCM here takes a nonce of 12 bytes')
  return concatBytes(nonce, Uint8Array.of(0, 0, 0, 1))
}

function xorTag(mask: Bytes, hash: Bytes): Bytes {
  return hash.map((byte, i) => byte ^ (mask[i] as number))
}

/**
 * SM4-GCM (RFC 8998) composed of SM4-CTR and our GHASH: only Node 26 has it built in. The counter
 * cannot wrap: a plaintext here has at most 32 MiB.
 */
export function sealSm4Gcm(key: Bytes, nonce: Bytes, additional: Bytes, text: Bytes): Bytes {
  const hashKey = sm4Counter(key, ZERO_BLOCK, ZERO_BLOCK)
  // One run of the counter: its first block masks the tag, the next ones cover the text.
  const stream = sm4Counter(key, firstBlock(nonce), ZERO_BLOCK, text)
  const ciphertext = stream.subarray(16)
  const tag = xorTag(stream.subarray(0, 16), ghash(hashKey, additional, ciphertext))
  return concatBytes(ciphertext, tag)
}

/** Opens what {@link sealSm4Gcm} made; undefined if the tag does not fit. Nothing is decrypted before. */
export function openSm4Gcm(
  key: Bytes,
  nonce: Bytes,
  additional: Bytes,
  sealed: Bytes,
): Bytes | undefined {
  if (sealed.length < TAG_BYTES) return undefined
  const ciphertext = sealed.subarray(0, sealed.length - TAG_BYTES)
  const hashKey = sm4Counter(key, ZERO_BLOCK, ZERO_BLOCK)
  const cipher = createCipheriv('sm4-ctr', key, firstBlock(nonce))
  const mask = cipher.update(ZERO_BLOCK)
  const tag = xorTag(mask, ghash(hashKey, additional, ciphertext))
  if (!equalBytes(tag, sealed.subarray(ciphertext.length))) return undefined
  return Uint8Array.from(cipher.update(ciphertext))
}

/**
 * Encrypts under a key that is used for this one message.
 *
 * @returns ciphertext and tag, 16 bytes longer than the text
 */
export function aeadSeal(suite: SuiteId, key: Bytes, additional: Bytes, text: Bytes): Bytes {
  if (suite === 'RS-INTL-1') return sealAesGcm('aes-256-gcm', key, ZERO_NONCE, additional, text)
  return sealSm4Gcm(key, ZERO_NONCE, additional, text)
}

/** Decrypts what {@link aeadSeal} made; undefined if key, additional data or a byte differ. */
export function aeadOpen(
  suite: SuiteId,
  key: Bytes,
  additional: Bytes,
  sealed: Bytes,
): Bytes | undefined {
  if (suite === 'RS-INTL-1') return openAesGcm('aes-256-gcm', key, ZERO_NONCE, additional, sealed)
  return openSm4Gcm(key, ZERO_NONCE, additional, sealed)
}

/** Whether this platform has SM4-GCM of its own, against which ours can be compared. */
export function hasNativeSm4Gcm(): boolean {
  return getCiphers().includes('sm4-gcm')
}
