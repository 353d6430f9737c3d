// Goal: private keys are made from given randomness, travel as PKCS 8, and sign what others verify.
// Method: published examples (RFC 6979, RFC 8032, GB/T 32918), round trips, refusals.
import { createPrivateKey, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { concatBytes, fromHex, type RandomSource, toHex, utf8 } from './bytes.ts'
import {
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  type PrivateKey,
  publicKeyOfRaw,
  sign,
  sm2Identity,
  verify,
} from './index.ts'
import { bytesOfNumber, P256, SM2 } from './public-key.ts'

const random: RandomSource = (length) => new Uint8Array(randomBytes(length))

test('RFC 6979 section A.2.5: P-256 key and signature of "sample"', () => {
  const scalar = fromHex('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721')
  const { publicKey } = generateKeyPair('p256', scalar)
  expect(toHex(publicKey.raw)).toBe(
    '0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6' +
      '7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
  )
  const value = fromHex(
    'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716' +
      'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  )
  expect(verify(publicKey, utf8('sample'), value)).toBe(true)
})

test('RFC 8032 section 7.1, test 1: Ed25519 of the empty message', () => {
  const seed = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
  const { publicKey, privateKey } = generateKeyPair('ed25519', seed)
  expect(toHex(publicKey.raw)).toBe(
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  )
  expect(toHex(sign(privateKey, utf8('')))).toBe(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555' +
      'fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  )
})

test('GB/T 32918.5 annex A: SM2 key, identity and signature of "message digest"', () => {
  const scalar = fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8')
  const { publicKey } = generateKeyPair('sm2', scalar)
  expect(toHex(publicKey.raw)).toBe(
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
      'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  )
  expect(toHex(sm2Identity(publicKey))).toBe(
    'b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3',
  )
  const value = fromHex(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
      'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  )
  expect(verify(publicKey, utf8('message digest'), value)).toBe(true)
})

describe.each(['p256', 'ed25519', 'sm2'] as const)('%s', (algorithm) => {
  const { privateKey, publicKey } = generateKeyPair(algorithm, random)

  test('signs what verifies, and nothing else verifies', () => {
    const value = sign(privateKey, utf8('a'))
    expect(value.length).toBe(64)
    expect(verify(publicKey, utf8('a'), value)).toBe(true)
    expect(verify(publicKey, utf8('b'), value)).toBe(false)
    const other = generateKeyPair(algorithm, random).publicKey
    expect(verify(other, utf8('a'), value)).toBe(false)
  })

  test('PKCS 8 round trip; OpenSSL reads it', () => {
    const pkcs8 = exportPrivateKey(privateKey)
    const read = importPrivateKey(pkcs8)
    expect(read.publicKey).toBe(publicKey)
    expect(exportPrivateKey(read)).toEqual(pkcs8)
    const object = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    expect(object.type).toBe('private')
    expect(verify(publicKey, utf8('a'), sign(read, utf8('a')))).toBe(true)
  })

  test('same bytes give the same key', () => {
    const bytes = random(32)
    bytes[0] = 1
    const [a, b] = [generateKeyPair(algorithm, bytes), generateKeyPair(algorithm, bytes)]
    expect(a.publicKey).toBe(b.publicKey)
  })

  test('the secret does not show when a key is printed or serialised', () => {
    const secret = toHex(exportPrivateKey(privateKey)).slice(-64)
    const shown = JSON.stringify(privateKey) + inspect(privateKey, { depth: 9, showHidden: true })
    expect(shown).not.toContain(secret)
    const copy = { ...privateKey } as PrivateKey
    expect(() => sign(copy, utf8('a'))).toThrow(TypeError)
  })

  test('other forms of PKCS 8 are refused', () => {
    const pkcs8 = exportPrivateKey(privateKey)
    expect(() => importPrivateKey(concatBytes(pkcs8, Uint8Array.of(0)))).toThrow(TypeError)
    expect(() => importPrivateKey(pkcs8.subarray(0, -1))).toThrow(TypeError)
    expect(() => importPrivateKey(new Uint8Array(0))).toThrow(TypeError)
  })
})

test.each([
  ['p256', 0n],
  ['p256', P256.n - 1n],
  ['p256', P256.n],
  ['sm2', 0n],
  ['sm2', SM2.n - 1n],
  ['sm2', 2n ** 256n - 1n],
] as const)('%s scalar %i is refused', (algorithm, scalar) => {
  expect(() => generateKeyPair(algorithm, bytesOfNumber(scalar, 32))).toThrow(RangeError)
})

test('a source that first draws no scalar is asked again', () => {
  const draws = [new Uint8Array(32), new Uint8Array(32).fill(255), new Uint8Array(32).fill(7)]
  const { publicKey } = generateKeyPair('p256', () => draws.shift() as Uint8Array)
  expect(draws).toEqual([])
  expect(publicKey).toBe(generateKeyPair('p256', new Uint8Array(32).fill(7)).publicKey)
})

test('a PKCS 8 whose public key belongs to another secret is refused', () => {
  const pkcs8 = Uint8Array.from(exportPrivateKey(generateKeyPair('p256', random).privateKey))
  pkcs8.set(generateKeyPair('p256', random).publicKey.raw, pkcs8.length - 65)
  expect(() => importPrivateKey(pkcs8)).toThrow('another secret')
})

test('a public key that was checked elsewhere verifies too', () => {
  const { privateKey, publicKey } = generateKeyPair('sm2', random)
  const copy = publicKeyOfRaw('sm2', Uint8Array.from(publicKey.raw))
  expect(verify({ ...copy }, utf8('a'), sign(privateKey, utf8('a')))).toBe(true)
})
