// Goal: strict JSON accepts exactly ledger-bytes section 2; canonical JSON is RFC 8785 of the same values.
// Method: the vectors' tables, a longer table of our own (threat 29), and fast-check: parse ∘ write =
// identity, and what is accepted agrees with JSON.parse.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, utf8 } from './bytes.ts'
import { canonicalJson, canonicalText } from './canonical-json.ts'
import {
  isCanonicalJson,
  JSON_LIMITS,
  type Json,
  type JsonObject,
  JsonRefused,
  parseCanonicalJson,
  parseStrictJson,
} from './json.ts'

const { json: vectors } = JSON.parse(
  readFileSync(new URL('../../vectors/ledger-bytes.json', import.meta.url), 'utf8'),
) as { json: Record<'refused' | 'refusedHex' | 'accepted', string[]> & { canonical: string[][] } }

const parse = (text: string, limits = {}) => parseStrictJson(utf8(text), limits)

function refusalOf(text: string, limits = {}): string {
  try {
    parse(text, limits)
  } catch (error) {
    if (error instanceof JsonRefused) return `${error.code} ${error.position}`
    throw error
  }
  return 'accepted'
}

describe('ledger-bytes vectors', () => {
  test.each(vectors.refused)('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(JsonRefused)
  })

  test.each(vectors.refusedHex)('refuses bytes %s', (bytes) => {
    expect(() => parseStrictJson(fromHex(bytes))).toThrow(JsonRefused)
  })

  test.each(vectors.accepted)('accepts %j', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text))
  })

  test.each(vectors.canonical)('%j becomes %j', (text, canonical) => {
    expect(canonicalText(parse(text as string))).toBe(canonical)
    expect(isCanonicalJson(utf8(text as string))).toBe(false)
    expect(isCanonicalJson(utf8(canonical as string))).toBe(true)
  })
})

