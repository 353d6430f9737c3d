/*
 * Goal: an act is said in full, in both languages, and amounts are spelled as on cheques.
 * Method: amounts of every shape against spellings by hand; an act with fields that its sentence forgets.
 */
import { describe, expect, it } from 'vitest'
import { amountInChinese, amountInEnglish, groupedDigits, sayAct } from './index.ts'

describe('amounts', () => {
  it.each([
    ['808937.36', '捌拾万捌仟玖佰叁拾柒元叁角陆分'],
    ['0.00', '零元整'],
    ['0.05', '伍分'],
    ['10.05', '壹拾元零伍分'],
    ['10.50', '壹拾元伍角整'],
    ['1001', '壹仟零壹元整'],
    ['100000000.01', '壹亿元零壹分'],
    ['10001000.00', '壹仟万壹仟元整'],
    ['100010.00', '壹拾万零壹拾元整'],
    ['-30.20', '负叁拾元贰角整'],
    ['1205000000', '壹拾贰亿零伍佰万元整'],
  ])('%s is %s', (amount, said) => expect(amountInChinese(amount)).toBe(said))

  it('are spelled in English and grouped', () => {
    expect(amountInEnglish('808937.36')).toBe(
      'eight hundred eight thousand nine hundred thirty-seven yuan 36 fen',
    )
    expect(amountInEnglish('12.00')).toBe('twelve yuan exactly')
    expect(groupedDigits('-1808937.36')).toBe('−1,808,937.36')
  })

  it('are not made of what is no amount', () => {
    for (const text of ['', '1.234', 'x', '1.2.3', '１'])
      expect(amountInChinese(text)).toBeUndefined()
    expect(groupedDigits('ABC')).toBe('ABC')
  })
})

describe('an act', () => {
  const words = {
    title: { zh: '借书证', en: 'Library card' },
    texts: [
      {
        zh: { 'sign.open': '办证 {number}', 'field.deposit': '押金' },
        en: { 'sign.open': 'Card {number}' },
      },
      { zh: { 'code.kind.ADULT': '成人' }, en: { 'code.kind.ADULT': 'adult' } },
    ],
  }
  const said = sayAct(words, {
    step: 'open',
    fields: { number: '7', kind: 'ADULT', deposit: '1200.00' },
    definitions: {
      number: { type: 'code' },
      kind: { type: 'code' },
      deposit: { type: 'money' },
    },
    outcome: null,
    batch: null,
    sections: [{ name: 'note', values: { text: 'ﬀ 王䶮 𠮷' } }],
  })

  it('hides no field that its sentence does not mention', () => {
    expect(said.sentences.map(({ zh }) => zh)).toEqual([
      '办证 7 押金 1,200.00; kind 成人',
      'note (封存): text ﬀ 王䶮 𠮷',
    ])
    expect(said.sentences[0]?.en).toBe('Card 7 deposit 1,200.00; kind adult')
  })

  it('says money in words, and code points of what could be taken for another text', () => {
    expect(said.amounts).toEqual([
      {
        label: { zh: '押金', en: 'deposit' },
        digits: '1,200.00',
        words: { zh: '壹仟贰佰元整', en: 'one thousand two hundred yuan exactly' },
      },
    ])
    expect(said.unusual.map(({ codePoints }) => codePoints)).toEqual([
      'U+FB00 U+0020 U+738B U+4DAE U+0020 U+20BB7',
    ])
  })
})
