/** The shared parts, bound to the hashes and signatures of Node. */
import { createPathChecks } from './certificate-path.ts'
import { createCommitments } from './commitment.ts'
import { sha256 } from './hash.ts'
import { createLedgerHash } from './ledger-hash.ts'
import { createParseCertificate } from './parse-certificate.ts'
import { createPublicKeys } from './public-key.ts'
import { suiteDigests } from './suite-hashes.ts'
import { verify } from './verify.ts'
import { createVerifyWebauthn } from './webauthn.ts'

/**
 * `H(label, parts) = SHA-256(T(label) ‖ parts)` of ledger-bytes section 1, in both suites.
 *
 * @param parts  joined in order
 * @returns      32 bytes
 */
export const ledgerHash = createLedgerHash(sha256)

const publicKeys = createPublicKeys(sha256)

/**
 * Reads and checks a SubjectPublicKeyInfo (DER): exact encoding, on the curve, canonical, not of
 * small order.
 *
 * @throws PublicKeyRefused
 */
export const importPublicKey = publicKeys.importPublicKey

/**
 * Checks a public key given as raw bytes (65 for P-256 and SM2, 32 for Ed25519).
 *
 * @throws PublicKeyRefused
 */
export const publicKeyOfRaw = publicKeys.publicKeyOfRaw

/**
 * Whether a passkey's assertion over a transaction holds; any deviation is false.
 *
 * @source ledger-bytes section 3, WebAuthn Level 3 section 7.2
 */
export const verifyWebauthn = createVerifyWebauthn(sha256, verify)

/**
 * Reads a key certificate (DER, ≤ 8 KiB) strictly.
 *
 * @param arc  where our own extensions hang; the arc of tests if left out
 * @throws CertificateRefused for RSA, SHA-1, other curves, an unknown critical or a duplicate
 *         extension, an unusual name, or anything that is not DER
 */
export const parseCertificate = createParseCertificate({ sha256, importPublicKey })

const pathChecks = createPathChecks(verify)

/**
 * Checks a leaf against its CA and what the chain knows of it.
 *
 * Without `root` the CA is trusted as registered: its profile, member and validity are checked, its
 * signature is not.
 */
export const checkCertificatePath = pathChecks.checkCertificatePath

/** Checks a CA before it is registered: signed by `root`, or by itself if there is none. */
export const checkAuthorityPath = pathChecks.checkAuthorityPath

const commitments = createCommitments(suiteDigests)

/**
 * Recomputes the commitment of a section from its opening, in either suite.
 *
 * @throws SectionRefused for a header, seed or content that no section has
 * @source sealed-data section 5
 */
export const sectionCommitment = commitments.sectionCommitment

/**
 * Shows some members of a `fields` section: their leaves, salts and paths.
 *
 * @param names  members to show; an array is shown with its length and all its elements
 */
export const discloseFields = commitments.discloseFields

/** Whether every shown leaf leads to the commitment (hex). */
export const verifyDisclosure = commitments.verifyDisclosure
