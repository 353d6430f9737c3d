// Goal: software that is not ours agrees with our SM2, Ed25519 and P-256 signatures, keys, certificates
// and SM2 encryption, and we with its.
// Method: OpenSSL 3 on the command line, hop by hop: its chains of depth two fail for SM2 by a bug, and its
// self-signature check too (engineering-facts, trap 10).
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Bytes, concatBytes, utf8 } from './bytes.ts'
import { DER_TAG, DerReader, der } from './der.ts'
import * as node from './index.ts'
import { scalarOf } from './keys.ts'
import { derOfScalarPair } from './signature-value.ts'
import { sm2Decrypt, sm2Encrypt } from './sm2-encryption.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-crypto-'))
afterAll(() => rmSync(folder, { recursive: true }))

const random: node.RandomSource = (length) => new Uint8Array(randomBytes(length))
const DISTID = 'distid:1234567812345678'
const START = Date.UTC(2026, 0, 1)
const message = utf8('人社链')

function file(name: string, bytes: Bytes | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

const pem = (label: string, bytes: Bytes) =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`

const messageFile = file('message.bin', message)

describe.each(['p256', 'ed25519', 'sm2'] as const)('%s', (algorithm) => {
  const { privateKey, publicKey } = node.generateKeyPair(algorithm, random)
  const publicFile = file(`${algorithm}.pub.pem`, pem('PUBLIC KEY', publicKey.spki))
  const pkcs8 = node.exportPrivateKey(privateKey)
  const privateFile = file(`${algorithm}.key.pem`, pem('PRIVATE KEY', pkcs8))
  const signatureFile = join(folder, `${algorithm}.sig`)

  const signArguments = (...rest: string[]) => {
    if (algorithm === 'ed25519') return ['pkeyutl', '-rawin', '-in', messageFile, ...rest]
    if (algorithm === 'p256') return ['dgst', '-sha256', ...rest, messageFile]
    return ['dgst', '-sm3', '-sigopt', DISTID, ...rest, messageFile]
  }

  test('OpenSSL verifies our signature', () => {
    const value = node.sign(privateKey, message)
    writeFileSync(signatureFile, algorithm === 'ed25519' ? value : derOfScalarPair(value))
    const output =
      algorithm === 'ed25519'
        ? openssl(
            ...signArguments('-verify', '-pubin', '-inkey', publicFile, '-sigfile', signatureFile),
          )
        : openssl(...signArguments('-verify', publicFile, '-signature', signatureFile))
    expect(output).toMatch(/Verified (OK|Successfully)/i)
  })

  test('we verify the signature of OpenSSL with our key', () => {
    if (algorithm === 'ed25519') {
      openssl(...signArguments('-sign', '-inkey', privateFile, '-out', signatureFile))
    } else openssl(...signArguments('-sign', privateFile, '-out', signatureFile))
    const bytes = new Uint8Array(readFileSync(signatureFile))
    const value = algorithm === 'ed25519' ? bytes : (node.scalarPairOfDer(bytes) as Bytes)
    expect(node.verify(publicKey, message, value)).toBe(true)
  })

  test('OpenSSL reads our private key and finds the same public key', () => {
    const output = openssl('pkey', '-in', privateFile, '-pubout')
    expect(output).toBe(pemWrapped(publicKey.spki))
  })

  test('OpenSSL verifies our certificate under our CA', () => {
    const ca = node.generateKeyPair(algorithm, random)
    const content = { member: 'sia-3701', chainName: 'demo', notBefore: START } as const
    const authority = node.buildCertificate(
      {
        ...content,
        profile: 'member-ca',
        name: 'CA 1',
        notAfter: START + 1e11,
        publicKey: ca.publicKey,
      },
      ca.privateKey,
      random,
    )
    const leaf = node.buildCertificate(
      {
        ...content,
        profile: 'signing',
        unit: '社保处',
        name: '0417',
        notAfter: START + 9e10,
        publicKey,
        issuer: authority,
      },
      ca.privateKey,
      random,
    )
    const caFile = file(`${algorithm}.ca.pem`, pem('CERTIFICATE', authority.der))
    const leafFile = file(`${algorithm}.leaf.pem`, pem('CERTIFICATE', leaf.der))
    const sm2 = algorithm === 'sm2' ? ['-vfyopt', DISTID] : []
    const at = ['-attime', `${START / 1000 + 60}`]
    const verified = openssl(
      'verify',
      '-partial_chain',
      ...sm2,
      ...at,
      '-trusted',
      caFile,
      leafFile,
    )
    expect(verified).toMatch(/OK/)
    const text = openssl('x509', '-in', leafFile, '-noout', '-text', '-nameopt', 'utf8')
    expect(text).toContain('CN=0417')
    expect(text).toContain('Digital Signature, Non Repudiation')
  })
})

function pemWrapped(bytes: Bytes): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`
}

