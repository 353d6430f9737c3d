// Goal: only public keys that are on their curve, canonical and not of small order are registered.
// Method: one good key per algorithm, then one defect per row, in Node and in the browser build; on the
// curve is also compared with OpenSSL.
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, fromHex, toHex, utf8 } from './bytes.ts'
import * as browser from './index.browser.ts'
import * as node from './index.ts'
import { bytesOfNumber, P256, SM2 } from './public-key.ts'

const keyOf = (algorithm: node.KeyAlgorithm) =>
  node.generateKeyPair(algorithm, node.sha256(utf8(`public key ${algorithm}`))).publicKey

const half = (value: bigint) => bytesOfNumber(value, 32)

/** All encodings of points of small order, canonical or not (RFC 7748 section 6.1 and errata). */
const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000080',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
]

describe.each([
  ['Node', node],
  ['browser', browser],
] as const)('%s', (_, crypto) => {
  function codeOf(run: () => unknown): string {
    try {
      run()
      return 'accepted'
    } catch (error) {
      return error instanceof node.PublicKeyRefused ? error.code : String(error)
    }
  }

  test.each(['p256', 'ed25519', 'sm2'] as const)('%s round trip', (algorithm) => {
    const key = keyOf(algorithm)
    const read = crypto.importPublicKey(key.spki)
    expect(read).toEqual(key)
    expect(crypto.publicKeyOfRaw(algorithm, key.raw)).toEqual(key)
    expect(read.fingerprint).toBe(toHex(crypto.sha256(key.spki)))
    expect(crypto.importPublicKey(Uint8Array.from(key.spki))).toBe(read)
  })

  test('SM2 with the curve as algorithm (GB/T 20518), with and without parameters', () => {
    const { raw } = keyOf('sm2')
    const bits = concatBytes(fromHex('034200'), raw)
    const curve = '06082a811ccf5501822d'
    for (const head of [`305a3014${curve}${curve}`, `3050300a${curve}`]) {
      const read = crypto.importPublicKey(concatBytes(fromHex(head), bits))
      expect(read).toMatchObject({ algorithm: 'sm2', raw })
    }
  })

  test.each(['p256', 'sm2'] as const)('%s points', (algorithm) => {
    const { raw } = keyOf(algorithm)
    const { p, gx, gy } = algorithm === 'p256' ? P256 : SM2
    const y = BigInt(`0x${toHex(raw.subarray(33))}`)
    const point = (x: Uint8Array, end: Uint8Array) => concatBytes(Uint8Array.of(4), x, end)
    const x = raw.subarray(1, 33)
    const judge = (bytes: Uint8Array) => codeOf(() => crypto.publicKeyOfRaw(algorithm, bytes))
    expect(judge(point(half(gx), half(gy)))).toBe('accepted')
    expect(judge(point(x, half(p - y)))).toBe('accepted')
    expect(judge(point(x, half(y ^ 1n)))).toBe('KEY_NOT_ON_CURVE')
    expect(judge(point(half(0n), half(0n)))).toBe('KEY_NOT_ON_CURVE')
    expect(judge(point(half(p), half(y)))).toBe('KEY_NOT_CANONICAL')
    expect(judge(point(x, half(2n ** 256n - 1n)))).toBe('KEY_NOT_CANONICAL')
    expect(judge(concatBytes(Uint8Array.of(2), x))).toBe('KEY_FORM')
    expect(judge(concatBytes(Uint8Array.of(6), raw.subarray(1)))).toBe('KEY_FORM')
    expect(judge(Uint8Array.of(0))).toBe('KEY_FORM')
    expect(judge(concatBytes(raw, Uint8Array.of(0)))).toBe('KEY_FORM')
  })

  test.each(SMALL_ORDER)('ed25519 of small order: %s', (bytes) => {
    const code = codeOf(() => crypto.publicKeyOfRaw('ed25519', fromHex(bytes)))
    expect(['KEY_WEAK', 'KEY_NOT_CANONICAL']).toContain(code)
  })

  test.each([
    ['y = p', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['y = p + 1', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['y = p + 18', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['x = 0 with sign', '0100000000000000000000000000000000000000000000000000000000000080'],
  ])('ed25519 not canonical: %s', (_name, bytes) => {
    const code = codeOf(() => crypto.publicKeyOfRaw('ed25519', fromHex(bytes)))
    expect(code).toBe('KEY_NOT_CANONICAL')
  })

  test('ed25519: half of all y have no x', () => {
    const codes = Array.from({ length: 64 }, (_, i) => {
      const bytes = crypto.sha256(Uint8Array.of(i))
      return codeOf(() => crypto.publicKeyOfRaw('ed25519', bytes))
    })
    expect(new Set(codes)).toEqual(new Set(['accepted', 'KEY_NOT_ON_CURVE']))
  })

  test('every changed byte before the key is refused or names another form', () => {
    for (const algorithm of ['p256', 'ed25519', 'sm2'] as const) {
      const { spki, raw } = keyOf(algorithm)
      for (let at = 0; at < spki.length - raw.length; at++) {
        const changed = Uint8Array.from(spki)
        changed[at] = (changed[at] as number) ^ 1
        expect(codeOf(() => crypto.importPublicKey(changed))).toBe('KEY_FORM')
      }
      const longer = concatBytes(spki, Uint8Array.of(0))
      expect(codeOf(() => crypto.importPublicKey(longer))).toBe('KEY_FORM')
    }
  })

  test('RSA is refused', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }))
    expect(codeOf(() => crypto.importPublicKey(spki))).toBe('KEY_FORM')
  })
})

test('what is accepted of P-256 is what OpenSSL accepts', () => {
  const { spki } = keyOf('p256')
  const change = fc.tuple(fc.integer({ min: 26, max: 90 }), fc.integer({ min: 0, max: 255 }))
  fc.assert(
    fc.property(change, ([at, byte]) => {
      const changed = Uint8Array.from(spki)
      changed[at] = byte
      const judge = (run: () => unknown) => {
        try {
          run()
          return true
        } catch {
          return false
        }
      }
      const isOurs = judge(() => node.importPublicKey(changed))
      const key = Buffer.from(changed)
      const isTheirs = judge(() => createPublicKey({ key, format: 'der', type: 'spki' }))
      // OpenSSL also takes the hybrid forms 06 and 07; we do not.
      expect(isOurs).toBe(isTheirs && changed[26] === 4)
    }),
    { numRuns: 300 },
  )
})
