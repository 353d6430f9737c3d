/**
 * Goal: the reader takes what JSON.parse takes, and notices repeated names and deep nesting, however
 * strings hide brackets, commas and quotes.
 * Method: fast-check makes documents, and the same documents with one name repeated.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readJsonText } from './json-text.ts'

const nasty = fc.stringMatching(/^[a-b"\\{}[\],: \n]{0,6}$/)
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -1.5e10),
    nasty,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(nasty, tie('any'), { maxKeys: 4 }),
  ),
})).any

it('reads every document as JSON.parse does', () => {
  fc.assert(
    fc.property(value, fc.constantFrom(0, 1), (document, indent) => {
      const text = JSON.stringify(document, null, indent)
      expect(readJsonText(text)).toEqual({ fault: null, value: JSON.parse(text) as unknown })
    }),
  )
})

it('notices a name given twice, however deep and however spelled', () => {
  const place = fc.constantFrom('%', '[1, %]', '{"a": %}', '[{"b": [%]}]', '{"%": "%", "c": %}')
  fc.assert(
    fc.property(value, nasty, fc.boolean(), place, (inner, name, isEscaped, around) => {
      const first = JSON.stringify(name)
      const units = [...Array(name.length).keys()].map((at) => name.charCodeAt(at))
      const escaped = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
      const second = isEscaped ? `"${escaped}"` : first
      const twice = `{${first}: ${JSON.stringify(inner)}, ${second}: 2}`
      const at = around.lastIndexOf('%')
      const text = around.slice(0, at) + twice + around.slice(at + 1)
      expect(readJsonText(text).fault).toBe('DUPLICATE')
    }),
  )
})

it.each([
  ['', 'SYNTAX'],
  ['{"a":1,}', 'SYNTAX'],
  ["{'a':1}", 'SYNTAX'],
  ['NaN', 'SYNTAX'],
  ['{"a":1}{}', 'SYNTAX'],
  ['['.repeat(33) + ']'.repeat(33), 'DEPTH'],
  ['['.repeat(1_000_000), 'SYNTAX'],
  ['['.repeat(32) + ']'.repeat(32), null],
  ['{"a":{"x":1},"b":{"x":2}}', null],
  ['{"__proto__":1}', null],
])('%.20s…: %s', (text, fault) => {
  expect(readJsonText(text).fault).toBe(fault)
})
