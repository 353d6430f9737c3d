// Goal: every byte encoding has one spelling, and refuses instead of repairing.
// Method: tables of one good and many broken texts, and fast-check round trips.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareBytes,
  concatBytes,
  EncodingRefused,
  equalBytes,
  fromBase64Url,
  fromHex,
  fromUtf8,
  isHex,
  toBase64Url,
  toHex,
  u16,
  u32,
  u64,
  utf8,
} from './bytes.ts'

const anyBytes = fc.uint8Array({ maxLength: 80 })

describe('hex', () => {
  test('round trip, equal to the platform', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
        expect(fromHex(toHex(bytes))).toEqual(bytes)
        expect(isHex(toHex(bytes), bytes.length)).toBe(true)
      }),
    )
  })

  test.each(['0', 'AB', '0g', ' 00', '0x', '0', '００'])('refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow(EncodingRefused)
    expect(isHex(text)).toBe(false)
  })

  test('isHex counts bytes', () => {
    expect(isHex('00', 2)).toBe(false)
    expect(isHex('0000', 2)).toBe(true)
  })
})

describe('base64url (RFC 4648 sections 5 and 10)', () => {
  test.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
  ])('%j is %j', (text, encoded) => {
    expect(toBase64Url(utf8(text))).toBe(encoded)
    expect(fromUtf8(fromBase64Url(encoded))).toBe(text)
  })

  test('round trip, equal to the platform', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
      }),
    )
  })

  test.each([
    ['padding', 'Zg=='],
    ['white space', 'Zm 9v'],
    ['line feed at the end', 'Zm9v\n'],
    ['the other alphabet', '+/+/'],
    ['impossible length', 'Zm9vY'],
    ['unused bits of two characters', 'Zh'],
    ['unused bits of three characters', 'Zm9'],
    ['outside ASCII', 'Zm9é'],
  ])('threat 5: refuses %s', (_, text) => {
    expect(() => fromBase64Url(text)).toThrow(EncodingRefused)
  })

  test('each byte string has one spelling among all texts of two and three characters', () => {
    const alphabet = toBase64Url(Uint8Array.from({ length: 48 }, (_, i) => (i * 85 + 16) & 255))
    const seen = new Map<string, string>()
    for (const a of alphabet.slice(0, 20)) {
      for (const b of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
        try {
          const bytes = toHex(fromBase64Url(a + b))
          expect(seen.get(bytes) ?? a + b).toBe(a + b)
          seen.set(bytes, a + b)
        } catch (error) {
          expect(error).toBeInstanceOf(EncodingRefused)
        }
      }
    }
    expect(seen.size).toBeGreaterThan(0)
  })
})

describe('UTF-8', () => {
  test.each(['', 'a', 'é', '﨑', '𠮷野家', 'e\u0301', '\ufeffa', '\u0000'])(
    'keeps %j as it is',
    (text) => {
      expect(fromUtf8(utf8(text))).toBe(text)
    },
  )

  test.each(['\ud842', '\udfb7', '\udfb7\ud842', 'a\ud800b'])(
    'refuses lone surrogate %j',
    (text) => {
      expect(() => utf8(text)).toThrow(EncodingRefused)
    },
  )

  test.each(['ff', 'c080', 'eda182', 'f4908080', 'e0a0', '80'])('refuses bytes %s', (bytes) => {
    expect(() => fromUtf8(fromHex(bytes))).toThrow(EncodingRefused)
  })
})

describe('integers', () => {
  test('big-endian', () => {
    expect(toHex(u16(0x0102))).toBe('0102')
    expect(toHex(u32(0xfffefdfc))).toBe('fffefdfc')
    expect(toHex(u64(2 ** 53 - 1))).toBe('001fffffffffffff')
    expect(toHex(u64((1n << 64n) - 1n))).toBe('ffffffffffffffff')
  })

  test.each([-1, 65_536, 1.5, Number.NaN])('u16 refuses %d', (value) => {
    expect(() => u16(value)).toThrow(EncodingRefused)
  })

  test.each([-1, 2 ** 32, 0.5])('u32 refuses %d', (value) => {
    expect(() => u32(value)).toThrow(EncodingRefused)
  })

  test.each([-1, 2 ** 53, 0.5, -1n, 1n << 64n])('u64 refuses %s', (value) => {
    expect(() => u64(value)).toThrow(EncodingRefused)
  })
})

describe('comparing and joining', () => {
  test('byte order is that of the platform', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(Buffer.compare(a, b)))
        expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0)
      }),
    )
  })

  test('joins into fresh memory', () => {
    const part = Uint8Array.of(1)
    const joined = concatBytes(part, Uint8Array.of(), Uint8Array.of(2, 3))
    part[0] = 9
    expect(joined).toEqual(Uint8Array.of(1, 2, 3))
  })
})
