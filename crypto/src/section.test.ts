// Goal: a sealed section opens only as what it was sealed as; every failure is the one SEAL_BROKEN.
// Method: one good section per suite and kind; every byte flipped; one registered fact, secret or rule
// changed per row; a ciphertext made valid under two keys.
import { describe, expect, test } from 'vitest'
import { concatBytes, fromHex, toHex, u32, utf8 } from './bytes.ts'
import { aeadOpen, aeadSeal, KEY_BYTES } from './cipher.ts'
import { hkdf } from './hkdf.ts'
import {
  canonicalJson,
  type OpenInput,
  openSection,
  SealBroken,
  type SectionHeader,
  SectionRefused,
  type SuiteId,
  sealSection,
  sha256,
} from './index.ts'
import { sealedTag } from './suite.ts'
import { suiteMacs } from './suite-hashes.ts'
import { ciphertextOfTwoKeys } from './two-keys.fixture.ts'

const SUITES = ['RS-INTL-1', 'RS-GM-1'] as const

const bytesOf = (name: string) => sha256(utf8(name))

function headerOf(suite: SuiteId, change: Partial<SectionHeader> = {}): SectionHeader {
  return {
    chain: 'demo-1a2b3c4d',
    entryHash: '11'.repeat(32),
    kind: 'whole',
    level: 2,
    owner: 'sia-3701',
    record: '22'.repeat(16),
    salt: '33'.repeat(32),
    section: 'row',
    suite,
    v: 1,
    version: 1,
    ...change,
  }
}

const secrets = { halfA: bytesOf('A'), halfB: bytesOf('B'), seed: bytesOf('seed') }
const content = utf8('{"amount":"649.60","name":"﨑𠄢"}')

function sealed(suite: SuiteId, change: Partial<SectionHeader> = {}): OpenInput {
  const header = headerOf(suite, change)
  const section = sealSection({ header, content, ...secrets })
  const registered = { ...header, commitment: section.commitment }
  return { ...secrets, sealed: section.sealed, registered, suites: [suite] }
}

function stepOf(input: OpenInput): string {
  try {
    openSection(input)
  } catch (error) {
    if (error instanceof SealBroken && error.message === 'SEAL_BROKEN') return error.step
    throw error
  }
  return 'opened'
}

function flipped(bytes: Uint8Array, at: number, mask = 1): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] as number) ^ mask
  return changed
}

