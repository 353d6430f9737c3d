/**
 * Goal: bytes that are no package never enter the catalogue, whatever they are: a clear refusal, and
 * nothing but the parts themselves is written (threats 13, 28, 29).
 * Method: a table of hostile bytes, put in parts and proposed as a package by a member that may.
 */
import { toBase64Url } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { createContracts } from '../protocol.ts'
import { TestConsortium } from '../testing.ts'
import { packageBytes, packageHash } from './catalogue-hash.ts'
import { PART_BYTES, putPart } from './put-part.ts'
import { packages, parts } from './records.ts'
import { changed, FINES } from './testing.ts'

const MEMBERS = [
  { id: 'aaa', roles: ['LIB'] },
  { id: 'bbb', roles: ['SCH'] },
]
const text = (value: string) => Uint8Array.from(Buffer.from(value, 'utf8'))
const good = Buffer.from(packageBytes(FINES)).toString('utf8')

function given() {
  const { made, world } = consortium()
  const signer = made.signer('bbb')
  const propose = (bytes: Uint8Array, change: object = {}) => {
    const hashes: string[] = []
    for (let at = 0; at < bytes.length; at += PART_BYTES) {
      const part = bytes.slice(at, at + PART_BYTES)
      hashes.push(packageHash(part))
      if (!world.state(parts).has(hashes.at(-1) as string)) {
        world.does(signer, putPart, { part: hashes.at(-1) as string, bytes: toBase64Url(part) })
      }
    }
    const input = { package: packageHash(bytes), size: bytes.length, parts: hashes, ...change }
    return world.run(signer, 'catalogue.proposePackage', input)
  }
  return { world, signer, propose }
}

function consortium() {
  const made = new TestConsortium({ name: 'real', members: MEMBERS, contracts: createContracts() })
  return { made, world: made.world }
}

describe('threats 13, 28 and 29: bytes proposed as a package', () => {
  const NOT_CANONICAL = 'PACKAGE_NOT_CANONICAL'
  it.each<[string, () => Uint8Array, string, string?]>([
    ['a zip archive', () => text('PK\u0003\u0004........'), NOT_CANONICAL],
    ['zero bytes', () => new Uint8Array(64), NOT_CANONICAL],
    ['half a package', () => text(good.slice(0, good.length >> 1)), NOT_CANONICAL],
    ['a mark before it', () => text(`\ufeff${good}`), NOT_CANONICAL],
    ['a space behind it', () => text(`${good} `), NOT_CANONICAL],
    ['bytes that are not UTF-8', () => Uint8Array.of(...text('{"a":"'), 0xff), NOT_CANONICAL],
    ['a list', () => text('[]'), NOT_CANONICAL, 'JSON_NOT_OBJECT'],
    ['a name twice', () => text('{"v":1,"v":1}'), NOT_CANONICAL, 'JSON_DUPLICATE_NAME'],
    ['__proto__', () => text('{"__proto__":{"v":1}}'), NOT_CANONICAL, 'JSON_FORBIDDEN_NAME'],
    ['1e400', () => text('{"v":1e400}'), NOT_CANONICAL, 'JSON_NUMBER'],
    ['9007199254740993', () => text('{"v":9007199254740993}'), NOT_CANONICAL, 'JSON_NUMBER'],
    ['a lone surrogate', () => text('{"v":"\\ud800"}'), NOT_CANONICAL, 'JSON_LONE_SURROGATE'],
    [
      'objects 100,000 deep',
      () => text('{"a":'.repeat(100_000) + '}'.repeat(100_000)),
      NOT_CANONICAL,
      'JSON_DEPTH',
    ],
    ['100,000 names', () => text(`{${many((at) => `"a${at}":1`)}}`), NOT_CANONICAL],
    ['a list of 100,000', () => text(`{"a":[${many(() => '1')}]}`), NOT_CANONICAL],
    ['sound JSON of nothing', () => text('{}'), 'PACKAGE_REFUSED'],
    ['a name with NUL', () => text('{"name\\u0000":1,"v":1}'), 'PACKAGE_REFUSED'],
    ['constructor as a member', () => text('{"constructor":{},"v":1}'), 'PACKAGE_REFUSED'],
    ['lists where objects are due', () => text('{"rules":[[[[]]]],"v":1}'), 'PACKAGE_REFUSED'],
    [
      'a parameter of 1e6000',
      () => packageBytes(changed(FINES, { '/parameters/0/value': '1e6000' })),
      'EXAMPLE_FAILED',
    ],
  ])('%s: refused, nothing is in the catalogue', (_what, bytes, code, reason) => {
    const { world, propose } = given()
    const outcome = propose(bytes())
    expect(outcome).toMatchObject({ code, ...(reason === undefined ? {} : { data: { reason } }) })
    expect(world.stored(packages)).toEqual([])
  })

  it.each<[string, object]>([
    ['a size beyond the limit', { size: 100_000_000 }],
    ['a negative size', { size: -1 }],
    ['65 parts', { parts: Array.from({ length: 65 }, () => packageHash(packageBytes(FINES))) }],
    ['no parts', { parts: [] }],
    ['a hash of other letters', { package: 'Z'.repeat(64) }],
    ['one member more', { more: 1 }],
  ])('a proposal with %s: refused', (_what, change) => {
    const { world, propose } = given()
    expect(propose(packageBytes(FINES), change).code).toBe('INPUT_INVALID')
    expect(world.stored(packages)).toEqual([])
  })

  it('the same part named 64 times is no way to a large package', () => {
    const { world, propose } = given()
    const part = new Uint8Array(PART_BYTES).fill(0x20)
    const change = {
      size: PART_BYTES * 2,
      parts: Array.from({ length: 64 }, () => packageHash(part)),
    }
    expect(propose(part, change).code).not.toBe('OK')
    expect(world.stored(packages)).toEqual([])
  })

  function many(one: (at: number) => string): string {
    return Array.from({ length: 100_000 }, (_, at) => one(at)).join(',')
  }
})

describe('threats 28 and 29: bytes put as a part', () => {
  it.each<[string, object, string]>([
    ['under another hash', { part: 'ab'.repeat(32), bytes: 'AAAA' }, 'PART_HASH'],
    ['with padding', { part: 'ab'.repeat(32), bytes: 'AAA=' }, 'PART_ENCODING'],
    ['with white space', { part: 'ab'.repeat(32), bytes: 'AA AA' }, 'PART_ENCODING'],
    ['with unused bits set', { part: 'ab'.repeat(32), bytes: 'AAB' }, 'PART_ENCODING'],
    ['beyond the limit', { part: 'ab'.repeat(32), bytes: 'A'.repeat(174_764) }, 'INPUT_INVALID'],
  ])('%s: refused, nothing is kept', (_what, input, code) => {
    const { world, signer } = given()
    expect(world.run(signer, 'catalogue.putPart', input as never).code).toBe(code)
    expect(world.stored(parts)).toEqual([])
  })
})
