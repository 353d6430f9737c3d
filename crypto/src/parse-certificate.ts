import { type Bytes, equalBytes, toHex } from './bytes.ts'
import { type Certificate, CertificateRefused, TEST_ARC } from './certificate.ts'
import { readExtensions } from './certificate-extensions.ts'
import { DER_TAG, DerRefused, readTime } from './der.ts'
import type { Digest } from './ledger-hash.ts'
import type { PublicKey } from './public-key.ts'
import { readName, readSerial, readSignedObject, readStrictly } from './signed-object.ts'

/** What the form of a certificate is checked with. */
export interface CertificateReading {
  readonly sha256: Digest
  readonly importPublicKey: (spki: Bytes) => PublicKey
}

function readCertificate(bytes: Bytes, arc: string, reading: CertificateReading): Certificate {
  const { part, algorithm, algorithmBytes, signedPart, signature } = readSignedObject(bytes)
  const version = part.enter(0xa0)
  const number = version.read(DER_TAG.integer)
  version.finish()
  if (number.length !== 1 || number[0] !== 2) throw new DerRefused('version is not 3')
  const serial = readSerial(part.read(DER_TAG.integer))
  if (!equalBytes(part.readElement().whole, algorithmBytes)) {
    throw new CertificateRefused('CERTIFICATE_ALGORITHM', 'inner and outer differ')
  }
  const issuer = readName(part.readElement())
  const validity = part.enter(DER_TAG.sequence)
  const notBefore = readTime(validity.readElement())
  const notAfter = readTime(validity.readElement())
  validity.finish()
  const subject = readName(part.readElement())
  const publicKey = reading.importPublicKey(part.readElement().whole)
  const wrapper = part.enter(0xa3)
  const extensions = readExtensions(wrapper.enter(DER_TAG.sequence), arc)
  wrapper.finish()
  part.finish()
  return {
    der: bytes,
    fingerprint: toHex(reading.sha256(bytes)),
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    ...extensions,
    signatureAlgorithm: algorithm,
    signedPart,
    signature,
  }
}

/** Makes the parser of key certificates over one implementation of SHA-256 and of key checks. */
export function createParseCertificate(
  reading: CertificateReading,
): (bytes: Bytes, arc?: string) => Certificate {
  return (bytes, arc = TEST_ARC) =>
    readStrictly(bytes, (copy) => readCertificate(copy, arc, reading))
}
