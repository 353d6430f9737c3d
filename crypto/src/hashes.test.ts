// Goal: SHA-256, SM3 and HMAC are the standards', in Node and in the browser build, however the input
// is cut into parts.
// Method: published examples (FIPS 180-4, GB/T 32905 annex A), then both implementations against each
// other on random parts.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, toHex, utf8 } from './bytes.ts'
import * as browser from './hash.browser.ts'
import * as node from './hash.ts'

describe.each([
  ['Node', node],
  ['browser', browser],
] as const)('%s', (_, hashes) => {
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('FIPS 180-4, SHA-256 of %j', (text, digest) => {
    expect(toHex(hashes.sha256(utf8(text)))).toBe(digest)
  })

  test.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('GB/T 32905, SM3 of %j', (text, digest) => {
    expect(toHex(hashes.sm3(utf8(text)))).toBe(digest)
  })

  test('no parts are the empty message', () => {
    expect(hashes.sha256()).toEqual(hashes.sha256(utf8('')))
    expect(hashes.sm3()).toEqual(hashes.sm3(utf8('')))
  })
})

test('both implementations agree on any parts, also beyond the scratch memory', () => {
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ minLength: 5000, maxLength: 5100 }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      expect(node.sha256(...parts)).toEqual(browser.sha256(...parts))
      expect(node.sha256(...parts)).toEqual(node.sha256(concatBytes(...parts)))
      expect(node.sm3(...parts)).toEqual(browser.sm3(...parts))
      expect(node.sm3(...parts)).toEqual(node.sm3(concatBytes(...parts)))
    }),
    { numRuns: 60 },
  )
})

test('a digest is plain memory of its own: later hashes do not change it', () => {
  const first = node.sha256(utf8('a'), utf8('b'))
  const before = toHex(first)
  node.sha256(utf8('c'), utf8('d'))
  expect(toHex(first)).toBe(before)
  expect(Buffer.isBuffer(first)).toBe(false)
})

describe('HMAC', () => {
  test('RFC 4231 case 2', () => {
    const mac = node.hmacSha256(utf8('Jefe'), utf8('what do ya want '), utf8('for nothing?'))
    expect(toHex(mac)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
  })

  test('with SM3 is RFC 2104 over it', () => {
    const key = utf8('key')
    const pad = (byte: number) => Uint8Array.from({ length: 64 }, (_, i) => (key[i] ?? 0) ^ byte)
    const inner = browser.sm3(pad(0x36), utf8('text'))
    expect(node.hmacSm3(key, utf8('te'), utf8('xt'))).toEqual(browser.sm3(pad(0x5c), inner))
  })
})
