/**
 * Goal: a step is told by the sentence of its value, with its numbers and in words.
 * Method: one package of texts; values of every kind.
 */
import { describe, expect, it } from 'vitest'
import { fillSentence, sentenceOfStep, wordsOfValue } from './step-sentence.ts'

const TEXTS = {
  'rule.library.fee.late': 'Late by {days} days.',
  'rule.library.fee.late.0': 'In time.',
  'rule.library.fee.late.none': 'Not returned yet.',
  'rule.library.fee.isOpen.true': 'Open.',
  'rule.library.fee.faults': 'Wrong: {value}.',
  'rule.library.fee.faults.NO_CARD': 'There is no card.',
  'rule.library.fee.faults.none': 'Nothing is wrong.',
  'code.faults.NO_CARD': 'no card',
  'code.faults.LATE': 'late',
}

describe('a step in words', () => {
  it.each([
    ['late', '3', 'Late by {days} days.'],
    ['late', 0, 'In time.'],
    ['late', null, 'Not returned yet.'],
    ['isOpen', true, 'Open.'],
    ['isOpen', false, undefined],
    ['faults', [], 'Nothing is wrong.'],
    ['faults', ['NO_CARD'], 'There is no card.'],
    ['faults', ['LATE', 'NO_CARD'], 'Wrong: {value}.'],
    ['faults', { toString: 'x' }, 'Wrong: {value}.'],
    ['constructor', 'x', undefined],
  ])('%s %j', (step, value, sentence) => {
    expect(sentenceOfStep(TEXTS, 'library.fee', step, value)).toBe(sentence)
  })

  it('fills places by name and by the beginning of a name, and leaves others open', () => {
    const words: Record<string, string> = { days: '3', 'fee.child': '0.10' }
    const fill = (template: string) =>
      fillSentence(template, Object.keys(words), (name) => words[name])
    expect(fill('{days} × {fee.*} = {total} {')).toBe('3 × 0.10 = {total} {')
  })

  it.each([
    [true, '是', 'yes'],
    [null, '没有', 'none'],
    [[], '没有', 'none'],
    [['LATE', 'OTHER'], 'late、OTHER', 'late, OTHER'],
    ['12.30', '12.30', '12.30'],
    [7, '7', '7'],
  ])('says %j', (value, zh, en) => {
    expect(wordsOfValue(TEXTS, 'faults', value, 'zh')).toBe(zh)
    expect(wordsOfValue(TEXTS, 'faults', value, 'en')).toBe(en)
  })
})
