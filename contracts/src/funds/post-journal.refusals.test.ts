/*
 * Goal: nothing that breaks a rule of the books can be posted, and what is refused leaves no trace.
 * Method: the worked example on the real executor; a table where one row breaks one thing.
 */
import { describe, expect, it } from 'vitest'
import { postJournal } from './post-journal.ts'
import type { JournalTerms } from './terms.ts'
import { allocated, createBookWorld, headOf, journalTerms, lineOf, post } from './testing.ts'

const CASH = {
  debit: [{ account: '1001', amount: '5.00' }],
  credit: [{ account: '2002', amount: '5.00' }],
}

describe('refusals', () => {
  const { funds, keeper } = allocated()
  const head = () => headOf(funds.world)
  const topUp = {
    debit: [
      { account: '2001', amount: '1.00' },
      { account: 'U1', amount: '0.7784' },
    ],
    credit: [
      { account: '3001', amount: '1.00' },
      { account: 'U2', amount: '0.7784' },
    ],
  }
  const topUpLine = {
    person: 'A',
    part: 'employer',
    account: '3001',
    cost: '1.00',
    units: '0.7784',
  }
  const posting = () => {
    const { balances, tree, entries } = keeper
    const made = keeper.post(head(), [lineOf(topUpLine)])
    Object.assign(keeper, { balances, tree, entries })
    return made
  }

  it.each<[string, () => Partial<JournalTerms>, object]>([
    ['a book that is not open', () => ({ ...CASH, book: 'CN-9' }), { code: 'BOOK_NOT_FOUND' }],
    ['no line at all', () => ({}), { code: 'JOURNAL_EMPTY' }],
    [
      'only lines of zero',
      () => ({
        debit: [{ account: '1001', amount: '0.00' }],
        credit: [{ account: '2001', amount: '0.00' }],
      }),
      { code: 'JOURNAL_EMPTY' },
    ],
    [
      'more lines than a journal holds',
      () => ({ debit: Array.from({ length: 401 }, () => ({ account: '1001', amount: '0.01' })) }),
      { code: 'JOURNAL_TOO_LONG', lines: 401, most: 400 },
    ],
    [
      'an account that the chart lacks',
      () => ({ ...CASH, debit: [{ account: '1002', amount: '5.00' }] }),
      { code: 'ACCOUNT_NOT_IN_CHART', account: '1002' },
    ],
    [
      'a wildcard itself',
      () => ({ ...CASH, debit: [{ account: '1101.*', amount: '5.00' }] }),
      { code: 'ACCOUNT_NOT_IN_CHART', account: '1101.*' },
    ],
    [
      'a portfolio numbered 01',
      () => ({ ...CASH, debit: [{ account: '1101.01', amount: '5.00' }] }),
      { code: 'ACCOUNT_NOT_IN_CHART', account: '1101.01' },
    ],
    [
      'yuan with one place',
      () => ({ ...CASH, debit: [{ account: '1001', amount: '5.0' }] }),
      { code: 'AMOUNT_SPELLING', account: '1001', places: 2 },
    ],
    [
      'units with two places',
      () => ({
        debit: [{ account: 'U1', amount: '1.00' }],
        credit: [{ account: 'U3', amount: '1.00' }],
      }),
      { code: 'AMOUNT_SPELLING', account: 'U1', places: 4 },
    ],
    [
      'a negative amount',
      () => ({ ...CASH, debit: [{ account: '1001', amount: '-5.00' }] }),
      { code: 'AMOUNT_NOT_POSITIVE', account: '1001', amount: '-5.00' },
    ],
    [
      'a fen too much on one side',
      () => ({ ...CASH, credit: [{ account: '2002', amount: '5.01' }] }),
      { code: 'UNBALANCED_FEN', debit: '5.00', credit: '5.01' },
    ],
    [
      'units on one side only',
      () => ({ ...CASH, debit: [...CASH.debit, { account: 'U1', amount: '0.0001' }] }),
      { code: 'UNBALANCED_UNITS', debit: '0.0001', credit: '0.0000' },
    ],
    [
      'custody cash below zero',
      () => ({
        debit: [{ account: '2002', amount: '0.02' }],
        credit: [{ account: '1001', amount: '0.02' }],
      }),
      { code: 'BALANCE_NEGATIVE', account: '1001', balance: '-0.01' },
    ],
    [
      'whole fen that the residue register does not hold',
      () => ({
        debit: [{ account: '3902', amount: '0.01' }],
        credit: [{ account: '2201', amount: '0.01' }],
      }),
      { code: 'RESIDUE_OVERDRAWN', carried: '0.00014646', paid: '0.01' },
    ],
    [
      'control accounts without the sub-ledger',
      () => topUp,
      { code: 'SUBLEDGER_MISSING', accounts: ['3001', 'U2'] },
    ],
    [
      'a posting that starts from an older one',
      () => ({ ...topUp, subledger: { ...posting(), previous: null } }),
      { code: 'SUBLEDGER_STALE', named: null },
    ],
    [
      'accounts that vanish',
      () => ({
        ...topUp,
        subledger: { ...posting(), balances: { ...posting().balances, count: 4 } },
      }),
      { code: 'SUBLEDGER_COUNT', before: 5, after: 4 },
    ],
    [
      'more entries than accounts',
      () => ({
        ...topUp,
        subledger: { ...posting(), entries: { ...posting().entries, count: 6 } },
      }),
      { code: 'SUBLEDGER_COUNT', entries: 6 },
    ],
    [
      'movement without entries',
      () => ({
        ...topUp,
        subledger: { ...posting(), entries: { ...posting().entries, count: 0 } },
      }),
      { code: 'SUBLEDGER_COUNT', entries: 0 },
    ],
    [
      'a total of an account that is no control account',
      () => ({
        ...topUp,
        subledger: { ...posting(), delta: { 3101: { cost: '1.00', units: '0.7784' } } },
      }),
      { code: 'SUBLEDGER_ACCOUNT', account: '3101' },
    ],
    [
      'totals at another scale',
      () => ({
        ...topUp,
        subledger: { ...posting(), delta: { 3001: { cost: '1.00', units: '0.778' } } },
      }),
      { code: 'SUBLEDGER_SPELLING', account: '3001' },
    ],
    [
      'a residue at another scale',
      () => ({ ...topUp, subledger: { ...posting(), residue: '0.00' } }),
      { code: 'SUBLEDGER_SPELLING', account: 'residue' },
    ],
    [
      'a cost that the lines do not say',
      () => ({
        ...topUp,
        subledger: { ...posting(), delta: { 3001: { cost: '0.99', units: '0.7784' } } },
      }),
      { code: 'SUBLEDGER_DELTA_COST', account: '3001', lines: '1.00', delta: '0.99' },
    ],
    [
      'units that the lines do not say',
      () => ({
        ...topUp,
        subledger: { ...posting(), delta: { 3001: { cost: '1.00', units: '0.7785' } } },
      }),
      { code: 'SUBLEDGER_DELTA_UNITS', account: 'U2', lines: '0.7784', delta: '0.7785' },
    ],
    [
      'a sum of cost that does not follow',
      () => {
        const { sum } = posting()
        return {
          ...topUp,
          subledger: {
            ...posting(),
            sum: { ...sum, 3003: { cost: '1015.08', units: '790.1835' } },
          },
        }
      },
      {
        code: 'SUBLEDGER_SUM',
        account: '3003',
        measure: 'cost',
        expected: '1015.07',
        sum: '1015.08',
      },
    ],
    [
      'a sum of units that leaves an account out',
      () => {
        const { 3003: _, ...sum } = posting().sum
        return { ...topUp, subledger: { ...posting(), sum } }
      },
      { code: 'SUBLEDGER_SUM', account: '3003', measure: 'cost', sum: '0.00' },
    ],
  ])('%s', (_, terms, reason) => {
    expect(funds.refuses((ctx) => postJournal(ctx, journalTerms(terms())))).toMatchObject(reason)
  })

  it('units in issue that nobody holds', () => {
    const other = createBookWorld({
      definition: {
        accounts: [
          { no: 'U1', name: 'unitsInIssue', side: 'debit', measure: 'units' },
          { no: 'U3', name: 'enterpriseUnits', side: 'credit', measure: 'units' },
          { no: 'U9', name: 'unitsElsewhere', side: 'credit', measure: 'units' },
        ],
        equalities: [{ left: ['U1'], right: ['U3'] }],
      },
    })
    const terms = journalTerms({
      debit: [{ account: 'U1', amount: '1.0000' }],
      credit: [{ account: 'U9', amount: '1.0000' }],
    })
    expect(other.refuses((ctx) => postJournal(ctx, terms))).toMatchObject({
      code: 'EQUALITY_BROKEN',
      left: 'U1 = 1.0000',
      right: 'U3 = 0.0000',
    })
  })

  it('a posting where no sub-ledger is kept', () => {
    const other = createBookWorld({
      definition: {
        accounts: [
          { no: '1001', name: 'custodyCash', side: 'debit', measure: 'fen' },
          { no: '2002', name: 'suspense', side: 'credit', measure: 'fen' },
        ],
        equalities: [],
      },
      owner: null,
    })
    const terms = journalTerms({ ...CASH, subledger: posting() })
    expect(other.refuses((ctx) => postJournal(ctx, terms))).toMatchObject({
      code: 'SUBLEDGER_NOT_KEPT',
    })
  })

  it('the posting that all of them spoil is fine by itself', () => {
    post(funds, {
      debit: [{ account: '1001', amount: '1.00' }],
      credit: [{ account: '2001', amount: '1.00' }],
    })
    const announced = head().next
    expect(post(funds, { ...topUp, subledger: posting() })).toBe(announced)
    expect(head()).toMatchObject({ previous: announced, postings: 3 })
  })
})
