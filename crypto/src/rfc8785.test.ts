// Goal: canonical JSON is RFC 8785 where its values are those of strict JSON.
// Method: the examples of sections 3.2.2.2 and 3.2.3.
import { expect, test } from 'vitest'
import { utf8 } from './bytes.ts'
import { canonicalText } from './canonical-json.ts'
import { parseStrictJson } from './json.ts'

test('section 3.2.3: members are sorted by UTF-16 code units', () => {
  const text = `{
    "\\u20ac": "Euro Sign",
    "\\r": "Carriage Return",
    "\\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\\ud83d\\ude00": "Emoji: Grinning Face",
    "\\u0080": "Control",
    "\\u00f6": "Latin Small Letter O With Diaeresis"
  }`
  const written = canonicalText(parseStrictJson(utf8(text)))
  const values = [...written.matchAll(/":"([^"]*)"/g)].map(([, value]) => value)
  expect(values).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ])
})

test('section 3.2.2.2: strings', () => {
  const text = '{"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/"}'
  const expected = '{"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
  expect(canonicalText(parseStrictJson(utf8(text)))).toBe(expected)
})

test('section 3.2.2.1: literals', () => {
  expect(canonicalText({ literals: [null, true, false] })).toBe('{"literals":[null,true,false]}')
})
