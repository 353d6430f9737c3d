// Goal: SM4 and SM4-GCM are GB/T 32907 and RFC 8998; our GHASH is that of NIST SP 800-38D.
// Method: published examples; AES-GCM composed with our GHASH against the platform's; SM4-GCM against
// the platform where it has one (Node 26).
import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, fromHex, toHex } from './bytes.ts'
import { hasNativeSm4Gcm, openSm4Gcm, sealSm4Gcm } from './cipher.ts'
import { ghash } from './ghash.ts'

const key = fromHex('0123456789abcdeffedcba9876543210')

test('GB/T 32907 annex A.1: the platform’s SM4', () => {
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
  expect(cipher.update(key).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246')
})

describe('RFC 8998 appendix A.1', () => {
  const nonce = fromHex('00001234567800000000abcd')
  const additional = fromHex('feedfacedeadbeeffeedfacedeadbeefabaddad2')
  const text = fromHex(
    'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd' +
      'eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa',
  )
  const sealed = sealSm4Gcm(key, nonce, additional, text)

  test('ciphertext and tag', () => {
    expect(toHex(sealed)).toBe(
      '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735' +
        'd82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d' +
        '83de3541e4c2b58177e065a9bf7b62ec',
    )
    expect(openSm4Gcm(key, nonce, additional, sealed)).toEqual(text)
  })

  test('no changed byte opens', () => {
    for (let at = 0; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed)
      changed[at] = (changed[at] as number) ^ 0x80
      expect(openSm4Gcm(key, nonce, additional, changed)).toBeUndefined()
    }
    expect(openSm4Gcm(key, nonce, additional.subarray(1), sealed)).toBeUndefined()
    expect(openSm4Gcm(key, nonce, additional, sealed.subarray(0, 15))).toBeUndefined()
  })

  test('another length of nonce is refused', () => {
    expect(() => sealSm4Gcm(key, nonce.subarray(1), additional, text)).toThrow(RangeError)
  })
})

const message = fc.uint8Array({ maxLength: 100 })

test('GHASH: AES-CTR with it is the platform’s AES-GCM', () => {
  const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })
  fc.assert(
    fc.property(sixteen, message, message, (aesKey, additional, text) => {
      const nonce = new Uint8Array(12).fill(3)
      const native = createCipheriv('aes-128-gcm', aesKey, nonce)
      native.setAAD(additional)
      const ciphertext = native.update(text)
      native.final()
      const block = createCipheriv('aes-128-ecb', aesKey, null).setAutoPadding(false)
      const hashKey = block.update(new Uint8Array(16))
      const mask = block.update(concatBytes(nonce, Uint8Array.of(0, 0, 0, 1)))
      const tag = ghash(Uint8Array.from(hashKey), additional, Uint8Array.from(ciphertext))
      expect(toHex(tag.map((byte, i) => byte ^ (mask[i] as number)))).toBe(
        native.getAuthTag().toString('hex'),
      )
    }),
  )
})

test('SM4-GCM equals the platform’s where there is one, and opens itself everywhere', () => {
  fc.assert(
    fc.property(message, message, (additional, text) => {
      const nonce = new Uint8Array(12).fill(5)
      const sealed = sealSm4Gcm(key, nonce, additional, text)
      expect(openSm4Gcm(key, nonce, additional, sealed)).toEqual(text)
      if (!hasNativeSm4Gcm()) return
      const native = createCipheriv('sm4-gcm' as 'aes-128-gcm', key, nonce)
      native.setAAD(additional)
      const expected = Buffer.concat([native.update(text), native.final(), native.getAuthTag()])
      expect(toHex(sealed)).toBe(expected.toString('hex'))
    }),
  )
})
