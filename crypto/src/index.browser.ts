/** What an offline verifier and a signing browser need, synchronous, in plain JavaScript. */
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
export {
  type BatchLeaf,
  batchLeaf,
  type DisclosedLeaf,
  type Disclosure,
  type LeafSection,
  type SectionCommitment,
  type SectionOpening,
} from './commitment.ts'
export { sha256, sm3 } from './hash.browser.ts'
export { idFromBytes, isId, repairId } from './id.ts'
export {
  checkAuthorityPath,
  checkCertificatePath,
  discloseFields,
  importPublicKey,
  ledgerHash,
  parseCertificate,
  publicKeyOfRaw,
  sectionCommitment,
  verifyDisclosure,
  verifyWebauthn,
} from './in-browser.ts'
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
export { type Digest, type LedgerLabel, ledgerTag } from './ledger-hash.ts'
export { paddedLength } from './padding.ts'
export {
  type KeyAlgorithm,
  type PublicKey,
  type PublicKeyRefusalCode,
  PublicKeyRefused,
  spkiOfRaw,
} from './public-key.ts'
export {
  checkSectionHeader,
  headerBytes,
  parseSectionHeader,
  type SectionHeader,
  SectionRefused,
} from './section-header.ts'
export { kindFitsKey, type SignatureKind, scalarPairOfDer } from './signature-value.ts'
export { isSuiteId, SealBroken, type SuiteId } from './suite.ts'
export { sm2Identity, verify } from './verify.browser.ts'
export type { WebauthnAssertion } from './webauthn.ts'
