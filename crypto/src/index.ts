/** Hashes, signs, seals and checks key certificates. Touches nothing: randomness is an argument. */

export {
  type BatchKey,
  createBatchKey,
  createPageSealer,
  createRowRecomputer,
  pagedRandom,
  type RowOpening,
  type RowPage,
  type SealedRowPage,
} from './batch-sealer.ts'
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
export {
  buildCertificateRequest,
  type CertificateRequest,
  checkCertificateRequest,
  parseCertificateRequest,
  type RequestContent,
  type RequestExpectation,
  type RequestOutcome,
  type RequestRefusalCode,
} from './certificate-request.ts'
export {
  type BatchLeaf,
  batchLeaf,
  type DisclosedLeaf,
  type Disclosure,
  type LeafSection,
  type SectionCommitment,
  type SectionOpening,
} from './commitment.ts'
export { hmacSha256, hmacSm3, sha256, sm3 } from './hash.ts'
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
  describeKeyFile,
  type KeyFileContent,
  type KeyFileKind,
  type KeyFileRefusalCode,
  KeyFileRefused,
  readKeyFile,
  writeKeyFile,
} from './key-file.ts'
export {
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  type KeyPair,
  type PrivateKey,
  sign,
} from './keys.ts'
export { type Digest, type LedgerLabel, ledgerTag } from './ledger-hash.ts'
export { paddedLength } from './padding.ts'
export { type PemLabel, pemOf } from './pem.ts'
export { type PersonName, personIndex } from './person-index.ts'
export {
  type KeyAlgorithm,
  type PublicKey,
  type PublicKeyRefusalCode,
  PublicKeyRefused,
  spkiOfRaw,
} from './public-key.ts'
export {
  buildRevocationList,
  checkRevocationList,
  type ListExpectation,
  type ListRefusalCode,
  parseRevocationList,
  REVOCATION_LIST_BYTES,
  type RevocationList,
  type RevocationListContent,
  type RevokedEntry,
  revokedAt,
} from './revocation-list.ts'
export { type RowHeaderShared, type RowTree, rowHeader } from './row-scribe.ts'
export { openSealed, sealTo } from './seal-to.ts'
export {
  type OpenInput,
  openSection,
  type RegisteredSection,
  type SealedSection,
  type SealInput,
  sealSection,
} from './section.ts'
export {
  checkSectionHeader,
  headerBytes,
  parseSectionHeader,
  type SectionHeader,
  SectionRefused,
} from './section-header.ts'
export {
  combineShares,
  SHARE_BYTES,
  type SharesToCombine,
  type ShareTerms,
  shareCommitment,
  splitSecret,
} from './shares.ts'
export { kindFitsKey, type SignatureKind, scalarPairOfDer } from './signature-value.ts'
export { isSuiteId, SealBroken, type SuiteId } from './suite.ts'
export { sm2Identity, verify } from './verify.ts'
export type { WebauthnAssertion } from './webauthn.ts'
export { symmetricKeyId, unwrap, type WrapContext, wrap } from './wrap.ts'
