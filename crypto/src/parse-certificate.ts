import { type Bytes, EncodingRefused, equalBytes, toHex } from './bytes.ts'
import {
  CERTIFICATE_BYTES,
  type Certificate,
  CertificateRefused,
  type DistinguishedName,
  TEST_ARC,
} from './certificate.ts'
import { readExtensions } from './certificate-extensions.ts'
import {
  DER_TAG,
  type DerElement,
  DerReader,
  DerRefused,
  readObjectIdentifier,
  readText,
  readTime,
} from './der.ts'
import type { Digest } from './ledger-hash.ts'
import { type KeyAlgorithm, type PublicKey, PublicKeyRefused } from './public-key.ts'
import { scalarPairOfDer } from './signature-value.ts'

const SIGNATURE_ALGORITHMS: ReadonlyMap<string, KeyAlgorithm> = new Map([
  ['1.2.840.10045.4.3.2', 'p256'],
  ['1.3.101.112', 'ed25519'],
  ['1.2.156.10197.1.501', 'sm2'],
])

const NAME_ATTRIBUTES: ReadonlyMap<string, 'country' | 'member' | 'unit' | 'name'> = new Map([
  ['2.5.4.6', 'country'],
  ['2.5.4.10', 'member'],
  ['2.5.4.11', 'unit'],
  ['2.5.4.3', 'name'],
])

function readSignatureAlgorithm(reader: DerReader): KeyAlgorithm {
  const identifier = reader.enter(DER_TAG.sequence)
  const dotted = readObjectIdentifier(identifier.read(DER_TAG.objectIdentifier))
  const algorithm = SIGNATURE_ALGORITHMS.get(dotted)
  if (algorithm === undefined) throw new CertificateRefused('CERTIFICATE_ALGORITHM', dotted)
  // Some 国密 software writes NULL parameters with SM2-with-SM3; the others must have none.
  if (algorithm === 'sm2' && identifier.isNext(DER_TAG.null)) identifier.read(DER_TAG.null)
  identifier.finish()
  return algorithm
}

function readName(element: DerElement): DistinguishedName {
  if (element.tag !== DER_TAG.sequence) throw new DerRefused('name')
  const found: { [attribute in 'country' | 'member' | 'unit' | 'name']?: string } = {}
  for (const sets = new DerReader(element.content); !sets.isAtEnd; ) {
    const set = sets.enter(DER_TAG.set)
    const pair = set.enter(DER_TAG.sequence)
    set.finish()
    const dotted = readObjectIdentifier(pair.read(DER_TAG.objectIdentifier))
    const attribute = NAME_ATTRIBUTES.get(dotted)
    if (attribute === undefined || found[attribute] !== undefined) {
      throw new CertificateRefused('CERTIFICATE_NAME', `attribute ${dotted}`)
    }
    found[attribute] = readText(pair.readElement())
    pair.finish()
  }
  const { country = null, member, unit = null, name } = found
  if (member === undefined || name === undefined) {
    throw new CertificateRefused('CERTIFICATE_NAME', 'O and CN are required')
  }
  return { country, member, unit, name, der: element.whole }
}

function readSerial(content: Bytes): string {
  const first = content[0]
  if (first === undefined || content.length > 20 || first >= 0x80) throw new DerRefused('serial')
  const isPadded = first === 0 && content.length > 1
  if (isPadded && (content[1] as number) < 0x80) throw new DerRefused('serial is not minimal')
  if (first === 0 && content.length === 1) throw new DerRefused('serial is zero')
  return toHex(isPadded ? content.subarray(1) : content)
}

function readBits(content: Bytes): Bytes {
  if (content.length < 1 || content[0] !== 0) throw new DerRefused('bit string')
  return content.subarray(1)
}

function readSignature(algorithm: KeyAlgorithm, content: Bytes): Bytes {
  const bits = readBits(content)
  const value = algorithm === 'ed25519' ? bits : scalarPairOfDer(bits)
  if (value === undefined || value.length !== 64) throw new DerRefused('signature value')
  return value
}

/** What the form of a certificate is checked with. */
export interface CertificateReading {
  readonly sha256: Digest
  readonly importPublicKey: (spki: Bytes) => PublicKey
}

function readCertificate(bytes: Bytes, arc: string, reading: CertificateReading): Certificate {
  const file = new DerReader(bytes)
  const outer = file.enter(DER_TAG.sequence)
  file.finish()
  const signed = outer.readElement()
  if (signed.tag !== DER_TAG.sequence) throw new DerRefused('signed part')
  const outerAlgorithm = outer.readElement()
  const algorithm = readSignatureAlgorithm(new DerReader(outerAlgorithm.whole))
  const signature = readSignature(algorithm, outer.read(DER_TAG.bitString))
  outer.finish()

  const part = new DerReader(signed.content)
  const version = part.enter(0xa0)
  const number = version.read(DER_TAG.integer)
  version.finish()
  if (number.length !== 1 || number[0] !== 2) throw new DerRefused('version is not 3')
  const serial = readSerial(part.read(DER_TAG.integer))
  const innerAlgorithm = part.readElement()
  if (!equalBytes(innerAlgorithm.whole, outerAlgorithm.whole)) {
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
    signedPart: signed.whole,
    signature,
  }
}

/** Makes the parser of key certificates over one implementation of SHA-256 and of key checks. */
export function createParseCertificate(
  reading: CertificateReading,
): (bytes: Bytes, arc?: string) => Certificate {
  return (bytes, arc = TEST_ARC) => {
    if (bytes.length > CERTIFICATE_BYTES) {
      throw new CertificateRefused('CERTIFICATE_SIZE', `${bytes.length} bytes`)
    }
    try {
      return readCertificate(bytes.slice(), arc, reading)
    } catch (error) {
      if (error instanceof PublicKeyRefused) {
        throw new CertificateRefused('CERTIFICATE_KEY', error.code)
      }
      if (error instanceof DerRefused || error instanceof EncodingRefused) {
        throw new CertificateRefused('CERTIFICATE_FORM', error.message)
      }
      throw error
    }
  }
}
