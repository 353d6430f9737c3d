import { type Bytes, fromUtf8, utf8 } from './bytes.ts'

/** A value of JSON as the ledger reads it; numbers are safe integers only. */
export type Json = null | boolean | number | string | Json[] | JsonObject

/** An object of strict JSON. Parsed ones inherit nothing: `value.constructor` is undefined. */
export type JsonObject = { [name: string]: Json }

/** What {@link canonicalJson} accepts: {@link Json}, also read-only. */
export type JsonLike =
  | null
  | boolean
  | number
  | string
  | readonly JsonLike[]
  | { readonly [name: string]: JsonLike }

/** Why JSON is refused. */
export type JsonRefusalCode =
  | 'JSON_UTF8'
  | 'JSON_SYNTAX'
  | 'JSON_NOT_OBJECT'
  | 'JSON_TRAILING'
  | 'JSON_DUPLICATE_NAME'
  | 'JSON_FORBIDDEN_NAME'
  | 'JSON_LONE_SURROGATE'
  | 'JSON_CONTROL_CHARACTER'
  | 'JSON_NUMBER'
  | 'JSON_DEPTH'
  | 'JSON_MEMBERS'
  | 'JSON_ELEMENTS'
  | 'JSON_NAME_LENGTH'
  | 'JSON_BYTES'
  | 'JSON_NOT_CANONICAL'

/** JSON from outside that is not strict (or, where that is asked, not canonical). */
export class JsonRefused extends Error {
  /** Which rule was broken. */
  readonly code: JsonRefusalCode
  /** Offset in bytes of the place where it was noticed. */
  readonly position: number

  constructor(code: JsonRefusalCode, position: number) {
    super(`${code} at byte ${position}`)
    this.name = 'JsonRefused'
    this.code = code
    this.position = position
  }
}

/** Largest sizes that a strict parser accepts. */
export interface JsonLimits {
  /** Nesting; the outer object is 1. */
  readonly maxDepth: number
  /** Members of one object. */
  readonly maxMembers: number
  /** Elements of one array. */
  readonly maxElements: number
  /** Bytes of UTF-8 in one member name. */
  readonly maxNameBytes: number
  /** Bytes of the whole text. */
  readonly maxBytes: number
}

/**
 * The limits of ledger-bytes section 15 that hold for every text.
 *
 * `maxBytes` is that of a package, the largest document; callers that read something smaller give
 * their own.
 */
export const JSON_LIMITS: JsonLimits = {
  maxDepth: 32,
  maxMembers: 1024,
  maxElements: 10_000,
  maxNameBytes: 128,
  maxBytes: 8 * 1024 * 1024,
}

// An object made by this constructor inherits nothing and still keeps the fast property layout of
// the engine, which `Object.create(null)` gives up.
const NOTHING: object = Object.freeze(Object.create(null))
const BareObject = function BareObject() {} as unknown as new () => JsonObject
BareObject.prototype = NOTHING

const TAB = 9
const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const MINUS = 45
const ZERO = 48
const NINE = 57
const COLON = 58
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/** Short escapes: code after the backslash → character. */
const SHORT_ESCAPES: ReadonlyMap<number, string> = new Map([
  [QUOTE, '"'],
  [BACKSLASH, '\\'],
  [47, '/'],
  [98, '\b'],
  [102, '\f'],
  [110, '\n'],
  [114, '\r'],
  [116, '\t'],
])

/** Control characters that JCS writes with a short escape: \b \t \n \f \r. */
const HAS_SHORT_ESCAPE: ReadonlySet<number> = new Set([8, 9, 10, 12, 13])

class StrictReader {
  /** Whether everything read so far is spelled as RFC 8785 spells it. */
  isCanonical = true
  readonly #text: string
  readonly #limits: JsonLimits
  #position = 0

  constructor(text: string, limits: JsonLimits) {
    this.#text = text
    this.#limits = limits
  }

