/* What certificates, requests and revocation lists have in common: a part, an algorithm, a signature. */
import { type Bytes, EncodingRefused, toHex } from './bytes.ts'
import { CERTIFICATE_BYTES, CertificateRefused, type DistinguishedName } from './certificate.ts'
import {
  DER_TAG,
  type DerElement,
  DerReader,
  DerRefused,
  readObjectIdentifier,
  readText,
} from './der.ts'
import { type KeyAlgorithm, PublicKeyRefused } from './public-key.ts'
import { scalarPairOfDer } from './signature-value.ts'

/** Object identifiers of the signature algorithms: one for each kind of key. */
export const SIGNATURE_ALGORITHM: Readonly<Record<KeyAlgorithm, string>> = {
  p256: '1.2.840.10045.4.3.2',
  ed25519: '1.3.101.112',
  sm2: '1.2.156.10197.1.501',
}

const ALGORITHMS: ReadonlyMap<string, KeyAlgorithm> = new Map(
  (['p256', 'ed25519', 'sm2'] as const).map((name) => [SIGNATURE_ALGORITHM[name], name]),
)

const NAME_ATTRIBUTES: ReadonlyMap<string, 'country' | 'member' | 'unit' | 'name'> = new Map([
  ['2.5.4.6', 'country'],
  ['2.5.4.10', 'member'],
  ['2.5.4.11', 'unit'],
  ['2.5.4.3', 'name'],
])

function readSignatureAlgorithm(reader: DerReader): KeyAlgorithm {
  const identifier = reader.enter(DER_TAG.sequence)
  const dotted = readObjectIdentifier(identifier.read(DER_TAG.objectIdentifier))
  const algorithm = ALGORITHMS.get(dotted)
  if (algorithm === undefined) throw new CertificateRefused('CERTIFICATE_ALGORITHM', dotted)
  // Some 国密 software writes NULL parameters with SM2-with-SM3; the others must have none.
  if (algorithm === 'sm2' && identifier.isNext(DER_TAG.null)) identifier.read(DER_TAG.null)
  identifier.finish()
  return algorithm
}

/** Reads `C, O, OU, CN`, each at most once, O and CN always. */
export function readName(element: DerElement): DistinguishedName {
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

/** Reads a positive serial number of at most 20 bytes: hex without its sign byte. */
export function readSerial(content: Bytes): string {
  const first = content[0]
  if (first === undefined || content.length > 20 || first >= 0x80) throw new DerRefused('serial')
  const isPadded = first === 0 && content.length > 1
  if (isPadded && (content[1] as number) < 0x80) throw new DerRefused('serial is not minimal')
  if (first === 0 && content.length === 1) throw new DerRefused('serial is zero')
  return toHex(isPadded ? content.subarray(1) : content)
}

function readSignature(algorithm: KeyAlgorithm, content: Bytes): Bytes {
  if (content.length < 1 || content[0] !== 0) throw new DerRefused('bit string')
  const bits = content.subarray(1)
  const value = algorithm === 'ed25519' ? bits : scalarPairOfDer(bits)
  if (value === undefined || value.length !== 64) throw new DerRefused('signature value')
  return value
}

/** A signed object taken apart; nothing is verified yet. */
export interface SignedObject {
  /** What was signed, with tag and length. */
  readonly signedPart: Bytes
  /** Reads what is inside the signed part. */
  readonly part: DerReader
  readonly algorithm: KeyAlgorithm
  /** The algorithm as it is written outside the signed part. */
  readonly algorithmBytes: Bytes
  /** 64 bytes: r‖s, or the Ed25519 signature. */
  readonly signature: Bytes
}

/** Takes a signed object apart. @throws DerRefused, CertificateRefused */
export function readSignedObject(bytes: Bytes): SignedObject {
  const file = new DerReader(bytes)
  const outer = file.enter(DER_TAG.sequence)
  file.finish()
  const signed = outer.readElement()
  if (signed.tag !== DER_TAG.sequence) throw new DerRefused('signed part')
  const outerAlgorithm = outer.readElement()
  const algorithm = readSignatureAlgorithm(new DerReader(outerAlgorithm.whole))
  const signature = readSignature(algorithm, outer.read(DER_TAG.bitString))
  outer.finish()
  return {
    signedPart: signed.whole,
    part: new DerReader(signed.content),
    algorithm,
    algorithmBytes: outerAlgorithm.whole,
    signature,
  }
}

/**
 * Reads bytes from outside: bounds them, copies them, and names every defect of form alike.
 *
 * @throws CertificateRefused
 */
export function readStrictly<Result>(
  bytes: Bytes,
  read: (bytes: Bytes) => Result,
  largest: number = CERTIFICATE_BYTES,
): Result {
  if (bytes.length > largest) {
    throw new CertificateRefused('CERTIFICATE_SIZE', `${bytes.length} bytes`)
  }
  try {
    return read(bytes.slice())
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
