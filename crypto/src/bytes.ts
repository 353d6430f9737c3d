/** A byte string. Everything hashed, signed or sealed is one of these. */
export type Bytes = Uint8Array

/** Draws `length` fresh random bytes; the caller decides from where, so that tests can fix them. */
export type RandomSource = (length: number) => Bytes

/** Text that is not what its encoding demands: a caller gave bytes or text from outside unchecked. */
export class EncodingRefused extends Error {
  /** The encoding that was expected. */
  readonly encoding: 'hex' | 'base64url' | 'utf-8' | 'integer' | 'id'

  constructor(encoding: 'hex' | 'base64url' | 'utf-8' | 'integer' | 'id', reason: string) {
    super(`not ${encoding}: ${reason}`)
    this.name = 'EncodingRefused'
    this.encoding = encoding
  }
}

/** Joins byte strings in order, into fresh memory. */
export function concatBytes(...parts: readonly Bytes[]): Bytes {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
)

/** Writes bytes as lower-case hex. */
export function toHex(bytes: Bytes): string {
  let text = ''
  for (let i = 0; i < bytes.length; i++) text += HEX_OF_BYTE[bytes[i] as number]
  return text
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  if (code >= 97 && code <= 102) return code - 87
  return -1
}

/**
 * Whether the text is lower-case hex of exactly `byteLength` bytes.
 *
 * @param byteLength  how many bytes the text must hold; any number of whole bytes if left out
 */
export function isHex(text: string, byteLength?: number): boolean {
  if (byteLength === undefined ? text.length % 2 !== 0 : text.length !== 2 * byteLength)
    return false
  for (let i = 0; i < text.length; i++) if (hexDigit(text.charCodeAt(i)) < 0) return false
  return true
}

/**
 * Reads lower-case hex.
 *
 * @throws EncodingRefused for an odd length, an upper-case digit or any other character
 */
export function fromHex(text: string): Bytes {
  if (text.length % 2 !== 0) throw new EncodingRefused('hex', 'odd number of digits')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    const high = hexDigit(text.charCodeAt(2 * i))
    const low = hexDigit(text.charCodeAt(2 * i + 1))
    if (high < 0 || low < 0) throw new EncodingRefused('hex', `digit pair at ${2 * i}`)
    bytes[i] = high * 16 + low
  }
  return bytes
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const BASE64URL_VALUE = new Int8Array(128).fill(-1)
for (let i = 0; i < 64; i++) BASE64URL_VALUE[BASE64URL.charCodeAt(i)] = i
const BASE64URL_CODE = Uint8Array.from(BASE64URL, (character) => character.charCodeAt(0))

const ascii = new TextDecoder()

/** Writes bytes as base64url without padding (RFC 4648 section 5). */
export function toBase64Url(bytes: Bytes): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3))
  let at = 0
  let i = 0
  for (; i + 2 < bytes.length; i += 3) {
    const group =
      ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number)
    codes[at++] = BASE64URL_CODE[group >> 18] as number
    codes[at++] = BASE64URL_CODE[(group >> 12) & 63] as number
    codes[at++] = BASE64URL_CODE[(group >> 6) & 63] as number
    codes[at++] = BASE64URL_CODE[group & 63] as number
  }
  if (i < bytes.length) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8)
    codes[at++] = BASE64URL_CODE[group >> 18] as number
    codes[at++] = BASE64URL_CODE[(group >> 12) & 63] as number
    if (i + 1 < bytes.length) codes[at++] = BASE64URL_CODE[(group >> 6) & 63] as number
  }
  return ascii.decode(codes)
}

function base64UrlValue(text: string, position: number): number {
  const code = text.charCodeAt(position)
  const value = code < 128 ? (BASE64URL_VALUE[code] as number) : -1
  if (value < 0) throw new EncodingRefused('base64url', `character at ${position}`)
  return value
}

/**
 * Reads base64url in its one canonical spelling.
 *
 * @throws EncodingRefused for padding, white space, another alphabet, an impossible length or
 *         unused bits that are not zero: two texts must never mean the same bytes
 */
export function fromBase64Url(text: string): Bytes {
  const rest = text.length % 4
  if (rest === 1) throw new EncodingRefused('base64url', 'impossible length')
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let at = 0
  let bits = 0
  let held = 0
  for (let i = 0; i < text.length; i++) {
    held = ((held << 6) | base64UrlValue(text, i)) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 0xff
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) throw new EncodingRefused('base64url', 'unused bits set')
  return bytes
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Whether the text holds no lone surrogate, so that UTF-8 can carry it unchanged. */
export function isWellFormedText(text: string): boolean {
  // In every supported runtime (Node 20, browsers of 2023), newer than the compiler's ES2023 types.
  return (text as string & { isWellFormed(): boolean }).isWellFormed()
}

/**
 * Writes text as UTF-8.
 *
 * @throws EncodingRefused for a lone surrogate, which the platform would silently replace
 */
export function utf8(text: string): Bytes {
  if (!isWellFormedText(text)) throw new EncodingRefused('utf-8', 'lone surrogate')
  return encoder.encode(text)
}

/**
 * Reads UTF-8; a byte-order mark is kept as a character.
 *
 * @throws EncodingRefused for ill-formed bytes: nothing is replaced
 */
export function fromUtf8(bytes: Bytes): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new EncodingRefused('utf-8', 'ill-formed bytes')
  }
}

/** Two bytes, big-endian. @throws EncodingRefused outside 0 … 65,535 */
export function u16(value: number): Bytes {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) {
    throw new EncodingRefused('integer', `${value} does not fit 16 bits`)
  }
  return Uint8Array.of(value >> 8, value & 0xff)
}

/** Four bytes, big-endian. @throws EncodingRefused outside 0 … 2³²−1 */
export function u32(value: number): Bytes {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    throw new EncodingRefused('integer', `${value} does not fit 32 bits`)
  }
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)
}

/**
 * Eight bytes, big-endian.
 *
 * @throws EncodingRefused for a negative, fractional or unsafe number, or a bigint of 2⁶⁴ or more
 */
export function u64(value: number | bigint): Bytes {
  if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0)) {
    throw new EncodingRefused('integer', `${value} is not a safe integer of 0 or more`)
  }
  if (typeof value === 'bigint' && (value < 0n || value >= 1n << 64n)) {
    throw new EncodingRefused('integer', `${value} does not fit 64 bits`)
  }
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

/** Byte order: negative if `a` comes first, 0 if equal; a prefix comes before what extends it. */
export function compareBytes(a: Bytes, b: Bytes): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Whether two byte strings are equal, in time that depends on their lengths alone. */
export function equalBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}
