// Goal: HKDF over createHmac is RFC 5869.
// Method: test cases 1 to 3 of its appendix A, extract and expand separately.
import { hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromHex, toHex } from './bytes.ts'
import { hmacSha256, hmacSm3 } from './hash.ts'
import { hkdf, hkdfExpand, hkdfExtract } from './hkdf.ts'

const run = (from: number, to: number) =>
  Uint8Array.from({ length: to - from + 1 }, (_, i) => from + i)

test.each([
  {
    name: 'A.1',
    ikm: new Uint8Array(22).fill(0x0b),
    salt: run(0x00, 0x0c),
    info: run(0xf0, 0xf9),
    prk: '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5',
    okm:
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf' + '34007208d5b887185865',
  },
  {
    name: 'A.2',
    ikm: run(0x00, 0x4f),
    salt: run(0x60, 0xaf),
    info: run(0xb0, 0xff),
    prk: '06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244',
    okm:
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c' +
      '59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71' +
      'cc30c58179ec3e87c14c01d5c1f3434f1d87',
  },
  {
    name: 'A.3',
    ikm: new Uint8Array(22).fill(0x0b),
    salt: new Uint8Array(0),
    info: new Uint8Array(0),
    prk: '19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04',
    okm:
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d' + '9d201395faa4b61a96c8',
  },
])('$name', ({ ikm, salt, info, prk, okm }) => {
  expect(toHex(hkdfExtract(hmacSha256, salt, ikm))).toBe(prk)
  expect(toHex(hkdfExpand(hmacSha256, fromHex(prk), info, okm.length / 2))).toBe(okm)
})

test('equals the platform, with SHA-256 and SM3', () => {
  const bytes = fc.uint8Array({ maxLength: 70 })
  fc.assert(
    fc.property(
      bytes,
      bytes,
      bytes,
      fc.integer({ min: 1, max: 100 }),
      (ikm, salt, info, length) => {
        for (const [name, mac] of [
          ['sha256', hmacSha256],
          ['sm3', hmacSm3],
        ] as const) {
          const expected = new Uint8Array(hkdfSync(name, ikm, salt, info, length))
          expect(hkdf(mac, ikm, salt, info, length)).toEqual(expected)
        }
      },
    ),
  )
})

test('refuses more than 255 blocks', () => {
  expect(() => hkdfExpand(hmacSha256, new Uint8Array(32), new Uint8Array(0), 8161)).toThrow(
    RangeError,
  )
})
