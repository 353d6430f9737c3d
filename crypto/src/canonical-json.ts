import { type Bytes, isWellFormedText, utf8 } from './bytes.ts'
import { JSON_LIMITS, type JsonLike } from './json.ts'

/**
 * Spells a value as RFC 8785 (JCS) does: members sorted by UTF-16 code units, no white space.
 *
 * @throws TypeError for what strict JSON cannot carry: a fraction, an unsafe integer, a lone
 *         surrogate, `undefined`, a class instance, the name `__proto__`, nesting over 32. Such a
 *         value is a bug of the caller: nothing is dropped or rounded in silence.
 */
export function canonicalText(value: JsonLike): string {
  return write(value, 0)
}

/** The bytes of {@link canonicalText}. */
export function canonicalJson(value: JsonLike): Bytes {
  return utf8(canonicalText(value))
}

function write(value: JsonLike, depth: number): string {
  if (typeof value === 'string') return writeString(value)
  if (typeof value === 'number') return writeNumber(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value === null) return 'null'
  if (depth >= JSON_LIMITS.maxDepth) throw new TypeError('JSON nests too deep')
  if (Array.isArray(value)) return writeArray(value, depth + 1)
  if (typeof value === 'object') return writeObject(value as Record<string, JsonLike>, depth + 1)
  throw new TypeError(`JSON cannot hold a ${typeof value}`)
}

/** Longest text that is looked at character by character; above it the platform is faster. */
const SHORT_TEXT = 64

function needsNoEscape(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code < 32 || code === 34 || code === 92 || code >= 0xd800) return false
  }
  return true
}

function writeString(value: string): string {
  if (value.length <= SHORT_TEXT && needsNoEscape(value)) return `"${value}"`
  if (!isWellFormedText(value)) throw new TypeError('JSON cannot hold a lone surrogate')
  // For well-formed text the platform's spelling is that of RFC 8785 section 3.2.2.2.
  return JSON.stringify(value)
}

function writeNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError(`JSON cannot hold the number ${value}`)
  return value === 0 ? '0' : `${value}`
}

function writeArray(value: readonly JsonLike[], depth: number): string {
  let text = '['
  for (let i = 0; i < value.length; i++) {
    if (i > 0) text += ','
    text += write(value[i] as JsonLike, depth)
  }
  return `${text}]`
}

function writeObject(value: Record<string, JsonLike>, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  // Plain objects and those of the strict parser; a Map, a Date or bytes would be written as {}.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError('JSON cannot hold a class instance')
  }
  const names = Object.keys(value)
  if (!isAscending(names)) names.sort()
  let text = '{'
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    if (name === '__proto__') throw new TypeError('JSON cannot hold the name __proto__')
    if (i > 0) text += ','
    text += (spelledNames.get(name) ?? spellName(name)) + write(value[name] as JsonLike, depth)
  }
  return `${text}}`
}

/** What was read from a canonical text is in order already, and `<` compares UTF-16 code units too. */
function isAscending(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i++) {
    if ((names[i - 1] as string) > (names[i] as string)) return false
  }
  return true
}

/** Names come from schemas and recur in nearly every record; those of data must not fill the memory. */
const MOST_NAMES = 1_024
const spelledNames = new Map<string, string>()

function spellName(name: string): string {
  const spelled = `${writeString(name)}:`
  if (spelledNames.size < MOST_NAMES && name.length <= SHORT_TEXT) spelledNames.set(name, spelled)
  return spelled
}
