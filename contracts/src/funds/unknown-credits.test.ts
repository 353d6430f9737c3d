/*
 * Goal: money that nobody expected is in the books at once, under suspense, and can be placed later
 * without being counted twice.
 * Method: the real executor; what breaks a booking or a release, one thing a row.
 */
import { testSigner } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { expectCredit } from './expect-credit.ts'
import { openBook } from './open-book.ts'
import { postJournal } from './post-journal.ts'
import { recordCredit } from './record-credit.ts'
import { bookUnknownCredit, type UnknownCredit } from './record-unknown-credit.ts'
import { credits } from './records.ts'
import { releaseUnknownCredit } from './release-unknown-credit.ts'
import {
  ANNUITY_CHART,
  BOOK,
  bookTerms,
  CASE,
  createFundsWorld,
  type FundsWorld,
  journalTerms,
} from './testing.ts'

const custodian = testSigner({ member: 'cus-0001' })
const CREDIT: UnknownCredit = {
  book: BOOK,
  by: 'cus-0001',
  entry: 'entry-1',
  account: 'custody/CN-2026-0001',
  amountFen: 401_618n,
  valueDate: '2026-09-03',
}

function suspended(): FundsWorld {
  const funds = createFundsWorld({ actions: [releaseUnknownCredit] })
  funds.act((ctx) => openBook(ctx, bookTerms()))
  funds.act((ctx) => bookUnknownCredit(ctx, CREDIT))
  return funds
}

function balances(funds: FundsWorld) {
  return { cash: funds.balance('1001'), suspense: funds.balance('2002') }
}

it('is booked in suspense, undone when its purpose is known, then answers its expectation', () => {
  const funds = suspended()
  expect(balances(funds)).toEqual({ cash: '4016.18', suspense: '4016.18' })
  funds.world.does(custodian, releaseUnknownCredit, { entry: 'entry-1' })
  expect(balances(funds)).toEqual({ cash: '0.00', suspense: '0.00' })

  const { account, by, entry, amountFen, valueDate } = CREDIT
  const terms = { account, by, amountFen }
  const expectation = funds.act((ctx) =>
    expectCredit(ctx, { ...terms, caseId: CASE, name: 'collect', book: BOOK }),
  )
  const now = funds.act((ctx) => recordCredit(ctx, { ...terms, entry, valueDate, expectation }))
  expect(now.state).toBe('arrived')
  expect(funds.world.stored(credits)).toMatchSnapshot()
})

it('of another amount is not the same money', () => {
  const funds = suspended()
  funds.world.does(custodian, releaseUnknownCredit, { entry: 'entry-1' })
  const other = { ...CREDIT, amountFen: 401_619n }
  expect(funds.refuses((ctx) => bookUnknownCredit(ctx, other))).toEqual({
    code: 'CREDIT_DIFFERS',
    entry: 'entry-1',
    amount: '4016.19',
    recorded: '4016.18',
  })
})

describe('refusals', () => {
  it.each<[string, Partial<UnknownCredit>, object]>([
    ['no such book', { book: 'CN-9' }, { code: 'BOOK_NOT_FOUND', book: 'CN-9' }],
    [
      'another member',
      { by: 'tru-0001' },
      { code: 'NOT_THE_CUSTODIAN', book: BOOK, member: 'tru-0001' },
    ],
    [
      'the same entry twice',
      {},
      { code: 'CREDIT_ALREADY_RECORDED', entry: 'entry-1', expectation: null },
    ],
    [
      'nothing',
      { entry: 'entry-2', amountFen: 0n },
      { code: 'AMOUNT_NOT_POSITIVE', amount: '0.00' },
    ],
  ])('%s', (_, changes, reason) => {
    const terms = { ...CREDIT, ...changes }
    expect(suspended().refuses((ctx) => bookUnknownCredit(ctx, terms))).toEqual(reason)
  })

  it('a chart without suspense', () => {
    const { suspense: _, ...definition } = ANNUITY_CHART
    const funds = createFundsWorld()
    funds.act((ctx) => openBook(ctx, bookTerms({ definition })))
    expect(funds.refuses((ctx) => bookUnknownCredit(ctx, CREDIT))).toEqual({
      code: 'SUSPENSE_NOT_KEPT',
      book: BOOK,
    })
  })

  it.each<[string, string, string, object]>([
    ['an entry that nobody told', 'cus-0001', 'no', { code: 'CREDIT_NOT_FOUND', entry: 'no' }],
    [
      'an entry of another member',
      'cus-0002',
      'entry-1',
      { code: 'CREDIT_NOT_FOUND', entry: 'entry-1' },
    ],
  ])('releasing %s', (_, member, entry, reason) => {
    const signer = testSigner({ member })
    expect(suspended().world.refuses(signer, releaseUnknownCredit, { entry })).toEqual(reason)
  })

  it('releasing twice', () => {
    const funds = suspended()
    funds.world.does(custodian, releaseUnknownCredit, { entry: 'entry-1' })
    expect(funds.world.refuses(custodian, releaseUnknownCredit, { entry: 'entry-1' })).toEqual({
      code: 'CREDIT_NOT_UNKNOWN',
      entry: 'entry-1',
    })
  })

  it('releasing cash that is no longer there', () => {
    const funds = suspended()
    const spent = journalTerms({
      debit: [{ account: '2002', amount: '16.18' }],
      credit: [{ account: '1001', amount: '16.18' }],
    })
    funds.act((ctx) => postJournal(ctx, spent))
    expect(funds.world.refuses(custodian, releaseUnknownCredit, { entry: 'entry-1' })).toEqual({
      code: 'BALANCE_NEGATIVE',
      book: BOOK,
      account: '1001',
      balance: '-16.18',
    })
  })
})
