/** The self-test of the Node build: both suites whole, sealing too, and the traps of the platform. */
import { createPrivateKey, hkdfSync, randomBytes, sign as signNative } from 'node:crypto'
import { buildCertificate } from './build-certificate.ts'
import { type Bytes, fromHex, toHex, utf8 } from './bytes.ts'
import { openSm4Gcm, sealAesGcm, sealSm4Gcm } from './cipher.ts'
import { hmacSha256, hmacSm3, sha256, sm3 } from './hash.ts'
import { hkdf } from './hkdf.ts'
import { hpkeSeal } from './hpke.ts'
import { publicKeyOfRaw as publicKeyInBrowser } from './in-browser.ts'
import { checkAuthorityPath, publicKeyOfRaw } from './in-node.ts'
import { readKeyFile, writeKeyFile } from './key-file.ts'
import { exportPrivateKey, generateKeyPair, sign } from './keys.ts'
import { openSealed, sealTo } from './seal-to.ts'
import { commonSelfTests, runTests, type SelfTest, type SelfTestLine } from './self-test.ts'
import { combineShares, shareCommitment, splitSecret } from './shares.ts'
import { scalarPairOfDer } from './signature-value.ts'
import { sm2Encrypt } from './sm2-encryption.ts'
import { SealBroken, type SuiteId } from './suite.ts'
import { verify as verifyInBrowser } from './verify.browser.ts'
import { sm2Identity, verify } from './verify.ts'
import type { WrapContext } from './wrap.ts'

export type { SelfTestLine } from './self-test.ts'

const random = (length: number): Bytes => new Uint8Array(randomBytes(length))
const SM4_KEY = fromHex('0123456789abcdeffedcba9876543210')
const SM4_NONCE = fromHex('00001234567800000000abcd')
const SM4_ADDITIONAL = fromHex('feedfacedeadbeeffeedfacedeadbeefabaddad2')
const SM4_TEXT = fromHex(
  'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd' +
    'eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa',
)
const SM4_SEALED =
  '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735' +
  'd82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d' +
  '83de3541e4c2b58177e065a9bf7b62ec'

const HPKE_POINT =
  '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82' +
  '6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0'
const SM2_SCALAR = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'
const SM2_EPHEMERAL = '59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21'

const CONTEXT: WrapContext = { use: 'query', chain: 'self-test', read: 'ab'.repeat(16) }

function outcome(run: () => unknown): string {
  try {
    run()
    return 'accepted'
  } catch (error) {
    if (error instanceof SealBroken) return 'SEAL_BROKEN'
    throw error
  }
}

const example = (
  id: string,
  standard: string,
  zh: string,
  en: string,
  expected: string,
  run: () => string,
): SelfTest => ({ id, standard, subject: { zh, en }, kind: 'example', expected, run })

const trap = (...given: Parameters<typeof example>): SelfTest => ({
  ...example(...given),
  kind: 'trap',
})

function cipherTests(): SelfTest[] {
  const zero = (length: number) => new Uint8Array(length)
  return [
    example(
      'aes-gcm',
      'FIPS 197, NIST SP 800-38D',
      'AES-256-GCM（GCM 规范例 14）',
      'AES-256-GCM (case 14 of the GCM specification)',
      'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
      () => toHex(sealAesGcm('aes-256-gcm', zero(32), zero(12), zero(0), zero(16))),
    ),
    trap(
      'sm4-gcm',
      'GB/T 32907, RFC 8998 A.1',
      'SM4-GCM：平台没有时用 SM4-CTR 加自有 GHASH',
      'SM4-GCM: SM4-CTR and our GHASH where the platform has none',
      SM4_SEALED,
      () => toHex(sealSm4Gcm(SM4_KEY, SM4_NONCE, SM4_ADDITIONAL, SM4_TEXT)),
    ),
    {
      ...example(
        'sm4-gcm-cut',
        'RFC 8998',
        'SM4-GCM：截短',
        'SM4-GCM: cut short',
        'refused',
        () => {
          const cut = fromHex(SM4_SEALED).subarray(0, -1)
          const text = openSm4Gcm(SM4_KEY, SM4_NONCE, SM4_ADDITIONAL, cut)
          return text === undefined ? 'refused' : 'accepted'
        },
      ),
      kind: 'refusal',
    },
    example(
      'hmac',
      'RFC 4231 4.3',
      'HMAC-SHA-256',
      'HMAC-SHA-256',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      () => toHex(hmacSha256(utf8('Jefe'), utf8('what do ya want for nothing?'))),
    ),
    example(
      'hkdf',
      'RFC 5869 A.3',
      'HKDF-SHA-256',
      'HKDF-SHA-256',
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
      () => toHex(hkdf(hmacSha256, zero(22).fill(11), zero(0), zero(0), 42)),
    ),
    trap(
      'hkdf-sm3',
      'RFC 5869',
      'HKDF-SM3 与平台一致',
      'HKDF-SM3 agrees with the platform',
      toHex(new Uint8Array(hkdfSync('sm3', SM4_KEY, SM4_NONCE, SM4_ADDITIONAL, 40))),
      () => toHex(hkdf(hmacSm3, SM4_KEY, SM4_NONCE, SM4_ADDITIONAL, 40)),
    ),
  ]
}