describe('threat 29: two readings of one text are refused', () => {
  test.each([
    ['', 'JSON_SYNTAX 0'],
    ['  ', 'JSON_SYNTAX 2'],
    ['null', 'JSON_NOT_OBJECT 0'],
    ['"a"', 'JSON_NOT_OBJECT 0'],
    ['[{}]', 'JSON_NOT_OBJECT 0'],
    ['\ufeff{}', 'JSON_NOT_OBJECT 0'],
    ['\u00a0{}', 'JSON_NOT_OBJECT 0'],
    ['\u000b{}', 'JSON_NOT_OBJECT 0'],
    ['{', 'JSON_SYNTAX 1'],
    ['{}{}', 'JSON_TRAILING 2'],
    ['{} //', 'JSON_TRAILING 3'],
    ['{}\u0000', 'JSON_TRAILING 2'],
    ['{"a":1,"b":2,"a":3}', 'JSON_DUPLICATE_NAME 16'],
    ['{"é":1,"\\u00e9":2}', 'JSON_DUPLICATE_NAME 16'],
    ['{"a":{"b":1,"b":1}}', 'JSON_DUPLICATE_NAME 15'],
    ['{"a":null,"a":null}', 'JSON_DUPLICATE_NAME 13'],
    ['{"__proto__":{}}', 'JSON_FORBIDDEN_NAME 12'],
    ['{"\\u005f_proto__":{}}', 'JSON_FORBIDDEN_NAME 17'],
    ['{"a":{"__proto__":1}}', 'JSON_FORBIDDEN_NAME 17'],
    ['{"a":-}', 'JSON_NUMBER 6'],
    ['{"a":--1}', 'JSON_NUMBER 6'],
    ['{"a":-0}', 'JSON_NUMBER 7'],
    ['{"a":00}', 'JSON_NUMBER 7'],
    ['{"a":-01}', 'JSON_NUMBER 8'],
    ['{"a":1.}', 'JSON_NUMBER 6'],
    ['{"a":.5}', 'JSON_SYNTAX 5'],
    ['{"a":0.0}', 'JSON_NUMBER 6'],
    ['{"a":1e400}', 'JSON_NUMBER 6'],
    ['{"a":1E2}', 'JSON_NUMBER 6'],
    ['{"a":0x10}', 'JSON_SYNTAX 6'],
    ['{"a":1_000}', 'JSON_SYNTAX 6'],
    ['{"a":9007199254740993}', 'JSON_NUMBER 20'],
    ['{"a":-9007199254740992}', 'JSON_NUMBER 21'],
    ['{"a":99999999999999999999}', 'JSON_NUMBER 20'],
    ['{"a":Infinity}', 'JSON_SYNTAX 5'],
    ['{"a":-Infinity}', 'JSON_NUMBER 6'],
    ['{"a":undefined}', 'JSON_SYNTAX 5'],
    ['{"a":True}', 'JSON_SYNTAX 5'],
    ['{"a":nul}', 'JSON_SYNTAX 5'],
    ['{"a":nulll}', 'JSON_SYNTAX 9'],
    ['{"a":"\\ud842"}', 'JSON_LONE_SURROGATE 12'],
    ['{"a":"\\udfb7"}', 'JSON_LONE_SURROGATE 12'],
    ['{"a":"\\ud842\\u0041"}', 'JSON_LONE_SURROGATE 18'],
    ['{"a":"\\ud842\\n"}', 'JSON_LONE_SURROGATE 12'],
    ['{"\\ud842":1}', 'JSON_LONE_SURROGATE 8'],
    ['{"a":"\t"}', 'JSON_CONTROL_CHARACTER 6'],
    ['{"a":"\n"}', 'JSON_CONTROL_CHARACTER 6'],
    ['{"a":"\\n\u001f"}', 'JSON_CONTROL_CHARACTER 8'],
    ['{"a\u0000":1}', 'JSON_CONTROL_CHARACTER 3'],
    ['{"a":"\\x41"}', 'JSON_SYNTAX 6'],
    ['{"a":"\\u12"}', 'JSON_SYNTAX 6'],
    ['{"a":"\\u 123"}', 'JSON_SYNTAX 6'],
    ['{"a":"\\u+123"}', 'JSON_SYNTAX 6'],
    ['{"a":"\\"}', 'JSON_SYNTAX 9'],
    ['{"a":"b', 'JSON_SYNTAX 7'],
    ['{"a":"é', 'JSON_SYNTAX 8'],
    ["{'a':1}", 'JSON_SYNTAX 1'],
    ['{a:1}', 'JSON_SYNTAX 1'],
    ['{1:1}', 'JSON_SYNTAX 1'],
    ['{"a"}', 'JSON_SYNTAX 4'],
    ['{"a" 1}', 'JSON_SYNTAX 5'],
    ['{"a":}', 'JSON_SYNTAX 5'],
    ['{"a":1,}', 'JSON_SYNTAX 7'],
    ['{,"a":1}', 'JSON_SYNTAX 1'],
    ['{"a":1 "b":2}', 'JSON_SYNTAX 7'],
    ['{"a":1;"b":2}', 'JSON_SYNTAX 6'],
    ['{"a":[1,]}', 'JSON_SYNTAX 8'],
    ['{"a":[,1]}', 'JSON_SYNTAX 6'],
    ['{"a":[1 2]}', 'JSON_SYNTAX 8'],
    ['{"a":[1}', 'JSON_SYNTAX 7'],
    ['{"a":[1]', 'JSON_SYNTAX 8'],
    ['{"a":1]', 'JSON_SYNTAX 6'],
    ['{/**/"a":1}', 'JSON_SYNTAX 1'],
    ['{"a":"b" + "c"}', 'JSON_SYNTAX 9'],
    ['{"a":\f1}', 'JSON_SYNTAX 5'],
  ])('%j: %s', (text, refusal) => {
    expect(refusalOf(text)).toBe(refusal)
  })

  test.each([
    ['names of Object.prototype', '{"constructor":1,"toString":2,"hasOwnProperty":3}'],
    ['not NFC', '{"name":"e\u0301﨑"}'],
    ['supplementary planes', '{"𠮷":"\\ud842\\udfb7"}'],
    ['a name that is empty', '{"":""}'],
    ['white space everywhere', ' {\t"a"\r\n:\n[ 1 ,\t2 ] , "b" : { } }\n '],
    ['all escapes', '{"a":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001F"}'],
    ['the largest numbers', '{"a":[9007199254740991,-9007199254740991,0]}'],
    ['unusual but legal characters', '{"a":"\u007f\u0080\u2028\uffff"}'],
  ])('accepts %s', (_, text) => {
    expect(parse(text)).toEqual(JSON.parse(text))
  })
})

