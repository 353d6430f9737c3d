// Goal: a commitment fixes header, seed and content; some fields can be shown, and nothing else passes
// for them; in Node and in the browser build.
// Method: sections of different shapes; one change per row; fast-check over contents.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex, utf8 } from './bytes.ts'
import { canonicalJson } from './canonical-json.ts'
import * as browser from './index.browser.ts'
import * as node from './index.ts'
import type { JsonObject } from './json.ts'

const SUITES = ['RS-INTL-1', 'RS-GM-1'] as const
const seed = node.sha256(utf8('seed'))

function headerOf(suite: node.SuiteId, change: Partial<node.SectionHeader> = {}) {
  const header: node.SectionHeader = {
    chain: 'demo-1a2b3c4d',
    entryHash: '11'.repeat(32),
    kind: 'fields',
    level: 2,
    owner: 'sia-3701',
    record: '22'.repeat(16),
    salt: '33'.repeat(32),
    section: 'contributions',
    suite,
    v: 1,
    version: 1,
    ...change,
  }
  return header
}

const person = {
  base: '8120.00',
  employer: null,
  isMarried: false,
  months: ['2026-09', '2026-10', { due: '2026-11' }],
  name: '𠮷野家',
  none: [],
}

const builds = [
  ['Node', node],
  ['browser', browser],
] as const