function sealingTests(): SelfTest[] {
  return [
    example(
      'hpke',
      'RFC 9180 A.3.1',
      'HPKE：密封给 P-256 公钥',
      'HPKE: sealing to a P-256 key',
      '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
      () => {
        const ephemeral = fromHex(
          '4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb',
        )
        const info = fromHex('4f6465206f6e2061204772656369616e2055726e')
        const text = fromHex('4265617574792069732074727574682c20747275746820626561757479')
        const point = fromHex(HPKE_POINT)
        const count = utf8('Count-0')
        return toHex(hpkeSeal('aes-128-gcm', point, ephemeral, info, count, text).ciphertext)
      },
    ),
    example(
      'sm2-encryption',
      'GB/T 32918.4, 32918.5 C',
      'SM2 加密',
      'SM2 encryption',
      '59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766' +
        '21886ca989ca9c7d58087307ca93092d651efa',
      () => {
        const { raw } = generateKeyPair('sm2', fromHex(SM2_SCALAR)).publicKey
        const box = sm2Encrypt(raw, fromHex(SM2_EPHEMERAL), utf8('encryption standard'))
        return toHex(box?.subarray(65) ?? new Uint8Array(0))
      },
    ),
    ...(['RS-INTL-1', 'RS-GM-1'] as const).flatMap(suiteTests),
  ]
}

/** A suite at work: a secret sealed to a key, refused under another, a key file, shares. */
function suiteTests(suite: SuiteId): SelfTest[] {
  const algorithm = suite === 'RS-GM-1' ? 'sm2' : 'p256'
  const make = () => generateKeyPair(algorithm, random).privateKey
  const id = suite === 'RS-GM-1' ? 'gm' : 'intl'
  return [
    example(`seal-${id}`, suite, '密封后打开', 'seals and opens', toHex(SM4_KEY), () => {
      const key = make()
      const box = sealTo(suite, key.publicKey, CONTEXT, SM4_KEY, random)
      return toHex(openSealed(suite, key, CONTEXT, box))
    }),
    {
      ...example(`seal-${id}-other`, suite, '别的密钥', 'another key', 'SEAL_BROKEN', () => {
        const box = sealTo(suite, make().publicKey, CONTEXT, SM4_KEY, random)
        return outcome(() => openSealed(suite, make(), CONTEXT, box))
      }),
      kind: 'refusal',
    },
    trap(
      `share-${id}`,
      suite,
      '一份错误的份额被发现',
      'one wrong share is noticed',
      'SEAL_BROKEN',
      () => {
        const subject = 'ab'.repeat(32)
        const shares = splitSecret(sha256(SM4_KEY), { need: 2, count: 3 }, random)
        const commitments = shares.map((share) => shareCommitment(suite, subject, share))
        const wrong = Uint8Array.from(shares[0] as Bytes)
        wrong[0] = (wrong[0] as number) ^ 1
        const given = { suite, subject, need: 2, commitments }
        return outcome(() => combineShares({ ...given, shares: [wrong, shares[1] as Bytes] }))
      },
    ),
  ]
}

const START = Date.UTC(2026, 0, 1)

function sm2Certificate(): string {
  const { privateKey, publicKey } = generateKeyPair('sm2', random)
  const terms = { member: 'self', chainName: 'self-test', notBefore: START } as const
  const content = { ...terms, profile: 'member-ca', name: 'CA', notAfter: START + 1e9 } as const
  const authority = buildCertificate({ ...content, publicKey }, privateKey, random)
  const path = checkAuthorityPath({
    ...terms,
    authority,
    timeMs: START,
    profiles: ['member-ca'],
  })
  return path.ok ? 'true' : path.code
}

function platformSignature(): string {
  const { privateKey, publicKey } = generateKeyPair('sm2', random)
  const der = Buffer.from(exportPrivateKey(privateKey))
  const object = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const value = scalarPairOfDer(new Uint8Array(signNative('sm3', utf8('text'), object)))
  return value === undefined ? 'no signature' : String(verify(publicKey, utf8('text'), value))
}

function keyFile(): string {
  const secret = random(32)
  const content = { kind: 'vault', suite: 'RS-GM-1', keyId: 'ab'.repeat(16), secret } as const
  const passphrase = 'five words of a self-test'
  const file = writeKeyFile({ ...content, demonstration: true }, passphrase, random)
  return String(toHex(readKeyFile(file, passphrase, true).secret) === toHex(secret))
}

/** What catches software on this platform (each cost days once); none of it may catch ours. */
function platformTests(): SelfTest[] {
  return [
    trap(
      'trap-user-id',
      'GB/T 32918.2, GB/T 35276',
      '平台一次性调用用空用户标识签的 SM2 不被接受',
      'SM2 signed by the one-shot call, with an empty user id, does not pass',
      'false',
      platformSignature,
    ),
    trap(
      'trap-ecdsa-on-sm2',
      'GB/T 32918.2',
      '新生成的 SM2 密钥签的是 SM2，不是同一曲线上的 ECDSA：由另一实现核验',
      'a fresh SM2 key signs SM2, not ECDSA on its curve: checked by another implementation',
      'true',
      () => {
        const { privateKey, publicKey } = generateKeyPair('sm2', random)
        const key = publicKeyInBrowser('sm2', publicKey.raw)
        return String(verifyInBrowser(key, utf8('text'), sign(privateKey, utf8('text'))))
      },
    ),
    trap(
      'trap-sm2-certificate',
      'GB/T 20518',
      '平台自己核验不了的 SM2 证书，路径检查核验得了',
      'the path check verifies SM2 certificates, which the platform cannot',
      'true',
      sm2Certificate,
    ),
    trap(
      'trap-scrypt',
      'RFC 7914',
      '口令加密的密钥文件能再打开',
      'a key file under a passphrase opens again',
      'true',
      keyFile,
    ),
  ]
}

/** Runs every test of this build; a line passed when `came` is `expected`. */
export function runSelfTests(): readonly SelfTestLine[] {
  const common = commonSelfTests({ sha256, sm3, sm2Identity, publicKeyOfRaw, verify })
  return runTests([...common, ...cipherTests(), ...sealingTests(), ...platformTests()])
}