  readDocument(): JsonObject {
    this.#skipSpace()
    const first = this.#text.charCodeAt(this.#position)
    if (first !== OPEN_BRACE) {
      throw this.#refused(this.#position < this.#text.length ? 'JSON_NOT_OBJECT' : 'JSON_SYNTAX')
    }
    const document = this.#readObject(1)
    this.#skipSpace()
    if (this.#position !== this.#text.length) throw this.#refused('JSON_TRAILING')
    return document
  }

  #refused(code: JsonRefusalCode): JsonRefused {
    const upTo = Math.min(this.#position, this.#text.length)
    // The prefix may end inside a surrogate pair; a replacement character has the same three bytes.
    return new JsonRefused(code, new TextEncoder().encode(this.#text.slice(0, upTo)).length)
  }

  #skipSpace(): void {
    const start = this.#position
    for (;;) {
      const code = this.#text.charCodeAt(this.#position)
      if (code !== SPACE && code !== LINE_FEED && code !== CARRIAGE_RETURN && code !== TAB) break
      this.#position++
    }
    if (this.#position !== start) this.isCanonical = false
  }

  #readValue(depth: number): Json {
    const code = this.#text.charCodeAt(this.#position)
    if (code === QUOTE) return this.#readString()
    if (code === OPEN_BRACE) return this.#readObject(depth + 1)
    if (code === OPEN_BRACKET) return this.#readArray(depth + 1)
    if (code === MINUS || (code >= ZERO && code <= NINE)) return this.#readNumber()
    if (this.#readWord('true')) return true
    if (this.#readWord('false')) return false
    if (this.#readWord('null')) return null
    throw this.#refused('JSON_SYNTAX')
  }

  #readWord(word: string): boolean {
    if (!this.#text.startsWith(word, this.#position)) return false
    this.#position += word.length
    return true
  }

  #readObject(depth: number): JsonObject {
    if (depth > this.#limits.maxDepth) throw this.#refused('JSON_DEPTH')
    const object = new BareObject()
    this.#position++
    this.#skipSpace()
    if (this.#text.charCodeAt(this.#position) === CLOSE_BRACE) {
      this.#position++
      return object
    }
    let previous = ''
    for (let count = 1; ; count++) {
      if (count > this.#limits.maxMembers) throw this.#refused('JSON_MEMBERS')
      const name = this.#readName()
      if (object[name] !== undefined) throw this.#refused('JSON_DUPLICATE_NAME')
      if (count > 1 && name < previous) this.isCanonical = false
      previous = name
      this.#skipSpace()
      if (this.#text.charCodeAt(this.#position) !== COLON) throw this.#refused('JSON_SYNTAX')
      this.#position++
      this.#skipSpace()
      object[name] = this.#readValue(depth)
      if (this.#endsWith(CLOSE_BRACE)) return object
    }
  }

  #readName(): string {
    if (this.#text.charCodeAt(this.#position) !== QUOTE) throw this.#refused('JSON_SYNTAX')
    const name = this.#readString()
    if (name === '__proto__') throw this.#refused('JSON_FORBIDDEN_NAME')
    const { maxNameBytes } = this.#limits
    // One UTF-16 unit takes at most three bytes, so short names need no measuring.
    if (name.length * 3 > maxNameBytes && utf8(name).length > maxNameBytes) {
      throw this.#refused('JSON_NAME_LENGTH')
    }
    return name
  }

  #readArray(depth: number): Json[] {
    if (depth > this.#limits.maxDepth) throw this.#refused('JSON_DEPTH')
    const array: Json[] = []
    this.#position++
    this.#skipSpace()
    if (this.#text.charCodeAt(this.#position) === CLOSE_BRACKET) {
      this.#position++
      return array
    }
    for (;;) {
      if (array.length >= this.#limits.maxElements) throw this.#refused('JSON_ELEMENTS')
      array.push(this.#readValue(depth))
      if (this.#endsWith(CLOSE_BRACKET)) return array
    }
  }

  /** Reads the comma before another member or element, or the end. */
  #endsWith(closing: number): boolean {
    this.#skipSpace()
    const code = this.#text.charCodeAt(this.#position)
    if (code !== closing && code !== COMMA) throw this.#refused('JSON_SYNTAX')
    this.#position++
    if (code === closing) return true
    this.#skipSpace()
    return false
  }

  #readNumber(): number {
    const text = this.#text
    const isNegative = text.charCodeAt(this.#position) === MINUS
    if (isNegative) this.#position++
    const start = this.#position
    let value = 0
    for (;;) {
      const code = text.charCodeAt(this.#position)
      if (!(code >= ZERO && code <= NINE)) break
      value = value * 10 + (code - ZERO)
      // A rounded sum can only lie above the largest safe integer, so this test is exact.
      if (value > Number.MAX_SAFE_INTEGER) throw this.#refused('JSON_NUMBER')
      this.#position++
    }
    const digits = this.#position - start
    const hasLeadingZero = digits > 1 && text.charCodeAt(start) === ZERO
    const isNegativeZero = isNegative && value === 0
    const next = text.charCodeAt(this.#position)
    const goesOn = next === 46 || next === 101 || next === 69
    if (digits === 0 || hasLeadingZero || isNegativeZero || goesOn) {
      throw this.#refused('JSON_NUMBER')
    }
    return isNegative ? -value : value
  }

  #readString(): string {
    const text = this.#text
    const start = ++this.#position
    for (let at = start; ; at++) {
      const code = text.charCodeAt(at)
      if (code === QUOTE) {
        this.#position = at + 1
        return text.slice(start, at)
      }
      if (code === BACKSLASH) {
        this.#position = at
        return this.#readEscapedString(start)
      }
      if (!(code >= SPACE)) {
        this.#position = at
        throw this.#refused(at < text.length ? 'JSON_CONTROL_CHARACTER' : 'JSON_SYNTAX')
      }
    }
  }

  /** Goes on reading a string at its first backslash. */
  #readEscapedString(start: number): string {
    const text = this.#text
    let value = text.slice(start, this.#position)
    for (;;) {
      const code = text.charCodeAt(this.#position)
      if (code === QUOTE) {
        this.#position++
        return value
      }
      if (!(code >= SPACE)) {
        throw this.#refused(this.#position < text.length ? 'JSON_CONTROL_CHARACTER' : 'JSON_SYNTAX')
      }
      if (code === BACKSLASH) {
        value += this.#readEscape()
      } else {
        const from = this.#position
        while (isPlain(text.charCodeAt(this.#position))) this.#position++
        value += text.slice(from, this.#position)
      }
    }
  }

  #readEscape(): string {
    const code = this.#text.charCodeAt(this.#position + 1)
    const short = SHORT_ESCAPES.get(code)
    if (short !== undefined) {
      this.#position += 2
      if (short === '/') this.isCanonical = false
      return short
    }
    if (code !== 117) throw this.#refused('JSON_SYNTAX')
    const unit = this.#readUnicodeEscape()
    if (unit < 0xd800 || unit > 0xdfff) {
      if (unit >= SPACE || HAS_SHORT_ESCAPE.has(unit)) this.isCanonical = false
      return String.fromCharCode(unit)
    }
    this.isCanonical = false
    const isPair = unit <= 0xdbff && this.#text.startsWith('\\u', this.#position)
    const low = isPair ? this.#readUnicodeEscape() : 0
    if (low < 0xdc00 || low > 0xdfff) throw this.#refused('JSON_LONE_SURROGATE')
    return String.fromCharCode(unit, low)
  }

  #readUnicodeEscape(): number {
    let unit = 0
    for (let i = 2; i < 6; i++) {
      const code = this.#text.charCodeAt(this.#position + i)
      let digit = -1
      if (code >= ZERO && code <= NINE) digit = code - ZERO
      else if (code >= 97 && code <= 102) digit = code - 87
      else if (code >= 65 && code <= 70) {
        digit = code - 55
        this.isCanonical = false
      }
      if (digit < 0) throw this.#refused('JSON_SYNTAX')
      unit = unit * 16 + digit
    }
    this.#position += 6
    return unit
  }
}

function isPlain(code: number): boolean {
  return code >= SPACE && code !== QUOTE && code !== BACKSLASH
}

function readerOf(bytes: Bytes, limits: JsonLimits): StrictReader {
  if (bytes.length > limits.maxBytes) throw new JsonRefused('JSON_BYTES', limits.maxBytes)
  let text: string
  try {
    text = fromUtf8(bytes)
  } catch {
    throw new JsonRefused('JSON_UTF8', 0)
  }
  return new StrictReader(text, limits)
}

/**
 * Reads one strict JSON object (ledger-bytes section 2); what is not strict is refused, never
 * repaired. Strings come out exactly as written, not normalised.
 *
 * @param limits  limits that differ from {@link JSON_LIMITS}
 * @returns       objects that inherit nothing, so no name finds a member that was not written
 * @throws JsonRefused with code and byte position
 */
export function parseStrictJson(bytes: Bytes, limits: Partial<JsonLimits> = {}): JsonObject {
  return readerOf(bytes, { ...JSON_LIMITS, ...limits }).readDocument()
}

/**
 * Reads one strict JSON object whose bytes must be their own canonical form (RFC 8785).
 *
 * @throws JsonRefused `JSON_NOT_CANONICAL` if only the spelling is wrong
 */
export function parseCanonicalJson(bytes: Bytes, limits: Partial<JsonLimits> = {}): JsonObject {
  const reader = readerOf(bytes, { ...JSON_LIMITS, ...limits })
  const document = reader.readDocument()
  if (!reader.isCanonical) throw new JsonRefused('JSON_NOT_CANONICAL', 0)
  return document
}

/** Whether the bytes are a strict JSON object in its canonical form. */
export function isCanonicalJson(bytes: Bytes, limits: Partial<JsonLimits> = {}): boolean {
  try {
    parseCanonicalJson(bytes, limits)
    return true
  } catch (error) {
    if (error instanceof JsonRefused) return false
    throw error
  }
}
