import { type Bytes, fromUtf8, toHex } from './bytes.ts'
import { type Certificate, CertificateRefused, KEY_USAGES } from './certificate.ts'
import { DER_TAG, type DerReader, DerRefused, readObjectIdentifier } from './der.ts'

/** What a certificate says in its extensions. */
export type CertificateExtensions = Pick<
  Certificate,
  | 'isCa'
  | 'pathLength'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'dnsNames'
  | 'ipAddresses'
  | 'permittedDomains'
  | 'subjectKeyId'
  | 'authorityKeyId'
  | 'member'
  | 'profile'
  | 'chainName'
>

type ExtensionReader = (value: DerReader, isCritical: boolean) => Partial<CertificateExtensions>

function readKeyUsage(value: DerReader, isCritical: boolean): Partial<CertificateExtensions> {
  const content = value.read(DER_TAG.bitString)
  const [unused, bits] = content
  // All usages that a profile knows lie in the first eight bits, and DER drops trailing zero bits.
  if (content.length !== 2 || unused === undefined || bits === undefined || !isCritical) {
    throw new DerRefused('key usage')
  }
  if (unused > 7 || bits === 0 || (bits & ((1 << (unused + 1)) - 1)) !== 1 << unused) {
    throw new DerRefused('key usage bits')
  }
  if ((bits & 1) !== 0) throw new DerRefused('encipherOnly')
  return { keyUsage: KEY_USAGES.filter((_, bit) => (bits & (0x80 >> bit)) !== 0) }
}

function readBasicConstraints(
  value: DerReader,
  isCritical: boolean,
): Partial<CertificateExtensions> {
  const constraints = value.enter(DER_TAG.sequence)
  const flag = constraints.read(DER_TAG.boolean)
  if (flag.length !== 1 || flag[0] !== 0xff || !isCritical) throw new DerRefused('constraints')
  let pathLength: number | null = null
  if (!constraints.isAtEnd) {
    const content = constraints.read(DER_TAG.integer)
    const [length] = content
    if (content.length !== 1 || length === undefined || length > 0x7f) {
      throw new DerRefused('path length')
    }
    pathLength = length
  }
  constraints.finish()
  return { isCa: true, pathLength }
}

function readExtendedKeyUsage(value: DerReader): Partial<CertificateExtensions> {
  const list = value.enter(DER_TAG.sequence)
  const extendedKeyUsage: string[] = []
  while (!list.isAtEnd) {
    extendedKeyUsage.push(readObjectIdentifier(list.read(DER_TAG.objectIdentifier)))
  }
  return { extendedKeyUsage }
}

const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

function readDomain(content: Bytes): string {
  const text = fromUtf8(content)
  const isPlain = (code: number): boolean =>
    (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 45 || code === 46
  if (!content.every(isPlain)) throw new DerRefused('domain name')
  return text
}

function readAlternativeNames(value: DerReader): Partial<CertificateExtensions> {
  const list = value.enter(DER_TAG.sequence)
  const dnsNames: string[] = []
  const ipAddresses: string[] = []
  while (!list.isAtEnd) {
    const { tag, content } = list.readElement()
    if (tag === DNS_NAME) dnsNames.push(readDomain(content))
    else if (tag === IP_ADDRESS && (content.length === 4 || content.length === 16)) {
      ipAddresses.push(toHex(content))
    } else throw new DerRefused('alternative name')
  }
  return { dnsNames, ipAddresses }
}

function readNameConstraints(value: DerReader): Partial<CertificateExtensions> {
  const constraints = value.enter(DER_TAG.sequence)
  const permitted = constraints.enter(0xa0)
  const permittedDomains: string[] = []
  while (!permitted.isAtEnd) {
    const subtree = permitted.enter(DER_TAG.sequence)
    permittedDomains.push(readDomain(subtree.read(DNS_NAME)))
    subtree.finish()
  }
  constraints.finish()
  return { permittedDomains }
}

function readSubjectKeyId(value: DerReader): Partial<CertificateExtensions> {
  return { subjectKeyId: toHex(value.read(DER_TAG.octetString)) }
}

function readAuthorityKeyId(value: DerReader): Partial<CertificateExtensions> {
  const identifier = value.enter(DER_TAG.sequence)
  const authorityKeyId = toHex(identifier.read(0x80))
  identifier.finish()
  return { authorityKeyId }
}

function readOurs(member: 'member' | 'profile' | 'chainName'): ExtensionReader {
  return (value) => ({ [member]: fromUtf8(value.read(DER_TAG.utf8String)) })
}

function extensionReaders(arc: string): ReadonlyMap<string, ExtensionReader> {
  return new Map<string, ExtensionReader>([
    ['2.5.29.15', readKeyUsage],
    ['2.5.29.19', readBasicConstraints],
    ['2.5.29.37', readExtendedKeyUsage],
    ['2.5.29.17', readAlternativeNames],
    ['2.5.29.30', readNameConstraints],
    ['2.5.29.14', readSubjectKeyId],
    ['2.5.29.35', readAuthorityKeyId],
    [`${arc}.1`, readOurs('member')],
    [`${arc}.2`, readOurs('profile')],
    [`${arc}.3`, readOurs('chainName')],
  ])
}

/**
 * Reads the list of extensions.
 *
 * @param arc  where our own extensions hang, with dots
 * @throws CertificateRefused for a duplicate, or an unknown one that is critical
 * @throws DerRefused for a wrong form
 */
export function readExtensions(list: DerReader, arc: string): CertificateExtensions {
  const readers = extensionReaders(arc)
  const seen = new Set<string>()
  let found: CertificateExtensions = {
    isCa: false,
    pathLength: null,
    keyUsage: [],
    extendedKeyUsage: [],
    dnsNames: [],
    ipAddresses: [],
    permittedDomains: null,
    subjectKeyId: null,
    authorityKeyId: null,
    member: null,
    profile: null,
    chainName: null,
  }
  while (!list.isAtEnd) {
    const extension = list.enter(DER_TAG.sequence)
    const dotted = readObjectIdentifier(extension.read(DER_TAG.objectIdentifier))
    const isCritical = extension.isNext(DER_TAG.boolean)
    if (isCritical) {
      const flag = extension.read(DER_TAG.boolean)
      if (flag.length !== 1 || flag[0] !== 0xff) throw new DerRefused('critical flag')
    }
    const value = extension.enter(DER_TAG.octetString)
    extension.finish()
    if (seen.has(dotted)) throw new CertificateRefused('CERTIFICATE_EXTENSION_DUPLICATE', dotted)
    seen.add(dotted)
    const read = readers.get(dotted)
    if (read === undefined) {
      if (isCritical) throw new CertificateRefused('CERTIFICATE_EXTENSION_UNKNOWN', dotted)
      continue
    }
    found = { ...found, ...read(value, isCritical) }
    value.finish()
  }
  return found
}
