/* Published examples and known traps, run where the reader is: by the command line, by a browser. */
import { type Bytes, fromHex, toHex, utf8 } from './bytes.ts'
import { canonicalText } from './canonical-json.ts'
import { parseStrictJson } from './json.ts'
import type { Digest } from './ledger-hash.ts'
import {
  bytesOfNumber,
  ED25519_ORDER,
  type KeyAlgorithm,
  numberOfBytes,
  P256,
  type PublicKey,
  PublicKeyRefused,
  SM2,
} from './public-key.ts'
import { scalarPairOfDer } from './signature-value.ts'

/** One line of the self-test: what the standard says, and what was computed here. */
export interface SelfTestLine {
  /** Stable name for programs. */
  readonly id: string
  /** Standard, and its part; for a trap the standard that it breaks. */
  readonly standard: string
  /** What is tested, in both languages. */
  readonly subject: { readonly zh: string; readonly en: string }
  /** A published example, an input that must be refused, or a trap of the platform that must not catch us. */
  readonly kind: 'example' | 'refusal' | 'trap'
  readonly expected: string
  /** As `expected`, or `error: …`. */
  readonly came: string
}

/** One test that was not run yet. */
export interface SelfTest extends Omit<SelfTestLine, 'came'> {
  readonly run: () => string
}

/** What the tests of both builds run on. */
export interface SelfTestParts {
  readonly sha256: Digest
  readonly sm3: Digest
  readonly sm2Identity: (key: PublicKey) => Bytes
  readonly publicKeyOfRaw: (algorithm: KeyAlgorithm, raw: Bytes) => PublicKey
  readonly verify: (key: PublicKey, message: Bytes, value: Bytes) => boolean
}

const KEYS: Readonly<Record<KeyAlgorithm, string>> = {
  p256: '0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
  ed25519: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  sm2: '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
}

const SIGNATURES: Readonly<Record<KeyAlgorithm, string>> = {
  p256: 'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  ed25519:
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  sm2: 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
}

const MESSAGES: Readonly<Record<KeyAlgorithm, string>> = {
  p256: 'sample',
  ed25519: '',
  sm2: 'message digest',
}

const STANDARDS: Readonly<Record<KeyAlgorithm, string>> = {
  p256: 'FIPS 186-5, RFC 6979 A.2.5',
  ed25519: 'RFC 8032 7.1',
  sm2: 'GB/T 32918.2, 32918.5',
}

const NAMES: Readonly<Record<KeyAlgorithm, string>> = {
  p256: 'ECDSA P-256',
  ed25519: 'Ed25519',
  sm2: 'SM2',
}

/** A code of refusal, or `accepted`. */
function codeOf(run: () => unknown): string {
  try {
    run()
    return 'accepted'
  } catch (error) {
    if (error instanceof PublicKeyRefused) return 'refused'
    throw error
  }
}

function hashTests({ sha256, sm3, sm2Identity, publicKeyOfRaw }: SelfTestParts): SelfTest[] {
  return [
    {
      id: 'sha256',
      standard: 'FIPS 180-4',
      subject: { zh: 'SHA-256 “abc”', en: 'SHA-256 “abc”' },
      kind: 'example',
      expected: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      run: () => toHex(sha256(utf8('abc'))),
    },
    {
      id: 'sm3',
      standard: 'GB/T 32905-2016 A.1',
      subject: { zh: 'SM3 “abc”', en: 'SM3 “abc”' },
      kind: 'example',
      expected: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
      run: () => toHex(sm3(utf8('abc'))),
    },
    {
      id: 'sm2-z',
      standard: 'GB/T 32918.5',
      subject: { zh: 'SM2 用户标识的 Z', en: 'Z of the SM2 user id' },
      kind: 'trap',
      expected: 'b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3',
      run: () => toHex(sm2Identity(publicKeyOfRaw('sm2', fromHex(KEYS.sm2)))),
    },
    {
      id: 'jcs',
      standard: 'RFC 8785 3.2.3',
      subject: { zh: '规范 JSON 的成员次序', en: 'order of members in canonical JSON' },
      kind: 'example',
      // U+FB33 by its number: editors normalise the letter to two.
      expected: '{"1":"One","\u00f6":"o","€":"Euro","😀":"Smile","\ufb33":"Dalet"}',
      run: () =>
        canonicalText(
          parseStrictJson(
            utf8(
              '{"\\u20ac":"Euro","\\ufb33":"Dalet","1":"One","\\ud83d\\ude00":"Smile","\\u00f6":"o"}',
            ),
          ),
        ),
    },
  ]
}

