// Goal: threat 5, one signature has one spelling, in Node and in the browser build.
// Method: a good signature of each kind is changed in one way per row, as Project Wycheproof does; both
// modules must refuse it, and agree on random values.
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bytes, concatBytes, fromHex, toHex, utf8 } from './bytes.ts'
import * as browser from './index.browser.ts'
import * as node from './index.ts'
import { bytesOfNumber, ED25519_ORDER, numberOfBytes, P256, SM2 } from './public-key.ts'
import { derOfScalarPair } from './signature-value.ts'

const message = utf8('the body of a transaction')
const keyOf = (algorithm: node.KeyAlgorithm) =>
  node.generateKeyPair(algorithm, node.sha256(utf8(`malleability ${algorithm}`)))

const modules = [
  ['Node', node],
  ['browser', browser],
] as const

const reversed = (bytes: Bytes) => Uint8Array.from(bytes).reverse()
const half = (value: bigint) => bytesOfNumber(value, 32)
const MAX = 2n ** 256n - 1n

function signedPair(algorithm: 'p256' | 'sm2'): { r: bigint; s: bigint } {
  const value = node.sign(keyOf(algorithm).privateKey, message)
  return { r: numberOfBytes(value.subarray(0, 32)), s: numberOfBytes(value.subarray(32)) }
}

describe.each(modules)('threat 5: one signature, one spelling, %s', (_, crypto) => {
  describe.each([
    ['p256', P256.n],
    ['sm2', SM2.n],
  ] as const)('%s', (algorithm, n) => {
    const { publicKey } = keyOf(algorithm)
    const { r, s } = signedPair(algorithm)
    const good = concatBytes(half(r), half(s))

    test('the signature itself holds', () => {
      expect(crypto.verify(publicKey, message, good)).toBe(true)
    })

    test.each<[string, Bytes]>([
      ['zero r', concatBytes(half(0n), half(s))],
      ['zero s', concatBytes(half(r), half(0n))],
      ['both zero', new Uint8Array(64)],
      ['r = n', concatBytes(half(n), half(s))],
      ['s = n', concatBytes(half(r), half(n))],
      ['r above n', concatBytes(half(MAX), half(s))],
      ['s above n', concatBytes(half(r), half(MAX))],
      ['r and s swapped', concatBytes(half(s), half(r))],
      ['s = n − r', concatBytes(half(r), half(n - r))],
      ['r one more', concatBytes(half(r + 1n), half(s))],
      ['trailing byte', concatBytes(good, Uint8Array.of(0))],
      ['leading byte', concatBytes(Uint8Array.of(0), good)],
      ['one byte short', good.subarray(0, 63)],
      ['empty', new Uint8Array(0)],
      ['DER', derOfScalarPair(good)],
    ])('refuses %s', (_name, value) => {
      expect(crypto.verify(publicKey, message, value)).toBe(false)
    })

    test('refuses every flipped bit of a sample', () => {
      for (let bit = 0; bit < 512; bit += 37) {
        const changed = Uint8Array.from(good)
        changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
        expect(crypto.verify(publicKey, message, changed)).toBe(false)
      }
    })
  })

  test('p256: both s and n − s hold, because the txId does not cover the signature', () => {
    const { publicKey } = keyOf('p256')
    const { r, s } = signedPair('p256')
    expect(crypto.verify(publicKey, message, concatBytes(half(r), half(P256.n - s)))).toBe(true)
  })

  describe('ed25519', () => {
    const { publicKey, privateKey } = keyOf('ed25519')
    const good = node.sign(privateKey, message)
    const [r, s] = [good.subarray(0, 32), numberOfBytes(reversed(good.subarray(32)))]
    const withS = (scalar: bigint) => concatBytes(r, reversed(half(scalar)))

    test('the signature itself holds', () => {
      expect(crypto.verify(publicKey, message, good)).toBe(true)
      expect(crypto.verify(publicKey, message, withS(s))).toBe(true)
    })

    test.each<[string, Bytes]>([
      ['S + L', withS(s + ED25519_ORDER)],
      ['S + 8L', withS(s + 8n * ED25519_ORDER)],
      ['S = L', withS(ED25519_ORDER)],
      ['zero S', withS(0n)],
      ['all zero', new Uint8Array(64)],
      ['R with its sign bit changed', flipped(good, 31, 0x80)],
      ['trailing byte', concatBytes(good, Uint8Array.of(0))],
      ['one byte short', good.subarray(0, 63)],
      ['another message', node.sign(privateKey, utf8('another'))],
    ])('refuses %s', (_name, value) => {
      expect(crypto.verify(publicKey, message, value)).toBe(false)
    })

    test('refuses what holds only after multiplying by the cofactor', () => {
      const torsion = ed25519.Point.fromBytes(
        fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'),
      )
      const secret = ed25519.utils.getExtendedPublicKey(node.sha256(utf8('cofactor')))
      const point = secret.pointBytes
      const nonce = 12_345n
      const shifted = ed25519.Point.BASE.multiply(nonce).add(torsion).toBytes()
      const digest = sha512(concatBytes(shifted, point, message))
      const k = numberOfBytes(reversed(digest)) % ED25519_ORDER
      const scalar = (nonce + k * secret.scalar) % ED25519_ORDER
      const value = concatBytes(shifted, reversed(half(scalar)))
      expect(ed25519.verify(value, message, point, { zip215: true })).toBe(true)
      expect(crypto.verify(crypto.publicKeyOfRaw('ed25519', point), message, value)).toBe(false)
    })
  })
})

