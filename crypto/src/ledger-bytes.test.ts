// Goal: tags, signatures, keys, certificates, batch leaves and openings of vectors/ledger-bytes.json come
// out alike in Node and in the browser build.
// Method: the same table is run over both modules.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as browser from './index.browser.ts'
import * as node from './index.ts'

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/ledger-bytes.json', import.meta.url), 'utf8'),
)
const { signatures, certificates } = vectors
const officerPath = {
  member: 'sia-3701',
  chainName: 'vector',
  timeMs: 1_788_220_801_000,
  profiles: ['officer'] as const,
}

describe.each([
  ['Node', node],
  ['browser', browser],
] as const)('%s', (_, crypto) => {
  const { concatBytes, fromBase64Url, fromHex, ledgerTag, publicKeyOfRaw, toHex, utf8 } = crypto
  const message = concatBytes(ledgerTag('tx'), utf8(signatures.body))

  test('tags and hashes', () => {
    expect(toHex(crypto.ledgerHash('tx'))).toBe(vectors.tags.H_tx_of_empty)
    expect(toHex(crypto.sha256())).toBe(vectors.tags.emptyRoot)
    expect(toHex(crypto.ledgerHash('tx', utf8(signatures.body)))).toBe(signatures.txId)
    const policy = crypto.canonicalJson(vectors.policy.document)
    expect(toHex(crypto.ledgerHash('policy', policy))).toBe(vectors.policy.hash)
    const document = crypto.canonicalJson(vectors.package.document)
    expect(toHex(crypto.ledgerHash('package', document))).toBe(vectors.package.hash)
  })

  test.each(['p256', 'ed25519', 'sm2'] as const)('%s signature', (kind) => {
    const key = publicKeyOfRaw(kind, fromHex(signatures[kind].publicKey))
    const value = fromBase64Url(signatures[kind].value)
    expect(crypto.verify(key, message, value)).toBe(true)
    expect(crypto.verify(key, concatBytes(message, utf8(' ')), value)).toBe(false)
    expect(crypto.kindFitsKey(kind, key.algorithm)).toBe(true)
  })

  test('SM2 identity', () => {
    const key = publicKeyOfRaw('sm2', fromHex(signatures.sm2.publicKey))
    expect(toHex(crypto.sm2Identity(key))).toBe(signatures.sm2.Z)
  })

  test.each(Object.keys(certificates))('certificate %s', (name) => {
    const { der, fingerprint } = certificates[name]
    const certificate = crypto.parseCertificate(fromBase64Url(der))
    expect(certificate.fingerprint).toBe(fingerprint)
    expect(certificate.chainName).toBe('vector')
    expect(certificate.member).toBe(certificate.subject.member)
  })

  test('certificate path of the officer', () => {
    const [leaf, authority, other] = ['officer 0417', 'ca sia-3701', 'ca tru-0001'].map((name) =>
      crypto.parseCertificate(fromBase64Url(certificates[name].der)),
    ) as [node.Certificate, node.Certificate, node.Certificate]
    expect(leaf).toMatchObject({ profile: 'officer', isCa: false, pathLength: null })
    expect(authority).toMatchObject({ profile: 'member-ca', isCa: true, pathLength: 0 })
    expect(crypto.checkCertificatePath({ ...officerPath, leaf, authority })).toEqual({ ok: true })
    const profiles = ['member-ca'] as const
    const alone = { ...officerPath, profiles, authority }
    expect(crypto.checkAuthorityPath(alone)).toEqual({ ok: true })
    const wrong = crypto.checkCertificatePath({ ...officerPath, leaf, authority: other })
    expect(wrong).toMatchObject({ ok: false, code: 'PATH_MEMBER' })
  })

  test('openings and leaves of batch, entries and balances', () => {
    const { before, after, entries } = vectors.subledger
    for (const { leaf, opening } of [...vectors.batch.rows, ...before, ...after, ...entries]) {
      const seed = fromHex(opening.seed)
      const content = fromBase64Url(opening.content)
      const { commitment } = crypto.sectionCommitment({ header: opening.header, seed, content })
      expect(commitment).toBe(leaf.sections[0].commitment)
      expect(crypto.batchLeaf(leaf)).toEqual(crypto.canonicalJson(leaf))
    }
  })
})

test('both modules name the same things', () => {
  const missing = Object.keys(browser).filter((name) => !Object.hasOwn(node, name))
  expect(missing).toEqual([])
})