describe.each(builds)('%s', (_, crypto) => {
  describe.each(SUITES)('%s', (suite) => {
    const opening = { header: headerOf(suite), seed, content: canonicalJson(person) }
    const { commitment, headerHash } = crypto.sectionCommitment(opening)
    const shown = crypto.discloseFields(opening, ['base', 'months', 'none'])
    const first = shown.leaves[0] as node.DisclosedLeaf
    const isShown = (change: object, at = commitment) =>
      crypto.verifyDisclosure(suite, at, { ...shown, ...change })
    const isLeafShown = (change: object) => isShown({ leaves: [{ ...first, ...change }] })

    test('is the same in both builds', () => {
      expect(node.sectionCommitment(opening)).toEqual({ commitment, headerHash })
      expect(node.discloseFields(opening, ['base', 'months', 'none'])).toEqual(shown)
    })

    test.each<[string, Partial<node.SectionOpening>]>([
      ['one character of the content', { content: canonicalJson({ ...person, base: '8120.01' }) }],
      ['a member more', { content: canonicalJson({ ...person, x: 1 }) }],
      ['the seed', { seed: node.sha256(seed) }],
      ['the level', { header: headerOf(suite, { level: 3 }) }],
      ['the record', { header: headerOf(suite, { record: '23'.repeat(16) }) }],
      ['the salt', { header: headerOf(suite, { salt: '34'.repeat(32) }) }],
      ['the kind', { header: headerOf(suite, { kind: 'whole' }) }],
    ])('changes with %s', (_name, change) => {
      expect(crypto.sectionCommitment({ ...opening, ...change }).commitment).not.toBe(commitment)
    })

    test('shows leaves as section 5 says', () => {
      expect(shown.headerHash).toBe(headerHash)
      expect(shown.leaves.map(({ index, value }) => [index, value])).toEqual([
        [0, ['/base', '8120.00']],
        [3, ['/months', 3]],
        [4, ['/months/0', '2026-09']],
        [5, ['/months/1', '2026-10']],
        [6, ['/months/2', { due: '2026-11' }]],
        [8, ['/none', 0]],
      ])
      expect(shown.leaves.every(({ path }) => path.length === 4)).toBe(true)
      expect(isShown({})).toBe(true)
      expect(isLeafShown({})).toBe(true)
    })

    test.each<[string, object]>([
      ['another value', { value: ['/base', '8120.01'] }],
      ['another name', { value: ['/case', '8120.00'] }],
      ['another index', { index: 1 }],
      ['the index of the mirrored place', { index: 8 }],
      ['an index beyond the tree', { index: 16 }],
      ['a negative index', { index: -16 }],
      ['a fractional index', { index: 0.5 }],
      ['another salt', { salt: '00'.repeat(32) }],
      ['a salt in upper case', { salt: `${first.salt.slice(0, 62)}AB` }],
      ['a path cut short', { path: first.path.slice(0, 3) }],
      ['a path cut to two', { path: first.path.slice(0, 2) }],
      ['a path too long', { path: [...first.path, first.path[0]] }],
      ['a path out of order', { path: [...first.path].reverse() }],
      ['an empty path', { path: [] }],
    ])('does not show %s', (_name, change) => {
      expect(isLeafShown(change)).toBe(false)
    })

    test.each<[string, object]>([
      ['another header', { headerHash: '00'.repeat(32) }],
      ['no leaves', { leaves: [] }],
      ['a leaf twice', { leaves: [first, first] }],
      ['leaves out of order', { leaves: [...shown.leaves].reverse() }],
    ])('does not show with %s', (_name, change) => {
      expect(isShown(change)).toBe(false)
    })

    test('does not show under another commitment or suite', () => {
      expect(isShown({}, '00'.repeat(32))).toBe(false)
      const other = suite === 'RS-GM-1' ? 'RS-INTL-1' : 'RS-GM-1'
      expect(crypto.verifyDisclosure(other, commitment, shown)).toBe(false)
    })
  })

  test.each<[string, string]>([
    ['no object', '[]'],
    ['white space', '{ }'],
    ['order', '{"b":1,"a":2}'],
    ['a member twice', '{"a":1,"a":1}'],
    ['a name with a slash', '{"a/b":1}'],
    ['a name that starts high', '{"A":1}'],
    ['an empty name', '{"":1}'],
    ['a name outside ASCII', '{"é":1}'],
    ['more than 4,096 leaves', JSON.stringify({ a: Array.from({ length: 4096 }, () => 0) })],
  ])('refuses fields with %s', (_name, text) => {
    const opening = { header: headerOf('RS-INTL-1'), seed, content: utf8(text) }
    expect(() => crypto.sectionCommitment(opening)).toThrow(node.SectionRefused)
  })

  test('whole sections have no fields to show', () => {
    const header = headerOf('RS-INTL-1', { kind: 'whole' })
    const opening = { header, seed, content: canonicalJson(person) }
    expect(() => crypto.discloseFields(opening, ['base'])).toThrow(node.SectionRefused)
  })

  test('batch leaves are JCS', () => {
    const sections = ['a', 'b'].map((name) => ({ name, level: 2, commitment: '44'.repeat(32) }))
    const leaf = { record: '22'.repeat(16), version: 1, sections }
    expect(crypto.batchLeaf(leaf)).toEqual(canonicalJson(leaf))
    const broken = [
      { ...leaf, record: 'AB'.repeat(16) },
      { ...leaf, version: 0 },
      { ...leaf, sections: [] },
      { ...leaf, sections: [...sections].reverse() },
      { ...leaf, sections: [sections[0], sections[0]] },
      { ...leaf, sections: [{ ...sections[0], commitment: '44' }] },
    ] as node.BatchLeaf[]
    for (const one of broken) expect(() => crypto.batchLeaf(one)).toThrow(node.SectionRefused)
  })
})

test('each shown field of any content leads to its commitment', () => {
  const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,5}$/)
  const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()))
  fc.assert(
    fc.property(
      fc.dictionary(name, value, { maxKeys: 12 }),
      fc.constantFrom(...SUITES),
      (o, suite) => {
        const content = canonicalJson(o as JsonObject)
        const opening = { header: headerOf(suite), seed, content }
        const { commitment } = node.sectionCommitment(opening)
        const shown = node.discloseFields(opening, Object.keys(o))
        const expected = Object.values(o).reduce<number>(
          (sum, one) => sum + 1 + (Array.isArray(one) ? one.length : 0),
          0,
        )
        expect(shown.leaves.length).toBe(expected)
        expect(expected === 0 || node.verifyDisclosure(suite, commitment, shown)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('a commitment says nothing without its seed: equal contents differ', () => {
  const content = canonicalJson(person)
  const commitments = [seed, node.sha256(seed)].map(
    (one) =>
      node.sectionCommitment({ header: headerOf('RS-INTL-1'), seed: one, content }).commitment,
  )
  expect(commitments[0]).not.toBe(commitments[1])
  expect(commitments).not.toContain(toHex(node.sha256(content)))
})
