/*
 * Goal: what the books hold can be asked for by every member of the chain and by nobody else, page by
 * page, in the shape each query promises.
 * Method: the worked example on the real executor; each answer is checked against its own schema.
 */
import type { Json } from '@renshe/crypto'
import { testReader } from '@renshe/kernel/testing'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { expectCredit } from './expect-credit.ts'
import { getBook } from './get-book.ts'
import { getJournal } from './get-journal.ts'
import { getTrialBalance } from './get-trial-balance.ts'
import { listBooks } from './list-books.ts'
import { listCaseJournals } from './list-case-journals.ts'
import { listExpectations } from './list-expectations.ts'
import { listJournals } from './list-journals.ts'
import { listPayments } from './list-payments.ts'
import { listUnknownCredits } from './list-unknown-credits.ts'
import { openBook } from './open-book.ts'
import { orderPayment } from './order-payment.ts'
import { postJournal } from './post-journal.ts'
import { recordCredit } from './record-credit.ts'
import { bookUnknownCredit } from './record-unknown-credit.ts'
import { fundsBook } from './rule-book.ts'
import {
  BOOK,
  bookTerms,
  CASE,
  createFundsWorld,
  example,
  headOf,
  journalTerms,
  Keeper,
  lineOf,
  linesOf,
} from './testing.ts'

function createWorld() {
  const funds = createFundsWorld({ queries: fundsBook.queries })
  funds.act((ctx) => openBook(ctx, bookTerms()))
  const terms = { by: 'cus-0001', account: 'custody/CN-2026-0001', amountFen: 401_618n }
  const expectation = funds.act((ctx) =>
    expectCredit(ctx, { ...terms, caseId: CASE, name: 'collect', book: BOOK }),
  )
  funds.act((ctx) =>
    recordCredit(ctx, { ...terms, entry: 'e1', valueDate: '2026-09-03', expectation }),
  )
  funds.act((ctx) => expectCredit(ctx, { ...terms, caseId: CASE, name: 'next', book: BOOK }))
  const payment = { by: 'emp-0001', from: 'account/emp-0001', to: 'custody/CN-2026-0001' }
  for (const name of ['remit', 'top-up']) {
    const order = { ...payment, caseId: CASE, name, book: BOOK, amountFen: 401_618n }
    funds.act((ctx) => orderPayment(ctx, { ...order, tellers: ['bank-0001'] }))
  }
  const keeper = new Keeper()
  const journals = example.journals.map((journal) => {
    const isAllocation = journal.what === 'allocation'
    const subledger = isAllocation
      ? keeper.post(headOf(funds.world), [
          ...example.lines.map(lineOf),
          lineOf({
            person: 'A',
            part: 'employer',
            account: '3001',
            cost: '0.00',
            units: '0.0000',
            residue: example.batch.carriedBefore,
          }),
        ])
      : null
    return funds.act((ctx) => postJournal(ctx, journalTerms({ ...linesOf(journal), subledger })))
  })
  const unknown = { ...terms, book: BOOK, entry: 'e2', valueDate: '2026-09-04', amountFen: 100n }
  funds.act((ctx) => bookUnknownCredit(ctx, unknown))
  return { funds, expectation, journals }
}

const { funds, journals } = createWorld()
const member = testReader({ member: 'inv-0001' })

