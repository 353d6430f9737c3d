import { createECDH } from 'node:crypto'
import { type Bytes, concatBytes, fromHex, u16, utf8 } from './bytes.ts'
import { openAesGcm, sealAesGcm } from './cipher.ts'
import { hmacSha256 } from './hash.ts'
import { hkdfExpand, hkdfExtract } from './hkdf.ts'

/** An encapsulated key and a ciphertext with its tag. */
export interface HpkeBox {
  /** Ephemeral public key, 65 bytes. */
  readonly enc: Bytes
  readonly ciphertext: Bytes
}

/** AEADs of RFC 9180 section 7.3; the suite uses AES-256-GCM, the RFC's own vectors AES-128-GCM. */
export type HpkeAead = 'aes-128-gcm' | 'aes-256-gcm'

const AEADS = {
  'aes-128-gcm': { id: 1, keyBytes: 16 },
  'aes-256-gcm': { id: 2, keyBytes: 32 },
} as const

const EMPTY = new Uint8Array(0)
const VERSION = utf8('HPKE-v1')
const BASE_MODE = Uint8Array.of(0)
/** DHKEM(P-256, HKDF-SHA256) */
const KEM_SUITE = concatBytes(utf8('KEM'), fromHex('0010'))

function hpkeSuite(aead: HpkeAead): Bytes {
  return concatBytes(utf8('HPKE'), fromHex('00100001'), u16(AEADS[aead].id))
}

function labeledExtract(suite: Bytes, salt: Bytes, label: string, material: Bytes): Bytes {
  return hkdfExtract(hmacSha256, salt, concatBytes(VERSION, suite, utf8(label), material))
}

function labeledExpand(
  suite: Bytes,
  key: Bytes,
  label: string,
  info: Bytes,
  length: number,
): Bytes {
  const labeled = concatBytes(u16(length), VERSION, suite, utf8(label), info)
  return hkdfExpand(hmacSha256, key, labeled, length)
}

/** Public point of a P-256 scalar. */
function publicPoint(scalar: Bytes): Bytes {
  const agreement = createECDH('prime256v1')
  agreement.setPrivateKey(scalar)
  return Uint8Array.from(agreement.getPublicKey())
}

/** x coordinate shared by a scalar and a point; undefined if the point is not on the curve. */
function agree(scalar: Bytes, point: Bytes): Bytes | undefined {
  if (point.length !== 65 || point[0] !== 4) return undefined
  const agreement = createECDH('prime256v1')
  agreement.setPrivateKey(scalar)
  try {
    return Uint8Array.from(agreement.computeSecret(point))
  } catch {
    return undefined
  }
}

/** ExtractAndExpand of RFC 9180 section 4.1. */
function sharedSecret(dh: Bytes, enc: Bytes, recipient: Bytes): Bytes {
  const extracted = labeledExtract(KEM_SUITE, EMPTY, 'eae_prk', dh)
  const context = concatBytes(enc, recipient)
  return labeledExpand(KEM_SUITE, extracted, 'shared_secret', context, 32)
}

/** KeySchedule of RFC 9180 section 5.1, base mode, for the first message. */
function keySchedule(aead: HpkeAead, shared: Bytes, info: Bytes): { key: Bytes; nonce: Bytes } {
  const suite = hpkeSuite(aead)
  const pskIdHash = labeledExtract(suite, EMPTY, 'psk_id_hash', EMPTY)
  const infoHash = labeledExtract(suite, EMPTY, 'info_hash', info)
  const context = concatBytes(BASE_MODE, pskIdHash, infoHash)
  const secret = labeledExtract(suite, shared, 'secret', EMPTY)
  return {
    key: labeledExpand(suite, secret, 'key', context, AEADS[aead].keyBytes),
    nonce: labeledExpand(suite, secret, 'base_nonce', context, 12),
  }
}

/**
 * Seals one message to a P-256 public key: HPKE base mode, single shot (RFC 9180 section 6.1).
 *
 * @param recipient  public key, 65 bytes, on the curve
 * @param ephemeral  scalar of the ephemeral key, 32 bytes, fresh for every message
 */
export function hpkeSeal(
  aead: HpkeAead,
  recipient: Bytes,
  ephemeral: Bytes,
  info: Bytes,
  additional: Bytes,
  text: Bytes,
): HpkeBox {
  const enc = publicPoint(ephemeral)
  const dh = agree(ephemeral, recipient)
  if (dh === undefined) throw new RangeError('recipient key is not on P-256')
  const { key, nonce } = keySchedule(aead, sharedSecret(dh, enc, recipient), info)
  return { enc, ciphertext: sealAesGcm(aead, key, nonce, additional, text) }
}

/** Opens what {@link hpkeSeal} made; undefined for any difference. */
export function hpkeOpen(
  aead: HpkeAead,
  recipient: { readonly scalar: Bytes; readonly point: Bytes },
  info: Bytes,
  additional: Bytes,
  { enc, ciphertext }: HpkeBox,
): Bytes | undefined {
  const dh = agree(recipient.scalar, enc)
  if (dh === undefined) return undefined
  const { key, nonce } = keySchedule(aead, sharedSecret(dh, enc, recipient.point), info)
  return openAesGcm(aead, key, nonce, additional, ciphertext)
}
