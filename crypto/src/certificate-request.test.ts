// Goal: an authority issues only to whoever has the key, and only what it issues at all (PKCS#10, RFC 2986).
// Method: a request of each algorithm and profile, issued and checked; then one thing wrong per row: every byte
// flipped, cut short, another key inside, another member, an authority, an unknown attribute.
import { describe, expect, test } from 'vitest'
import { signedObject } from './build-certificate.ts'
import { type Bytes, concatBytes, utf8 } from './bytes.ts'
import { DER_TAG, DerReader, der, derObjectIdentifier, derText } from './der.ts'
import * as node from './index.ts'

const START = Date.UTC(2026, 0, 1)
const terms = { member: 'sia-3701', chainName: 'demo' } as const
const expected = { ...terms, profiles: ['signing', 'encryption', 'officer', 'tls'] } as const
const random: node.RandomSource = (length) => new Uint8Array(length).fill(7)
const keyOf = (algorithm: node.KeyAlgorithm, name: string) =>
  node.generateKeyPair(algorithm, node.sha256(utf8(`${algorithm} ${name}`))).privateKey

const request = (
  algorithm: node.KeyAlgorithm,
  content: Partial<node.RequestContent> & Pick<node.RequestContent, 'profile'>,
) => node.buildCertificateRequest({ ...terms, name: '0417', ...content }, keyOf(algorithm, 'own'))

describe.each(['p256', 'ed25519', 'sm2'] as const)('%s', (algorithm) => {
  test('what is asked for is issued, and stands under the authority', () => {
    const ca = keyOf(algorithm, 'ca')
    const times = { notBefore: START, notAfter: START + 3_600_000 }
    const authority = node.buildCertificate(
      { ...terms, ...times, profile: 'member-ca', name: 'CA', publicKey: ca.publicKey },
      ca,
      random,
    )
    for (const profile of ['signing', 'encryption', 'officer'] as const) {
      const { der: bytes } = request(algorithm, { profile, unit: '社保处' })
      const asked = node.parseCertificateRequest(bytes)
      expect(node.checkCertificateRequest(asked, expected)).toEqual({ ok: true, profile })
      const { publicKey, subject } = asked
      const { name, unit } = subject
      const content = { ...terms, ...times, profile, name, unit: unit ?? '', publicKey }
      const leaf = node.buildCertificate({ ...content, issuer: authority }, ca, random)
      const path = { ...terms, timeMs: START, leaf, authority, profiles: [profile] }
      expect(node.checkCertificatePath(path)).toEqual({ ok: true })
    }
  })

  test('no flipped byte passes, none is an unknown error', () => {
    const { der: bytes } = request(algorithm, { profile: 'signing' })
    for (let at = 0; at < bytes.length; at += 3) {
      expect(judged(flipped(bytes, at))).not.toBe('ok')
    }
    for (const cut of [0, 1, 20, bytes.length - 1]) {
      expect(judged(bytes.subarray(0, cut))).toBe('CERTIFICATE_FORM')
    }
    expect(judged(concatBytes(bytes, Uint8Array.of(0)))).toBe('CERTIFICATE_FORM')
  })
})

function judged(bytes: Bytes, given: node.RequestExpectation = expected): string {
  try {
    const outcome = node.checkCertificateRequest(node.parseCertificateRequest(bytes), given)
    return outcome.ok ? 'ok' : outcome.code
  } catch (error) {
    if (error instanceof node.CertificateRefused) return error.code
    throw error
  }
}

function flipped(bytes: Bytes, at: number): Bytes {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] as number) ^ 1
  return changed
}

/** The parts of a request's signed part, each with tag and length. */
function partsOf(bytes: Bytes): [Bytes, Bytes, Bytes, Bytes] {
  const part = new DerReader(bytes).enter(DER_TAG.sequence).enter(DER_TAG.sequence)
  const next = () => part.readElement().whole
  return [next(), next(), next(), next()]
}

const good = request('p256', { profile: 'signing' })
const own = keyOf('p256', 'own')
const [version, subject, spki, attributes] = partsOf(good.der)
const signedAnew = (...parts: Bytes[]) => signedObject(der(DER_TAG.sequence, ...parts), own)
const password = der(
  DER_TAG.sequence,
  derObjectIdentifier('1.2.840.113549.1.9.7'),
  der(DER_TAG.set, derText('secret')),
)

test.each<[string, Bytes, string]>([
  [
    'the key of another person inside',
    signedAnew(version, subject, keyOf('p256', 'other').publicKey.spki, attributes),
    'REQUEST_SIGNATURE',
  ],
  [
    'a key of another algorithm inside',
    signedAnew(version, subject, keyOf('sm2', 'own').publicKey.spki, attributes),
    'REQUEST_ALGORITHM',
  ],
  ['no extensions', signedAnew(version, subject, spki, der(0xa0)), 'REQUEST_PROFILE'],
  [
    'another attribute',
    signedAnew(version, subject, spki, der(0xa0, password)),
    'CERTIFICATE_FORM',
  ],
  [
    'the attribute twice',
    signedAnew(
      version,
      subject,
      spki,
      der(0xa0, ...[1, 2].map(() => new DerReader(attributes).read(0xa0))),
    ),
    'CERTIFICATE_FORM',
  ],
  [
    'version 2',
    signedAnew(der(DER_TAG.integer, Uint8Array.of(1)), subject, spki, attributes),
    'CERTIFICATE_FORM',
  ],
  [
    'a profile this authority does not issue',
    request('p256', { profile: 'witness' }).der,
    'REQUEST_PROFILE',
  ],
  ['another member', request('p256', { profile: 'signing', member: 'x' }).der, 'REQUEST_MEMBER'],
  [
    'another chain',
    request('p256', { profile: 'signing', chainName: 'x' }).der,
    'REQUEST_CHAIN_NAME',
  ],
  ['TLS without a name', request('p256', { profile: 'tls' }).der, 'REQUEST_NAMES'],
  [
    'a name of a machine for a signing key',
    request('p256', { profile: 'signing', dnsNames: ['a.example'] }).der,
    'REQUEST_NAMES',
  ],
  ['more than 8 KiB', new Uint8Array(node.CERTIFICATE_BYTES + 1), 'CERTIFICATE_SIZE'],
])('%s is refused', (_name, bytes, code) => {
  expect(judged(bytes)).toBe(code)
})

test('双证书: usages of one profile under the name of the other are refused', () => {
  const { keyUsage } = request('p256', { profile: 'encryption' })
  const mixed = { ...request('p256', { profile: 'signing' }), keyUsage }
  const refused = { ok: false, code: 'REQUEST_KEY_USAGE' }
  expect(node.checkCertificateRequest(mixed, expected)).toEqual(refused)
})

test('TLS with a name passes; an authority is never asked for', () => {
  const tls = request('p256', { profile: 'tls', dnsNames: ['node.sia.example'] })
  expect(judged(tls.der)).toBe('ok')
  expect(() => request('p256', { profile: 'member-ca' })).toThrow(RangeError)
})
