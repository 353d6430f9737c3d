// Goal: a key file opens with its passphrase alone, tells what it is without, and cannot be made cheap.
// Method: one real file (scrypt at full cost, once per suite), cheap demonstration files for the rest,
// one change per row.
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fromUtf8, toHex, utf8 } from './bytes.ts'
import { canonicalJson } from './canonical-json.ts'
import {
  describeKeyFile,
  type JsonLike,
  type KeyFileContent,
  KeyFileRefused,
  parseStrictJson,
  type RandomSource,
  readKeyFile,
  sha256,
  writeKeyFile,
} from './index.ts'

const random: RandomSource = (length) => new Uint8Array(randomBytes(length))
const passphrase = 'five words are long enough'
const content: KeyFileContent = {
  kind: 'vault',
  suite: 'RS-INTL-1',
  keyId: '11'.repeat(16),
  secret: sha256(utf8('V')),
  demonstration: false,
}
const cheap: KeyFileContent = { ...content, demonstration: true }

function codeOf(run: () => unknown): string {
  try {
    run()
    return 'accepted'
  } catch (error) {
    return error instanceof KeyFileRefused ? error.code : String(error)
  }
}

function changed(file: Uint8Array, change: Record<string, JsonLike | undefined>): Uint8Array {
  const members = Object.entries({ ...parseStrictJson(file), ...change })
  const kept = members.filter((member): member is [string, JsonLike] => member[1] !== undefined)
  return canonicalJson(Object.fromEntries(kept))
}

describe.each(['RS-INTL-1', 'RS-GM-1'] as const)('a real file, %s', (suite) => {
  const file = writeKeyFile({ ...content, suite }, passphrase, random)

  test('opens with its passphrase, not with another', () => {
    expect(readKeyFile(file, passphrase)).toEqual({ ...content, suite })
    expect(codeOf(() => readKeyFile(file, `${passphrase} `))).toBe('KEY_FILE_PASSPHRASE_WRONG')
  })

  test('says what it is, never its secret', () => {
    const { secret, ...rest } = { ...content, suite }
    expect(describeKeyFile(file)).toEqual(rest)
    expect(fromUtf8(file)).not.toContain(toHex(secret))
    expect(parseStrictJson(file).kdf).toMatchObject({ name: 'scrypt', N: 131_072, r: 8, p: 1 })
  })
})

describe('a demonstration file', () => {
  const file = writeKeyFile(cheap, 'demo', random)

  test('opens only where demonstrations are accepted', () => {
    expect(readKeyFile(file, 'demo', true)).toEqual(cheap)
    expect(codeOf(() => readKeyFile(file, 'demo'))).toBe('KEY_FILE_DEMONSTRATION')
    expect(parseStrictJson(file).demonstration).toBe(true)
  })

  test('cannot lose its mark', () => {
    const unmarked = changed(file, { demonstration: undefined })
    expect(codeOf(() => readKeyFile(unmarked, 'demo', true))).toBe('KEY_FILE_KDF_WEAK')
  })

  const { kdf } = parseStrictJson(file) as { kdf: Record<string, JsonLike> }
  test.each<[string, Record<string, JsonLike | undefined>, string]>([
    ['kind changed', { kind: 'release' }, 'KEY_FILE_PASSPHRASE_WRONG'],
    ['suite changed', { suite: 'RS-GM-1' }, 'KEY_FILE_PASSPHRASE_WRONG'],
    ['keyId changed', { keyId: '22'.repeat(16) }, 'KEY_FILE_PASSPHRASE_WRONG'],
    ['cost changed', { kdf: { ...kdf, N: 2048 } }, 'KEY_FILE_PASSPHRASE_WRONG'],
    ['unknown kind', { kind: 'other' }, 'KEY_FILE_FORM'],
    ['unknown suite', { suite: 'x' }, 'KEY_FILE_FORM'],
    ['another version', { v: 2 }, 'KEY_FILE_FORM'],
    ['mark that is false', { demonstration: false }, 'KEY_FILE_FORM'],
    ['a member more', { more: 1 }, 'KEY_FILE_FORM'],
    ['no nonce', { nonce: undefined }, 'KEY_FILE_FORM'],
    ['a short nonce', { nonce: 'AAAA' }, 'KEY_FILE_FORM'],
    ['padding', { ct: 'AAA=' }, 'KEY_FILE_FORM'],
    ['another derivation', { kdf: { ...kdf, name: 'pbkdf2' } }, 'KEY_FILE_KDF'],
    ['another block size', { kdf: { ...kdf, r: 1 } }, 'KEY_FILE_KDF'],
    ['a derivation with more', { kdf: { ...kdf, x: 1 } }, 'KEY_FILE_FORM'],
    ['no derivation', { kdf: null }, 'KEY_FILE_FORM'],
    ['cost 2', { kdf: { ...kdf, N: 2 } }, 'KEY_FILE_KDF_WEAK'],
    ['cost that is no power of two', { kdf: { ...kdf, N: 131_073 } }, 'KEY_FILE_KDF_WEAK'],
    ['cost of 128 GiB', { kdf: { ...kdf, N: 134_217_728 } }, 'KEY_FILE_KDF_COSTLY'],
  ])('%s: %s', (_, change, code) => {
    expect(codeOf(() => readKeyFile(changed(file, change), 'demo', true))).toBe(code)
  })
})

test.each(['', '{}', '[]', 'not json', '{"v":1}'])('%j is no key file', (text) => {
  expect(codeOf(() => readKeyFile(utf8(text), passphrase))).toBe('KEY_FILE_FORM')
})

test.each([
  ['four words long', 'KEY_FILE_PASSPHRASE_SHORT'],
  ['nineteen characters', 'KEY_FILE_PASSPHRASE_SHORT'],
  ['a  b  c  d', 'KEY_FILE_PASSPHRASE_SHORT'],
])('passphrase %j is too short', (short, code) => {
  expect(codeOf(() => writeKeyFile(content, short, random))).toBe(code)
})