describe('limits', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  test.each([
    ['depth', nested(32), nested(33), 'JSON_DEPTH 160'],
    ['members', objectOf(1024), objectOf(1025), 'JSON_MEMBERS 8107'],
    ['elements', arrayOf(10_000), arrayOf(10_001), 'JSON_ELEMENTS 20006'],
    ['name', `{"${'a'.repeat(128)}":1}`, `{"${'a'.repeat(129)}":1}`, 'JSON_NAME_LENGTH 132'],
    [
      'name in bytes',
      `{"${'中'.repeat(42)}":1}`,
      `{"${'中'.repeat(43)}":1}`,
      'JSON_NAME_LENGTH 132',
    ],
  ])('%s', (_, most, tooMuch, refusal) => {
    expect(refusalOf(most)).toBe('accepted')
    expect(refusalOf(tooMuch)).toBe(refusal)
  })

  test('bytes, before anything is read', () => {
    expect(refusalOf('{"a":1}', { maxBytes: 7 })).toBe('accepted')
    expect(refusalOf('{"a":1}', { maxBytes: 6 })).toBe('JSON_BYTES 6')
  })

  test('depth 10⁶ is refused without using the stack', () => {
    expect(refusalOf(`{"a":${'['.repeat(1_000_000)}`)).toMatch('JSON_DEPTH')
  })

  function objectOf(count: number): string {
    return `{${Array.from({ length: count }, (_, i) => `"${i}":1`).join(',')}}`
  }
  function arrayOf(count: number): string {
    return `{"a":[${Array.from({ length: count }, () => '1').join(',')}]}`
  }
})

test('parsed objects inherit nothing', () => {
  const object = parse('{"a":{}}')
  expect(object.constructor).toBeUndefined()
  expect((object.a as JsonObject).toString).toBeUndefined()
  expect('valueOf' in object).toBe(false)
})

const name = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => text !== '__proto__')
const strictJson = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  object: fc.dictionary(name, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((number) => (number === 0 ? 0 : number)),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 5 }),
    tie('object'),
  ),
})).object

describe('properties', () => {
  test('parse ∘ write is the identity, and canonical bytes are their own form', () => {
    fc.assert(
      fc.property(strictJson, (object) => {
        const bytes = canonicalJson(object)
        expect(parseCanonicalJson(bytes)).toEqual(object)
        expect(canonicalJson(parseStrictJson(bytes))).toEqual(bytes)
      }),
      { numRuns: 500 },
    )
  })

  test('what is accepted means what JSON.parse says', () => {
    fc.assert(
      fc.property(strictJson, fc.constantFrom('', ' ', '  ', '\t'), (object, indent) => {
        expect(parseStrictJson(utf8(JSON.stringify(object, null, indent)))).toEqual(object)
      }),
      { numRuns: 500 },
    )
  })

  test('one changed character is refused or read as JSON.parse reads it', () => {
    const position = fc.nat()
    const character = fc.constantFrom(...'{}[]",:\\u0a-1.eE \n\t/\ud842\u0000')
    fc.assert(
      fc.property(strictJson, position, character, (object, at, replacement) => {
        const text = JSON.stringify(object)
        const place = at % text.length
        const changed = text.slice(0, place) + replacement + text.slice(place + 1)
        if (!(changed as string & { isWellFormed(): boolean }).isWellFormed()) return
        const isAccepted = refusalOf(changed) === 'accepted'
        if (isAccepted) expect(parse(changed)).toEqual(JSON.parse(changed))
        const isOwnForm = isAccepted && canonicalText(JSON.parse(changed) as Json) === changed
        expect(isCanonicalJson(utf8(changed))).toBe(isOwnForm)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the canonical writer refuses what strict JSON cannot carry', () => {
  test.each<[string, unknown]>([
    ['a fraction', { a: 0.5 }],
    ['an unsafe integer', { a: 2 ** 53 }],
    ['NaN', { a: Number.NaN }],
    ['undefined', { a: undefined }],
    ['a hole', { a: Array(1) }],
    ['a bigint', { a: 1n }],
    ['a lone surrogate', { a: '\ud842' }],
    ['a lone surrogate in a name', { '\ud842': 1 }],
    ['bytes', { a: Uint8Array.of(1) }],
    ['a date', { a: new Date(0) }],
    ['a map', new Map()],
    ['a function', { a: () => 1 }],
    ['the name __proto__', JSON.parse('{"__proto__":1}')],
    ['nesting over 32', JSON.parse(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`)],
  ])('%s', (_, value) => {
    expect(() => canonicalText(value as Json)).toThrow(TypeError)
  })

  test('minus zero is written as zero (RFC 8785 section 3.2.2.3)', () => {
    expect(canonicalText({ a: -0 })).toBe('{"a":0}')
  })

  test('limits are those of ledger-bytes section 15', () => {
    expect(JSON_LIMITS).toMatchObject({ maxDepth: 32, maxMembers: 1024, maxElements: 10_000 })
  })
})
