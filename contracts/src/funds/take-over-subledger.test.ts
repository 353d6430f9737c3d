/*
 * Goal: a new account manager goes on from exactly the balances that old and new both signed.
 * Method: `access.handOver` and this action on the real executor, one thing broken per row.
 */
import type { Action, Context } from '@renshe/kernel'
import { testSigner } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { handOver } from '../access/hand-over.ts'
import { openHandOver } from '../access/hand-overs.ts'
import { accessBook } from '../access/rule-book.ts'
import { registerBatch } from '../access/sections.ts'
import { openBook } from './open-book.ts'
import { postJournal } from './post-journal.ts'
import { takeOverSubledger } from './take-over-subledger.ts'
import {
  accountOf,
  BOOK,
  bookTerms,
  CASE,
  commitmentOf,
  createFundsWorld,
  example,
  headOf,
  journalTerms,
  Keeper,
  lineOf,
  linesOf,
} from './testing.ts'

const oldOwner = testSigner({ member: 'acc-0001' })
const newOwner = testSigner({ member: 'acc-0002' })

function handedOver() {
  const funds = createFundsWorld({
    actions: [handOver, takeOverSubledger] as unknown as Action<never>[],
    collections: accessBook({ raiseAlert: () => undefined, findCase: () => undefined }).collections,
  })
  const keeper = new Keeper()
  const post = (ctx: Context) => {
    for (const journal of example.journals.slice(0, 2)) {
      const isAllocation = journal.what === 'allocation'
      const lines = example.lines.map(lineOf)
      const subledger = isAllocation ? keeper.post(headOf(funds.world), lines) : null
      postJournal(ctx, journalTerms({ ...linesOf(journal), subledger }))
    }
  }
  funds.act((ctx) => openBook(ctx, bookTerms()))
  funds.act(post)
  const { root, count } = headOf(funds.world).balances
  const order = funds.act((ctx) => {
    registerBatch(ctx, {
      root,
      count,
      owner: 'acc-0001',
      entry: commitmentOf('entry'),
      section: 'balance',
      level: 2,
      caseId: CASE,
      tree: 'balance',
    })
    return openHandOver(ctx, { caseId: CASE, from: 'acc-0001', to: 'acc-0002', batches: [root] })
  })
  const batches = [{ old: root, new: commitmentOf('sealed anew'), count }]
  const signed = { handOver: order, items: [], batches }
  return { funds, keeper, signed, input: { book: BOOK, ...signed } }
}

it('goes on from the root that both signed', () => {
  const { funds, signed, input } = handedOver()
  funds.world.does(oldOwner, handOver, signed)
  funds.world.does(newOwner, handOver, signed)
  expect(funds.world.does(newOwner, takeOverSubledger, input)).toEqual({
    book: BOOK,
    owner: 'acc-0002',
  })
  expect(headOf(funds.world)).toMatchObject({
    owner: 'acc-0002',
    balances: { root: commitmentOf('sealed anew'), count: 5 },
  })
})

describe('refusals', () => {
  it('a hand-over that only one has signed', () => {
    const { funds, signed, input } = handedOver()
    funds.world.does(newOwner, handOver, signed)
    expect(funds.world.refuses(newOwner, takeOverSubledger, input)).toMatchObject({
      code: 'HAND_OVER_NOT_DONE',
      status: 'OPEN',
    })
  })

  it.each<[string, typeof newOwner, object, object]>([
    ['no such hand-over', newOwner, { handOver: CASE }, { code: 'HAND_OVER_NOT_FOUND' }],
    ['the old owner', oldOwner, {}, { code: 'HAND_OVER_NOT_YOURS', to: 'acc-0002' }],
    ['another list', newOwner, { batches: [] }, { code: 'HAND_OVER_LIST' }],
    ['another book', newOwner, { book: 'CN-9' }, { code: 'HAND_OVER_OTHER', newest: null }],
  ])('%s', (_, signer, changes, reason) => {
    const { funds, signed, input } = handedOver()
    funds.world.does(oldOwner, handOver, signed)
    funds.world.does(newOwner, handOver, signed)
    const body = { ...input, ...changes }
    expect(funds.world.refuses(signer, takeOverSubledger, body)).toMatchObject(reason)
  })

  it('a journal in between', () => {
    const { funds, keeper, signed, input } = handedOver()
    funds.world.does(oldOwner, handOver, signed)
    funds.world.does(newOwner, handOver, signed)
    const line = { person: 'A', part: 'employee', account: '3003', cost: '0.00', units: '0.0000' }
    const late = [lineOf({ ...line, taxedCost: '1.00' })]
    const subledger = keeper.post(headOf(funds.world), late)
    funds.act((ctx) => postJournal(ctx, journalTerms({ kind: 'correction', subledger })))
    expect(keeper.balances.get(accountOf('A'))?.version).toBe(2)
    expect(funds.world.refuses(newOwner, takeOverSubledger, input)).toMatchObject({
      code: 'HAND_OVER_OTHER',
      newest: headOf(funds.world).balances.root,
    })
  })
})
