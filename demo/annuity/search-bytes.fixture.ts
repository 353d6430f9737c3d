import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Bytes, toHex, utf8 } from '@renshe/crypto'

/** A value that must not lie in the clear, under the name it is told by. */
export interface Secret {
  /** For example `annuity-contribution/payroll.memberId`. */
  readonly name: string
  /** Name of the member that holds it where it stands in JSON. */
  readonly field: string
  readonly value: string
}

/** A spelling of a secret as bytes. */
interface Needle {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Where a secret was seen. */
export interface Sighting {
  /** Path below the searched folder. */
  readonly file: string
  readonly name: string
}

/** Shorter spellings than this occur by chance in random bytes. */
const LEAST_BYTES = 6
/** Needles are found by their first bytes. */
const PREFIX_BYTES = 3

/**
 * Finds any of many byte strings: one pass over the bytes searched, however many there are.
 */
export class ByteSearch {
  readonly #marked = new Uint8Array(1 << (8 * PREFIX_BYTES))
  readonly #byPrefix = new Map<number, Needle[]>()
  readonly count: number

  constructor(needles: readonly Needle[]) {
    this.count = needles.length
    for (const needle of needles) {
      if (needle.bytes.length < PREFIX_BYTES) throw new RangeError(`${needle.name} is too short`)
      const prefix = prefixAt(needle.bytes, 0)
      this.#marked[prefix] = 1
      const others = this.#byPrefix.get(prefix)
      if (others === undefined) this.#byPrefix.set(prefix, [needle])
      else others.push(needle)
    }
  }

  /** Names of the needles that occur. */
  findIn(bytes: Uint8Array): Set<string> {
    const found = new Set<string>()
    const marked = this.#marked
    let prefix = prefixAt(bytes, 0) >> 8
    for (let at = 0; at + PREFIX_BYTES <= bytes.length; at++) {
      prefix = ((prefix << 8) | (bytes[at + 2] as number)) & 0xffffff
      if (marked[prefix] === 0) continue
      for (const { name, bytes: needle } of this.#byPrefix.get(prefix) ?? []) {
        if (!found.has(name) && standsAt(bytes, at, needle)) found.add(name)
      }
    }
    return found
  }

  /** Looks into every file below a folder. */
  findBelow(folder: string): Sighting[] {
    return filesBelow(folder).flatMap((path) =>
      [...this.findIn(readFileSync(path))].map((name) => ({ file: relative(folder, path), name })),
    )
  }
}

function prefixAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
}

function standsAt(bytes: Uint8Array, at: number, needle: Uint8Array): boolean {
  if (at + needle.length > bytes.length) return false
  for (let i = PREFIX_BYTES; i < needle.length; i++) if (bytes[at + i] !== needle[i]) return false
  return true
}

/** Every file below a folder, ascending. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      const status = lstatSync(path)
      if (status.isDirectory()) return filesBelow(path)
      return status.isFile() ? [path] : []
    })
}

/**
 * Spellings in which a text could lie somewhere: UTF-8, UTF-16 of both orders, JSON escapes, hex and
 * base64 at each of its three alignments; of a text that changes when it is normalised, both forms.
 *
 * A text of a few bytes occurs by chance: it is looked for as the JSON string or member that it would be.
 */
export function spellingsOf({ name, field, value }: Secret): Needle[] {
  const forms = new Set([value, value.normalize('NFC'), value.normalize('NFD')])
  const texts = [...forms].flatMap((form) => {
    const quoted = `"${form}"`
    const member = `"${field}":${quoted}`
    return utf8(form).length >= LEAST_BYTES ? [form] : [quoted, member]
  })
  return texts
    .flatMap((text) => [
      ...bytesOfText(text),
      ...[...bytesOfText(text)].flatMap((bytes) => bytesOfBytes(bytes)),
    ])
    .filter((bytes) => bytes.length >= LEAST_BYTES)
    .map((bytes) => ({ name, bytes }))
}

/** A hash as it could be stored: its bytes, hex, base64. */
export function spellingsOfHash(name: string, hash: Bytes): Needle[] {
  return [hash, ...bytesOfBytes(hash)].map((bytes) => ({ name, bytes }))
}

function bytesOfText(text: string): Uint8Array[] {
  const little = Buffer.from(text, 'utf16le')
  const big = Buffer.from(little).swap16()
  const escaped = [...text].map((sign) => (sign < '\x7f' ? sign : escapeOf(sign))).join('')
  const spelled = [utf8(text), new Uint8Array(little), new Uint8Array(big)]
  return escaped === text ? spelled : [...spelled, utf8(escaped)]
}

function escapeOf(sign: string): string {
  return Array.from(
    { length: sign.length },
    (_, unit) => `\\u${sign.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('')
}

/** Hex and base64 of bytes, wherever in a longer encoded text they begin. */
function bytesOfBytes(bytes: Uint8Array): Uint8Array[] {
  const hex = toHex(bytes)
  const encoded = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    // Signs at the edges also hold bits of the neighbours.
    const from = shift === 0 ? 0 : shift + 1
    const whole = Math.floor(((shift + bytes.length) * 8) / 6)
    return [text.slice(from, whole)]
  })
  return [...new Set([hex, hex.toUpperCase(), ...encoded, ...encoded.map(urlSafe)])].map(utf8)
}

function urlSafe(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_')
}
