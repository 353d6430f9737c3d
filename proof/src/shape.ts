import {
  type Bytes,
  fromBase64Url,
  isHex,
  type Json,
  type JsonObject,
  JsonRefused,
  parseCanonicalJson,
} from '@renshe/crypto'

/** A document from outside is not what its format demands: where, and what was expected there. */
export class ShapeRefused extends Error {
  /** Path of the value, for example `acts/0/height`; empty for the whole document. */
  readonly at: string
  /** What the format demands at this place. */
  readonly expected: string

  constructor(at: string, expected: string) {
    super(`${at === '' ? 'document' : at}: expected ${expected}`)
    this.name = 'ShapeRefused'
    this.at = at
    this.expected = expected
  }
}

/** Reads one JSON value into a type that cannot be wrong, or throws {@link ShapeRefused}. */
export type Shape<T> = (value: Json, at: string) => T

/** An object of exactly these members. */
export function object<T extends object>(members: { [K in keyof T]: Shape<T[K]> }): Shape<T> {
  const names = Object.keys(members) as (keyof T & string)[]
  return (value, at) => {
    const found = anyObject(value, at)
    for (const name of Object.keys(found)) {
      if (!Object.hasOwn(members, name)) throw new ShapeRefused(under(at, name), 'no such member')
    }
    for (const name of names) {
      if (!Object.hasOwn(found, name)) throw new ShapeRefused(under(at, name), 'this member')
      members[name](found[name] as Json, under(at, name))
    }
    return value as T
  }
}

/** Any object: its members are judged elsewhere, by hash or by the check that reads them. */
export const anyObject: Shape<JsonObject> = (value, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ShapeRefused(at, 'an object')
  }
  return value as JsonObject
}

/** Any JSON value. */
export const anyJson: Shape<Json> = (value) => value

/** A list of at most `most` elements. */
export function list<T>(element: Shape<T>, most = 10_000): Shape<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new ShapeRefused(at, 'a list')
    if (value.length > most) throw new ShapeRefused(at, `at most ${most} elements`)
    value.forEach((item: Json, i) => {
      element(item, under(at, String(i)))
    })
    return value as unknown as readonly T[]
  }
}

/** The value or null. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, at) => (value === null ? null : shape(value, at))
}

/** Exactly one of these values. */
export function oneOf<const T extends Json>(...choices: readonly T[]): Shape<T> {
  return (value, at) => {
    if (!choices.includes(value as T)) {
      throw new ShapeRefused(at, choices.map((choice) => JSON.stringify(choice)).join(' or '))
    }
    return value as T
  }
}

/** A height, time, count, size or index. */
export const count: Shape<number> = (value, at) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new ShapeRefused(at, 'an integer from 0 to 2^53 − 1')
  }
  return value
}

/** Any well-formed text of at most `most` UTF-16 units. */
export function text(most: number): Shape<string> {
  return (value, at) => {
    if (typeof value !== 'string') throw new ShapeRefused(at, 'text')
    if (value.length > most) throw new ShapeRefused(at, `text of at most ${most} characters`)
    return value
  }
}

/** Lower-case hex of `bytes` bytes (of any length if left out). */
export function hex(bytes?: number): Shape<string> {
  const expected = bytes === undefined ? 'lower-case hex' : `${bytes * 2} lower-case hex digits`
  return (value, at) => {
    if (typeof value !== 'string' || !isHex(value, bytes)) throw new ShapeRefused(at, expected)
    return value
  }
}

/** A digest or fingerprint: 64 lower-case hex digits. */
export const digest: Shape<string> = hex(32)

/** Canonical base64url, of `bytes` bytes if given. */
export function base64Url(bytes?: number): Shape<string> {
  const expected = bytes === undefined ? 'base64url' : `base64url of ${bytes} bytes`
  return (value, at) => {
    if (typeof value !== 'string') throw new ShapeRefused(at, expected)
    try {
      const decoded = fromBase64Url(value)
      if (bytes === undefined || decoded.length === bytes) return value
    } catch {
      // Falls through: whatever the decoder disliked, the file is not in its one spelling.
    }
    throw new ShapeRefused(at, expected)
  }
}

/** Member id or chain name: `[a-z][a-z0-9-]{2,31}`. */
export const name: Shape<string> = (value, at) => {
  if (typeof value !== 'string' || !isName(value)) throw new ShapeRefused(at, 'a member id')
  return value
}

/** Chain id: `<name>-<first 8 hex digits of the genesis hash>`. */
export const chainId: Shape<string> = (value, at) => {
  if (typeof value === 'string' && value.length > 9 && value.at(-9) === '-') {
    if (isName(value.slice(0, -9)) && isHex(value.slice(-8), 4)) return value
  }
  throw new ShapeRefused(at, 'a chain id')
}

function isName(value: string): boolean {
  if (value.length < 3 || value.length > 32 || !isLower(value.charCodeAt(0))) return false
  for (let i = 1; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (!isLower(code) && !isDigit(code) && code !== 0x2d) return false
  }
  return true
}

/** `<module>.<verbNoun>` of at most 64 characters. */
export const action: Shape<string> = (value, at) => {
  if (typeof value === 'string' && value.length <= 64) {
    const [module, verb, ...more] = value.split('.')
    if (more.length === 0 && isWord(module) && isWord(verb)) return value
  }
  throw new ShapeRefused(at, 'an action name')
}

/** `<module>/<noun>` of at most 64 characters. */
export const collection: Shape<string> = (value, at) => {
  if (typeof value === 'string' && value.length <= 64) {
    const [module, noun, ...more] = value.split('/')
    if (more.length === 0 && isWord(module) && isWord(noun)) return value
  }
  throw new ShapeRefused(at, 'a collection name')
}

/** Refusal or outcome code: `[A-Z][A-Z0-9_]{1,63}`. */
export const code: Shape<string> = (value, at) => {
  if (typeof value === 'string' && value.length >= 2 && value.length <= 64) {
    const rest = [...value].every((c, i) => isUpper(c) || (i > 0 && (isDigitText(c) || c === '_')))
    if (rest) return value
  }
  throw new ShapeRefused(at, 'a code')
}

function isWord(value: string | undefined): boolean {
  if (value === undefined || value === '' || !isLower(value.charCodeAt(0))) return false
  for (let i = 1; i < value.length; i++) {
    const unit = value.charCodeAt(i)
    if (!isLower(unit) && !isDigit(unit) && unit !== 0x2d && !(unit >= 65 && unit <= 90))
      return false
  }
  return true
}

function isLower(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

function isUpper(character: string): boolean {
  return character >= 'A' && character <= 'Z' && character.length === 1
}

function isDigitText(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1
}

function under(at: string, member: string): string {
  return at === '' ? member : `${at}/${member}`
}

/**
 * Reads a document that must be its own canonical form (JCS).
 *
 * @throws ShapeRefused  if the bytes are not strict JSON, not canonical, or not of this shape
 */
export function readCanonical<T>(bytes: Bytes, shape: Shape<T>): T {
  let value: JsonObject
  try {
    value = parseCanonicalJson(bytes)
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error
    throw new ShapeRefused('', `canonical JSON (${error.message})`)
  }
  return shape(value, '')
}
