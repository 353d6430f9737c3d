import type { KeyUsage } from './certificate.ts'

/** What a key certificate is for (credentials-and-sign-in section 5). */
export type CertificateProfile =
  | 'root'
  | 'member-ca'
  | 'officer-ca'
  | 'signing'
  | 'encryption'
  | 'application'
  | 'consensus'
  | 'tls'
  | 'witness'
  | 'officer'

/** What a profile demands of a certificate. */
export interface ProfileRule {
  /** Null for a leaf; for a CA the most CAs that may follow it. */
  readonly pathLength: number | null
  /** Exactly these usages. */
  readonly keyUsage: readonly KeyUsage[]
  /** Exactly these extended usages. */
  readonly extendedKeyUsage: readonly string[]
  /** Which profiles may issue it. */
  readonly issuers: readonly CertificateProfile[]
  /** Longest validity in milliseconds. */
  readonly longestMs: number
}

const HOUR_MS = 3_600_000
const YEAR_MS = 366 * 24 * HOUR_MS
const AUTHORITY = ['keyCertSign', 'cRLSign'] as const
const SIGNER = ['digitalSignature', 'contentCommitment'] as const

/** id-kp-serverAuth and id-kp-clientAuth. */
const TLS_USAGES = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'] as const

const signer: ProfileRule = {
  pathLength: null,
  keyUsage: SIGNER,
  extendedKeyUsage: [],
  issuers: ['member-ca'],
  longestMs: 3 * YEAR_MS,
}

/** The rule of each profile. */
export const PROFILE_RULES: Readonly<Record<CertificateProfile, ProfileRule>> = {
  root: { ...signer, pathLength: 1, keyUsage: AUTHORITY, issuers: [], longestMs: 20 * YEAR_MS },
  'member-ca': {
    ...signer,
    pathLength: 0,
    keyUsage: AUTHORITY,
    issuers: ['root'],
    longestMs: 5 * YEAR_MS,
  },
  'officer-ca': {
    ...signer,
    pathLength: 0,
    keyUsage: AUTHORITY,
    issuers: ['root'],
    longestMs: 5 * YEAR_MS,
  },
  signing: signer,
  application: signer,
  consensus: signer,
  witness: signer,
  encryption: { ...signer, keyUsage: ['keyEncipherment', 'dataEncipherment', 'keyAgreement'] },
  tls: { ...signer, keyUsage: ['digitalSignature'], extendedKeyUsage: TLS_USAGES },
  officer: { ...signer, issuers: ['member-ca', 'officer-ca'], longestMs: 12 * HOUR_MS },
}

/** Whether the text names a profile. */
export function isCertificateProfile(text: string): text is CertificateProfile {
  return Object.hasOwn(PROFILE_RULES, text)
}
