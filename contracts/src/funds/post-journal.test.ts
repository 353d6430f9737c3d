/*
 * Goal: every journal of the worked example gives exactly the published balances, residue and
 * sub-ledger; and nothing that breaks a rule of the books can be posted.
 * Method: the example played on the real executor; a table where one row breaks one thing.
 */
import { parseBalance, parseEntry, statementFault } from '@renshe/proof'
import { describe, expect, it } from 'vitest'
import { postJournal } from './post-journal.ts'
import { books, journals } from './records.ts'
import { balanceContent, entryContent } from './subledger-content.ts'
import type { JournalTerms } from './terms.ts'
import {
  accountOf,
  BOOK,
  createBookWorld,
  type ExampleJournal,
  example,
  type FundsWorld,
  headOf,
  journalTerms,
  Keeper,
  lineOf,
  linesOf,
  SCALE,
} from './testing.ts'

function post(funds: FundsWorld, terms: Partial<JournalTerms>): string {
  return funds.act((ctx) => postJournal(ctx, journalTerms(terms)))
}

function exampleJournal(list: readonly ExampleJournal[], what: string): ExampleJournal {
  const found = list.find((journal) => journal.what === what)
  if (found === undefined) throw new Error(`the example has no journal ${what}`)
  return found
}

/** A plan that carries 0.00962408 of residue from earlier months. */
function openedPlan(): { funds: FundsWorld; keeper: Keeper } {
  const funds = createBookWorld()
  const keeper = new Keeper()
  const opening = { ...keeper.post(headOf(funds.world), []), residue: example.batch.carriedBefore }
  post(funds, { kind: 'opening', subledger: opening })
  return { funds, keeper }
}

function allocated(): { funds: FundsWorld; keeper: Keeper } {
  const { funds, keeper } = openedPlan()
  for (const journal of example.journals) {
    const subledger =
      journal.what === 'allocation'
        ? keeper.post(headOf(funds.world), example.lines.map(lineOf))
        : null
    post(funds, { ...linesOf(journal), subledger })
  }
  return { funds, keeper }
}

describe('worked example of five people', () => {
  const { funds, keeper } = allocated()
  const afterBatch = { ...funds.world.state(books).get(BOOK) }

  it.each(Object.entries(example.after.balances))('%s stands at %s', (account, balance) => {
    expect(funds.balance(account)).toBe(balance)
  })

  it('has the units in issue, equal to those of members', () => {
    expect(funds.balance('U1')).toBe(example.batch.unitsTotal)
    expect(funds.balance('U2')).toBe(example.batch.unitsTotal)
  })

  it('carries the residue exactly: before + Σ residue − the fen paid to 2201', () => {
    expect(afterBatch.carried).toBe(example.batch.carriedAfter)
  })

  it('breaks the control accounts down: Σ of the sub-ledger is the balance', () => {
    expect(afterBatch.subledger?.sum).toEqual({
      3001: { cost: '1312.65', units: '1021.8355' },
      3002: { cost: '1688.46', units: '1314.3857' },
      3003: { cost: '1015.07', units: '790.1835' },
    })
    expect(afterBatch.subledger?.balances.count).toBe(5)
  })

  it('keeps the taxed part of D as a memo on the line', () => {
    const parts = keeper.balances.get(accountOf('D'))?.parts
    expect(parts?.map(({ part, taxedCostFen }) => [part, taxedCostFen])).toEqual([
      ['employee', 675n],
      ['employer', 0n],
    ])
  })

  it('A retires: valuation, vesting, redemption, tax and payment', () => {
    const { redemption } = example
    const of = (what: string) => exampleJournal(redemption.journals, what)
    post(funds, linesOf(of('value of the portfolios at the new net value')))
    const vesting = [
      lineOf({
        person: 'A',
        part: 'employer',
        account: '3001',
        cost: '-420.00',
        units: '-326.9500',
      }),
      lineOf({ person: 'A', part: 'employer', account: '3002', cost: '420.00', units: '326.9500' }),
    ]
    post(funds, {
      ...linesOf(of('full vesting on retirement age')),
      subledger: keeper.post(headOf(funds.world), vesting),
    })
    const leaving = [
      lineOf({
        person: 'A',
        part: 'employer',
        account: '3002',
        cost: '-420.00',
        units: '-326.9500',
      }),
      lineOf({
        person: 'A',
        part: 'employee',
        account: '3003',
        cost: '-210.00',
        units: '-163.4750',
        residue: '0.00292500',
      }),
    ]
    post(funds, {
      ...linesOf(of('redemption on its dealing day')),
      subledger: keeper.post(headOf(funds.world), leaving),
    })
    for (const what of [
      'portfolio money back',
      'tax withheld',
      'paid net',
      'tax paid to the treasury',
    ]) {
      post(funds, linesOf(of(what)))
    }

    expect(funds.world.state(books).get(BOOK).carried).toBe(redemption.carriedAfter)
    expect(
      Object.fromEntries(
        ['1001', '1101.1', '1101.2', '2101', '2103', '3001', '3002', '3003', '3901', 'U1'].map(
          (no) => [no, funds.balance(no)],
        ),
      ),
    ).toEqual({
      1001: '0.01',
      '1101.1': '1802.42',
      '1101.2': '1626.99',
      2101: '0.00',
      2103: '0.00',
      3001: '892.65',
      3002: '1688.46',
      3003: '805.07',
      3901: '43.24',
      U1: '2635.9797',
    })
    const a = keeper.balances.get(accountOf('A'))
    expect(a?.parts.every(({ costFen, units }) => costFen === 0n && units === 0n)).toBe(true)
    const own = keeper.entries.filter(({ account }) => account === accountOf('A'))
    const statement = {
      from: null,
      entries: own.map((entry) => parseEntry(entryContent(entry, SCALE))),
      to: parseBalance(balanceContent(a!, SCALE)),
    }
    expect(statementFault(statement)).toBeNull()
  })

  it('keeps every journal, in order and unchanged', () => {
    expect(
      funds.world
        .stored(journals)
        .map(({ value }) => value)
        .sort((a, b) => Number(a.seq) - Number(b.seq)),
    ).toMatchSnapshot()
  })
})

