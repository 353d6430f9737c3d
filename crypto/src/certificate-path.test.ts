// Goal: threat 10, a certificate counts only from the right CA, for its profile, member, chain and time.
// Method: a consortium (root, member CA, officer CA, leaves of every profile) in each algorithm; one
// expectation or certificate changed per row; every byte of a leaf flipped. Node and browser build.
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Bytes, utf8 } from './bytes.ts'
import * as browser from './index.browser.ts'
import * as node from './index.ts'
import { partsOf, resigned } from './resigned-certificate.fixture.ts'

const random: node.RandomSource = (length) => new Uint8Array(randomBytes(length))
const START = Date.UTC(2026, 0, 1)
const HOUR_MS = 3_600_000
const YEAR_MS = 365 * 24 * HOUR_MS
const MEMBER = 'sia-3701'

type Content = Omit<node.CertificateContent, 'publicKey'>

const keyOf = (algorithm: node.KeyAlgorithm, name: string) =>
  node.generateKeyPair(algorithm, node.sha256(utf8(`${algorithm} ${name}`)))

/** Issues a certificate for a key named by profile and member, signed by the issuer's key. */
function issue(
  algorithm: node.KeyAlgorithm,
  content: Partial<Content> & Pick<Content, 'profile'>,
  issuerName?: string,
): node.Certificate {
  const { member = MEMBER, profile } = content
  const own = keyOf(algorithm, `${profile} ${member}`)
  const issuerKey = issuerName === undefined ? own : keyOf(algorithm, issuerName)
  const rest = { member, name: profile, chainName: 'demo', notBefore: START }
  const full = { ...rest, notAfter: START + YEAR_MS, ...content, publicKey: own.publicKey }
  return node.buildCertificate(full, issuerKey.privateKey, random)
}

function consortium(algorithm: node.KeyAlgorithm) {
  const root = issue(algorithm, { profile: 'root', member: 'consortium' })
  const rootName = 'root consortium'
  const domains = { permittedDomains: ['sia.example'] }
  const authority = issue(algorithm, { profile: 'member-ca', issuer: root, ...domains }, rootName)
  const online = issue(algorithm, { profile: 'officer-ca', issuer: root }, rootName)
  const lone = issue(algorithm, { profile: 'member-ca' })
  const leaf = (content: Partial<Content> & Pick<Content, 'profile'>) =>
    issue(algorithm, { issuer: authority, ...content }, `member-ca ${MEMBER}`)
  return { root, authority, online, lone, leaf }
}

const LEAVES = ['signing', 'encryption', 'application', 'consensus', 'witness'] as const
const expected = { member: MEMBER, chainName: 'demo', timeMs: START + HOUR_MS }
const officerTimes = { notAfter: START + 12 * HOUR_MS }