function ask(query: { name: string; output: TSchema }, input: object) {
  const answer = funds.world.ask(member, query.name, input as never)
  if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.data)}`)
  expect(Value.Check(query.output, answer.data)).toBe(true)
  return answer.data as { [name: string]: Json } & {
    items: { [name: string]: Json }[]
    next: string | null
  }
}

it('getBook: every account that a journal touched', () => {
  const { accounts, carried, subledger } = ask(getBook, { book: BOOK })
  expect(carried).toBe(example.batch.carriedAfter)
  expect(subledger).toMatchObject({ owner: 'acc-0001', postings: 1 })
  expect(accounts).toMatchSnapshot()
})

it('getTrialBalance: both columns are equal, and what the chart promises holds', () => {
  const { fen, units, equalities } = ask(getTrialBalance, { book: BOOK }) as unknown as Record<
    'fen' | 'units',
    { debit: string; credit: string }
  > & { equalities: object[] }
  expect(fen).toMatchObject({ debit: '4017.19', credit: '4017.19' })
  expect(units).toMatchObject({ debit: '3126.4047', credit: '3126.4047' })
  expect(equalities).toEqual([
    { left: ['U1'], leftSum: '3126.4047', right: ['U2', 'U3'], rightSum: '3126.4047' },
  ])
})

it('getTrialBalance: an empty book is balanced too', () => {
  const other = createFundsWorld({ queries: fundsBook.queries })
  other.act((ctx) => openBook(ctx, bookTerms()))
  expect(other.world.ask(member, getTrialBalance, { book: BOOK })).toMatchObject({
    ok: true,
    data: { fen: { rows: [], debit: '0.00' }, units: { debit: '0.0000' } },
  })
})

describe('journals', () => {
  it('in order, page by page', () => {
    const first = ask(listJournals, { book: BOOK, limit: 3 })
    const second = ask(listJournals, { book: BOOK, limit: 3, cursor: first.next })
    expect([...first.items, ...second.items].map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
    expect(second.next).toBeNull()
  })

  it('newest first', () => {
    const { items } = ask(listJournals, { book: BOOK, newestFirst: true, limit: 2 })
    expect(items.map(({ seq }) => seq)).toEqual([5, 4])
  })

  it('only those with a sub-ledger', () => {
    const { items } = ask(listJournals, { book: BOOK, postings: true })
    expect(items.map(({ id }) => id)).toEqual([journals[1]])
  })

  it('of a case, page by page', () => {
    const first = ask(listCaseJournals, { case: CASE, limit: 3 })
    const second = ask(listCaseJournals, { case: CASE, limit: 3, cursor: first.next })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(journals)
  })

  it('one', () => {
    expect(ask(getJournal, { journal: journals[1] })).toMatchObject({ seq: 2, book: BOOK })
  })
})

describe('expectations and payments', () => {
  it.each<[object, string[]]>([
    [{ case: CASE }, ['collect', 'next']],
    [{ by: 'cus-0001' }, ['collect', 'next']],
    [{ by: 'cus-0001', state: 'expected' }, ['next']],
    [{ by: 'cus-0002' }, []],
    [{ state: 'arrived' }, ['collect']],
    [{ case: CASE, by: 'cus-0002' }, []],
  ])('expectations %j', (input, names) => {
    expect(ask(listExpectations, input).items.map(({ name }) => name)).toEqual(names)
    const first = ask(listExpectations, { ...input, limit: 1 })
    if (names.length < 2) return
    const rest = ask(listExpectations, { ...input, limit: 1, cursor: first.next })
    expect(rest.items.map(({ name }) => name)).toEqual(names.slice(1))
  })

  it.each<[object, number]>([
    [{ case: CASE }, 2],
    [{ member: 'emp-0001' }, 2],
    [{ member: 'bank-0001', state: 'ordered' }, 2],
    [{ member: 'bank-0001', state: 'settled' }, 0],
    [{ member: 'bank-0002' }, 0],
    [{ state: 'ordered' }, 2],
    [{}, 2],
    [{ case: CASE, state: 'sent' }, 0],
  ])('payments %j', (input, count) => {
    const first = ask(listPayments, { ...input, limit: 1 })
    expect(first.items).toHaveLength(Math.min(count, 1))
    if (count < 2) return
    const rest = ask(listPayments, { ...input, limit: 1, cursor: first.next })
    expect(rest.items).toHaveLength(1)
    expect(rest.items[0]?.id).not.toBe(first.items[0]?.id)
  })

  it('money that nobody has placed', () => {
    expect(ask(listUnknownCredits, {}).items.map(({ entry }) => entry)).toEqual(['e2'])
  })

  it('books', () => {
    expect(ask(listBooks, {}).items.map(({ book }) => book)).toEqual([BOOK])
  })
})

describe('who may ask', () => {
  const inputs: Record<string, object> = {
    'funds.getBook': { book: BOOK },
    'funds.getTrialBalance': { book: BOOK },
    'funds.getJournal': { journal: journals[1] },
    'funds.listJournals': { book: BOOK },
    'funds.listCaseJournals': { case: CASE },
    'funds.listExpectations': {},
    'funds.listPayments': {},
    'funds.listUnknownCredits': {},
    'funds.listBooks': {},
  }

  it.each(fundsBook.queries.map(({ name }) => name))('%s: nobody from outside', (name) => {
    const asked = inputs[name] as never
    const outside = funds.world.ask(testReader(), name, asked)
    const inside = funds.world.ask(member, name, asked)
    expect(inside.ok).toBe(true)
    if (outside.ok) expect(outside.data).toEqual({ items: [], next: null })
    else expect(outside.code).toMatch(/^(BOOK|JOURNAL)_NOT_FOUND$/)
  })
})
