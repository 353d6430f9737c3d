import { type Bytes, concatBytes, fromHex, type RandomSource, utf8 } from './bytes.ts'
import { type Certificate, KEY_USAGES, type KeyUsage, TEST_ARC } from './certificate.ts'
import { type CertificateProfile, PROFILE_RULES } from './certificate-profile.ts'
import { DER_TAG, der, derObjectIdentifier, derText, derTime } from './der.ts'
import { sha256 } from './hash.ts'
import { parseCertificate } from './in-node.ts'
import { type PrivateKey, sign } from './keys.ts'
import type { KeyAlgorithm, PublicKey } from './public-key.ts'
import { derOfScalarPair } from './signature-value.ts'
import { SIGNATURE_ALGORITHM } from './signed-object.ts'

/** Whom a certificate or a request names. */
export interface SubjectTerms {
  readonly member: string
  readonly unit?: string
  readonly name: string
}

/** What a key certificate is to say. */
export interface CertificateContent {
  readonly profile: CertificateProfile
  /** Member id: `O` and our extension `.1`. */
  readonly member: string
  /** `OU`, if any. */
  readonly unit?: string
  /** `CN`: officer number or service name, never a person's name. */
  readonly name: string
  /** Name of the chain, without its hash. */
  readonly chainName: string
  readonly publicKey: PublicKey
  /** UTC milliseconds, whole seconds. */
  readonly notBefore: number
  readonly notAfter: number
  /** The CA that issues; left out, the certificate is signed by its own key. */
  readonly issuer?: Certificate
  /** TLS only. */
  readonly dnsNames?: readonly string[]
  /** TLS only; hex of 4 or 16 bytes each. */
  readonly ipAddresses?: readonly string[]
  /** A CA that issues TLS certificates: the domains it may name. */
  readonly permittedDomains?: readonly string[]
  /** Where our extensions hang; the arc of tests if left out. */
  readonly arc?: string
}

const CRITICAL = der(DER_TAG.boolean, Uint8Array.of(0xff))

function attribute(dotted: string, value: Bytes): Bytes {
  return der(DER_TAG.set, der(DER_TAG.sequence, derObjectIdentifier(dotted), value))
}

/** The members of a content that speak of machines. */
export type TlsTerms = Pick<
  CertificateContent,
  'profile' | 'dnsNames' | 'ipAddresses' | 'permittedDomains'
>

/** The algorithm identifier of the signatures of a kind of key. */
export function signatureAlgorithmId(algorithm: KeyAlgorithm): Bytes {
  return der(DER_TAG.sequence, derObjectIdentifier(SIGNATURE_ALGORITHM[algorithm]))
}

/** Signs a part and puts the algorithm and the signature behind it. */
export function signedObject(signedPart: Bytes, key: PrivateKey): Bytes {
  const value = sign(key, signedPart)
  const signature = key.algorithm === 'ed25519' ? value : derOfScalarPair(value)
  const bits = der(DER_TAG.bitString, concatBytes(Uint8Array.of(0), signature))
  return der(DER_TAG.sequence, signedPart, signatureAlgorithmId(key.algorithm), bits)
}

/** Writes `C=CN, O, OU, CN` as every certificate of the consortium has it. */
export function subjectName({ member, unit, name }: SubjectTerms): Bytes {
  return der(
    DER_TAG.sequence,
    attribute('2.5.4.6', der(DER_TAG.printableString, utf8('CN'))),
    attribute('2.5.4.10', derText(member)),
    ...(unit === undefined ? [] : [attribute('2.5.4.11', derText(unit))]),
    attribute('2.5.4.3', derText(name)),
  )
}

/** Writes one extension around its DER. */
export function extension(dotted: string, isCritical: boolean, value: Bytes): Bytes {
  const flag = isCritical ? CRITICAL : new Uint8Array(0)
  const wrapped = der(DER_TAG.octetString, value)
  return der(DER_TAG.sequence, derObjectIdentifier(dotted), flag, wrapped)
}

/** Writes the bits of a key usage. */
export function keyUsageBits(usages: readonly KeyUsage[]): Bytes {
  let bits = 0
  for (const usage of usages) bits |= 0x80 >> KEY_USAGES.indexOf(usage)
  let unused = 0
  while (((bits >> unused) & 1) === 0) unused++
  return der(DER_TAG.bitString, Uint8Array.of(unused, bits))
}

