// Goal: a key certificate is read strictly, as credentials-and-sign-in section 5 says; in Node and in the
// browser build.
// Method: certificates of every profile and algorithm are issued and read back; then one part is changed
// per row and the whole signed anew, so that nothing but the form can be refused.
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Bytes, concatBytes, fromHex, toHex, utf8 } from './bytes.ts'
import { DER_TAG, der, derObjectIdentifier, derText, derTime } from './der.ts'
import * as browser from './index.browser.ts'
import * as node from './index.ts'
import { type CertificateParts, partsOf, resigned } from './resigned-certificate.fixture.ts'

const random: node.RandomSource = (length) => new Uint8Array(randomBytes(length))
const START = Date.UTC(2026, 0, 1)
const DAY_MS = 86_400_000
const keys = node.generateKeyPair('p256', node.sha256(utf8('certificate')))

const base = {
  member: 'sia-3701',
  name: 'CA 1',
  chainName: 'demo',
  notBefore: START,
  notAfter: START + 365 * DAY_MS,
} as const

const authority = node.buildCertificate(
  { ...base, profile: 'member-ca', publicKey: keys.publicKey },
  keys.privateKey,
  random,
)
const leaf = node.buildCertificate(
  {
    ...base,
    profile: 'signing',
    unit: '社保处',
    name: '0417',
    publicKey: keys.publicKey,
    issuer: authority,
  },
  keys.privateKey,
  random,
)
const parts = partsOf(leaf.der)

function extension(dotted: string, isCritical: boolean, value: Bytes): Bytes {
  const flag = isCritical ? fromHex('0101ff') : new Uint8Array(0)
  const wrapped = der(DER_TAG.octetString, value)
  return der(DER_TAG.sequence, derObjectIdentifier(dotted), flag, wrapped)
}

function nameOf(...attributes: readonly (readonly [string, Bytes])[]): Bytes {
  return der(
    DER_TAG.sequence,
    ...attributes.map(([dotted, value]) =>
      der(DER_TAG.set, der(DER_TAG.sequence, derObjectIdentifier(dotted), value)),
    ),
  )
}

const O = ['2.5.4.10', derText('sia-3701')] as const
const CN = ['2.5.4.3', derText('0417')] as const
const validity = (from: Bytes, to: Bytes) => der(DER_TAG.sequence, from, to)
const time = (tag: number, text: string) => der(tag, utf8(text))
const inTime = derTime(START)
const more = (...extensions: Bytes[]) => ({ extensions: [...parts.extensions, ...extensions] })
const rsaSpki = fromHex('300d06092a864886f70d0101010500')

