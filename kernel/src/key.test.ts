/**
 * Goal: keys have the bytes of ledger-bytes section 5 and their byte order is the order of tuples.
 * Method: published vectors; properties over tuples of strings (all planes, zero bytes) and integers.
 */
import { readFileSync } from 'node:fs'
import { compareBytes, fromHex, toHex } from '@renshe/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeKey,
  decodeParts,
  encodeKey,
  encodeParts,
  endOfParts,
  type KeyPart,
  keyBytes,
  keyTextOf,
} from './key.ts'

interface KeyVector {
  readonly collection: string
  readonly parts: KeyPart[]
  readonly key: string
}

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/ledger-bytes.json', import.meta.url), 'utf8'),
) as { keys: KeyVector[]; keysOrder: number[] }

const part: fc.Arbitrary<KeyPart> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('', '\0', '\0\0', '\0\u00ff', 'a\0b', '\uffff', '𠮷', '\u{10ffff}'),
  fc.maxSafeNat(),
  fc.constantFrom(0, 1, 255, 256, 2 ** 32, Number.MAX_SAFE_INTEGER),
)
const tuple = fc.array(part, { maxLength: 4 })

function comparePart(a: KeyPart, b: KeyPart): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  // Strings come before integers: their kind byte is smaller.
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? 1 : -1
  const left = Array.from(a, (c) => c.codePointAt(0)!)
  const right = Array.from(b, (c) => c.codePointAt(0)!)
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return left[i]! - right[i]!
  }
  return left.length - right.length
}

function compareTuple(a: readonly KeyPart[], b: readonly KeyPart[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = comparePart(a[i]!, b[i]!)
    if (order !== 0) return order
  }
  return a.length - b.length
}

describe('state keys', () => {
  it.each(vectors.keys)('$collection $parts', ({ collection, parts, key }) => {
    const text = encodeKey(collection, parts)
    expect(toHex(keyBytes(text))).toBe(key)
    expect(keyTextOf(fromHex(key))).toBe(text)
    expect(decodeKey(text)).toEqual({ collection, parts })
  })

  it('sort as the published list does', () => {
    const sorted = vectors.keys
      .map(({ key }, i) => ({ key: fromHex(key), i }))
      .sort((a, b) => compareBytes(a.key, b.key))
    expect(sorted.map(({ i }) => i)).toEqual(vectors.keysOrder)
  })

  it('read back to the same parts', () => {
    fc.assert(
      fc.property(tuple, (parts) => {
        expect(decodeParts(encodeParts(parts))).toEqual(parts)
      }),
    )
  })

  it('order as the tuples do, as texts and as bytes', () => {
    fc.assert(
      fc.property(tuple, tuple, (a, b) => {
        const [left, right] = [encodeParts(a), encodeParts(b)]
        const order = Math.sign(compareTuple(a, b))
        expect(left < right ? -1 : left > right ? 1 : 0).toBe(order)
        expect(Math.sign(compareBytes(keyBytes(left), keyBytes(right)))).toBe(order)
      }),
    )
  })

  it('keep a prefix range to exactly the tuples that begin so', () => {
    fc.assert(
      fc.property(tuple, tuple, (prefix, other) => {
        const head = encodeKey('a/b', prefix)
        const key = encodeKey('a/b', other)
        const begins = compareTuple(other.slice(0, prefix.length), prefix) === 0
        expect(key >= head && key < endOfParts(head)).toBe(begins && other.length >= prefix.length)
      }),
    )
  })

  it('keep apart a part and a longer one that goes on behind a zero byte', () => {
    const head = encodeKey('a/b', ['x'])
    const inside = encodeKey('a/b', ['x', 'y'])
    const other = encodeKey('a/b', ['x\0', 'y'])
    expect(inside >= head && inside < endOfParts(head)).toBe(true)
    expect(other >= head && other < endOfParts(head)).toBe(false)
  })

  it.each([[-1], [0.5], [2 ** 53], [Number.NaN], ['\ud800'], [null], [undefined], [1n]])(
    'refuse the part %s',
    (bad) => {
      expect(() => encodeParts([bad as unknown as KeyPart])).toThrow()
    },
  )

  it.each(['01', '0161', '0161ff00', '02', '0200000000000000', '0220000000000000', '03', '00'])(
    'do not read %s as parts',
    (hex) => {
      expect(() => decodeParts(keyTextOf(fromHex(hex)))).toThrow()
    },
  )
})
