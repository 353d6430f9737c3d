// Goal: sealing to a P-256 key is HPKE of RFC 9180.
// Method: appendix A.3.1 (DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM), with the ephemeral key
// of the vector as argument; AES-256-GCM, which the suite uses, differs in one number and is fixed by
// vectors/sealed-data.json.
import { describe, expect, test } from 'vitest'
import { concatBytes, fromHex, toHex, utf8 } from './bytes.ts'
import { hpkeOpen, hpkeSeal } from './hpke.ts'

const recipient = {
  scalar: fromHex('f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2'),
  point: fromHex(
    '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82' +
      '6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
  ),
}
const ephemeral = fromHex('4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb')
const info = fromHex('4f6465206f6e2061204772656369616e2055726e')
const text = fromHex('4265617574792069732074727574682c20747275746820626561757479')
const additional = utf8('Count-0')

describe('appendix A.3.1', () => {
  const box = hpkeSeal('aes-128-gcm', recipient.point, ephemeral, info, additional, text)

  test('enc and ciphertext of sequence number 0', () => {
    expect(toHex(box.enc)).toBe(
      '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9' +
        '8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
    )
    expect(toHex(box.ciphertext)).toBe(
      '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
    )
  })

  test('opens', () => {
    expect(hpkeOpen('aes-128-gcm', recipient, info, additional, box)).toEqual(text)
  })

  test.each([
    ['another info', utf8('x'), additional, box.enc, box.ciphertext],
    ['other additional data', info, utf8('Count-1'), box.enc, box.ciphertext],
    ['a point off the curve', info, additional, flipped(box.enc, 64), box.ciphertext],
    ['a compressed point', info, additional, box.enc.subarray(0, 33), box.ciphertext],
    ['a changed byte', info, additional, box.enc, flipped(box.ciphertext, 3)],
    ['no tag', info, additional, box.enc, box.ciphertext.subarray(0, 10)],
    ['a byte more', info, additional, box.enc, concatBytes(box.ciphertext, Uint8Array.of(0))],
  ])('does not open with %s', (_, otherInfo, otherData, enc, ciphertext) => {
    const opened = hpkeOpen('aes-128-gcm', recipient, otherInfo, otherData, { enc, ciphertext })
    expect(opened).toBeUndefined()
  })
})

test('does not seal to a point off the curve', () => {
  const off = flipped(recipient.point, 64)
  expect(() => hpkeSeal('aes-256-gcm', off, ephemeral, info, additional, text)).toThrow(RangeError)
})

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] as number) ^ 1
  return changed
}