const CHANGES: readonly (readonly [string, Partial<CertificateParts>, string])[] = [
  ['version 1', { version: fromHex('a003020100') }, 'CERTIFICATE_FORM'],
  ['serial zero', { serial: fromHex('020100') }, 'CERTIFICATE_FORM'],
  ['serial negative', { serial: fromHex('0201ff') }, 'CERTIFICATE_FORM'],
  ['serial padded', { serial: fromHex('02020001') }, 'CERTIFICATE_FORM'],
  ['serial of 21 bytes', { serial: fromHex(`0215${'11'.repeat(21)}`) }, 'CERTIFICATE_FORM'],
  [
    'SHA-1',
    {
      algorithm: fromHex('300906072a8648ce3d0401'),
      outerAlgorithm: fromHex('300906072a8648ce3d0401'),
    },
    'CERTIFICATE_ALGORITHM',
  ],
  [
    'RSA with SHA-256',
    { outerAlgorithm: fromHex('300d06092a864886f70d01010b0500') },
    'CERTIFICATE_ALGORITHM',
  ],
  ['algorithms that differ', { algorithm: fromHex('300506032b6570') }, 'CERTIFICATE_ALGORITHM'],
  [
    'parameters with ECDSA',
    { outerAlgorithm: fromHex('300c06082a8648ce3d0403020500') },
    'CERTIFICATE_FORM',
  ],
  [
    'an RSA key',
    { publicKey: concatBytes(fromHex('3012'), rsaSpki, fromHex('030100')) },
    'CERTIFICATE_KEY',
  ],
  [
    'a key off the curve',
    {
      publicKey: concatBytes(
        parts.publicKey.subarray(0, -1),
        Uint8Array.of((parts.publicKey.at(-1) as number) ^ 1),
      ),
    },
    'CERTIFICATE_KEY',
  ],
  ['subject without O', { subject: nameOf(CN) }, 'CERTIFICATE_NAME'],
  ['subject without CN', { subject: nameOf(O) }, 'CERTIFICATE_NAME'],
  ['O twice', { subject: nameOf(O, O, CN) }, 'CERTIFICATE_NAME'],
  [
    'a serialNumber attribute',
    { subject: nameOf(O, CN, ['2.5.4.5', derText('1')]) },
    'CERTIFICATE_NAME',
  ],
  ['T61String', { subject: nameOf(O, ['2.5.4.3', der(0x14, utf8('0417'))]) }, 'CERTIFICATE_FORM'],
  [
    'a star in PrintableString',
    { subject: nameOf(O, ['2.5.4.3', der(0x13, utf8('*'))]) },
    'CERTIFICATE_FORM',
  ],
  [
    'ill-formed UTF-8',
    { subject: nameOf(O, ['2.5.4.3', der(0x0c, Uint8Array.of(0xff))]) },
    'CERTIFICATE_FORM',
  ],
  [
    'UTCTime without seconds',
    { validity: validity(time(0x17, '2601010000Z'), inTime) },
    'CERTIFICATE_FORM',
  ],
  [
    'UTCTime with offset',
    { validity: validity(time(0x17, '260101000000+0800'), inTime) },
    'CERTIFICATE_FORM',
  ],
  ['30 February', { validity: validity(time(0x17, '260230000000Z'), inTime) }, 'CERTIFICATE_FORM'],
  ['hour 24', { validity: validity(time(0x17, '260101240000Z'), inTime) }, 'CERTIFICATE_FORM'],
  ['second 60', { validity: validity(time(0x17, '260101000060Z'), inTime) }, 'CERTIFICATE_FORM'],
  [
    'GeneralizedTime before 2050',
    { validity: validity(time(0x18, '20260101000000Z'), inTime) },
    'CERTIFICATE_FORM',
  ],
  [
    'fraction of a second',
    { validity: validity(time(0x18, '20600101000000.5Z'), inTime) },
    'CERTIFICATE_FORM',
  ],
  ['an extension twice', more(parts.extensions[0] as Bytes), 'CERTIFICATE_EXTENSION_DUPLICATE'],
  ['ours twice', more(parts.extensions.at(-1) as Bytes), 'CERTIFICATE_EXTENSION_DUPLICATE'],
  [
    'an unknown one twice',
    more(extension('1.2.3', false, fromHex('0500')), extension('1.2.3', false, fromHex('0500'))),
    'CERTIFICATE_EXTENSION_DUPLICATE',
  ],
  [
    'an unknown critical one',
    more(extension('1.2.3', true, fromHex('0500'))),
    'CERTIFICATE_EXTENSION_UNKNOWN',
  ],
  [
    'critical false spelled out',
    more(concatBytes(fromHex('300b06022a030101000402'), fromHex('0500'))),
    'CERTIFICATE_FORM',
  ],
  [
    'critical of another true',
    more(concatBytes(fromHex('300b06022a030101010402'), fromHex('0500'))),
    'CERTIFICATE_FORM',
  ],
  [
    'ours as PrintableString',
    { extensions: [extension('1.3.6.1.4.1.99999.1.1', false, der(0x13, utf8('a')))] },
    'CERTIFICATE_FORM',
  ],
  [
    'ours with more behind',
    {
      extensions: [
        extension('1.3.6.1.4.1.99999.1.1', false, concatBytes(derText('a'), derText('b'))),
      ],
    },
    'CERTIFICATE_FORM',
  ],
  [
    'key usage not critical',
    { extensions: [extension('2.5.29.15', false, fromHex('030206c0'))] },
    'CERTIFICATE_FORM',
  ],
  [
    'key usage with idle bits',
    { extensions: [extension('2.5.29.15', true, fromHex('030205c0'))] },
    'CERTIFICATE_FORM',
  ],
  [
    'key usage of nothing',
    { extensions: [extension('2.5.29.15', true, fromHex('030100'))] },
    'CERTIFICATE_FORM',
  ],
  [
    'constraints without CA',
    { extensions: [extension('2.5.29.19', true, fromHex('3000'))] },
    'CERTIFICATE_FORM',
  ],
  [
    'CA false spelled out',
    { extensions: [extension('2.5.29.19', true, fromHex('3003010100'))] },
    'CERTIFICATE_FORM',
  ],
  [
    'an e-mail as alternative name',
    { extensions: [extension('2.5.29.17', false, fromHex('30038101 61'.replace(' ', '')))] },
    'CERTIFICATE_FORM',
  ],
  ['no extensions', { extensions: [] }, 'accepted'],
  ['bytes behind the signature', { trailer: fromHex('0500') }, 'CERTIFICATE_FORM'],
  ['nothing changed', {}, 'accepted'],
]

