import { type Bytes, concatBytes } from './bytes.ts'
import { DER_TAG, DerReader, der } from './der.ts'
import { type PrivateKey, sign } from './keys.ts'
import { derOfScalarPair } from './signature-value.ts'

/** Parts of the signed part of a certificate, each with tag and length, in their order. */
export interface CertificateParts {
  version: Bytes
  serial: Bytes
  algorithm: Bytes
  issuer: Bytes
  validity: Bytes
  subject: Bytes
  publicKey: Bytes
  extensions: readonly Bytes[]
  /** Algorithm outside the signed part. */
  outerAlgorithm: Bytes
  /** Appended behind the signature. */
  trailer: Bytes
}

/** Takes a certificate apart. */
export function partsOf(certificate: Bytes): CertificateParts {
  const outer = new DerReader(certificate).enter(DER_TAG.sequence)
  const part = outer.enter(DER_TAG.sequence)
  const outerAlgorithm = outer.readElement().whole
  const next = () => part.readElement().whole
  const [version, serial, algorithm, issuer] = [next(), next(), next(), next()]
  const [validity, subject, publicKey] = [next(), next(), next()]
  const list = part.enter(0xa3).enter(DER_TAG.sequence)
  const extensions: Bytes[] = []
  while (!list.isAtEnd) extensions.push(list.readElement().whole)
  const trailer = new Uint8Array(0)
  const rest = { validity, subject, publicKey, extensions, outerAlgorithm, trailer }
  return { version, serial, algorithm, issuer, ...rest } as CertificateParts
}

/** Puts parts together and signs them anew, so that nothing but the change can be refused. */
export function resigned(parts: CertificateParts, key: PrivateKey): Bytes {
  const extensions = der(0xa3, der(DER_TAG.sequence, ...parts.extensions))
  const { version, serial, algorithm, issuer, validity, subject, publicKey } = parts
  const signedPart = der(
    DER_TAG.sequence,
    version,
    serial,
    algorithm,
    issuer,
    validity,
    subject,
    publicKey,
    extensions,
  )
  const value = sign(key, signedPart)
  const signature = key.algorithm === 'ed25519' ? value : derOfScalarPair(value)
  const bits = der(DER_TAG.bitString, concatBytes(Uint8Array.of(0), signature))
  return der(DER_TAG.sequence, signedPart, parts.outerAlgorithm, bits, parts.trailer)
}
