import type { PublicKey } from '@renshe/crypto'

/** What kind of key signed: a person in office, a citizen, or a system of a member. */
export type SignerKind = 'officer' | 'subject' | 'system'

/** Who signed a transaction, resolved at the height at which it executes. */
export interface Signer {
  /** Hex fingerprint of the key certificate, or of the registered passkey. */
  readonly certificate: string
  readonly kind: SignerKind
  readonly member: string
  /** Officer number, service name, or subject reference. */
  readonly name: string
  /** Ascending. */
  readonly roles: readonly string[]
  readonly unit: string | null
}

/** Why a signer is not accepted: the codes of inclusion, in checking order. */
export type SignerFault = 'SIGNER_UNKNOWN' | 'SIGNER_NOT_YET' | 'SIGNER_EXPIRED' | 'SIGNER_REVOKED'

/** Answer of the registry of keys about one fingerprint at one time. */
export type SignerResolution =
  | { readonly ok: true; readonly signer: Signer; readonly key: RegisteredKey }
  | { readonly ok: false; readonly code: SignerFault }

/** The key behind a signer; for a passkey also where its assertions may come from. */
export interface RegisteredKey {
  readonly spki: string
  readonly publicKey: PublicKey
  readonly passkey?: { readonly rpId: string; readonly origins: readonly string[] }
}
