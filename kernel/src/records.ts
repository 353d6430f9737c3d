import Type from 'typebox'
import { collection } from './collection.ts'

const Fingerprint = Type.String({ minLength: 64, maxLength: 64 })
const Instant = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const MemberId = Type.String({ minLength: 3, maxLength: 32 })

/** Value of {@link spentNonces}. */
export const SpentNonce = Type.Object({ v: Type.Literal(1), expiresAt: Instant })

/**
 * `ledger/spent`, key (signer, nonce): what replay protection remembers. Implied by the blocks:
 * never among the writes of a block, but part of the state tree until block time ≥ `expiresAt`.
 */
export const spentNonces = collection('ledger/spent', {
  key: Type.Tuple([Fingerprint, Type.String({ minLength: 22, maxLength: 22 })]),
  value: SpentNonce,
})

/** Value of {@link amendments}. */
export const Amendment = Type.Object({
  v: Type.Literal(1),
  /** Block time of the amending transaction. */
  at: Instant,
  /** Its txId. */
  by: Type.String({ minLength: 64, maxLength: 64 }),
  /** What was done to the subject, for example `corrected` or `revoked`. */
  kind: Type.String({ minLength: 1, maxLength: 64 }),
})

/**
 * `ledger/amendment`, key: the subject. Every contract that corrects, revokes, reverses, erases or
 * replaces something earlier writes it: its absence is what the dated status of evidence proves.
 */
export const amendments = collection('ledger/amendment', {
  key: Type.String({ minLength: 1, maxLength: 128 }),
  value: Amendment,
})

/** Value of {@link authorities}. */
export const Authority = Type.Object({
  v: Type.Literal(1),
  member: MemberId,
  notAfter: Instant,
  notBefore: Instant,
  profile: Type.Union([Type.Literal('member-ca'), Type.Literal('officer-ca')]),
  revokedAt: Type.Union([Instant, Type.Null()]),
})

/** `membership/authority`, key: fingerprint of a CA certificate that a member may sign keys with. */
export const authorities = collection('membership/authority', {
  key: Fingerprint,
  value: Authority,
  indexes: { byMember: (authority) => [authority.member] },
})

/** Value of {@link certificates}. */
export const Certificate = Type.Object({
  v: Type.Literal(1),
  /** Fingerprint of the CA; null for a passkey. */
  issuer: Type.Union([Fingerprint, Type.Null()]),
  kind: Type.Union([Type.Literal('officer'), Type.Literal('subject'), Type.Literal('system')]),
  member: MemberId,
  name: Type.String({ minLength: 1, maxLength: 128 }),
  notAfter: Instant,
  notBefore: Instant,
  revokedAt: Type.Union([Instant, Type.Null()]),
  /** SubjectPublicKeyInfo, base64url. */
  spki: Type.String({ minLength: 1, maxLength: 1024 }),
  /** Passkeys only: where assertions may come from. */
  origins: Type.Optional(
    Type.Array(Type.String({ maxLength: 256 }), { minItems: 1, maxItems: 16 }),
  ),
  rpId: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
})

/** `membership/certificate`, key: the signer (fingerprint of a key certificate, or of a passkey). */
export const certificates = collection('membership/certificate', {
  key: Fingerprint,
  value: Certificate,
  indexes: { byMember: (certificate) => [certificate.member, certificate.kind] },
})
