import {
  type Bytes,
  canonicalJson,
  concatBytes,
  fromBase64Url,
  isHex,
  type Json,
  type JsonObject,
  JsonRefused,
  ledgerHash,
  ledgerTag,
  type PrivateKey,
  parseCanonicalJson,
  parseStrictJson,
  sign,
  toBase64Url,
  toHex,
} from '@renshe/crypto'
import { LIMITS } from './limits.ts'
import { isActionName, isChainId } from './names.ts'

/** What a signer said. Hashed and signed as received, never spelled again. */
export interface TransactionBody {
  readonly v: 1
  readonly chain: string
  /** `<module>.<verbNoun>` */
  readonly action: string
  readonly input: JsonObject
  /** Hex fingerprint of the signer's key certificate, or of its registered passkey. */
  readonly signer: string
  /** 16 random bytes, base64url. */
  readonly nonce: string
  /** UTC ms from which on the transaction may not be included any more. */
  readonly expiresAt: number
}

/** A signature object of a transaction; byte strings are base64url. */
export type TransactionSignature =
  | { readonly kind: 'p256' | 'ed25519' | 'sm2'; readonly value: string }
  | {
      readonly kind: 'webauthn'
      readonly authenticatorData: string
      readonly clientDataJSON: string
      readonly value: string
      /** In 国密 chains: the signature of the signer's member over the same message. */
      readonly sm2?: { readonly certificate: string; readonly value: string }
    }

/** A transaction that was read: its bytes as they came, and what they say. */
export interface Transaction {
  /** Hex `H(tx, body)`; covers the body alone. */
  readonly txId: string
  readonly body: TransactionBody
  readonly bodyBytes: Bytes
  readonly signature: TransactionSignature
  readonly signatureBytes: Bytes
}

/** Bytes that are no transaction: told, never included. The txId is that of whatever the body is. */
export interface TransactionRefused {
  readonly txId: string
  readonly code: 'TX_MALFORMED' | 'TX_VERSION'
}

/** The two parts of a framed transaction, not yet read. */
export interface FramedTransaction {
  readonly bodyBytes: Bytes
  readonly signatureBytes: Bytes
}

const BODY_MEMBERS = 'action chain expiresAt input nonce signer v'

function memberNames(value: JsonObject): string {
  return Object.keys(value).sort().join(' ')
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isBase64Url(value: Json | undefined, byteLength?: number): value is string {
  if (typeof value !== 'string') return false
  try {
    const { length } = fromBase64Url(value)
    return byteLength === undefined || length === byteLength
  } catch {
    return false
  }
}

function isDigest(value: Json | undefined): value is string {
  return typeof value === 'string' && isHex(value, 32)
}

/** Judges members and spelling, but not the version: an unknown one has a code of its own. */
function isBody(value: JsonObject): boolean {
  return (
    memberNames(value) === BODY_MEMBERS &&
    typeof value.v === 'number' &&
    typeof value.chain === 'string' &&
    isChainId(value.chain) &&
    typeof value.action === 'string' &&
    isActionName(value.action) &&
    isObject(value.input) &&
    isDigest(value.signer) &&
    isBase64Url(value.nonce, 16) &&
    typeof value.expiresAt === 'number' &&
    value.expiresAt >= 0
  )
}

function isSignature(value: JsonObject): boolean {
  if (value.kind !== 'webauthn') {
    const isKnown = value.kind === 'p256' || value.kind === 'ed25519' || value.kind === 'sm2'
    return isKnown && memberNames(value) === 'kind value' && isBase64Url(value.value, 64)
  }
  const { sm2 } = value
  const names = 'authenticatorData clientDataJSON kind value'
  if (sm2 !== undefined) {
    if (!isObject(sm2) || memberNames(sm2) !== 'certificate value') return false
    if (!isDigest(sm2.certificate) || !isBase64Url(sm2.value, 64)) return false
  }
  return (
    memberNames(value) === (sm2 === undefined ? names : names.replace(' value', ' sm2 value')) &&
    isBase64Url(value.authenticatorData) &&
    isBase64Url(value.clientDataJSON) &&
    isBase64Url(value.value, 64)
  )
}

function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof JsonRefused) return undefined
    throw error
  }
}

/**
 * Reads body and signature object strictly; nothing is repaired.
 *
 * @source ledger-bytes.md section 3
 */
export function readTransaction(framed: FramedTransaction): Transaction | TransactionRefused {
  const { bodyBytes, signatureBytes } = framed
  const txId = toHex(ledgerHash('tx', bodyBytes))
  if (bodyBytes.length > LIMITS.bodyBytes || signatureBytes.length > LIMITS.signatureBytes) {
    return { txId, code: 'TX_MALFORMED' }
  }
  const body = parsed(() => parseStrictJson(bodyBytes))
  const signature = parsed(() => parseCanonicalJson(signatureBytes))
  if (body === undefined || !isBody(body)) return { txId, code: 'TX_MALFORMED' }
  if (signature === undefined || !isSignature(signature)) return { txId, code: 'TX_MALFORMED' }
  if (body.v !== 1) return { txId, code: 'TX_VERSION' }
  return {
    txId,
    body: body as unknown as TransactionBody,
    bodyBytes,
    signature: signature as unknown as TransactionSignature,
    signatureBytes,
  }
}

/** `M = T(tx) ‖ body`: the bytes that a signature covers. */
export function signedMessage(bodyBytes: Bytes): Bytes {
  return concatBytes(ledgerTag('tx'), bodyBytes)
}

/**
 * Spells a body, canonical. Any other strict JSON of the same members would be a body too.
 *
 * @param content.nonce  16 random bytes, drawn by the caller
 */
export function makeBody(content: {
  readonly chain: string
  readonly action: string
  readonly input: JsonObject
  readonly signer: string
  readonly nonce: Bytes
  readonly expiresAt: number
}): Bytes {
  if (content.nonce.length !== 16) throw new RangeError('a nonce has 16 bytes')
  return canonicalJson({ ...content, v: 1, nonce: toBase64Url(content.nonce) })
}

/** Signs a body with a key of P-256, Ed25519 or SM2; returns the JCS bytes of the signature object. */
export function signBody(bodyBytes: Bytes, key: PrivateKey): Bytes {
  const value = toBase64Url(sign(key, signedMessage(bodyBytes)))
  return canonicalJson({ kind: key.algorithm, value })
}