describe.each(SUITES)('%s', (suite) => {
  const good = sealed(suite)

  test('opens, with a name that is not NFC unchanged', () => {
    const { header, seed, content: opened } = openSection(good)
    expect({ header, seed, content: opened }).toEqual({
      header: headerOf(suite),
      seed: secrets.seed,
      content,
    })
  })

  test('every byte flipped: SEAL_BROKEN', () => {
    const steps = new Set<string>()
    for (let at = 0; at < good.sealed.length; at++) {
      const step = stepOf({ ...good, sealed: flipped(good.sealed, at) })
      expect(step).not.toBe('opened')
      steps.add(step)
    }
    expect([...steps].sort()).toEqual(
      ['cipher', 'header', 'key commitment', 'length', 'magic', 'registered'].sort(),
    )
  })

  test('every length from nothing to one byte more: SEAL_BROKEN', () => {
    for (let length = 0; length < good.sealed.length; length++) {
      expect(stepOf({ ...good, sealed: good.sealed.subarray(0, length) })).not.toBe('opened')
    }
    const longer = concatBytes(good.sealed, Uint8Array.of(0))
    expect(stepOf({ ...good, sealed: longer })).toBe('cipher')
  })

  test.each([
    ['chain', 'demo-ffffffff'],
    ['owner', 'sia-3702'],
    ['record', '23'.repeat(16)],
    ['version', 2],
    ['section', 'rows'],
    ['level', 3],
    ['entryHash', '12'.repeat(32)],
  ])('threat 19: registered under another %s', (member, value) => {
    const registered = { ...good.registered, [member]: value }
    expect(stepOf({ ...good, registered })).toBe('registered')
    // The same text sealed for the other place is another ciphertext, so moving bytes never helps.
    const other = sealed(suite, { [member]: value })
    expect(toHex(other.sealed.subarray(-40))).not.toBe(toHex(good.sealed.subarray(-40)))
  })

  test('threat 19: header rewritten to fit another place', () => {
    const moved = canonicalJson({ ...headerOf(suite, { record: '23'.repeat(16) }) })
    const bytes = Uint8Array.from(good.sealed)
    bytes.set(moved, 6)
    const registered = { ...good.registered, record: '23'.repeat(16) }
    expect(stepOf({ ...good, sealed: bytes, registered })).toBe('key commitment')
  })

  test.each<[string, Partial<OpenInput>, string]>([
    ['another half A', { halfA: bytesOf('other') }, 'key commitment'],
    ['another half B', { halfB: bytesOf('other') }, 'key commitment'],
    ['halves swapped', { halfA: secrets.halfB, halfB: secrets.halfA }, 'key commitment'],
    ['half B erased', { halfB: new Uint8Array(32) }, 'key commitment'],
    ['a short half', { halfB: new Uint8Array(31) }, 'halves'],
    ['a suite the chain does not allow', { suites: [] }, 'suite'],
    ['a fixed size', { padTo: 1024 }, 'padding size'],
  ])('%s', (_, change, step) => {
    expect(stepOf({ ...good, ...change })).toBe(step)
  })

  test('another commitment on chain', () => {
    const registered = { ...good.registered, commitment: toHex(bytesOf('other')) }
    expect(stepOf({ ...good, registered })).toBe('commitment')
  })
})

/** Seals a frame of our choice, which `sealSection` would never make. */
function sealedFrame(suite: SuiteId, header: SectionHeader, frame: Uint8Array): Uint8Array {
  const { key, com, hash, bytes } = keysOf(suite, header, secrets.halfA, secrets.halfB)
  const head = utf8('RSS1')
  const length = Uint8Array.of(bytes.length >> 8, bytes.length & 255)
  return concatBytes(head, length, bytes, com, aeadSeal(suite, key, hash, frame))
}

function keysOf(suite: SuiteId, header: SectionHeader, halfA: Uint8Array, halfB: Uint8Array) {
  const bytes = canonicalJson({ ...header })
  const hash = fromHex(sealSection({ header, content, ...secrets }).headerHash)
  const info = concatBytes(sealedTag('key'), hash)
  const salt = fromHex(header.salt)
  const okm = hkdf(suiteMacs[suite], concatBytes(halfA, halfB), salt, info, KEY_BYTES[suite] + 32)
  const [key, com] = [okm.slice(0, KEY_BYTES[suite]), okm.slice(KEY_BYTES[suite])]
  return { key, com, hash, bytes }
}

describe.each(SUITES)('frames that only a careless or hostile writer makes, %s', (suite) => {
  const header = headerOf(suite)
  const registered = sealed(suite).registered
  const frame = (length: number, declared: number, fill = 0) =>
    concatBytes(secrets.seed, u32(declared), content, new Uint8Array(length).fill(fill))
  const rest = 256 - 36 - content.length

  test.each([
    ['a good one', frame(rest, content.length), 'opened'],
    ['length beyond the frame', frame(rest, 221), 'frame length'],
    ['length of 4 GiB', frame(rest, 2 ** 32 - 1), 'frame length'],
    ['padding that is not zero', frame(rest, content.length, 1), 'padding'],
    ['more padding than Padmé', frame(rest + 16, content.length), 'padding size'],
    ['shorter content', frame(rest, content.length - 1), 'padding'],
  ])('%s', (_, bytes, step) => {
    const input = { ...secrets, registered, suites: [suite] }
    expect(stepOf({ ...input, sealed: sealedFrame(suite, header, bytes) })).toBe(step)
  })

  test('content of a fields section that is not JCS', () => {
    const fields = { ...header, kind: 'fields' } as const
    const commitment = toHex(bytesOf('any'))
    const bytes = sealedFrame(suite, fields, frame(rest, content.length - 1, 0))
    const spaced = concatBytes(secrets.seed, u32(8), utf8('{"a": 1}'), new Uint8Array(212))
    const input = { ...secrets, registered: { ...fields, commitment }, suites: [suite] }
    expect(stepOf({ ...input, sealed: bytes })).toBe('padding')
    expect(stepOf({ ...input, sealed: sealedFrame(suite, fields, spaced) })).toBe('content')
  })
})

