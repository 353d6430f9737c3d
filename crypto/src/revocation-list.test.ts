// Goal: a CRL counts only when its authority signed it, whole, current and not older than one seen before
// (RFC 5280 section 5).
// Method: lists of each algorithm with none, some and the most entries; every byte flipped; one thing wrong per row.
import { describe, expect, test } from 'vitest'
import { extension, signedObject } from './build-certificate.ts'
import { type Bytes, concatBytes, fromHex, utf8 } from './bytes.ts'
import { DER_TAG, DerReader, der, derTime } from './der.ts'
import * as node from './index.ts'

const START = Date.UTC(2026, 0, 1)
const DAY_MS = 86_400_000
const terms = { member: 'sia-3701', chainName: 'demo', notBefore: START } as const
let drawn = 0
const random: node.RandomSource = (length) => node.sha256(utf8(`${drawn++}`)).subarray(0, length)
const keyOf = (algorithm: node.KeyAlgorithm, name: string) =>
  node.generateKeyPair(algorithm, node.sha256(utf8(`${algorithm} ${name}`))).privateKey

function consortium(algorithm: node.KeyAlgorithm, name = 'ca') {
  const key = keyOf(algorithm, name)
  const issued = (
    content: Pick<node.CertificateContent, 'profile' | 'name'> & { issuer?: node.Certificate },
  ) => {
    const { publicKey } = content.issuer === undefined ? key : keyOf(algorithm, content.name)
    const notAfter = START + 300 * DAY_MS
    return node.buildCertificate({ ...terms, ...content, notAfter, publicKey }, key, random)
  }
  const issuer = issued({ profile: 'member-ca', name })
  const leaf = (leafName: string) => issued({ profile: 'signing', name: leafName, issuer })
  return { key, issuer, leaf }
}

const times = { thisUpdate: START, nextUpdate: START + DAY_MS }