describe('corrections', () => {
  it('wrong person: units and cost move from A to C, no control account moves', () => {
    const { funds, keeper } = allocated()
    const before = funds.world.state(books).get(BOOK).subledger?.sum
    const moved = { part: 'employee', account: '3003', cost: '210.00', units: '163.4750' }
    const lines = [
      lineOf({ ...moved, person: 'A', cost: '-210.00', units: '-163.4750' }),
      lineOf({ ...moved, person: 'C' }),
    ]
    post(funds, { kind: 'correction', subledger: keeper.post(headOf(funds.world), lines) })
    expect(funds.world.state(books).get(BOOK).subledger?.sum).toEqual(before)
    expect(keeper.balances.get(accountOf('C'))?.version).toBe(2)
  })

  it('wrong person, back to the enterprise account: U2 → U3 with the cost', () => {
    const { funds, keeper } = allocated()
    const line = {
      person: 'A',
      part: 'employer',
      account: '3001',
      cost: '-420.00',
      units: '-326.9500',
    }
    post(funds, {
      kind: 'correction',
      debit: [
        { account: '3001', amount: '420.00' },
        { account: 'U2', amount: '326.9500' },
      ],
      credit: [
        { account: '3101', amount: '420.00' },
        { account: 'U3', amount: '326.9500' },
      ],
      subledger: keeper.post(headOf(funds.world), [lineOf(line)]),
    })
    expect(funds.balance('U3')).toBe('326.9500')
    expect(funds.balance('U1')).toBe(example.batch.unitsTotal)
  })

  it('wrong part: the line moves between 3001 and 3003, units unchanged', () => {
    const { funds, keeper } = allocated()
    const lines = [
      lineOf({ person: 'C', part: 'employer', account: '3001', cost: '-12.40', units: '-9.6528' }),
      lineOf({
        person: 'C',
        part: 'employee',
        account: '3003',
        cost: '12.40',
        taxedCost: '12.40',
        units: '9.6528',
      }),
    ]
    post(funds, {
      kind: 'correction',
      debit: [{ account: '3001', amount: '12.40' }],
      credit: [{ account: '3003', amount: '12.40' }],
      subledger: keeper.post(headOf(funds.world), lines),
    })
    expect(funds.balance('3003')).toBe('1027.47')
    expect(funds.balance('U2')).toBe(example.batch.unitsTotal)
  })

  it('restated net value: units without cost, the residue follows', () => {
    const { funds, keeper } = allocated()
    const before = funds.world.state(books).get(BOOK).carried
    // 420.00 at 1.2800 buys 328.1250, residue 0.00000000: the delta of A's employer line.
    const line = {
      person: 'A',
      part: 'employer',
      account: '3001',
      cost: '0.00',
      units: '1.1750',
      residue: '-0.00003000',
    }
    post(funds, {
      kind: 're-unitise',
      debit: [{ account: 'U1', amount: '1.1750' }],
      credit: [{ account: 'U2', amount: '1.1750' }],
      subledger: keeper.post(headOf(funds.world), [lineOf(line)]),
    })
    expect(funds.balance('3001')).toBe('1312.65')
    expect(before).toBe('0.00014646')
    expect(funds.world.state(books).get(BOOK).carried).toBe('0.00011646')
  })
})

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
