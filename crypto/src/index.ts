/** Hashes, signs, seals and checks key certificates. Touches nothing: randomness is an argument. */

export { buildCertificate, type CertificateContent } from './build-certificate.ts'
export {
  type Bytes,
  compareBytes,
  concatBytes,
  EncodingRefused,
  equalBytes,
  fromBase64Url,
  fromHex,
  fromUtf8,
  isHex,
  isWellFormedText,
  type RandomSource,
  toBase64Url,
  toHex,
  u16,
  u32,
  u64,
  utf8,
} from './bytes.ts'
export { canonicalJson, canonicalText } from './canonical-json.ts'
export {
  CERTIFICATE_BYTES,
  type Certificate,
  type CertificateRefusalCode,
  CertificateRefused,
  type DistinguishedName,
  type KeyUsage,
  TEST_ARC,
} from './certificate.ts'
export type {
  AuthorityPath,
  CertificatePath,
  PathExpectation,
  PathOutcome,
  PathRefusalCode,
} from './certificate-path.ts'
export { type CertificateProfile, isCertificateProfile } from './certificate-profile.ts'
export { hmacSha256, hmacSm3, sha256, sm3 } from './hash.ts'
export { idFromBytes, isId, repairId } from './id.ts'
export {
  checkAuthorityPath,
  checkCertificatePath,
  importPublicKey,
  ledgerHash,
  parseCertificate,
  publicKeyOfRaw,
  verifyWebauthn,
} from './in-node.ts'
export {
  isCanonicalJson,
  JSON_LIMITS,
  type Json,
  type JsonLike,
  type JsonLimits,
  type JsonObject,
  type JsonRefusalCode,
  JsonRefused,
  parseCanonicalJson,
  parseStrictJson,
} from './json.ts'
export {
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  type KeyPair,
  type PrivateKey,
  sign,
} from './keys.ts'
export { type Digest, type LedgerLabel, ledgerTag } from './ledger-hash.ts'
export {
  type KeyAlgorithm,
  type PublicKey,
  type PublicKeyRefusalCode,
  PublicKeyRefused,
  spkiOfRaw,
} from './public-key.ts'
export { kindFitsKey, type SignatureKind, scalarPairOfDer } from './signature-value.ts'
export { sm2Identity, verify } from './verify.ts'
export type { WebauthnAssertion } from './webauthn.ts'
