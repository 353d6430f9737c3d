// Goal: amounts and times read as the portal's rules say, without rounding.
// Method: a table of texts, and the law that grouping loses no digit.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sayIn, words } from '../words/words.ts'
import { dayInWords, listMoment, spanInWords } from './moments.ts'
import { grouped, percent, yuan, yuanOfFen } from './money.ts'

it.each([
  [yuan('808937.36'), '808,937.36'],
  [yuan('-0.5'), '−0.50'],
  [yuanOfFen('16'), '0.16'],
  [yuanOfFen('-80893736'), '−808,937.36'],
  [grouped('629719.1299', 4), '629,719.1299'],
  [percent('0.0800'), '8%'],
  [percent('0.0020'), '0.2%'],
  [percent('1.0000'), '100%'],
  [dayInWords('2026-11-03', 'zh'), '2026年11月3日'],
  [dayInWords('2026-11-03', 'en'), '3 Nov 2026'],
  [listMoment(Date.UTC(2026, 10, 23, 6, 6), Date.UTC(2026, 0, 1)), '11-23 14:06'],
  [spanInWords(8_040_000, 'zh'), '2 小时 14 分'],
])('writes %s', (written, expected) => {
  expect(written).toBe(expected)
})

it('keeps every digit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n }), fc.stringMatching(/^\d{0,12}$/), (whole, fraction) => {
      const text = fraction === '' ? `${whole}` : `${whole}.${fraction}`
      expect(grouped(text).replaceAll(',', '')).toBe(text)
    }),
  )
})

it('refuses what is no decimal', () => {
  expect(() => grouped('1e5')).toThrow('not a decimal')
})

it('says a text in both languages, with its values in the order of the language', () => {
  const texts = words(
    { left: '还剩 {n} 行' },
    { left: '{n, plural, one {# row} other {# rows}} left' },
  )
  expect(sayIn(texts, 'zh')('left', { n: 1 })).toBe('还剩 1 行')
  expect(sayIn(texts, 'en')('left', { n: 1 })).toBe('1 row left')
})
