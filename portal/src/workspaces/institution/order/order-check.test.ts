// Goal: an order is checked by the rule as typed, to the fen; what is incomplete is never sealed.
// Method: forms of amounts in a table; an answer of the rule read; the published rule of the service itself.
import { describe, expect, it } from 'vitest'
import {
  amountTyped,
  factsOf,
  type OrderTyped,
  rowOf,
  shareOf,
  verdictOf,
  wrongFields,
} from './order-check.ts'

const typed: OrderTyped = {
  instrument: ' 示例·沪深300指数基金 ',
  assetClass: 'EQUITY',
  side: 'BUY',
  amount: '1,000,000',
  classValue: '38000000.5',
  liquidityValue: '0',
}

describe('amounts', () => {
  it.each([
    ['1,234,567.8', '1234567.80'],
    [' 12 ', '12.00'],
    ['1，000.05', '1000.05'],
    ['007', '7.00'],
    ['0', '0.00'],
    ['1.234', null],
    ['-1', null],
    ['1e6', null],
    ['', null],
  ])('%j is %j', (text, amount) => {
    expect(amountTyped(text)).toBe(amount)
  })

  it('shares are cut to the fen', () => {
    expect(shareOf('485362.33', 38n)).toBe('184437.68')
    expect(shareOf('0.01', 3n)).toBe('0.00')
  })
})

describe('an order', () => {
  it('becomes facts and a row', () => {
    expect(wrongFields(typed)).toEqual([])
    expect(factsOf(typed, '100000000.00')).toEqual({
      assetClass: 'EQUITY',
      side: 'BUY',
      amount: '1000000.00',
      classValue: '38000000.50',
      liquidityValue: '0.00',
      netValue: '100000000.00',
    })
    expect(rowOf(typed)).toMatchObject({ instrument: '示例·沪深300指数基金', amount: '1000000.00' })
  })

  it.each<[keyof OrderTyped, string]>([
    ['instrument', '  '],
    ['amount', '0'],
    ['amount', 'x'],
    ['classValue', ''],
    ['liquidityValue', '-3'],
  ])('without %s (%j) is not sealed', (field, text) => {
    const broken = { ...typed, [field]: text }
    expect(wrongFields(broken)).toEqual([field])
    expect(() => rowOf(broken)).toThrow(RangeError)
    if (field !== 'instrument') expect(factsOf(broken, '1.00')).toBeNull()
  })
})

describe('an answer', () => {
  const outputs = {
    isAllowed: false,
    breaches: ['LIQUIDITY_BELOW_FLOOR', 'CLASS_ABOVE_LIMIT'],
    limit: '0.4',
    classShareBefore: '0.3800',
    classShareAfter: '0.4100',
    liquidityFloor: '0.05',
    liquidityShareAfter: '0.0400',
    mostAmount: '1.00',
  }

  it('is read by its names', () => {
    expect(verdictOf({ ok: true, outputs } as never)).toEqual({
      isAllowed: false,
      breaches: ['CLASS_ABOVE_LIMIT', 'LIQUIDITY_BELOW_FLOOR'],
      limit: '0.4',
      before: '0.3800',
      after: '0.4100',
      liquidityFloor: '0.05',
      liquidityAfter: '0.0400',
      mostAmount: '1.00',
    })
  })

  it('is none where the rule refused the facts', () => {
    expect(verdictOf({ ok: false } as never)).toBeNull()
  })
})
