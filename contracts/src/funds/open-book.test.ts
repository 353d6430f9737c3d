/*
 * Goal: a book opens once, at zero, under the chart as published; a chart that cannot keep its own
 * promises is refused.
 * Method: the real executor; a table where one row breaks one thing of the annuity chart.
 */
import { describe, expect, it } from 'vitest'
import type { ChartAccount, ChartDefinition } from '../catalogue/package-document.ts'
import { openBook } from './open-book.ts'
import { books, charts } from './records.ts'
import { ANNUITY_CHART, BOOK, bookTerms, createBookWorld, createFundsWorld } from './testing.ts'

const CASH: ChartAccount = { no: '1001', name: 'custodyCash', side: 'debit', measure: 'fen' }

function chartWith(changes: Partial<ChartDefinition>): ChartDefinition {
  return { ...ANNUITY_CHART, ...changes }
}

it('stores book and chart', () => {
  const { world } = createBookWorld()
  expect(world.stored(books)).toMatchSnapshot()
  expect(world.stored(charts)).toMatchSnapshot()
})

it('announces the id of its first posting', () => {
  const { world } = createBookWorld()
  const head = world.state(books).get(BOOK).subledger
  expect(head).toMatchObject({ owner: 'acc-0001', previous: null, postings: 0, sum: {} })
  expect(head?.next).toHaveLength(26)
})

it('keeps the residue register at zero with the places of a residue', () => {
  const { world } = createBookWorld({ unitPlaces: 0, navPlaces: 1 })
  expect(world.state(books).get(BOOK).carried).toBe('0.00')
})

describe('refusals', () => {
  it('a second book of the same entry', () => {
    const funds = createBookWorld()
    expect(funds.refuses((ctx) => openBook(ctx, bookTerms()))).toEqual({
      code: 'BOOK_EXISTS',
      book: BOOK,
    })
  })

  it.each<[string, Partial<ChartDefinition>, object]>([
    [
      'an account twice',
      { accounts: [...ANNUITY_CHART.accounts, CASH] },
      { fault: 'ACCOUNT_TWICE', account: '1001' },
    ],
    [
      'a star in the middle',
      { accounts: [...ANNUITY_CHART.accounts, { ...CASH, no: '1*01' }] },
      { fault: 'WILDCARD_FORM', account: '1*01' },
    ],
    [
      'a star without its point',
      { accounts: [...ANNUITY_CHART.accounts, { ...CASH, no: '1102*' }] },
      { fault: 'WILDCARD_FORM', account: '1102*' },
    ],
    [
      'an equality over nothing',
      { equalities: [{ left: ['U1'], right: ['U4'] }] },
      { fault: 'EQUALITY_ACCOUNT_UNKNOWN', account: 'U4' },
    ],
    [
      'an equality of yuan and units',
      { equalities: [{ left: ['U1'], right: ['1001'] }] },
      { fault: 'EQUALITY_MEASURES_MIXED', account: 'U1' },
    ],
    [
      'a sub-ledger of an account that is missing',
      { subledger: { cost: ['3009'], units: 'U2' } },
      { fault: 'SUBLEDGER_ACCOUNT_UNKNOWN', account: '3009' },
    ],
    [
      'a sub-ledger whose cost is in units',
      { subledger: { cost: ['U3'], units: 'U2' } },
      { fault: 'SUBLEDGER_MEASURE', account: 'U3' },
    ],
    [
      'suspense on an account that is missing',
      { suspense: { debit: '1001', credit: '2009' } },
      { fault: 'SUSPENSE_ACCOUNT_UNKNOWN', account: '2009' },
    ],
    [
      'suspense in units',
      { suspense: { debit: '1001', credit: 'U3' } },
      { fault: 'SUSPENSE_MEASURE', account: 'U3' },
    ],
  ])('%s', (_, changes, reason) => {
    const terms = bookTerms({ definition: chartWith(changes) })
    expect(createFundsWorld().refuses((ctx) => openBook(ctx, terms))).toEqual({
      code: 'CHART_INVALID',
      book: BOOK,
      ...reason,
    })
  })

  it.each([-1, 9])('%d places', (unitPlaces) => {
    const body = { code: 'BOOK_PLACES', book: BOOK, navPlaces: 4 }
    const refused = createFundsWorld().refuses((ctx) => openBook(ctx, bookTerms({ unitPlaces })))
    expect(refused).toMatchObject(body)
  })

  it('a sub-ledger without an owner', () => {
    const terms = bookTerms({ owner: null })
    expect(createFundsWorld().refuses((ctx) => openBook(ctx, terms))).toEqual({
      code: 'SUBLEDGER_OWNER_MISSING',
      book: BOOK,
    })
  })
})
