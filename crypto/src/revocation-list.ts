/* CRLs: what the chain says of revoked certificates, in the form that TLS software reads. */

import { extension, keyIdOf, signatureAlgorithmId, signedObject } from './build-certificate.ts'
import { type Bytes, equalBytes, toHex } from './bytes.ts'
import { type Certificate, CertificateRefused, type DistinguishedName } from './certificate.ts'
import {
  DER_TAG,
  type DerReader,
  DerRefused,
  der,
  derTime,
  readObjectIdentifier,
  readTime,
} from './der.ts'
import { sha256 } from './hash.ts'
import type { PrivateKey } from './keys.ts'
import { bytesOfNumber, type KeyAlgorithm, numberOfBytes } from './public-key.ts'
import { readName, readSerial, readSignedObject, readStrictly } from './signed-object.ts'
import { verify } from './verify.ts'

/** Most bytes of one list; about 1,700 certificates. */
export const REVOCATION_LIST_BYTES = 65_535

/** One revoked certificate. */
export interface RevokedEntry {
  /** Hex, as {@link Certificate} has it. */
  readonly serial: string
  /** UTC milliseconds, whole seconds. */
  readonly revokedAt: number
}

/** What a list is to say. */
export interface RevocationListContent {
  readonly issuer: Certificate
  /** Number of the list: each list of an authority has a higher one. */
  readonly number: number
  /** UTC milliseconds, whole seconds. */
  readonly thisUpdate: number
  readonly nextUpdate: number
  readonly revoked: readonly RevokedEntry[]
}

/** A list that parsed; who signed it is for {@link checkRevocationList} to say. */
export interface RevocationList {
  readonly der: Bytes
  /** Hex SHA-256 of `der`: what goes on chain. */
  readonly fingerprint: string
  readonly issuer: DistinguishedName
  readonly number: number
  readonly thisUpdate: number
  readonly nextUpdate: number
  /** Serial → UTC milliseconds of revocation. */
  readonly revoked: ReadonlyMap<string, number>
  readonly authorityKeyId: string
  readonly signatureAlgorithm: KeyAlgorithm
  readonly signedPart: Bytes
  readonly signature: Bytes
}

/** Why a list does not count, in checking order. */
export type ListRefusalCode =
  | 'LIST_ISSUER_NAME'
  | 'LIST_ISSUER_USAGE'
  | 'LIST_KEY_ID'
  | 'LIST_SIGNATURE'
  | 'LIST_NUMBER'
  | 'LIST_NOT_YET'
  | 'LIST_EXPIRED'

/** What a list is checked against. */
export interface ListExpectation {
  readonly issuer: Certificate
  /** UTC milliseconds. */
  readonly timeMs: number
  /** Number of the newest list seen from this issuer: an older one is a replay. */
  readonly newestNumber?: number
}

function derPositive(value: Bytes): Bytes {
  const start = value.findIndex((byte) => byte !== 0)
  const digits = start < 0 ? Uint8Array.of(0) : value.subarray(start)
  const sign = (digits[0] as number) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(0)
  return der(DER_TAG.integer, sign, digits)
}

function derEntry({ serial, revokedAt }: RevokedEntry): Bytes {
  const number = derPositive(bytesOfNumber(BigInt(`0x${serial}`), 20))
  return der(DER_TAG.sequence, number, derTime(revokedAt))
}

/**
 * Signs a revocation list.
 *
 * @throws TypeError if the key is not the issuer's
 * @throws RangeError for a number below 0, times in the wrong order, a serial that comes twice, or more
 *         than fit into {@link REVOCATION_LIST_BYTES}
 * @source RFC 5280 section 5
 */
export function buildRevocationList(
  content: RevocationListContent,
  issuerKey: PrivateKey,
): RevocationList {
  const { issuer, number, thisUpdate, nextUpdate, revoked } = content
  if (issuer.publicKey.fingerprint !== issuerKey.publicKey.fingerprint) {
    throw new TypeError('the key is not that of the issuer')
  }
  if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`list number ${number}`)
  if (nextUpdate <= thisUpdate) throw new RangeError('nextUpdate must be after thisUpdate')
  // Sorted, so that the same revocations are signed as the same bytes whoever lists them.
  const entries = [...revoked].sort((a, b) => (a.serial < b.serial ? -1 : 1)).map(derEntry)
  const keyId = der(DER_TAG.sequence, der(0x80, keyIdOf(issuer.publicKey)))
  const extensions = der(
    DER_TAG.sequence,
    extension('2.5.29.35', false, keyId),
    extension('2.5.29.20', false, derPositive(bytesOfNumber(BigInt(number), 8))),
  )
  const signedPart = der(
    DER_TAG.sequence,
    der(DER_TAG.integer, Uint8Array.of(1)),
    signatureAlgorithmId(issuerKey.algorithm),
    issuer.subject.der,
    derTime(thisUpdate),
    derTime(nextUpdate),
    // An empty list is left out, not written empty (RFC 5280 section 5.1.2.6).
    ...(entries.length === 0 ? [] : [der(DER_TAG.sequence, ...entries)]),
    der(0xa0, extensions),
  )
  try {
    return parseRevocationList(signedObject(signedPart, issuerKey))
  } catch (error) {
    if (error instanceof CertificateRefused) throw new RangeError(error.message)
    throw error
  }
}

