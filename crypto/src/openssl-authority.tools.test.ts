// Goal: software that is not ours reads our requests and revocation lists and walks our chain root → member →
// officer; we read its requests and lists.
// Method: OpenSSL 3 on the command line, both suites; chains hop by hop with -partial_chain, since those of depth two
// fail for SM2 by its bug (trap 10).
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Bytes } from './bytes.ts'
import * as node from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-authority-'))
afterAll(() => rmSync(folder, { recursive: true }))

const random: node.RandomSource = (length) => new Uint8Array(randomBytes(length))
const DISTID = 'distid:1234567812345678'
const START = Date.UTC(2026, 0, 1)
const HOUR_MS = 3_600_000
const AT = ['-attime', `${START / 1000 + 60}`]
const terms = { chainName: 'demo', notBefore: START } as const

function file(name: string, bytes: Bytes | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

/** Both streams: OpenSSL says "verify OK" now on one, now on the other. */
function openssl(...args: string[]): string {
  const quoted = args.map((word) => `'${word}'`).join(' ')
  return execFileSync('sh', ['-c', `openssl ${quoted} 2>&1`], { encoding: 'utf8' })
}

describe.each(['p256', 'ed25519', 'sm2'] as const)('%s', (algorithm) => {
  const sm2 = algorithm === 'sm2' ? ['-vfyopt', DISTID] : []
  const make = () => node.generateKeyPair(algorithm, random).privateKey
  const [rootKey, caKey, officerKey] = [make(), make(), make()]
  const root = node.buildCertificate(
    {
      ...terms,
      profile: 'root',
      member: 'consortium',
      name: 'root',
      notAfter: START + 9e10,
      publicKey: rootKey.publicKey,
    },
    rootKey,
    random,
  )
  const own = { ...terms, member: 'sia-3701' } as const
  const authority = node.buildCertificate(
    {
      ...own,
      profile: 'member-ca',
      name: 'CA 1',
      notAfter: START + 8e10,
      publicKey: caKey.publicKey,
      issuer: root,
    },
    rootKey,
    random,
  )
  const officer = node.buildCertificate(
    {
      ...own,
      profile: 'officer',
      name: '0417',
      notAfter: START + 12 * HOUR_MS,
      publicKey: officerKey.publicKey,
      issuer: authority,
    },
    caKey,
    random,
  )
  const pem = (name: string, certificate: node.Certificate) =>
    file(`${algorithm}.${name}.pem`, node.pemOf('CERTIFICATE', certificate.der))
  const files = {
    root: pem('root', root),
    authority: pem('ca', authority),
    officer: pem('officer', officer),
  }

  test('OpenSSL accepts root → member → officer, hop by hop', () => {
    const hop = (issuer: string, subject: string) =>
      openssl('verify', '-partial_chain', ...sm2, ...AT, '-trusted', issuer, subject)
    expect(hop(files.root, files.authority)).toMatch(/OK/)
    expect(hop(files.authority, files.officer)).toMatch(/OK/)
    expect(() => hop(files.root, files.officer)).toThrow()
    const path = { member: 'sia-3701', chainName: 'demo', timeMs: START, leaf: officer }
    const full = { ...path, authority, root, profiles: ['officer'] as const }
    expect(node.checkCertificatePath(full)).toEqual({ ok: true })
  })

  test('OpenSSL verifies our request, and refuses it with a byte changed', () => {
    const content = { ...own, profile: 'signing', name: '0417' } as const
    const { der } = node.buildCertificateRequest(content, officerKey)
    const verifyRequest = (name: string, bytes: Bytes) => {
      const path = file(`${algorithm}.${name}.csr`, node.pemOf('CERTIFICATE REQUEST', bytes))
      return openssl('req', '-in', path, '-noout', '-verify', '-text', ...sm2)
    }
    const told = verifyRequest('good', der)
    expect(told).toMatch(/verify OK/i)
    expect(told).toContain('Digital Signature, Non Repudiation')
    const changed = Uint8Array.from(der)
    const at = Buffer.from(der).indexOf('0417')
    changed[at] = 0x31
    let outcome = 'accepted'
    try {
      outcome = verifyRequest('changed', changed)
    } catch (error) {
      outcome = String((error as { stdout?: string }).stdout)
    }
    expect(outcome).toMatch(/verif(y|ication) fail/i)
  })

  test('OpenSSL verifies our revocation list and finds the revoked officer in it', () => {
    const revoked = [{ serial: officer.serial, revokedAt: START }]
    const times = { thisUpdate: START, nextUpdate: START + HOUR_MS }
    const list = node.buildRevocationList(
      { issuer: authority, number: 7, ...times, revoked },
      caKey,
    )
    const path = file(`${algorithm}.crl.pem`, node.pemOf('X509 CRL', list.der))
    const text = openssl('crl', '-in', path, '-noout', '-text')
    expect(text).toContain(officer.serial.toUpperCase())
    expect(text).toMatch(/CRL Number:\s+7/)
    // For SM2 the command `crl` has no way to give the user id; the signature is cut out and checked below.
    if (algorithm !== 'sm2') {
      expect(openssl('crl', '-in', path, '-noout', '-CAfile', files.authority)).toMatch(/verify OK/)
      const check = ['verify', '-partial_chain', '-crl_check', ...AT, '-CRLfile', path]
      let outcome = 'accepted'
      try {
        openssl(...check, '-trusted', files.authority, files.officer)
      } catch (error) {
        outcome = String((error as { stdout?: string }).stdout)
      }
      expect(outcome).toContain('certificate revoked')
      return
    }
    const key = file('sm2.ca.pub.pem', node.pemOf('PUBLIC KEY', caKey.publicKey.spki))
    const part = file('sm2.crl.part', list.signedPart)
    const bits = Buffer.from(list.der)
    // Behind the signed part: 30 0a oid, then 03 len 00 and the signature in DER.
    const signature = bits.subarray(bits.indexOf(list.signedPart) + list.signedPart.length + 12 + 3)
    const sig = file('sm2.crl.sig', signature)
    const options = ['-sm3', '-sigopt', DISTID, '-verify', key, '-signature', sig]
    expect(openssl('dgst', ...options, part)).toMatch(/Verified OK/)
  })

  test('we read the request that OpenSSL made', () => {
    const key = join(folder, `${algorithm}.foreign.pem`)
    const curve = algorithm === 'sm2' ? 'SM2' : 'P-256'
    if (algorithm === 'ed25519') openssl('genpkey', '-algorithm', 'ed25519', '-out', key)
    else {
      const parameters = ['-pkeyopt', `ec_paramgen_curve:${curve}`]
      openssl('genpkey', '-algorithm', 'EC', ...parameters, '-out', key)
    }
    const configuration = file(
      `${algorithm}.cnf`,
      [
        '[req]\ndistinguished_name=dn\nprompt=no\nreq_extensions=ext\nstring_mask=utf8only',
        '[dn]\nC=CN\nO=sia-3701\nCN=payroll',
        '[ext]\nkeyUsage=critical,digitalSignature,nonRepudiation',
        '1.3.6.1.4.1.99999.1.1=ASN1:UTF8String:sia-3701',
        '1.3.6.1.4.1.99999.1.2=ASN1:UTF8String:application',
        '1.3.6.1.4.1.99999.1.3=ASN1:UTF8String:demo',
      ].join('\n'),
    )
    const out = join(folder, `${algorithm}.foreign.csr`)
    const digest = { sm2: ['-sm3', '-sigopt', DISTID], p256: ['-sha256'], ed25519: [] }[algorithm]
    const options = ['-new', '-outform', 'DER', '-key', key, '-config', configuration]
    openssl('req', ...options, ...digest, '-out', out)
    const request = node.parseCertificateRequest(new Uint8Array(readFileSync(out)))
    const expected = { member: 'sia-3701', chainName: 'demo', profiles: ['application'] as const }
    expect(node.checkCertificateRequest(request, expected)).toEqual({
      ok: true,
      profile: 'application',
    })
    expect(request.subject).toMatchObject({ country: 'CN', name: 'payroll' })
  })
})
