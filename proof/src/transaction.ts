import {
  type Bytes,
  canonicalJson,
  concatBytes,
  type Json,
  type JsonObject,
  JsonRefused,
  ledgerHash,
  ledgerTag,
  parseStrictJson,
} from '@renshe/crypto'
import type { Commitment } from './header.ts'
import {
  action,
  anyJson,
  anyObject,
  base64Url,
  chainId,
  code,
  count,
  digest,
  list,
  name,
  nullable,
  object,
  oneOf,
  type Shape,
  ShapeRefused,
  text,
} from './shape.ts'
import { leafHash } from './tree.ts'

/** Most bytes of a transaction body. @source ledger-bytes.md section 15 */
export const MAX_BODY_BYTES = 196_608

/** Body of a transaction: what its signer said. Hashed and signed as received, never re-spelled. */
export type TransactionBody = {
  readonly v: 1
  readonly chain: string
  readonly action: string
  readonly input: JsonObject
  /** Fingerprint of the signer's key certificate, or the hash of its passkey (hex). */
  readonly signer: string
  /** 16 random bytes, base64url. */
  readonly nonce: string
  /** UTC ms from which on the transaction may no longer be included. */
  readonly expiresAt: number
}

const bodyShape: Shape<TransactionBody> = object<TransactionBody>({
  v: oneOf(1),
  chain: chainId,
  action,
  input: anyObject,
  signer: digest,
  nonce: base64Url(16),
  expiresAt: count,
})

/**
 * Reads a transaction body strictly; white space and order of members are the maker's.
 *
 * @throws ShapeRefused for anything but strict JSON of exactly the members of version 1
 */
export function parseBody(bytes: Bytes): TransactionBody {
  if (bytes.length > MAX_BODY_BYTES) throw new ShapeRefused('', `at most ${MAX_BODY_BYTES} bytes`)
  let value: JsonObject
  try {
    value = parseStrictJson(bytes)
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error
    throw new ShapeRefused('', `strict JSON (${error.message})`)
  }
  return bodyShape(value, '')
}

/** A raw signature `r ‖ s` or Ed25519, 64 bytes, over `T(tx) ‖ body`. */
export type KeySignature = { readonly kind: 'p256' | 'ed25519' | 'sm2'; readonly value: string }

/** A passkey's assertion whose challenge is the txId, beside the member's SM2 in 国密 chains. */
export type PasskeySignature = {
  readonly kind: 'webauthn'
  readonly authenticatorData: string
  readonly clientDataJSON: string
  readonly value: string
  readonly sm2?: { readonly certificate: string; readonly value: string }
}

/** Signature object of a transaction; byte strings are base64url. */
export type SignatureObject = KeySignature | PasskeySignature

const keySignature = object<KeySignature>({
  kind: oneOf('p256', 'ed25519', 'sm2'),
  value: base64Url(64),
})
const passkeyMembers = {
  kind: oneOf('webauthn'),
  authenticatorData: base64Url(),
  clientDataJSON: base64Url(),
  value: base64Url(64),
}
const passkeySignature = object<PasskeySignature>(passkeyMembers)
const countersignedPasskey = object<Required<PasskeySignature>>({
  ...passkeyMembers,
  sm2: object({ certificate: digest, value: base64Url(64) }),
})

/** Reads a signature object of any kind. */
export const signatureShape: Shape<SignatureObject> = (value, at) => {
  const members = anyObject(value, at)
  if (members.kind !== 'webauthn') return keySignature(value, at)
  return Object.hasOwn(members, 'sm2')
    ? countersignedPasskey(value, at)
    : passkeySignature(value, at)
}

/** Who signed, as the ledger resolved it at this transaction. */
export type ResolvedSigner = {
  readonly certificate: string
  readonly kind: 'officer' | 'subject' | 'system'
  readonly member: string
  /** Officer number, service name or subject reference; never a person's name. */
  readonly name: string
  readonly roles: readonly string[]
  readonly unit: string | null
}

/** Result of an included transaction. */
export type TransactionResult = {
  readonly v: 1
  readonly tx: string
  /** `OK`, or why the contract refused. */
  readonly code: string
  readonly data: Json
  readonly signer: ResolvedSigner
  readonly events: Commitment
}

/** Reads a result. */
export const resultShape: Shape<TransactionResult> = object<TransactionResult>({
  v: oneOf(1),
  tx: digest,
  code,
  data: anyJson,
  signer: object<ResolvedSigner>({
    certificate: digest,
    kind: oneOf('officer', 'subject', 'system'),
    member: name,
    name: text(256),
    roles: list(text(128)),
    unit: nullable(text(128)),
  }),
  events: object<Commitment>({ count, root: digest }),
})

/** `H(tx, body)`: what identifies a transaction. It does not cover the signature. */
export function transactionId(body: Bytes): Bytes {
  return ledgerHash('tx', body)
}

/** `M = T(tx) ‖ body`: what a signer signs. */
export function signedMessage(body: Bytes): Bytes {
  return concatBytes(ledgerTag('tx'), body)
}

/** Signer id of a passkey: `H(passkey, SPKI)`. */
export function passkeyFingerprint(spki: Bytes): Bytes {
  return ledgerHash('passkey', spki)
}

/** Leaf of txRoot: txId ‖ H(signature, JCS of the signature object). */
export function transactionLeaf(txId: Bytes, signature: SignatureObject | Bytes): Bytes {
  const bytes = signature instanceof Uint8Array ? signature : canonicalJson(signature)
  return leafHash('transaction', concatBytes(txId, ledgerHash('signature', bytes)))
}

/** Leaf of resultRoot, at the index of its transaction. */
export function resultLeaf(result: TransactionResult | Bytes): Bytes {
  return leafHash('result', result instanceof Uint8Array ? result : canonicalJson(result))
}

/** Leaf of the tree of a transaction's events; an event is JCS `{name, data}`. */
export function eventLeaf(event: JsonObject | Bytes): Bytes {
  return leafHash('event', event instanceof Uint8Array ? event : canonicalJson(event))
}