/** Key identifier: the first 20 bytes of SHA-256 of the SPKI. */
export function keyIdOf(publicKey: PublicKey): Bytes {
  return sha256(publicKey.spki).subarray(0, 20)
}

/** Extended usages, alternative names and domain constraint, as far as there are any. */
export function tlsExtensions(content: TlsTerms): Bytes[] {
  const { dnsNames = [], ipAddresses = [], permittedDomains } = content
  const extensions: Bytes[] = []
  const usages = PROFILE_RULES[content.profile].extendedKeyUsage
  if (usages.length > 0) {
    const list = der(DER_TAG.sequence, ...usages.map(derObjectIdentifier))
    extensions.push(extension('2.5.29.37', false, list))
  }
  if (dnsNames.length + ipAddresses.length > 0) {
    const names = dnsNames.map((name) => der(0x82, utf8(name)))
    const addresses = ipAddresses.map((address) => der(0x87, fromHex(address)))
    const list = der(DER_TAG.sequence, ...names, ...addresses)
    extensions.push(extension('2.5.29.17', false, list))
  }
  if (permittedDomains !== undefined) {
    const subtrees = permittedDomains.map((name) => der(DER_TAG.sequence, der(0x82, utf8(name))))
    const constraints = der(DER_TAG.sequence, der(0xa0, ...subtrees))
    extensions.push(extension('2.5.29.30', true, constraints))
  }
  return extensions
}

/** Member, profile and chain: what only our own check reads. */
export function ownExtensions(
  { member, profile, chainName }: Pick<CertificateContent, 'member' | 'profile' | 'chainName'>,
  arc: string,
): Bytes[] {
  return [member, profile, chainName].map((text, at) =>
    extension(`${arc}.${at + 1}`, false, derText(text)),
  )
}

function extensionsOf(content: CertificateContent): Bytes {
  const { profile, publicKey, issuer, arc = TEST_ARC } = content
  const rule = PROFILE_RULES[profile]
  const issuerKeyId = keyIdOf(issuer?.publicKey ?? publicKey)
  const list = [extension('2.5.29.15', true, keyUsageBits(rule.keyUsage))]
  if (rule.pathLength !== null) {
    const flag = der(DER_TAG.boolean, Uint8Array.of(0xff))
    const length = der(DER_TAG.integer, Uint8Array.of(rule.pathLength))
    list.push(extension('2.5.29.19', true, der(DER_TAG.sequence, flag, length)))
  }
  list.push(
    extension('2.5.29.14', false, der(DER_TAG.octetString, keyIdOf(publicKey))),
    extension('2.5.29.35', false, der(DER_TAG.sequence, der(0x80, issuerKeyId))),
    ...tlsExtensions(content),
    ...ownExtensions(content, arc),
  )
  return der(0xa3, der(DER_TAG.sequence, ...list))
}

/** 16 random bytes as a positive DER integer: the top bit is cleared, the next one set. */
function serialNumber(random: RandomSource): Bytes {
  const bytes = Uint8Array.from(random(16))
  bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40
  return der(DER_TAG.integer, bytes)
}

/**
 * Issues a key certificate as its profile demands.
 *
 * @param issuerKey  key of `content.issuer`, or the certificate's own key for a self-signed CA
 * @param random     draws the serial number
 * @returns          the certificate, read back by the strict parser
 * @throws TypeError if the key is not the issuer's
 * @source credentials-and-sign-in section 5
 */
export function buildCertificate(
  content: CertificateContent,
  issuerKey: PrivateKey,
  random: RandomSource,
): Certificate {
  const signer = content.issuer?.publicKey ?? content.publicKey
  if (signer.fingerprint !== issuerKey.publicKey.fingerprint) {
    throw new TypeError('the key is not that of the issuer')
  }
  const subject = subjectName(content)
  const signedPart = der(
    DER_TAG.sequence,
    fromHex('a003020102'),
    serialNumber(random),
    signatureAlgorithmId(issuerKey.algorithm),
    content.issuer?.subject.der ?? subject,
    der(DER_TAG.sequence, derTime(content.notBefore), derTime(content.notAfter)),
    subject,
    content.publicKey.spki,
    extensionsOf(content),
  )
  return parseCertificate(signedObject(signedPart, issuerKey), content.arc)
}