describe.each(SUITES)('threat 20: one ciphertext under two keys, %s', (suite) => {
  test('decrypts under both, opens under none but the committed one', () => {
    const header = headerOf(suite)
    const one = keysOf(suite, header, secrets.halfA, secrets.halfB)
    const two = keysOf(suite, header, bytesOf('A2'), bytesOf('B2'))
    const both = ciphertextOfTwoKeys(suite, one.key, two.key, one.hash, 256)
    expect(aeadOpen(suite, one.key, one.hash, both)).toBeDefined()
    expect(aeadOpen(suite, two.key, one.hash, both)).toBeDefined()
    const length = Uint8Array.of(one.bytes.length >> 8, one.bytes.length & 255)
    const bytes = concatBytes(utf8('RSS1'), length, one.bytes, one.com, both)
    const input = { ...sealed(suite), sealed: bytes }
    const other = { ...input, halfA: bytesOf('A2'), halfB: bytesOf('B2') }
    expect(stepOf(other)).toBe('key commitment')
    expect(['frame length', 'padding size', 'padding', 'commitment']).toContain(stepOf(input))
  })
})

describe('sealing refuses', () => {
  const input = { header: headerOf('RS-INTL-1'), content, ...secrets }
  test.each<[string, object]>([
    ['a level that is not sealed', { header: headerOf('RS-INTL-1', { level: 1 as 2 }) }],
    ['an upper-case record', { header: headerOf('RS-INTL-1', { record: 'AA'.repeat(16) }) }],
    ['a short salt', { header: headerOf('RS-INTL-1', { salt: '33'.repeat(31) }) }],
    ['version 0', { header: headerOf('RS-INTL-1', { version: 0 }) }],
    ['an unknown suite', { header: headerOf('RS-X-1' as SuiteId) }],
    ['an owner with a quote', { header: headerOf('RS-INTL-1', { owner: 'a"b' }) }],
    ['a twelfth member', { header: { ...headerOf('RS-INTL-1'), more: 1 } }],
    ['a missing member', { header: { ...headerOf('RS-INTL-1'), v: undefined } }],
    ['a short seed', { seed: new Uint8Array(31) }],
    ['a short half', { halfA: new Uint8Array(16) }],
    ['content beyond a fixed size', { padTo: 64 }],
    [
      'fields that are no object',
      { header: headerOf('RS-INTL-1', { kind: 'fields' }), content: utf8('[]') },
    ],
    [
      'fields with white space',
      { header: headerOf('RS-INTL-1', { kind: 'fields' }), content: utf8('{} ') },
    ],
    [
      'fields with a name of digits',
      { header: headerOf('RS-INTL-1', { kind: 'fields' }), content: utf8('{"1":1}') },
    ],
  ])('%s', (_, change) => {
    expect(() => sealSection({ ...input, ...change })).toThrow(SectionRefused)
  })

  test('nothing: a section of a fixed size opens with it', () => {
    const { sealed: bytes, commitment } = sealSection({ ...input, padTo: 1024 })
    const registered = { ...input.header, commitment }
    const opened = openSection({
      ...secrets,
      sealed: bytes,
      registered,
      suites: ['RS-INTL-1'],
      padTo: 1024,
    })
    expect(opened.content).toEqual(content)
  })
})
