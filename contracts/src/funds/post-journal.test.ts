/*
 * Goal: every journal of the worked example gives exactly the published balances, residue and
 * sub-ledger; and corrections of persons and parts are journals like others.
 * Method: the example and the branches of the domain page, played on the real executor.
 */
import { parseBalance, parseEntry, statementFault } from '@renshe/proof'
import { describe, expect, it } from 'vitest'
import { books, journals } from './records.ts'
import { balanceContent, entryContent } from './subledger-content.ts'
import {
  accountOf,
  allocated,
  BOOK,
  type ExampleJournal,
  example,
  headOf,
  lineOf,
  linesOf,
  post,
  SCALE,
} from './testing.ts'

function exampleJournal(list: readonly ExampleJournal[], what: string): ExampleJournal {
  const found = list.find((journal) => journal.what === what)
  if (found === undefined) throw new Error(`the example has no journal ${what}`)
  return found
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
