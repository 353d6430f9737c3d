// Goal: journals read as one debit and one credit a row, persons stay one sealed line, and nothing is lost.
// Method: the four journals of a batch and one of a valuation; what an open step will post.
import { expect, it } from 'vitest'
import { sumOf } from '../../format/exact.ts'
import type { ServiceDefinition } from '../../package/package-document.ts'
import { batchWith } from '../money-flow/batch.fixture.ts'
import type { JournalShown } from '../step-clock/case-shown.ts'
import { journalRows } from './journal-rows.ts'
import { pendingRows } from './pending-rows.ts'

type Lines = JournalShown['fen']
const debit = (account: string, amount: string) => ({ side: 'debit' as const, account, amount })
const credit = (account: string, amount: string) => ({ side: 'credit' as const, account, amount })
const journal = (kind: string, fen: Lines, more: Partial<JournalShown> = {}): JournalShown =>
  ({
    v: 1,
    id: kind,
    book: 'PLAN',
    seq: 1,
    kind,
    case: 'CASE',
    step: 'allocate',
    at: 60_000,
    fen,
    units: [],
    subledger: null,
    ...more,
  }) as JournalShown

const found = batchWith([
  { step: 'instruct', holder: 'tru' },
  {
    step: 'allocate',
    holder: 'tru',
    submissions: [{ member: 'acc' }, { member: 'tru' }] as never,
  },
])

it('shows persons as one line with the units, and both members that computed', () => {
  const subledger = {
    entries: { root: '', count: 1284 },
    delta: { '3001': {}, '3002': {}, '3003': {} },
  } as unknown as JournalShown['subledger']
  const [row, ...others] = journalRows(
    [
      journal(
        'ALLOCATION',
        [
          debit('2001', '6.00'),
          credit('3001', '1.00'),
          credit('3002', '2.00'),
          credit('3003', '3.00'),
        ],
        { subledger, units: [debit('U1', '4.0000'), credit('U2', '4.0000')] },
      ),
    ],
    found,
  )
  expect(others).toEqual([])
  expect(row).toMatchObject({
    no: 16,
    debit: { kind: 'account', account: '2001' },
    credit: { kind: 'persons', count: 1284 },
    amount: '6.00',
    units: '4.0000',
    signers: ['acc', 'tru'],
    txId: 'tx1',
  })
})

it.each([
  ['TRANSFER', [debit('1101.1', '6.00'), debit('1101.2', '4.00'), credit('1001', '10.00')], 2],
  ['ARRIVAL', [debit('1001', '10.00'), credit('2001', '10.00')], 1],
  [
    'VALUATION',
    [
      debit('1101.1', '6.00'),
      debit('1101.2', '4.00'),
      credit('3901', '6.00'),
      credit('3901', '4.00'),
    ],
    2,
  ],
])('splits %s into rows that sum to the journal', (kind, lines, count) => {
  const rows = journalRows([journal(kind, lines)], found)
  expect(rows.length).toBe(count)
  expect(sumOf(rows.map(({ amount }) => amount ?? '0'))).toBe('10.00')
  expect(rows.every((row) => row.debit.kind === 'account' && row.credit.kind === 'account')).toBe(
    true,
  )
})

const SERVICE = {
  steps: {
    transfer: {
      outcomes: {
        done: {
          effects: [
            {
              post: 'TRANSFER',
              book: 'planKey',
              debit: [{ account: '"1101." + string(index)', amount: 'item', each: 'amounts' }],
              credit: [{ account: '1001', amount: 'investable' }],
            },
          ],
        },
      },
    },
    arrival: { outcomes: { matched: { effects: [] }, short: { effects: [] } } },
  },
} as unknown as ServiceDefinition

it('tells what an open step will post if the package says it in plain names', () => {
  const values = { amounts: ['6.00', '4.00'], investable: '10.00' }
  const rows = pendingRows(
    batchWith([
      { step: 'invest', values },
      { step: 'transfer', status: 'open' },
    ]),
    SERVICE,
  )
  expect(rows.map(({ debit: side, amount, at }) => [side, amount, at])).toEqual([
    [{ kind: 'account', account: '1101.1' }, '6.00', null],
    [{ kind: 'account', account: '1101.2' }, '4.00', null],
  ])
  expect(rows[0]).toMatchObject({ no: 18, awaits: ['cus'], txId: null })
  const unknown = pendingRows(batchWith([{ step: 'transfer', status: 'open' }]), SERVICE)
  expect(unknown).toEqual([])
})
