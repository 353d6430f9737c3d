// Goal: SM2 encryption is GB/T 32918.4 on the curve of GB/T 32918.5.
// Method: the encryption example of GB/T 32918.5 annex C, round trips, one defect per row.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, fromHex, toHex, utf8 } from './bytes.ts'
import { generateKeyPair } from './keys.ts'
import { bytesOfNumber } from './public-key.ts'
import { sm2Decrypt, sm2Encrypt } from './sm2-encryption.ts'

const scalar = fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8')
const recipient = generateKeyPair('sm2', scalar).publicKey.raw
const ephemeral = fromHex('59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21')
const text = utf8('encryption standard')
const box = sm2Encrypt(recipient, ephemeral, text) as Uint8Array

describe('GB/T 32918.5 annex C', () => {
  test('C1, C3 and C2', () => {
    expect(toHex(box.subarray(0, 65))).toBe(
      '0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73' +
        'e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0',
    )
    expect(toHex(box.subarray(65, 97))).toBe(
      '59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766',
    )
    expect(toHex(box.subarray(97))).toBe('21886ca989ca9c7d58087307ca93092d651efa')
  })

  test('decrypts', () => {
    expect(sm2Decrypt(scalar, box)).toEqual(text)
  })
})

test.each([
  ['C1 off the curve', flipped(box, 64)],
  ['C1 compressed', concatBytes(Uint8Array.of(2), box.subarray(1))],
  ['C1 all zero', concatBytes(Uint8Array.of(4), new Uint8Array(64), box.subarray(65))],
  ['C3 changed', flipped(box, 65)],
  ['C2 changed', flipped(box, 97)],
  ['C2 longer', concatBytes(box, Uint8Array.of(0))],
  ['C2 shorter', box.subarray(0, -1)],
  ['no C2', box.subarray(0, 97)],
  ['empty', new Uint8Array(0)],
])('%s: does not decrypt', (_, changed) => {
  expect(sm2Decrypt(scalar, changed)).toBeUndefined()
})

test('round trip', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 100 }), (bytes) => {
      const sealed = sm2Encrypt(recipient, ephemeral, bytes) as Uint8Array
      expect(sealed.length).toBe(bytes.length + 97)
      expect(sm2Decrypt(scalar, sealed)).toEqual(bytes)
    }),
    { numRuns: 15 },
  )
})

test('a derived stream that is all zero asks for another draw (step A5)', () => {
  // For a text of one byte the stream is zero once in 256 draws; for this recipient k = 470 is the first.
  expect(sm2Encrypt(recipient, bytesOfNumber(470n, 32), utf8('a'))).toBeUndefined()
  expect(sm2Encrypt(recipient, bytesOfNumber(471n, 32), utf8('a'))).toBeDefined()
})

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] as number) ^ 1
  return changed
}
