/** The shared parts, bound to hashes and signatures in plain JavaScript; documented in `in-node.ts`. */
import { createPathChecks } from './certificate-path.ts'
import { createCommitments } from './commitment.ts'
import { sha256, sm3 } from './hash.browser.ts'
import { createLedgerHash } from './ledger-hash.ts'
import { createParseCertificate } from './parse-certificate.ts'
import { createPublicKeys } from './public-key.ts'
import { verify } from './verify.browser.ts'
import { createVerifyWebauthn } from './webauthn.ts'

/** `H(label, parts)` of ledger-bytes section 1. */
export const ledgerHash = createLedgerHash(sha256)

const publicKeys = createPublicKeys(sha256)

/** Reads and checks a SubjectPublicKeyInfo (DER). @throws PublicKeyRefused */
export const importPublicKey = publicKeys.importPublicKey

/** Checks a public key given as raw bytes. @throws PublicKeyRefused */
export const publicKeyOfRaw = publicKeys.publicKeyOfRaw

/** Whether a passkey's assertion over a transaction holds. */
export const verifyWebauthn = createVerifyWebauthn(sha256, verify)

/** Reads a key certificate strictly. @throws CertificateRefused */
export const parseCertificate = createParseCertificate({ sha256, importPublicKey })

const pathChecks = createPathChecks(verify)

/** Checks a leaf against its CA and what the chain knows of it. */
export const checkCertificatePath = pathChecks.checkCertificatePath

/** Checks a CA before it is trusted. */
export const checkAuthorityPath = pathChecks.checkAuthorityPath

const commitments = createCommitments({ 'RS-INTL-1': sha256, 'RS-GM-1': sm3 })

/** Recomputes the commitment of a section from its opening. @throws SectionRefused */
export const sectionCommitment = commitments.sectionCommitment

/** Shows some members of a `fields` section. */
export const discloseFields = commitments.discloseFields

/** Whether every shown leaf leads to the commitment. */
export const verifyDisclosure = commitments.verifyDisclosure
