import { type Bytes, utf8 } from '@renshe/crypto'

/** One part of a state key: a string (ordered by code point) or an integer 0 … 2⁵³−1. */
export type KeyPart = string | number

/**
 * The bytes of a key as text, one character U+0000 … U+00FF per byte: so a key can sit in a `Map`,
 * and `<` on such texts is exactly the byte order of the keys.
 */
export type KeyText = string

const STRING = '\u0001'
const INTEGER = '\u0002'
const INTEGER_CODE = 2
const END = '\u0000'
/** Follows a zero byte inside a string part, so that the part's own end stays recognisable. */
const ESCAPE = '\u00ff'
const CHUNK = 4096

/** The parts of a key that is a single part or a tuple of parts. */
export function keyParts(key: unknown): readonly KeyPart[] {
  return (Array.isArray(key) ? key : [key]) as readonly KeyPart[]
}

/** Spells bytes as {@link KeyText}. */
export function keyTextOf(bytes: Bytes): KeyText {
  let text = ''
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK))
  }
  return text
}

/** The bytes that a {@link KeyText} spells. */
export function keyBytes(text: KeyText): Bytes {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

function isPlainAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0 || code > 127) return false
  }
  return true
}

function stringPart(part: string): KeyText {
  if (isPlainAscii(part)) return STRING + part + END
  let text = STRING
  for (const byte of utf8(part)) {
    text += String.fromCharCode(byte)
    if (byte === 0) text += ESCAPE
  }
  return text + END
}

function integerPart(part: number): KeyText {
  if (!Number.isSafeInteger(part) || part < 0) {
    throw new RangeError(`a key part is a string or an integer from 0 to 2^53 − 1, not ${part}`)
  }
  const high = Math.floor(part / 2 ** 32)
  const low = part >>> 0
  // Made at once: text put together byte by byte would be flattened again by whoever compares it.
  return String.fromCharCode(
    INTEGER_CODE,
    high >>> 24,
    (high >>> 16) & 0xff,
    (high >>> 8) & 0xff,
    high & 0xff,
    low >>> 24,
    (low >>> 16) & 0xff,
    (low >>> 8) & 0xff,
    low & 0xff,
  )
}

/** Spells parts so that byte order is the order of the tuples: shorter tuples first. */
export function encodeParts(parts: readonly KeyPart[]): KeyText {
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') text += stringPart(part)
    else if (typeof part === 'number') text += integerPart(part)
    else throw new TypeError(`a key part is a string or an integer, not a ${typeof part}`)
  }
  return text
}

/**
 * The state key of parts in a collection: `collection ‖ 00 ‖ parts`.
 *
 * @throws RangeError, TypeError for a part that is neither a well-formed string nor such an integer
 * @source ledger-bytes.md section 5
 */
export function encodeKey(collection: string, parts: readonly KeyPart[]): KeyText {
  return collection + END + encodeParts(parts)
}

function readString(text: KeyText, start: number): { part: string; next: number } {
  const bytes: number[] = []
  let at = start
  for (;;) {
    if (at >= text.length) throw new RangeError('a key ends inside a string part')
    const byte = text.charCodeAt(at)
    if (byte !== 0) {
      bytes.push(byte)
      at += 1
    } else if (text.charAt(at + 1) === ESCAPE) {
      bytes.push(0)
      at += 2
    } else {
      const part = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        Uint8Array.from(bytes),
      )
      return { part, next: at + 1 }
    }
  }
}

function readInteger(text: KeyText, start: number): number {
  if (start + 8 > text.length) throw new RangeError('a key ends inside an integer part')
  let value = 0
  for (let i = start; i < start + 8; i++) value = value * 256 + text.charCodeAt(i)
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer part is above 2^53 − 1')
  return value
}

/**
 * Reads what {@link encodeParts} wrote.
 *
 * @throws RangeError if the text is not made of whole parts
 */
export function decodeParts(text: KeyText): KeyPart[] {
  const parts: KeyPart[] = []
  let at = 0
  while (at < text.length) {
    const kind = text.charAt(at)
    if (kind === STRING) {
      const { part, next } = readString(text, at + 1)
      parts.push(part)
      at = next
    } else if (kind === INTEGER) {
      parts.push(readInteger(text, at + 1))
      at += 9
    } else {
      throw new RangeError(`no part of a key begins with byte ${text.charCodeAt(at)}`)
    }
  }
  return parts
}

/** Splits a state key into its collection and parts; the opposite of {@link encodeKey}. */
export function decodeKey(key: KeyText): { collection: string; parts: KeyPart[] } {
  const end = key.indexOf(END)
  if (end < 0) throw new RangeError('a state key names its collection')
  return { collection: key.slice(0, end), parts: decodeParts(key.slice(end + 1)) }
}

/**
 * The open end of a range of keys that begin with these whole parts. The byte FF is above whatever begins
 * a further part, and below the string that only continues the last part behind a zero byte.
 */
export function endOfParts(head: KeyText): KeyText {
  return head + ESCAPE
}