describe.each(['p256', 'ed25519', 'sm2'] as const)('%s', (algorithm) => {
  const { key, issuer, leaf } = consortium(algorithm)
  const [stolen, kept] = [leaf('stolen'), leaf('kept')]
  const revoked = [{ serial: stolen.serial, revokedAt: START - 1000 }]
  const list = node.buildRevocationList({ issuer, number: 300, ...times, revoked }, key)

  test('says who is revoked and since when', () => {
    expect(node.checkRevocationList(list, { issuer, timeMs: START })).toEqual({ ok: true })
    expect(node.revokedAt(list, stolen)).toBe(START - 1000)
    expect(node.revokedAt(list, kept)).toBeUndefined()
    expect(list).toMatchObject({ number: 300, ...times })
    expect(list.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    const other = consortium(algorithm, 'another')
    expect(node.revokedAt(list, { ...stolen, issuer: other.issuer.subject })).toBeUndefined()
  })

  test('no flipped byte passes, none is an unknown error', () => {
    for (let at = 0; at < list.der.length; at += 3) {
      const changed = Uint8Array.from(list.der)
      changed[at] = (changed[at] as number) ^ 1
      expect(judged(changed, issuer)).not.toBe('ok')
    }
    expect(judged(list.der.subarray(0, -1), issuer)).toBe('CERTIFICATE_FORM')
    expect(judged(concatBytes(list.der, Uint8Array.of(0)), issuer)).toBe('CERTIFICATE_FORM')
  })

  test('an empty list and its successor', () => {
    const empty = node.buildRevocationList({ issuer, number: 0, ...times, revoked: [] }, key)
    expect(empty.revoked.size).toBe(0)
    expect(judged(empty.der, issuer)).toBe('ok')
    const late = { issuer, timeMs: START, newestNumber: 1 }
    expect(node.checkRevocationList(empty, late)).toEqual({ ok: false, code: 'LIST_NUMBER' })
  })
})

function judged(bytes: Bytes, issuer: node.Certificate, timeMs: number = START): string {
  try {
    const list = node.parseRevocationList(bytes)
    const outcome = node.checkRevocationList(list, { issuer, timeMs })
    return outcome.ok ? 'ok' : outcome.code
  } catch (error) {
    if (error instanceof node.CertificateRefused) return error.code
    throw error
  }
}

const { key, issuer, leaf } = consortium('p256')
const serials = ['01', '80', 'ff00']
const entries = serials.map((serial) => ({ serial, revokedAt: START }))
const good = node.buildRevocationList({ issuer, number: 1, ...times, revoked: entries }, key)

/** The parts of a list's signed part: version, algorithm, issuer, two times, entries, extensions. */
function partsOf(bytes: Bytes): Bytes[] {
  const part = new DerReader(bytes).enter(DER_TAG.sequence).enter(DER_TAG.sequence)
  const parts: Bytes[] = []
  while (!part.isAtEnd) parts.push(part.readElement().whole)
  return parts
}

function changed(at: number, ...replacement: Bytes[]): Bytes {
  const parts = partsOf(good.der)
  parts.splice(at, 1, ...replacement)
  return signedObject(der(DER_TAG.sequence, ...parts), key)
}

const withExtension = (dotted: string, isCritical: boolean): Bytes => {
  const inside = new DerReader(partsOf(good.der)[6] as Bytes).enter(0xa0).read(DER_TAG.sequence)
  const value = der(DER_TAG.integer, Uint8Array.of(1))
  const further = extension(dotted, isCritical, value)
  return changed(6, der(0xa0, der(DER_TAG.sequence, inside, further)))
}

const entry = der(DER_TAG.sequence, fromHex('020101'), derTime(START))

test('serials of one byte, with a high bit and longer come back as they were', () => {
  expect([...good.revoked.keys()].sort()).toEqual(['01', '80', 'ff00'])
})

test.each<[string, Bytes, string]>([
  ['signed anew without a change', changed(0, fromHex('020101')), 'ok'],
  ['version 1', changed(0), 'CERTIFICATE_FORM'],
  ['no nextUpdate', changed(4), 'CERTIFICATE_FORM'],
  ['nextUpdate before thisUpdate', changed(4, derTime(START - 1000)), 'CERTIFICATE_FORM'],
  ['an empty list of entries', changed(5, der(DER_TAG.sequence)), 'CERTIFICATE_FORM'],
  ['a serial twice', changed(5, der(DER_TAG.sequence, entry, entry)), 'CERTIFICATE_FORM'],
  ['no extensions', changed(6), 'CERTIFICATE_FORM'],
  [
    'a list of changes only (delta)',
    withExtension('2.5.29.27', true),
    'CERTIFICATE_EXTENSION_UNKNOWN',
  ],
  ['a partial list', withExtension('2.5.29.28', true), 'CERTIFICATE_EXTENSION_UNKNOWN'],
  ['a number twice', withExtension('2.5.29.20', false), 'CERTIFICATE_EXTENSION_DUPLICATE'],
  ['an unknown extension that is not critical', withExtension('1.2.3', false), 'ok'],
  ['a certificate', issuer.der, 'CERTIFICATE_FORM'],
  ['too many bytes', new Uint8Array(node.REVOCATION_LIST_BYTES + 1), 'CERTIFICATE_SIZE'],
])('%s: %s', (_name, bytes, code) => {
  expect(judged(bytes, issuer)).toBe(code)
})

test.each<[string, node.Certificate, number, string]>([
  ['the last instant', issuer, START + DAY_MS - 1, 'ok'],
  ['its end', issuer, START + DAY_MS, 'LIST_EXPIRED'],
  ['before it', issuer, START - 1, 'LIST_NOT_YET'],
  ['another authority', consortium('p256', 'another').issuer, START, 'LIST_ISSUER_NAME'],
  [
    'a leaf of the same name',
    { ...leaf('x'), subject: issuer.subject },
    START,
    'LIST_ISSUER_USAGE',
  ],
  [
    'an authority of the same name with another key',
    { ...consortium('p256', 'another').issuer, subject: issuer.subject },
    START,
    'LIST_KEY_ID',
  ],
])('%s: %s', (_name, given, timeMs, code) => {
  expect(judged(good.der, given, timeMs)).toBe(code)
})

test.each<[string, Partial<node.RevocationListContent>]>([
  ['a number below zero', { number: -1 }],
  ['times in the wrong order', { nextUpdate: START }],
  ['a serial twice', { revoked: [entries[0], entries[0]] as node.RevokedEntry[] }],
])('is not made with %s', (_name, change) => {
  const content = { issuer, number: 1, ...times, revoked: entries, ...change }
  expect(() => node.buildRevocationList(content, key)).toThrow(RangeError)
})

test('is not made with the key of another', () => {
  const content = { issuer, number: 1, ...times, revoked: [] }
  expect(() => node.buildRevocationList(content, keyOf('p256', 'other'))).toThrow(TypeError)
})