/** The published signature holds; each other spelling of it, and each damage, does not. */
function signatureTests(algorithm: KeyAlgorithm, parts: SelfTestParts): SelfTest[] {
  const good = fromHex(SIGNATURES[algorithm])
  const standard = STANDARDS[algorithm]
  const holds = (value: Bytes) => () => {
    const key = parts.publicKeyOfRaw(algorithm, fromHex(KEYS[algorithm]))
    return String(parts.verify(key, utf8(MESSAGES[algorithm]), value))
  }
  const refusal = (id: string, zh: string, en: string, value: Bytes): SelfTest => ({
    id: `${algorithm}-${id}`,
    standard,
    subject: { zh: `${NAMES[algorithm]}：${zh}`, en: `${NAMES[algorithm]}: ${en}` },
    kind: 'refusal',
    expected: 'false',
    run: holds(value),
  })
  const bit = Uint8Array.from(good)
  bit[63] = (bit[63] as number) ^ 1
  const longer = new Uint8Array(65)
  longer.set(good)
  return [
    {
      id: algorithm,
      standard,
      subject: { zh: `${NAMES[algorithm]} 标准样例`, en: `${NAMES[algorithm]}, published example` },
      kind: 'example',
      expected: 'true',
      run: holds(good),
    },
    refusal('bit', '改动一位', 'one bit changed', bit),
    refusal('cut', '截短一字节', 'cut short', good.subarray(0, 63)),
    refusal('longer', '多一字节', 'a byte behind it', longer),
    refusal('malleable', '标量加上群的阶', 'scalar plus the order', plusOrder(algorithm, good)),
  ]
}

/** The same signature with the order added to its scalar, where 32 bytes have room, else r = n. */
function plusOrder(algorithm: KeyAlgorithm, good: Bytes): Bytes {
  const changed = Uint8Array.from(good)
  if (algorithm === 'ed25519') {
    const scalar = numberOfBytes(Uint8Array.from(good.subarray(32)).reverse()) + ED25519_ORDER
    changed.set(bytesOfNumber(scalar, 32).reverse(), 32)
    return changed
  }
  changed.set(bytesOfNumber(algorithm === 'p256' ? P256.n : SM2.n, 32))
  return changed
}

function keyTests({ publicKeyOfRaw }: SelfTestParts): SelfTest[] {
  const refused = (id: string, algorithm: KeyAlgorithm, zh: string, en: string, raw: Bytes) =>
    ({
      id: `${algorithm}-${id}`,
      standard: STANDARDS[algorithm],
      subject: { zh: `${NAMES[algorithm]} 公钥：${zh}`, en: `${NAMES[algorithm]} key: ${en}` },
      kind: 'refusal',
      expected: 'refused',
      run: () => codeOf(() => publicKeyOfRaw(algorithm, raw)),
    }) as const
  const off = (algorithm: 'p256' | 'sm2') => {
    const raw = fromHex(KEYS[algorithm])
    raw[64] = (raw[64] as number) ^ 1
    return raw
  }
  const small = new Uint8Array(32)
  small[0] = 1
  return [
    refused('off-curve', 'p256', '不在曲线上', 'not on the curve', off('p256')),
    refused('off-curve', 'sm2', '不在曲线上', 'not on the curve', off('sm2')),
    refused('key-cut', 'sm2', '截短', 'cut short', fromHex(KEYS.sm2).subarray(0, 64)),
    refused('small-order', 'ed25519', '小阶点', 'of small order', small),
  ]
}

const DER_FORMS = [
  ['trailing', '尾部多字节', 'bytes behind it', '300602010102010100'],
  ['padded', '非最短整数', 'integer that is not minimal', '300702020001020101'],
  ['long-length', '非最短长度', 'length that is not minimal', '308106020101020101'],
  ['negative', '负整数', 'negative integer', '3006020181020101'],
] as const

function derTests(): SelfTest[] {
  return DER_FORMS.map(([id, zh, en, hex]) => ({
    id: `der-${id}`,
    standard: 'X.690 10.1',
    subject: { zh: `签名的 DER：${zh}`, en: `DER of a signature: ${en}` },
    kind: 'refusal',
    expected: 'refused',
    run: () => (scalarPairOfDer(fromHex(hex)) === undefined ? 'refused' : 'accepted'),
  }))
}

/** The tests that every build can run. */
export function commonSelfTests(parts: SelfTestParts): SelfTest[] {
  const algorithms = ['p256', 'ed25519', 'sm2'] as const
  return [
    ...hashTests(parts),
    ...algorithms.flatMap((algorithm) => signatureTests(algorithm, parts)),
    ...keyTests(parts),
    ...derTests(),
  ]
}

/** Runs tests; one that throws has failed, and says with what. */
export function runTests(tests: readonly SelfTest[]): readonly SelfTestLine[] {
  return tests.map(({ run, ...rest }) => {
    try {
      return { ...rest, came: run() }
    } catch (error) {
      return { ...rest, came: `error: ${error instanceof Error ? error.message : String(error)}` }
    }
  })
}
