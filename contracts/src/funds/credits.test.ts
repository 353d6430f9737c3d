/*
 * Goal: money that is expected arrives once, whatever the bank host repeats; what came is compared
 * with what was expected, to the fen.
 * Method: the real executor; states and refusals as tables.
 */
import { describe, expect, it } from 'vitest'
import { cancelExpectation, expectCredit, findExpectation } from './expect-credit.ts'
import { recordCredit } from './record-credit.ts'
import { credits, expectations } from './records.ts'
import type { CreditTerms, ExpectationTerms } from './terms.ts'
import { BOOK, CASE, createFundsWorld, type FundsWorld } from './testing.ts'

const TERMS: ExpectationTerms = {
  caseId: CASE,
  name: 'collect',
  book: BOOK,
  by: 'cus-0001',
  account: 'custody/CN-2026-0001',
  amountFen: 401_618n,
}

function credit(changes: Partial<CreditTerms> & { expectation: string }): CreditTerms {
  return {
    by: 'cus-0001',
    entry: 'entry-1',
    account: 'custody/CN-2026-0001',
    amountFen: 401_618n,
    valueDate: '2026-09-03',
    ...changes,
  }
}

function expecting(): { funds: FundsWorld; expectation: string } {
  const funds = createFundsWorld()
  return { funds, expectation: funds.act((ctx) => expectCredit(ctx, TERMS)) }
}

describe('expectations', () => {
  it('are found again by case, name and occasion', () => {
    const { funds, expectation } = expecting()
    const found = funds.act((ctx) => findExpectation(ctx, CASE, 'collect'))
    expect(found).toMatchObject({ id: expectation, state: 'expected', arrived: '0.00' })
    expect(funds.act((ctx) => findExpectation(ctx, CASE, 'collect', 2))).toBeUndefined()
  })

  it('a second occasion is another expectation', () => {
    const { funds, expectation } = expecting()
    const second = funds.act((ctx) => expectCredit(ctx, { ...TERMS, occasion: 2 }))
    expect(second).not.toBe(expectation)
  })

  it.each<[string, Partial<ExpectationTerms>, object]>([
    ['the same again', {}, { code: 'EXPECTATION_EXISTS', state: 'expected' }],
    ['nothing', { name: 'other', amountFen: 0n }, { code: 'AMOUNT_NOT_POSITIVE', amount: '0.00' }],
  ])('refuses %s', (_, changes, reason) => {
    const { funds } = expecting()
    const terms = { ...TERMS, ...changes }
    expect(funds.refuses((ctx) => expectCredit(ctx, terms))).toMatchObject(reason)
  })
})

describe('credits', () => {
  it.each<[string, readonly bigint[], string, string]>([
    ['exactly', [401_618n], 'arrived', '4016.18'],
    ['one fen short', [401_617n], 'short', '4016.17'],
    ['one fen over', [401_619n], 'over', '4016.19'],
    ['short, then topped up', [400_000n, 1_618n], 'arrived', '4016.18'],
    ['short, then topped up too much', [400_000n, 1_619n], 'over', '4016.19'],
    ['doubled by the payer', [401_618n, 401_618n], 'over', '8032.36'],
  ])('%s', (_, amounts, state, arrived) => {
    const { funds, expectation } = expecting()
    amounts.forEach((amountFen, index) => {
      const terms = credit({ amountFen, entry: `entry-${index}`, expectation })
      funds.act((ctx) => recordCredit(ctx, terms))
    })
    expect(funds.world.state(expectations).get(expectation)).toMatchObject({
      state,
      arrived,
      credits: amounts.length,
      arrivedOn: '2026-09-03',
    })
  })

  it('with the same key from two members are two credits', () => {
    const funds = createFundsWorld()
    for (const by of ['cus-0001', 'cus-0002']) {
      const expectation = funds.act((ctx) => expectCredit(ctx, { ...TERMS, by, name: by }))
      funds.act((ctx) => recordCredit(ctx, credit({ expectation, by })))
    }
    expect(funds.world.stored(credits)).toHaveLength(2)
  })

  it.each<[string, (id: string) => CreditTerms, object]>([
    [
      'an entry told twice',
      (expectation) => credit({ expectation, entry: 'seen' }),
      { code: 'CREDIT_ALREADY_RECORDED', entry: 'seen' },
    ],
    [
      'nothing',
      (expectation) => credit({ expectation, amountFen: 0n }),
      { code: 'AMOUNT_NOT_POSITIVE' },
    ],
    [
      'a debit',
      (expectation) => credit({ expectation, amountFen: -1n }),
      { code: 'AMOUNT_NOT_POSITIVE', amount: '-0.01' },
    ],
    [
      'an expectation that does not exist',
      () => credit({ expectation: CASE }),
      { code: 'EXPECTATION_NOT_FOUND' },
    ],
    [
      'an expectation of another teller',
      (expectation) => credit({ expectation, by: 'cus-0002' }),
      { code: 'EXPECTATION_NOT_YOURS', by: 'cus-0001' },
    ],
    [
      'money on another account',
      (expectation) => credit({ expectation, account: 'custody/CN-2026-0002' }),
      { code: 'CREDIT_OTHER_ACCOUNT', account: 'custody/CN-2026-0002' },
    ],
  ])('refuses %s', (_, terms, reason) => {
    const { funds, expectation } = expecting()
    funds.act((ctx) => recordCredit(ctx, credit({ entry: 'seen', expectation })))
    expect(funds.refuses((ctx) => recordCredit(ctx, terms(expectation)))).toMatchObject(reason)
  })

  it('refuses more credits than one payer makes', () => {
    const { funds, expectation } = expecting()
    const state = funds.world.state(expectations).get(expectation)
    funds.world.seed(expectations, expectation, { ...state, credits: 100 })
    expect(funds.refuses((ctx) => recordCredit(ctx, credit({ expectation })))).toMatchObject({
      code: 'CREDITS_TOO_MANY',
      most: 100,
    })
  })
})

describe('cancelling', () => {
  it('ends the wait; later money is of unknown purpose', () => {
    const { funds, expectation } = expecting()
    funds.act((ctx) => cancelExpectation(ctx, expectation))
    expect(funds.refuses((ctx) => recordCredit(ctx, credit({ expectation })))).toMatchObject({
      code: 'EXPECTATION_ENDED',
      state: 'cancelled',
    })
  })

  it.each<[string, bigint | null, object]>([
    ['what has arrived', 401_618n, { code: 'EXPECTATION_ENDED', state: 'arrived' }],
    ['what does not exist', null, { code: 'EXPECTATION_NOT_FOUND' }],
  ])('refuses %s', (_, amountFen, reason) => {
    const { funds, expectation } = expecting()
    if (amountFen !== null) {
      funds.act((ctx) => recordCredit(ctx, credit({ amountFen, expectation })))
    }
    const id = amountFen === null ? CASE : expectation
    expect(funds.refuses((ctx) => cancelExpectation(ctx, id))).toMatchObject(reason)
  })
})

it('stored shapes', () => {
  const { funds, expectation } = expecting()
  funds.act((ctx) => recordCredit(ctx, credit({ expectation })))
  expect(funds.world.stored(expectations)).toMatchSnapshot()
  expect(funds.world.stored(credits)).toMatchSnapshot()
})