function flipped(bytes: Bytes, at: number, mask: number): Bytes {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] as number) ^ mask
  return changed
}

describe('threat 5: DER of signatures is strict', () => {
  const r = 0x80n << 240n
  const good = derOfScalarPair(concatBytes(half(r), half(1n)))

  test('round trip', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX }), fc.bigInt({ min: 0n, max: MAX }), (a, b) => {
        const value = concatBytes(half(a), half(b))
        expect(node.scalarPairOfDer(derOfScalarPair(value))).toEqual(value)
      }),
    )
  })

  test.each([
    ['good', toHex(good), true],
    ['trailing byte', `${toHex(good)}00`, false],
    ['trailing byte inside', '300702010102010100', false],
    ['padded r', '300702020001020101', false],
    ['negative r', '3006020181020101', false],
    ['long form of length', '308106020101020101', false],
    ['indefinite length', '30800201010201010000', false],
    ['r of 33 bytes', `30260221${'01'.repeat(33)}020101`, false],
    ['empty r', '30050200020101', false],
    ['no s', '3003020101', false],
    ['set instead of sequence', '3106020101020101', false],
    ['smallest', '3006020101020101', true],
    ['empty', '', false],
  ])('%s', (_, der, isGood) => {
    expect(node.scalarPairOfDer(fromHex(der)) !== undefined).toBe(isGood)
  })
})

describe('both modules agree', () => {
  test.each(['p256', 'ed25519', 'sm2'] as const)('%s, on signatures and noise', (algorithm) => {
    const { publicKey, privateKey } = keyOf(algorithm)
    const text = fc.uint8Array({ maxLength: 100 })
    const noise = fc.option(fc.tuple(fc.nat({ max: 63 }), fc.integer({ min: 1, max: 255 })))
    fc.assert(
      fc.property(text, noise, (bytes, change) => {
        const value = node.sign(privateKey, bytes)
        const judged = change === null ? value : flipped(value, ...change)
        expect(browser.verify(publicKey, bytes, judged)).toBe(node.verify(publicKey, bytes, judged))
        expect(node.verify(publicKey, bytes, judged)).toBe(change === null)
      }),
      { numRuns: 40 },
    )
  })
})
