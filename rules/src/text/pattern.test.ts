/**
 * Goal: patterns match as XPath says, always in time linear in pattern and text.
 * Method: random patterns of the common subset against the platform's RegExp; rows for what
 * differs; known bombs.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCodePoints } from '../value/code-points.ts'
import { LimitExceeded } from '../value/limits.ts'
import { foldPoint, toLower, toUpper } from './letter-case.ts'
import { compilePattern } from './pattern.ts'
import { PatternError, type PatternFlags, readFlags } from './pattern-tree.ts'
import { categoryOf } from './point-set.ts'

function flags(text: string): PatternFlags {
  return readFlags(text) as PatternFlags
}

function find(pattern: string, text: string, letters = ''): readonly number[] | undefined {
  return compilePattern(pattern, flags(letters)).find(toCodePoints(text), 0, () => {})
}

const atoms = fc.constantFrom(
  'a',
  'b',
  'c',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '(a)',
  '(ab|c)',
  '(?:b|bc)',
  '(a*)',
  'x',
)
const quantifiers = fc.constantFrom(
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,2}',
  '{0,2}?',
)
const patterns = fc
  .array(fc.tuple(atoms, quantifiers), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map((part) => part.join('')).join(''))
const alternatives = fc
  .array(patterns, { minLength: 1, maxLength: 3 })
  .map((list) => list.join('|'))
const subjects = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', 'x'), maxLength: 12 })

describe('XPath functions 3.1 §5.6: matching', () => {
  it('finds what the platform finds, with the same groups', () => {
    fc.assert(
      fc.property(
        alternatives,
        subjects,
        fc.constantFrom('', '^', '$'),
        (body, subject, anchor) => {
          const pattern = anchor === '^' ? `^(?:${body})` : anchor === '$' ? `(?:${body})$` : body
          const expected = new RegExp(pattern, 'd').exec(subject)
          const found = find(pattern, subject)
          if (expected === null) expect(found).toBeUndefined()
          // A group inside a repetition keeps its last round here; the platform forgets it: compare
          // the whole match.
          else expect(found?.slice(0, 2)).toEqual(expected.indices?.[0])
        },
      ),
      { numRuns: 2000 },
    )
  })
  it.each([
    ['(a)|b', 'b', '', [0, 1, -1, -1]],
    ['(a+)(b?)', 'xaab', '', [1, 4, 1, 3, 3, 4]],
    ['A', 'xa', 'i', [1, 2]],
    ['[A-C]', 'b', 'i', [0, 1]],
    ['[^B]', 'b', 'i', undefined],
    ['[A-Z-[OI]]', 'i', 'i', undefined],
    ['straße', 'STRAßE', 'i', [0, 6]],
    ['a.c', 'a\nc', '', undefined],
    ['a.c', 'a\nc', 's', [0, 3]],
    ['^c', 'a\nc', 'm', [2, 3]],
    ['a b [ ]', 'ab ', 'x', [0, 3]],
    ['a.b*', 'xa.b*', 'q', [1, 5]],
    ['\\p{Lu}\\p{Ll}', 'éÉé', '', [1, 3]],
    ['\\P{L}', 'a1', '', [1, 2]],
    ['\\w+', '人a-', '', [0, 2]],
    ['.', '𠮷', '', [0, 1]],
    ['[𠮷-𠮹]', '𠮸', '', [0, 1]],
    ['\\i\\c*', '1a-b', '', [1, 4]],
    ['[\\d-]+', '1-2', '', [0, 3]],
    ['\\$\\^\\.', '$^.', '', [0, 3]],
  ])('%s in %j %s', (pattern, subject, letters, expected) => {
    expect(find(pattern, subject, letters)).toEqual(expected)
  })
  it.each([
    '(',
    ')',
    '[',
    '[]',
    '[^]',
    'a{2,1}',
    'a{',
    '*',
    '+a',
    'a**',
    '(?=a)',
    '(?<n>a)',
    '\\1',
    '(a)\\1',
    '\\',
    '\\q',
    '\\p{Xx}',
    '\\p{IsMars}',
    '[b-a]',
    '[[a]]',
    'a{1001}',
    '^*',
    'a|*',
  ])('refuses %s', (pattern) => {
    expect(() => compilePattern(pattern, flags(''))).toThrow(PatternError)
  })
})

describe('threat 13: bounds of patterns', () => {
  it.each([
    ['(a+)+$', `${'a'.repeat(3000)}b`],
    ['(a|aa)*$', `${'a'.repeat(3000)}b`],
    ['(.*)(.*)(.*)(.*)=', 'x'.repeat(3000)],
    ['(a?){100}a{100}', 'a'.repeat(100)],
    ['(((a*)*)*)*b', 'a'.repeat(3000)],
  ])('%s takes steps in proportion to pattern and text', (pattern, subject) => {
    let steps = 0
    compilePattern(pattern, flags('')).find(toCodePoints(subject), 0, (count) => {
      steps += count
    })
    expect(steps).toBeLessThan((subject.length + 1) * 1000)
  })
  it('refuses a pattern that unfolds too far, naming the limit', () => {
    const refused = (): unknown => compilePattern('((a{1,100}){1,100}){1,100}', flags(''))
    expect(refused).toThrow(LimitExceeded)
    expect(refused).toThrow('patternSize')
  })
  it('refuses a pattern nested too deeply', () => {
    expect(() => compilePattern(`${'('.repeat(500)}a${')'.repeat(500)}`, flags(''))).toThrow(
      PatternError,
    )
  })
})

describe('pinned tables of letters', () => {
  it('are those of the platform wherever both know the letter', () => {
    const assigned = fc
      .integer({ min: 0, max: 0x2ffff })
      .filter((point) => point < 0xd800 || point > 0xdfff)
    fc.assert(
      fc.property(assigned, (point) => {
        const letter = String.fromCodePoint(point)
        // Another Unicode version may know letters that ours does not, and the other way round.
        fc.pre(categoryOf(point) !== 'Cn' && !/^\p{Cn}$/u.test(letter))
        expect(new RegExp(`^\\p{${categoryOf(point)}}$`, 'u').test(letter)).toBe(true)
        expect(toUpper(letter)).toBe(letter.toUpperCase())
        expect(toLower(letter)).toBe(letter.toLowerCase())
      }),
      { numRuns: 5000 },
    )
  })
  it('have words for special cases', () => {
    expect(toUpper('ßŉǰﬁ')).toBe('SSʼNJ̌FI')
    expect(toLower('ΑΣ')).toBe('ας'.replace('ς', 'σ'))
    expect(foldPoint(0x212a)).toBe(0x6b)
  })
})
