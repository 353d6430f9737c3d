import type { Bytes } from './bytes.ts'
import type { KeyAlgorithm, PublicKey } from './public-key.ts'

/** Most bytes of one key certificate (ledger-bytes section 15). */
export const CERTIFICATE_BYTES = 8192

/** Arc of our own extensions in tests and demonstrations: `.1` member, `.2` profile, `.3` chain. */
export const TEST_ARC = '1.3.6.1.4.1.99999.1'

/** What a key may be used for (RFC 5280 section 4.2.1.3), in the order of the bits. */
export const KEY_USAGES = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const

/** One of {@link KEY_USAGES}. */
export type KeyUsage = (typeof KEY_USAGES)[number]

/** Subject or issuer: `C, O, OU, CN`, each at most once. */
export interface DistinguishedName {
  readonly country: string | null
  /** `O`: the member id. */
  readonly member: string
  /** `OU` */
  readonly unit: string | null
  /** `CN`: officer number or service name. */
  readonly name: string
  /** The DER, by which names are compared. */
  readonly der: Bytes
}

/** A key certificate that parsed: its form is right, nothing is said yet about who issued it. */
export interface Certificate {
  readonly der: Bytes
  /** Hex SHA-256 of `der`: the signer's name on chain. */
  readonly fingerprint: string
  /** Hex, without sign byte. */
  readonly serial: string
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  /** UTC milliseconds; valid from this instant … */
  readonly notBefore: number
  /** … until before this one. */
  readonly notAfter: number
  readonly publicKey: PublicKey
  readonly isCa: boolean
  /** How many further CAs may follow; null if unlimited or no CA. */
  readonly pathLength: number | null
  readonly keyUsage: readonly KeyUsage[]
  /** Object identifiers with dots. */
  readonly extendedKeyUsage: readonly string[]
  readonly dnsNames: readonly string[]
  /** Hex of 4 or 16 bytes each. */
  readonly ipAddresses: readonly string[]
  /** Domains that a TLS leaf below this CA must lie in; null if not constrained. */
  readonly permittedDomains: readonly string[] | null
  readonly subjectKeyId: string | null
  readonly authorityKeyId: string | null
  /** Our extensions; null where absent. */
  readonly member: string | null
  readonly profile: string | null
  readonly chainName: string | null
  readonly signatureAlgorithm: KeyAlgorithm
  /** The bytes that the issuer signed. */
  readonly signedPart: Bytes
  /** 64 bytes: r‖s, or the Ed25519 signature. */
  readonly signature: Bytes
}

/** Why bytes are not an acceptable key certificate. */
export type CertificateRefusalCode =
  | 'CERTIFICATE_SIZE'
  | 'CERTIFICATE_FORM'
  | 'CERTIFICATE_ALGORITHM'
  | 'CERTIFICATE_KEY'
  | 'CERTIFICATE_NAME'
  | 'CERTIFICATE_EXTENSION_DUPLICATE'
  | 'CERTIFICATE_EXTENSION_UNKNOWN'

/** A key certificate that is refused by its form alone. */
export class CertificateRefused extends Error {
  readonly code: CertificateRefusalCode

  constructor(code: CertificateRefusalCode, reason: string) {
    super(`${code}: ${reason}`)
    this.name = 'CertificateRefused'
    this.code = code
  }
}
