/**
 * Goal: bytes that someone sends as a transaction or a bundle are refused before they cost anything,
 * whatever they are (threat 28).
 * Method: a table of hostile bytes; the time and the memory of the worst are bounded by their length.
 */
import { type Bytes, concatBytes, generateKeyPair, u16, u32, utf8 } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { cutTransaction, frameTransaction, splitBundle } from './framing.ts'
import { LIMITS } from './limits.ts'
import { makeBody, readTransaction, signBody } from './transaction.ts'

const { privateKey } = generateKeyPair('p256', new Uint8Array(32).fill(7))
const read = (bodyBytes: Bytes, signatureBytes = signBody(utf8('{}'), privateKey)) =>
  readTransaction({ bodyBytes, signatureBytes })
const nested = (open: string, close: string, depth: number) =>
  utf8(`{"input":${open.repeat(depth)}1${close.repeat(depth)}}`)

describe('threat 28: bytes that are sent as a body', () => {
  it.each<[string, () => Bytes]>([
    ['nothing', () => new Uint8Array(0)],
    ['one zero byte', () => new Uint8Array(1)],
    ['100 MB of spaces', () => new Uint8Array(100_000_000).fill(0x20)],
    ['one byte over the limit', () => new Uint8Array(LIMITS.bodyBytes + 1).fill(0x20)],
    ['as many spaces as are allowed', () => new Uint8Array(LIMITS.bodyBytes).fill(0x20)],
    ['objects 1,000,000 deep', () => nested('{"a":', '}', 1_000_000)],
    ['lists as deep as fit', () => nested('[', ']', 98_000)],
    ['an open bracket as often as fits', () => utf8('['.repeat(LIMITS.bodyBytes))],
    ['1,000,000 names', () => utf8(`{${'"a":1,'.repeat(1_000_000)}"b":1}`)],
    ['other names as many as fit', () => names(17_000)],
    ['a number of 190,000 digits', () => utf8(`{"a":${'9'.repeat(190_000)}}`)],
    ['a text that never ends', () => utf8(`{"a":"${'\\u0061'.repeat(32_000)}`)],
    ['a compressed archive', () => utf8('PK\u0003\u0004')],
    ['UTF-16', () => new Uint8Array(Buffer.from('\ufeff{"v":1}', 'utf16le'))],
    ['a NUL in a name', () => utf8('{"a\u0000":1}')],
  ])('%s: refused', (_what, bytes) => {
    expect(read(bytes())).toMatchObject({ code: 'TX_MALFORMED' })
  })

  it('a sound one is read up to the limit, and not a byte beyond', () => {
    const body = makeBody({
      chain: 'demo-library-12345678',
      action: 'library.issueCard',
      input: {},
      signer: '00'.repeat(32),
      nonce: new Uint8Array(16),
      expiresAt: 1,
    })
    const spaced = (length: number) =>
      concatBytes(body, new Uint8Array(length - body.length).fill(0x20))
    expect(read(spaced(LIMITS.bodyBytes))).toMatchObject({ body: { v: 1 } })
    expect(read(spaced(LIMITS.bodyBytes + 1))).toMatchObject({ code: 'TX_MALFORMED' })
  })

  it.each<[string, () => Bytes]>([
    ['nothing', () => new Uint8Array(0)],
    ['100 MB', () => new Uint8Array(100_000_000).fill(0x20)],
    ['lists as deep as fit', () => utf8('['.repeat(LIMITS.signatureBytes))],
  ])('%s as its signature: refused', (_what, bytes) => {
    expect(read(utf8('{}'), bytes())).toMatchObject({ code: 'TX_MALFORMED' })
  })

  function names(count: number): Bytes {
    return utf8(`{${Array.from({ length: count }, (_, at) => `"${at}":1`).join(',')}}`)
  }
})

describe('threat 28: bytes that are sent as a bundle', () => {
  const frame = frameTransaction(utf8('{}'), utf8('{}'))
  const bundle = (count: number, ...parts: Bytes[]) =>
    concatBytes(utf8('RSB1'), u16(count), ...parts)

  /** One transaction that makes a bundle of so many bytes. */
  function filled(bundleBytes: number): Bytes {
    return frameTransaction(new Uint8Array(bundleBytes - 14), utf8('{}'))
  }

  it('is cut where its framing is whole, up to the limit', () => {
    expect(splitBundle(bundle(2, frame, frame))).toHaveLength(2)
    expect(splitBundle(bundle(1, filled(LIMITS.bundleBytes)))).toHaveLength(1)
  })

  it.each<[string, Bytes]>([
    ['nothing', new Uint8Array(0)],
    ['another magic', concatBytes(utf8('RSB2'), u16(1), frame)],
    ['no transaction', bundle(0)],
    ['fewer than it says', bundle(2, frame)],
    ['more than it says', bundle(1, frame, frame)],
    ['101 transactions', bundle(101, ...Array.from({ length: 101 }, () => frame))],
    ['a count of 65,535', bundle(65_535, frame)],
    ['a body of 4 GB by its length', bundle(1, u32(0xffffffff), utf8('{}'))],
    ['a signature longer than the rest', bundle(1, u32(2), utf8('{}'), u16(0xffff), utf8('{}'))],
    ['one byte over the limit, framed well', bundle(1, filled(LIMITS.bundleBytes + 1))],
    ['100 MB, framed well', bundle(1, filled(100_000_000))],
  ])('%s: refused whole', (_what, bytes) => {
    // Compared here: a failure must not print 100 MB.
    expect(splitBundle(bytes) === undefined).toBe(true)
  })

  it('a frame that ends early is not read beyond its end', () => {
    for (let length = 0; length < frame.length; length++) {
      expect(cutTransaction(frame.subarray(0, length), 0)).toBeUndefined()
    }
  })
})