test('we check a certificate that OpenSSL issued with SM2', () => {
  const key = join(folder, 'foreign.key.pem')
  const certificate = join(folder, 'foreign.der')
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', key)
  const configuration = file(
    'foreign.cnf',
    [
      '[req]\ndistinguished_name=dn\nprompt=no\nx509_extensions=ext\nutf8=yes\nstring_mask=utf8only',
      '[dn]\nC=CN\nO=sia-3701\nCN=CA 9',
      '[ext]\nkeyUsage=critical,keyCertSign,cRLSign\nbasicConstraints=critical,CA:TRUE,pathlen:0',
      'subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid',
      '1.3.6.1.4.1.99999.1.1=ASN1:UTF8String:sia-3701',
      '1.3.6.1.4.1.99999.1.2=ASN1:UTF8String:member-ca',
      '1.3.6.1.4.1.99999.1.3=ASN1:UTF8String:demo',
    ].join('\n'),
  )
  const options = ['-new', '-x509', '-sm3', '-sigopt', DISTID, '-days', '365', '-outform', 'DER']
  openssl('req', ...options, '-key', key, '-config', configuration, '-out', certificate)
  const authority = node.parseCertificate(new Uint8Array(readFileSync(certificate)))
  expect(authority).toMatchObject({ signatureAlgorithm: 'sm2', profile: 'member-ca', isCa: true })
  const expectation = { member: 'sia-3701', chainName: 'demo', timeMs: authority.notBefore }
  const path = { ...expectation, authority, profiles: ['member-ca'] as const }
  expect(node.checkAuthorityPath(path)).toEqual({ ok: true })
})

describe('SM2 encryption', () => {
  const { privateKey, publicKey } = node.generateKeyPair('sm2', random)
  const privateFile = file('box.key.pem', pem('PRIVATE KEY', node.exportPrivateKey(privateKey)))
  const publicFile = file('box.pub.pem', pem('PUBLIC KEY', publicKey.spki))
  const boxFile = join(folder, 'box.der')

  const integer = (bytes: Bytes) => {
    const start = bytes.findIndex((byte) => byte !== 0)
    const digits = bytes.subarray(start)
    const sign = (digits[0] as number) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(0)
    return der(DER_TAG.integer, sign, digits)
  }

  test('OpenSSL decrypts ours', () => {
    const box = sm2Encrypt(publicKey.raw, random(32).fill(1, 0, 1), message) as Bytes
    const asn1 = der(
      DER_TAG.sequence,
      integer(box.subarray(1, 33)),
      integer(box.subarray(33, 65)),
      der(DER_TAG.octetString, box.subarray(65, 97)),
      der(DER_TAG.octetString, box.subarray(97)),
    )
    writeFileSync(boxFile, asn1)
    const text = openssl('pkeyutl', '-decrypt', '-inkey', privateFile, '-in', boxFile)
    expect(text).toBe('人社链')
  })

  test('we decrypt that of OpenSSL', () => {
    const options = ['-encrypt', '-pubin', '-inkey', publicFile, '-in', messageFile]
    openssl('pkeyutl', ...options, '-out', boxFile)
    const reader = new DerReader(new Uint8Array(readFileSync(boxFile))).enter(DER_TAG.sequence)
    const padded = (content: Bytes) => {
      const whole = concatBytes(new Uint8Array(32), content)
      return whole.subarray(whole.length - 32)
    }
    const [x, y] = [padded(reader.read(DER_TAG.integer)), padded(reader.read(DER_TAG.integer))]
    const [c3, c2] = [reader.read(DER_TAG.octetString), reader.read(DER_TAG.octetString)]
    const box = concatBytes(Uint8Array.of(4), x, y, c3, c2)
    expect(sm2Decrypt(scalarOf(privateKey), box)).toEqual(message)
  })
})