/** Reads extensions: known ones by `take`, unknown ones only if they are not critical. */
function readListExtensions(
  list: DerReader,
  take: (dotted: string, value: DerReader) => boolean,
): void {
  const seen = new Set<string>()
  while (!list.isAtEnd) {
    const one = list.enter(DER_TAG.sequence)
    const dotted = readObjectIdentifier(one.read(DER_TAG.objectIdentifier))
    if (seen.has(dotted)) throw new CertificateRefused('CERTIFICATE_EXTENSION_DUPLICATE', dotted)
    seen.add(dotted)
    const isCritical = one.isNext(DER_TAG.boolean)
    if (isCritical) {
      const flag = one.read(DER_TAG.boolean)
      if (flag.length !== 1 || flag[0] !== 0xff) throw new DerRefused('critical flag')
    }
    const value = one.enter(DER_TAG.octetString)
    one.finish()
    if (take(dotted, value)) value.finish()
    // A list that is partial or indirect says so in a critical extension: it must not pass for whole.
    else if (isCritical) throw new CertificateRefused('CERTIFICATE_EXTENSION_UNKNOWN', dotted)
  }
}

function readRevoked(list: DerReader): Map<string, number> {
  if (list.isAtEnd) throw new DerRefused('empty list of revoked certificates')
  const revoked = new Map<string, number>()
  while (!list.isAtEnd) {
    const entry = list.enter(DER_TAG.sequence)
    const serial = readSerial(entry.read(DER_TAG.integer))
    if (revoked.has(serial)) throw new DerRefused('serial comes twice')
    revoked.set(serial, readTime(entry.readElement()))
    if (!entry.isAtEnd) readListExtensions(entry.enter(DER_TAG.sequence), () => false)
    entry.finish()
  }
  return revoked
}

function readNumber(content: Bytes): number {
  const [first, second] = content
  const isPadded = first === 0 && second !== undefined && second < 0x80
  if (first === undefined || first >= 0x80 || isPadded || content.length > 8) {
    throw new DerRefused('list number')
  }
  const number = Number(numberOfBytes(content))
  if (!Number.isSafeInteger(number)) throw new DerRefused('list number is too large')
  return number
}

function readIdentity(part: DerReader): { number: number; authorityKeyId: string } {
  const found: { number?: number; authorityKeyId?: string } = {}
  const wrapper = part.enter(0xa0)
  readListExtensions(wrapper.enter(DER_TAG.sequence), (dotted, value) => {
    if (dotted === '2.5.29.20') found.number = readNumber(value.read(DER_TAG.integer))
    else if (dotted === '2.5.29.35') {
      const identifier = value.enter(DER_TAG.sequence)
      found.authorityKeyId = toHex(identifier.read(0x80))
      identifier.finish()
    } else return false
    return true
  })
  wrapper.finish()
  const { number, authorityKeyId } = found
  if (number === undefined || authorityKeyId === undefined) {
    throw new DerRefused('number and authority key id are required')
  }
  return { number, authorityKeyId }
}

function readList(bytes: Bytes): RevocationList {
  const { part, algorithm, algorithmBytes, signedPart, signature } = readSignedObject(bytes)
  const version = part.read(DER_TAG.integer)
  if (version.length !== 1 || version[0] !== 1) throw new DerRefused('version is not 2')
  if (!equalBytes(part.readElement().whole, algorithmBytes)) {
    throw new CertificateRefused('CERTIFICATE_ALGORITHM', 'inner and outer differ')
  }
  const issuer = readName(part.readElement())
  const thisUpdate = readTime(part.readElement())
  const nextUpdate = readTime(part.readElement())
  if (nextUpdate <= thisUpdate) throw new DerRefused('nextUpdate is not after thisUpdate')
  const hasEntries = part.isNext(DER_TAG.sequence)
  const revoked = hasEntries ? readRevoked(part.enter(DER_TAG.sequence)) : new Map()
  const identity = readIdentity(part)
  part.finish()
  return {
    der: bytes,
    fingerprint: toHex(sha256(bytes)),
    issuer,
    ...identity,
    thisUpdate,
    nextUpdate,
    revoked,
    signatureAlgorithm: algorithm,
    signedPart,
    signature,
  }
}

/**
 * Reads a list (DER) strictly: version 2, with nextUpdate, number and authority key id.
 *
 * @throws CertificateRefused for any other form, an unknown critical extension, a serial twice
 */
export function parseRevocationList(bytes: Bytes): RevocationList {
  return readStrictly(bytes, readList, REVOCATION_LIST_BYTES)
}

/** Whether a list is the issuer's, current, and not older than one already seen. */
export function checkRevocationList(
  list: RevocationList,
  { issuer, timeMs, newestNumber = 0 }: ListExpectation,
): { readonly ok: true } | { readonly ok: false; readonly code: ListRefusalCode } {
  const refuse = (code: ListRefusalCode) => ({ ok: false, code }) as const
  if (!equalBytes(list.issuer.der, issuer.subject.der)) return refuse('LIST_ISSUER_NAME')
  if (!issuer.isCa || !issuer.keyUsage.includes('cRLSign')) return refuse('LIST_ISSUER_USAGE')
  if (list.authorityKeyId !== issuer.subjectKeyId) return refuse('LIST_KEY_ID')
  const { publicKey } = issuer
  const isSigned =
    list.signatureAlgorithm === publicKey.algorithm &&
    verify(publicKey, list.signedPart, list.signature)
  if (!isSigned) return refuse('LIST_SIGNATURE')
  if (list.number < newestNumber) return refuse('LIST_NUMBER')
  if (timeMs < list.thisUpdate) return refuse('LIST_NOT_YET')
  return timeMs >= list.nextUpdate ? refuse('LIST_EXPIRED') : { ok: true }
}

/** When a certificate of the list's issuer was revoked, UTC milliseconds; undefined if it was not. */
export function revokedAt(list: RevocationList, certificate: Certificate): number | undefined {
  if (!equalBytes(list.issuer.der, certificate.issuer.der)) return undefined
  return list.revoked.get(certificate.serial)
}
