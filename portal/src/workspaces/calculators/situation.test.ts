// Goal: an address keeps a situation and refuses nothing it cannot read; a wrong answer gets a sentence that says what
// was expected and what came; a formula is drawn only where it is arithmetic. Method: tables.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Calculator, Question } from './calculator.ts'
import { findCalculator } from './every-calculator.ts'
import { piecesOf } from './formula.ts'
import { versionOf } from './law.ts'
import { answerFault, ladderFacts, monthsOf, spanOf } from './read-answers.ts'
import { sumOf } from './say-values.ts'
import { readSituation, writeSituation } from './situation.ts'

const pension = findCalculator('pension') as Calculator
const HASH = 'ab'.repeat(32)

it('survives the address, whatever was typed', () => {
  const answer = fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' })
  fc.assert(
    fc.property(answer, answer, fc.boolean(), (index, base, isPinned) => {
      const situation = {
        answers: { index, base },
        on: isPinned ? '2026-11-24' : null,
        pins: isPinned ? [HASH] : [],
      }
      if (index.length > 120 || base.length > 120) return
      expect(readSituation(writeSituation(situation, pension), pension)).toEqual(situation)
    }),
  )
  expect(writeSituation({ answers: {}, on: null, pins: [] }, pension)).toBe('')
})

it('leaves out what no situation can be', () => {
  const hash = `#index=1&other=2&on=yesterday&rules=xyz.${HASH}&base=`
  expect(readSituation(hash, pension)).toEqual({ answers: { index: '1' }, on: null, pins: [HASH] })
})

const question = (kind: Question['kind'], more: Partial<Question> = {}): Question => ({
  name: 'x',
  kind,
  label: { zh: '题', en: 'question' },
  ...more,
})

it.each([
  [question('month'), '1979-03', null],
  [question('month'), '1979-', /年和月.*1979-/],
  [question('date'), '2026-02-28', null],
  [question('date'), '2026-02-29', /日历上有的日子.*2026年2月29日/],
  [question('money'), '8000.50', null],
  [question('money'), '8000.505', /两位小数.*8000\.505/],
  [question('money'), '-1', /金额.*-1/],
  [question('count', { most: 24 }), '25', /不能大于 24.*25/],
  [question('decimal'), '0.85', null],
  [question('decimal'), 'abc', /一个数.*abc/],
  [question('span', { least: 480 }), '39-11', /不能小于 40 年.*39 年 11 个月/],
  [question('span'), '28-12', /月数 0 至 11.*28年12个月/],
  [question('span-days'), '3-5-10', null],
  [question('ladder'), '12-20_24-50_36-100', null],
  [question('ladder'), '12-', /百分之几/],
  [question('choice', { choices: [] }), 'OTHER', /选一项.*OTHER/],
])('%j takes %s or says why not', (asked, value, fault) => {
  const came = answerFault(asked, value)
  if (fault === null) expect(came).toBeNull()
  else expect(came?.zh).toMatch(fault)
  expect(came?.en ?? '').not.toMatch(/\p{Script=Han}/u)
})

it('counts months and shares exactly', () => {
  expect([monthsOf('28-4'), spanOf(340), monthsOf('3-5-10')]).toEqual([340, '28-4', 41])
  expect(ladderFacts('12-5_24-50_36-100').map(({ ratio }) => ratio)).toEqual(['0.05', '0.5', '1'])
  expect(sumOf(['0.10', '0.2', '9007199254740993.03'])).toBe('9007199254740993.33')
})

it('draws arithmetic and leaves the rest to sentences', () => {
  const inputs = { a: '2', b: '3', 'x.share': { parameter: 'x.share', value: '0.01' } }
  expect(
    piecesOf('(a + b) / 2 * parameter("x.share")', inputs)?.map((piece) =>
      piece.kind === 'box' ? piece.value : piece.text,
    ),
  ).toEqual(['(', '2', '+', '3', ')', '÷', '2', '×', '0.01'])
  const choosing = 'a * (if c then parameter("x.share") else 1)'
  const drawn = (c: boolean) => piecesOf(choosing, { ...inputs, c })?.at(-1)
  expect(drawn(true)).toMatchObject({ kind: 'box', value: '0.01' })
  // What is left is the number itself: its sentence says it.
  expect(drawn(false)).toBeUndefined()
  // Nobody needs to read that a number was multiplied by one.
  expect(piecesOf('a * b * (if c then 2 else 1)', { ...inputs, c: false })).toHaveLength(3)
  expect(piecesOf('a * b * (if c then 2 else 1)', { ...inputs, c: true })).toHaveLength(5)
  expect(piecesOf('if a = null then null else a / 12', inputs)).toHaveLength(3)
  expect(piecesOf('if a = null then null else a / 12', { a: null })).toBeNull()
  for (const other of ['a', 'if a then b else 0', 'max(a, b)', 'a.year - b', 'c + 1', 'a + ']) {
    expect(piecesOf(other, inputs) === null).toBe(other !== 'a + ')
  }
})

it('takes the version of the day, a pinned one before it, the first before all', () => {
  const of = (hash: string, inForceFrom: string, droppedFrom: string | null) =>
    ({ hash, inForceFrom, droppedFrom }) as Parameters<typeof versionOf>[0][number]
  const versions = [of('one', '2025-01-01', '2026-01-01'), of('two', '2026-01-01', null)]
  expect(versionOf(versions, '2025-12-31', [])?.hash).toBe('one')
  expect(versionOf(versions, '2026-01-01', [])?.hash).toBe('two')
  expect(versionOf(versions, '2026-01-01', ['one'])?.hash).toBe('one')
  expect(versionOf(versions, '2020-01-01', [])?.hash).toBe('one')
  expect(versionOf([of('one', '2025-01-01', '2026-01-01')], '2026-01-01', [])).toBeUndefined()
})