describe.each([
  ['Node', node],
  ['browser', browser],
] as const)('%s', (_, { checkAuthorityPath, checkCertificatePath }) => {
  const codeOf = (path: node.CertificatePath): string => {
    const outcome = checkCertificatePath(path)
    return outcome.ok ? 'ok' : outcome.code
  }

  describe.each(['p256', 'ed25519', 'sm2'] as const)('%s', (algorithm) => {
    const { root, authority, online, lone, leaf } = consortium(algorithm)

    test.each(LEAVES)('profile %s', (profile) => {
      const path = { ...expected, leaf: leaf({ profile }), authority, profiles: [profile] }
      expect(codeOf(path)).toBe('ok')
      expect(codeOf({ ...path, root })).toBe('ok')
      for (const other of [...LEAVES, 'tls', 'officer', 'member-ca'] as const) {
        if (other === profile) continue
        expect(codeOf({ ...path, profiles: [other] })).toBe('PATH_PROFILE')
      }
    })

    test('officers, from the online CA and from the member CA', () => {
      const { leaf: make } = consortium(algorithm)
      const profiles = ['officer'] as const
      const byMember = make({ profile: 'officer', ...officerTimes })
      expect(codeOf({ ...expected, leaf: byMember, authority, profiles })).toBe('ok')
      const content = { profile: 'officer', issuer: online, ...officerTimes } as const
      const byOnline = issue(algorithm, content, `officer-ca ${MEMBER}`)
      expect(codeOf({ ...expected, leaf: byOnline, authority: online, profiles })).toBe('ok')
    })

    test('authorities', () => {
      const profiles = ['member-ca', 'officer-ca'] as const
      for (const path of [{ authority, root }, { authority: online, root }, { authority: lone }]) {
        expect(checkAuthorityPath({ ...expected, profiles, ...path })).toEqual({ ok: true })
      }
      const refused = { ok: false, code: 'PATH_ISSUER_NAME', fingerprint: authority.fingerprint }
      expect(checkAuthorityPath({ ...expected, profiles, authority })).toEqual(refused)
    })
  })

  const { root, authority, online, lone, leaf } = consortium('p256')
  const signing = leaf({ profile: 'signing' })
  const path = { ...expected, leaf: signing, authority, profiles: ['signing'] } as const

  test.each<[string, Partial<node.CertificatePath>, string]>([
    ['a millisecond before', { timeMs: START - 1 }, 'PATH_NOT_YET'],
    ['the first instant', { timeMs: START }, 'ok'],
    ['the last instant', { timeMs: START + YEAR_MS - 1 }, 'ok'],
    ['the end', { timeMs: START + YEAR_MS }, 'PATH_EXPIRED'],
    ['another member', { member: 'csb-0001' }, 'PATH_MEMBER'],
    ['another chain', { chainName: 'demo2' }, 'PATH_CHAIN_NAME'],
    ['leaf revoked', { isRevoked: (one) => one === signing.fingerprint }, 'PATH_REVOKED'],
    ['CA revoked', { isRevoked: (one) => one === authority.fingerprint }, 'PATH_REVOKED'],
    ['a CA of the same name with another key', { authority: otherKey() }, 'PATH_KEY_ID'],
    ['another CA of the member', { authority: online }, 'PATH_ISSUER_NAME'],
    ['a leaf as CA', { authority: signing }, 'PATH_ISSUER_NAME'],
    ['root as CA', { authority: root }, 'PATH_MEMBER'],
    ['a root that is another', { root: lone }, 'PATH_PROFILE'],
    ['CA as leaf', { leaf: authority, profiles: ['member-ca'] }, 'PATH_ISSUER_NAME'],
  ])('%s: %s', (_name, change, code) => {
    expect(codeOf({ ...path, ...change })).toBe(code)
  })

  function otherKey(): node.Certificate {
    const key = node.generateKeyPair('p256', random)
    const content = { ...expected, profile: 'member-ca', name: 'member-ca' } as const
    const times = { notBefore: START, notAfter: START + YEAR_MS, publicKey: key.publicKey }
    return node.buildCertificate({ ...content, ...times }, key.privateKey, random)
  }

  test('threat 10: member A’s CA issues for B', () => {
    const foreign = leaf({ profile: 'signing', member: 'csb-0001' })
    expect(codeOf({ ...path, leaf: foreign })).toBe('PATH_MEMBER')
    expect(codeOf({ ...path, leaf: foreign, member: 'csb-0001' })).toBe('PATH_MEMBER')
  })

  test('the online CA issues officers only', () => {
    const content = { profile: 'application', issuer: online } as const
    const wrong = issue('p256', content, `officer-ca ${MEMBER}`)
    const other = { ...path, leaf: wrong, authority: online, profiles: ['application'] as const }
    expect(codeOf(other)).toBe('PATH_ISSUER_PROFILE')
  })

  test.each<[string, Partial<Content> & Pick<Content, 'profile'>, string]>([
    [
      'officer above 12 hours',
      { profile: 'officer', notAfter: START + 12 * HOUR_MS + 1000 },
      'PATH_LIFETIME',
    ],
    [
      'signing above 3 years',
      { profile: 'signing', notAfter: START + 4 * YEAR_MS },
      'PATH_LIFETIME',
    ],
    ['names outside TLS', { profile: 'signing', dnsNames: ['a.sia.example'] }, 'PATH_DOMAIN'],
    ['TLS', { profile: 'tls', dnsNames: ['sia.example', 'a.sia.example'] }, 'ok'],
    ['TLS by address', { profile: 'tls', ipAddresses: ['7f000001'] }, 'ok'],
    ['TLS without a name', { profile: 'tls' }, 'PATH_DOMAIN'],
    ['TLS for another domain', { profile: 'tls', dnsNames: ['sia.example.org'] }, 'PATH_DOMAIN'],
    ['TLS for a look-alike', { profile: 'tls', dnsNames: ['evilsia.example'] }, 'PATH_DOMAIN'],
  ])('%s: %s', (_name, content, code) => {
    const profiles = ['tls', 'signing', 'officer'] as const
    expect(codeOf({ ...path, leaf: leaf(content), profiles })).toBe(code)
  })

  test.each<[string, number, Bytes, string]>([
    ['key usage of encryption', 0, utf8('\u0003\u0002\u0003\u0038'), 'PATH_KEY_USAGE'],
    ['no profile', 4, new Uint8Array(0), 'PATH_PROFILE'],
  ])('a leaf with %s', (_name, at, value, code) => {
    const parts = partsOf(signing.der)
    const old = parts.extensions[at] as Bytes
    const changed =
      value.length === 0 ? [] : [Uint8Array.from([...old.subarray(0, -value.length), ...value])]
    const extensions = [
      ...parts.extensions.slice(0, at),
      ...changed,
      ...parts.extensions.slice(at + 1),
    ]
    const key = keyOf('p256', `member-ca ${MEMBER}`).privateKey
    const odd = node.parseCertificate(resigned({ ...parts, extensions }, key))
    expect(codeOf({ ...path, leaf: odd })).toBe(code)
  })

  test('a path longer than its CA allows', () => {
    const parts = partsOf(authority.der)
    const extensions = parts.extensions.map((one) =>
      node.toHex(one).startsWith('300f0603551d13') || node.toHex(one).startsWith('30120603551d13')
        ? Uint8Array.from([...one.subarray(0, -1), 1])
        : one,
    )
    const key = keyOf('p256', 'root consortium').privateKey
    const longer = node.parseCertificate(resigned({ ...parts, extensions }, key))
    expect(longer.pathLength).toBe(1)
    expect(codeOf({ ...path, authority: longer })).toBe('PATH_LENGTH')
  })
})

test.each(['p256', 'ed25519', 'sm2'] as const)(
  '%s: no flipped byte of a leaf passes',
  (algorithm) => {
    const { authority, leaf } = consortium(algorithm)
    const { der } = leaf({ profile: 'signing' })
    const path = { ...expected, authority, profiles: ['signing'] } as const
    for (let at = 0; at < der.length; at++) {
      const changed = Uint8Array.from(der)
      changed[at] = (changed[at] as number) ^ (1 << (at % 8))
      let isAccepted = false
      try {
        isAccepted = node.checkCertificatePath({ ...path, leaf: node.parseCertificate(changed) }).ok
      } catch (error) {
        expect(error).toBeInstanceOf(node.CertificateRefused)
      }
      expect(isAccepted).toBe(false)
    }
  },
)
