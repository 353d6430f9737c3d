// Goal: threat 21, a wrap or box opens for its own words and key alone.
// Method: one good wrap per use and suite; every term of its context changed, every byte flipped, every
// pair of uses swapped.
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { concatBytes, utf8 } from './bytes.ts'
import {
  generateKeyPair,
  openSealed,
  type RandomSource,
  SealBroken,
  type SuiteId,
  sealTo,
  sha256,
  symmetricKeyId,
  unwrap,
  type WrapContext,
  wrap,
} from './index.ts'

const SUITES = ['RS-INTL-1', 'RS-GM-1'] as const
const random: RandomSource = (length) => new Uint8Array(randomBytes(length))
const key = sha256(utf8('key'))
const secret = sha256(utf8('secret'))

const chain = 'demo-1a2b3c4d'
const [commitment, batch, read, holderKey] = ['11', '22', '33', '44'].map((pair) =>
  pair.repeat(32),
) as [string, string, string, string]
const grant = '5KF9PQF6B435KP1DQ46QS07N19'
const edition = '55'.repeat(16)
const owner = 'sia-3701'
const keyId = '66'.repeat(16)

const CONTEXTS: readonly WrapContext[] = [
  { use: 'vault-a', chain, commitment },
  { use: 'vault-a-batch', chain, batch, section: 'row' },
  { use: 'half-b', chain, commitment },
  { use: 'half-b-page', chain, batch, section: 'row', page: 0, edition },
  { use: 'grant', chain, grant, holderKey },
  { use: 'half-a', chain, grant, commitment },
  { use: 'half-a-batch', chain, grant, batch, section: 'row' },
  { use: 'release', chain, read, holderKey },
  { use: 'hand-over', chain, read, holderKey },
  { use: 'share', chain, commitment, index: 1 },
  { use: 'share-release', chain, read, commitment, index: 1 },
  { use: 'query', chain, read },
  { use: 'answer', chain, read, holderKey },
  { use: 'recovery', chain, owner, keyId },
  { use: 'recovery-share', chain, owner, keyId, index: 1 },
]

/** The same context with each of its terms changed in turn. */
function changesOf(context: WrapContext): WrapContext[] {
  return Object.entries(context).map(([name, value]) => {
    const other = typeof value === 'number' ? value + 1 : `${value.slice(0, -1)}0`
    return { ...context, [name]: other === value ? `${value}1` : other } as WrapContext
  })
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] as number) ^ 1
  return changed
}

describe.each(SUITES)('threat 21: wraps, %s', (suite) => {
  test.each(CONTEXTS)('$use opens for its own words alone', (context) => {
    const wrapped = wrap(suite, key, context, secret)
    expect(wrapped.length).toBe(secret.length + 16)
    expect(unwrap(suite, key, context, wrapped)).toEqual(secret)
    for (const other of [...CONTEXTS.filter((one) => one !== context), ...changesOf(context)]) {
      expect(() => unwrap(suite, key, other, wrapped)).toThrow(SealBroken)
    }
    expect(() => unwrap(suite, sha256(key), context, wrapped)).toThrow(SealBroken)
  })

  test('every byte flipped, cut and longer', () => {
    const context = CONTEXTS[0] as WrapContext
    const wrapped = wrap(suite, key, context, secret)
    for (let at = 0; at < wrapped.length; at++) {
      expect(() => unwrap(suite, key, context, flipped(wrapped, at))).toThrow(SealBroken)
      expect(() => unwrap(suite, key, context, wrapped.subarray(0, at))).toThrow(SealBroken)
    }
    const longer = concatBytes(wrapped, Uint8Array.of(0))
    expect(() => unwrap(suite, key, context, longer)).toThrow(SealBroken)
  })

  test('a wrap of one suite does not open in the other', () => {
    const context = CONTEXTS[0] as WrapContext
    const other: SuiteId = suite === 'RS-GM-1' ? 'RS-INTL-1' : 'RS-GM-1'
    const wrapped = wrap(suite, key, context, secret)
    expect(() => unwrap(other, key, context, wrapped)).toThrow(SealBroken)
  })

  test('a key of another length is a bug of the caller', () => {
    const context = CONTEXTS[0] as WrapContext
    expect(() => wrap(suite, key.subarray(1), context, secret)).toThrow(RangeError)
  })

  test('key ids differ by key and suite', () => {
    const ids = SUITES.flatMap((one) => [symmetricKeyId(one, key), symmetricKeyId(one, secret)])
    expect(new Set(ids).size).toBe(4)
    expect(symmetricKeyId(suite, key)).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe.each([
  ['RS-INTL-1', 'p256', 81],
  ['RS-GM-1', 'sm2', 161],
] as const)('boxes to a public key, %s', (suite, algorithm, overhead) => {
  const { publicKey, privateKey } = generateKeyPair(algorithm, random)
  const context = CONTEXTS[4] as WrapContext
  const box = sealTo(suite, publicKey, context, secret, random)

  test('opens for its own words and key alone', () => {
    expect(box.length).toBe(secret.length + overhead)
    expect(openSealed(suite, privateKey, context, box)).toEqual(secret)
    for (const other of changesOf(context)) {
      expect(() => openSealed(suite, privateKey, other, box)).toThrow(SealBroken)
    }
    const stranger = generateKeyPair(algorithm, random).privateKey
    expect(() => openSealed(suite, stranger, context, box)).toThrow(SealBroken)
  })

  test('every byte flipped, some lengths', () => {
    for (let at = 0; at < box.length; at += suite === 'RS-GM-1' ? 3 : 1) {
      expect(() => openSealed(suite, privateKey, context, flipped(box, at))).toThrow(SealBroken)
    }
    for (const length of [0, 1, 64, 65, 96, 97, 145, box.length - 1]) {
      const cut = box.subarray(0, Math.min(length, box.length - 1))
      expect(() => openSealed(suite, privateKey, context, cut)).toThrow(SealBroken)
    }
  })

  test('each box is fresh, any length of secret', () => {
    const longer = concatBytes(...Array.from({ length: 100 }, () => secret))
    const again = sealTo(suite, publicKey, context, longer, random)
    expect(again.subarray(0, 65)).not.toEqual(box.subarray(0, 65))
    expect(openSealed(suite, privateKey, context, again)).toEqual(longer)
  })

  test('a key that does not fit the suite is refused', () => {
    const wrong = generateKeyPair(algorithm === 'sm2' ? 'p256' : 'sm2', random)
    expect(() => sealTo(suite, wrong.publicKey, context, secret, random)).toThrow(TypeError)
    expect(() => openSealed(suite, wrong.privateKey, context, box)).toThrow(TypeError)
  })
})
