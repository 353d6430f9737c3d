/*
 * Goal: a sub-ledger changes its owner whole, against its balances root, with no journal in between.
 * Method: the real executor; a table where one row breaks one thing.
 */
import { describe, expect, it } from 'vitest'
import { handOverSubledger, type SubledgerHandOver } from './hand-over-subledger.ts'
import { postJournal } from './post-journal.ts'
import { handOvers } from './records.ts'
import {
  BOOK,
  CASE,
  commitmentOf,
  createBookWorld,
  example,
  headOf,
  journalTerms,
  Keeper,
  lineOf,
  linesOf,
} from './testing.ts'

function allocated() {
  const funds = createBookWorld()
  for (const journal of example.journals.slice(0, 2)) {
    const isAllocation = journal.what === 'allocation'
    const subledger = isAllocation
      ? new Keeper().post(headOf(funds.world), example.lines.map(lineOf))
      : null
    funds.act((ctx) => postJournal(ctx, journalTerms({ ...linesOf(journal), subledger })))
  }
  const before = headOf(funds.world).balances
  const terms: SubledgerHandOver = {
    book: BOOK,
    from: 'acc-0001',
    to: 'acc-0002',
    before,
    after: { ...before, root: commitmentOf('sealed anew') },
    caseId: CASE,
  }
  return { funds, terms }
}

it('goes on under the new owner from the root that it sealed', () => {
  const { funds, terms } = allocated()
  const old = headOf(funds.world)
  funds.act((ctx) => handOverSubledger(ctx, terms))
  expect(headOf(funds.world)).toEqual({ ...old, owner: 'acc-0002', balances: terms.after })
  expect(funds.world.stored(handOvers)).toMatchSnapshot()

  const back = { ...terms, from: 'acc-0002', to: 'acc-0001', before: terms.after }
  funds.act((ctx) => handOverSubledger(ctx, back))
  expect(funds.world.stored(handOvers).map(({ key }) => key)).toEqual([
    [BOOK, 1],
    [BOOK, 2],
  ])
})

describe('refusals', () => {
  it.each<[string, Partial<SubledgerHandOver>, object]>([
    ['a book that is not open', { book: 'CN-9' }, { code: 'BOOK_NOT_FOUND' }],
    [
      'by a member that does not keep it',
      { from: 'acc-0003' },
      { code: 'SUBLEDGER_NOT_OWNER', owner: 'acc-0001' },
    ],
    ['to itself', { to: 'acc-0001' }, { code: 'SUBLEDGER_SAME_OWNER' }],
    [
      'from a root where it does not stand',
      { before: { root: commitmentOf('older'), count: 5 } },
      { code: 'SUBLEDGER_ROOT', named: commitmentOf('older') },
    ],
    [
      'with an account less',
      { after: { root: commitmentOf('sealed anew'), count: 4 } },
      { code: 'SUBLEDGER_COUNT', before: 5, after: 4 },
    ],
  ])('%s', (_, changes, reason) => {
    const { funds, terms } = allocated()
    const body = { ...terms, ...changes }
    expect(funds.refuses((ctx) => handOverSubledger(ctx, body))).toMatchObject(reason)
  })

  it('of a book without sub-ledger', () => {
    const { terms } = allocated()
    const definition = {
      accounts: [{ no: '1001', name: 'cash', side: 'debit', measure: 'fen' } as const],
      equalities: [],
    }
    const funds = createBookWorld({ definition, owner: null })
    expect(funds.refuses((ctx) => handOverSubledger(ctx, terms))).toMatchObject({
      code: 'SUBLEDGER_NOT_KEPT',
    })
  })
})
