/* PKCS#10: whoever has a key asks its member's authority for a certificate, and shows that it has it. */

import {
  type CertificateContent,
  extension,
  keyUsageBits,
  ownExtensions,
  signedObject,
  subjectName,
  tlsExtensions,
} from './build-certificate.ts'
import { type Bytes, fromHex } from './bytes.ts'
import { type Certificate, CertificateRefused, TEST_ARC } from './certificate.ts'
import { readExtensions } from './certificate-extensions.ts'
import {
  type CertificateProfile,
  isCertificateProfile,
  PROFILE_RULES,
} from './certificate-profile.ts'
import {
  DER_TAG,
  DerReader,
  DerRefused,
  der,
  derObjectIdentifier,
  readObjectIdentifier,
} from './der.ts'
import { importPublicKey } from './in-node.ts'
import type { PrivateKey } from './keys.ts'
import { readName, readSignedObject, readStrictly } from './signed-object.ts'
import { verify } from './verify.ts'

/** What is asked for; lifetime, serial number and issuer are the authority's to say. */
export type RequestContent = Pick<
  CertificateContent,
  'profile' | 'member' | 'unit' | 'name' | 'chainName' | 'dnsNames' | 'ipAddresses' | 'arc'
>

/** A request that parsed; that its maker has the key is for {@link checkCertificateRequest} to say. */
export type CertificateRequest = Pick<
  Certificate,
  | 'der'
  | 'subject'
  | 'publicKey'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'dnsNames'
  | 'ipAddresses'
  | 'member'
  | 'profile'
  | 'chainName'
  | 'signatureAlgorithm'
  | 'signedPart'
  | 'signature'
>

/** Why an authority does not issue what is asked for, in checking order. */
export type RequestRefusalCode =
  | 'REQUEST_ALGORITHM'
  | 'REQUEST_SIGNATURE'
  | 'REQUEST_PROFILE'
  | 'REQUEST_MEMBER'
  | 'REQUEST_CHAIN_NAME'
  | 'REQUEST_KEY_USAGE'
  | 'REQUEST_NAMES'

/** Outcome of the check of a request. */
export type RequestOutcome =
  | { readonly ok: true; readonly profile: CertificateProfile }
  | { readonly ok: false; readonly code: RequestRefusalCode }

/** What the authority knows by itself. */
export interface RequestExpectation {
  readonly member: string
  readonly chainName: string
  /** Profiles that this authority issues on request. */
  readonly profiles: readonly CertificateProfile[]
}

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
const VERSION_1 = fromHex('020100')

/**
 * Asks for a key certificate: the request is signed with the very key, as proof of possession. For an
 * encryption key this is the only thing it ever signs.
 *
 * @throws RangeError for the profile of an authority: authorities come by ceremony and vote
 * @source RFC 2986 section 4
 */
export function buildCertificateRequest(
  content: RequestContent,
  key: PrivateKey,
): CertificateRequest {
  const { profile, arc = TEST_ARC } = content
  const rule = PROFILE_RULES[profile]
  if (rule.pathLength !== null) throw new RangeError(`${profile}: an authority is not asked for`)
  const asked = der(
    DER_TAG.sequence,
    extension('2.5.29.15', true, keyUsageBits(rule.keyUsage)),
    ...tlsExtensions(content),
    ...ownExtensions(content, arc),
  )
  const attribute = der(
    DER_TAG.sequence,
    derObjectIdentifier(EXTENSION_REQUEST),
    der(DER_TAG.set, asked),
  )
  const signedPart = der(
    DER_TAG.sequence,
    VERSION_1,
    subjectName(content),
    key.publicKey.spki,
    der(0xa0, attribute),
  )
  return parseCertificateRequest(signedObject(signedPart, key), arc)
}

/** The one attribute that is known: the extensions asked for. Any other is refused, not passed over. */
function readAttributes(attributes: DerReader, arc: string) {
  const nothing = new DerReader(new Uint8Array(0))
  if (attributes.isAtEnd) return readExtensions(nothing, arc)
  const attribute = attributes.enter(DER_TAG.sequence)
  const dotted = readObjectIdentifier(attribute.read(DER_TAG.objectIdentifier))
  if (dotted !== EXTENSION_REQUEST) throw new DerRefused(`attribute ${dotted}`)
  const values = attribute.enter(DER_TAG.set)
  attribute.finish()
  attributes.finish()
  const extensions = readExtensions(values.enter(DER_TAG.sequence), arc)
  values.finish()
  return extensions
}

function readRequest(bytes: Bytes, arc: string): CertificateRequest {
  const { part, algorithm, signedPart, signature } = readSignedObject(bytes)
  const version = part.read(DER_TAG.integer)
  if (version.length !== 1 || version[0] !== 0) throw new DerRefused('version is not 1')
  const subject = readName(part.readElement())
  const publicKey = importPublicKey(part.readElement().whole)
  const extensions = readAttributes(part.enter(0xa0), arc)
  part.finish()
  if (extensions.isCa) throw new CertificateRefused('CERTIFICATE_FORM', 'asks for an authority')
  const { keyUsage, extendedKeyUsage, dnsNames, ipAddresses, member, profile, chainName } =
    extensions
  return {
    der: bytes,
    subject,
    publicKey,
    keyUsage,
    extendedKeyUsage,
    dnsNames,
    ipAddresses,
    member,
    profile,
    chainName,
    signatureAlgorithm: algorithm,
    signedPart,
    signature,
  }
}

/**
 * Reads a request (DER, ≤ 8 KiB) strictly.
 *
 * @param arc  where our own extensions hang; the arc of tests if left out
 * @throws CertificateRefused for anything that a certificate would be refused for, and for attributes
 *         other than the extensions asked for
 */
export function parseCertificateRequest(bytes: Bytes, arc: string = TEST_ARC): CertificateRequest {
  return readStrictly(bytes, (copy) => readRequest(copy, arc))
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry) => b.includes(entry))
}

/**
 * Whether the maker of a request has its key, and asks for what this authority issues.
 *
 * @returns the profile to issue, or why not
 */
export function checkCertificateRequest(
  request: CertificateRequest,
  expected: RequestExpectation,
): RequestOutcome {
  const refuse = (code: RequestRefusalCode): RequestOutcome => ({ ok: false, code })
  const { publicKey, signedPart, signature, profile, subject } = request
  if (request.signatureAlgorithm !== publicKey.algorithm) return refuse('REQUEST_ALGORITHM')
  if (!verify(publicKey, signedPart, signature)) return refuse('REQUEST_SIGNATURE')
  if (profile === null || !isCertificateProfile(profile)) return refuse('REQUEST_PROFILE')
  if (!expected.profiles.includes(profile)) return refuse('REQUEST_PROFILE')
  if (request.member !== expected.member || subject.member !== expected.member) {
    return refuse('REQUEST_MEMBER')
  }
  if (request.chainName !== expected.chainName) return refuse('REQUEST_CHAIN_NAME')
  const rule = PROFILE_RULES[profile]
  const isAsRuled =
    isSameSet(request.keyUsage, rule.keyUsage) &&
    isSameSet(request.extendedKeyUsage, rule.extendedKeyUsage)
  if (!isAsRuled) return refuse('REQUEST_KEY_USAGE')
  const nameCount = request.dnsNames.length + request.ipAddresses.length
  if (profile === 'tls' ? nameCount === 0 : nameCount > 0) return refuse('REQUEST_NAMES')
  return { ok: true, profile }
}