describe.each([
  ['Node', node],
  ['browser', browser],
] as const)('%s', (_, { parseCertificate }) => {
  function codeOf(bytes: Bytes): string {
    try {
      parseCertificate(bytes)
      return 'accepted'
    } catch (error) {
      return error instanceof node.CertificateRefused ? error.code : String(error)
    }
  }

  test('reads what was issued', () => {
    expect(parseCertificate(leaf.der)).toEqual(leaf)
    expect(leaf).toMatchObject({
      fingerprint: toHex(node.sha256(leaf.der)),
      issuer: { country: 'CN', member: 'sia-3701', unit: null, name: 'CA 1' },
      subject: { country: 'CN', member: 'sia-3701', unit: '社保处', name: '0417' },
      notBefore: base.notBefore,
      notAfter: base.notAfter,
      keyUsage: ['digitalSignature', 'contentCommitment'],
      isCa: false,
      pathLength: null,
      member: 'sia-3701',
      profile: 'signing',
      chainName: 'demo',
      signatureAlgorithm: 'p256',
    })
    expect(leaf.subjectKeyId).toBe(toHex(node.sha256(keys.publicKey.spki)).slice(0, 40))
    expect(leaf.authorityKeyId).toBe(authority.subjectKeyId)
  })

  test.each(CHANGES)('%s: %s', (_name, change, code) => {
    expect(codeOf(resigned({ ...parts, ...change }, keys.privateKey))).toBe(code)
  })

  test('above 8 KiB', () => {
    const long = more(extension('1.2.3', false, der(DER_TAG.octetString, new Uint8Array(8192))))
    expect(codeOf(resigned({ ...parts, ...long }, keys.privateKey))).toBe('CERTIFICATE_SIZE')
  })

  test('cut anywhere, and with a byte more', () => {
    for (let length = 0; length < leaf.der.length; length++) {
      expect(codeOf(leaf.der.subarray(0, length))).toBe('CERTIFICATE_FORM')
    }
    expect(codeOf(concatBytes(leaf.der, Uint8Array.of(0)))).toBe('CERTIFICATE_FORM')
  })

  test('our extensions hang on another arc', () => {
    expect(parseCertificate(leaf.der, '1.2.156.1')).toMatchObject({ member: null, profile: null })
  })
})

test('lengths have one spelling: every longer one is refused', () => {
  const { der: bytes } = leaf
  const padded = concatBytes(fromHex('308300'), bytes.subarray(2))
  expect(() => node.parseCertificate(padded)).toThrow(node.CertificateRefused)
  const short = partsOf(bytes)
  const long = { ...short, serial: concatBytes(fromHex('028110'), short.serial.subarray(2)) }
  expect(() => node.parseCertificate(resigned(long, keys.privateKey))).toThrow('minimal')
})

test('a key that is not the issuer’s does not issue', () => {
  const other = node.generateKeyPair('p256', random).privateKey
  const content = {
    ...base,
    profile: 'signing',
    publicKey: keys.publicKey,
    issuer: authority,
  } as const
  expect(() => node.buildCertificate(content, other, random)).toThrow(TypeError)
})

test('serial numbers are 16 positive bytes of the given source', () => {
  for (const byte of [0x00, 0x7f, 0x80, 0xff]) {
    const { serial } = node.buildCertificate(
      { ...base, profile: 'member-ca', publicKey: keys.publicKey },
      keys.privateKey,
      (length) => new Uint8Array(length).fill(byte),
    )
    expect(serial).toMatch(/^[4-7][0-9a-f]{31}$/)
  }
})

test.each([
  Date.UTC(1999, 11, 31, 23, 59, 59),
  Date.UTC(2000, 1, 29),
  Date.UTC(2049, 11, 31, 23, 59, 59),
  Date.UTC(2050, 0, 1),
  Date.UTC(2100, 1, 28, 12),
  Date.UTC(9999, 11, 31, 23, 59, 59),
])('time %d travels', (timeMs) => {
  const { notBefore, notAfter } = node.buildCertificate(
    {
      ...base,
      notBefore: timeMs,
      notAfter: timeMs,
      profile: 'member-ca',
      publicKey: keys.publicKey,
    },
    keys.privateKey,
    random,
  )
  expect([notBefore, notAfter]).toEqual([timeMs, timeMs])
})

test.each([START + 1, Date.UTC(1949, 0, 1), Date.UTC(10_000, 0, 1)])(
  'time %d is refused',
  (timeMs) => {
    const content = {
      ...base,
      notAfter: timeMs,
      profile: 'member-ca',
      publicKey: keys.publicKey,
    } as const
    expect(() => node.buildCertificate(content, keys.privateKey, random)).toThrow(RangeError)
  },
)
