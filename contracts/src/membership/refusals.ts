import type { CertificateRefusalCode, PathRefusalCode } from '@renshe/crypto'
import type { Refusal } from '@renshe/kernel'

/** Why a membership action says no, in checking order. */
export type MembershipRefusal =
  /** The signer lacks a role at its member. */
  | { code: 'ROLE_REQUIRED'; role: string }
  | { code: 'MEMBER_NOT_FOUND'; member: string }
  /** Ids are never given twice, not even after removal. */
  | { code: 'MEMBER_EXISTS'; member: string }
  | { code: 'MEMBER_NOT_ACTIVE'; member: string; status: string }
  | { code: 'MEMBER_NOT_SUSPENDED'; member: string; status: string }
  /** The bytes are not a key certificate. */
  | { code: 'CERTIFICATE_MALFORMED'; reason: CertificateRefusalCode | 'ENCODING' }
  | { code: 'CERTIFICATE_EXISTS'; certificate: string }
  /** No certification authority registered for the signer's member issued it. */
  | { code: 'AUTHORITY_UNKNOWN'; member: string }
  | { code: 'AUTHORITY_EXISTS'; authority: string }
  /** The path check of the certificate fails. */
  | { code: 'CERTIFICATE_REFUSED'; certificate: string; reason: PathRefusalCode }
  | { code: 'KEY_NOT_IN_SUITES'; algorithm: string }
  | { code: 'KEYHOLDER_NOT_FOUND'; kind: string; name: string }
  | { code: 'KEYHOLDER_NOT_ACTIVE'; kind: string; name: string; status: string }
  | { code: 'CONFIRMATION_NOT_NEEDED'; kind: string; name: string }
  /** Another administrator must do it; until then, where waiting helps. */
  | { code: 'SECOND_ADMINISTRATOR_REQUIRED'; until: number | null }
  | { code: 'UNIT_NOT_FOUND'; unit: string }
  | { code: 'UNIT_EXISTS'; unit: string }
  | { code: 'UNIT_IN_USE'; unit: string }
  | { code: 'CERTIFICATE_NOT_FOUND'; certificate: string }
  | { code: 'CERTIFICATE_REVOKED'; certificate: string }

/** Names a refusal of this module, so that the compiler knows its facts. */
export function membershipRefusal(refusal: MembershipRefusal): Refusal {
  return refusal
}
