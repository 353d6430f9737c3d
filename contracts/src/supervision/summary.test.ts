/*
 * Goal: a supervisor sees at once what is late, what is unpublished, which bills, arrivals and
 * allocations differ, and where money rests.
 * Method: the books of a plan on the real executor; one situation per row.
 */
import type { Context } from '@renshe/kernel'
import { testReader } from '@renshe/kernel/testing'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { cancelExpectation, expectCredit } from '../funds/expect-credit.ts'
import { openBook } from '../funds/open-book.ts'
import { postJournal } from '../funds/post-journal.ts'
import { recordCredit } from '../funds/record-credit.ts'
import {
  BOOK,
  bookTerms,
  example,
  headOf,
  journalTerms,
  Keeper,
  lineOf,
  linesOf,
} from '../funds/testing.ts'
import { getSupervisionSummary } from './get-supervision-summary.ts'
import { listTripleMatches } from './list-triple-matches.ts'
import { raiseAlert } from './raise-alert.ts'
import { CASE, createSupervisionWorld, OTHER_CASE } from './testing.ts'
import { endCaseWatches, endStepWatch, watchStep } from './watch-step.ts'

const reader = testReader({ member: 'sup-0001' })
type World = ReturnType<typeof createSupervisionWorld>

function summary({ world }: World) {
  const answer = world.ask(reader, getSupervisionSummary, {})
  if (!answer.ok) throw new Error(answer.code)
  expect(Value.Check(getSupervisionSummary.output, answer.data)).toBe(true)
  return answer.data as object
}

describe('steps', () => {
  function watched() {
    const world = createSupervisionWorld()
    const { time } = world.world
    world.act((ctx) => {
      const step = { caseId: CASE, holder: 'lib-0001' }
      watchStep(ctx, { ...step, step: 'decide', number: 0, due: time + 60_000 })
      watchStep(ctx, { ...step, step: 'look', number: 1, due: time + 86_400_000 })
      watchStep(ctx, { ...step, step: 'talk', number: 2, due: null })
      const awaits = 'annuity-unit-value/CN-2026-0001/2026-09-03'
      watchStep(ctx, { ...step, step: 'price', number: 3, due: time + 60_000, awaits })
    })
    return world
  }

  it('are not late while there is time', () => {
    expect(summary(watched())).toMatchObject({
      lateSteps: { count: 0, items: [] },
      unpublished: { count: 1, late: 0 },
    })
  })

  it('are late when their time has passed, values that are awaited too', () => {
    const world = watched()
    world.world.advance(3_600_000)
    expect(summary(world)).toMatchObject({
      lateSteps: { count: 1, items: [{ case: CASE, step: 'decide', holder: 'lib-0001' }] },
      unpublished: {
        count: 1,
        late: 1,
        items: [{ step: 'price', awaits: 'annuity-unit-value/CN-2026-0001/2026-09-03' }],
      },
    })
  })

  it.each([
    ['one step is done', (ctx: Context) => endStepWatch(ctx, CASE, 'decide', 0), 0, 1],
    ['the value is published', (ctx: Context) => endStepWatch(ctx, CASE, 'price', 3), 1, 0],
    ['the case has ended', (ctx: Context) => endCaseWatches(ctx, CASE), 0, 0],
    ['another case has ended', (ctx: Context) => endCaseWatches(ctx, OTHER_CASE), 1, 1],
  ])('when %s', (_, ended, late, unpublished) => {
    const world = watched()
    world.act(ended)
    world.world.advance(3_600_000)
    expect(summary(world)).toMatchObject({
      lateSteps: { count: late },
      unpublished: { count: unpublished },
    })
  })
})

const EXPECTED = {
  caseId: CASE,
  book: BOOK,
  by: 'cus-0001',
  account: 'custody/CN-2026-0001',
  amountFen: 401_618n,
}

function expecting(): { world: World; expectation: string } {
  const world = createSupervisionWorld()
  world.act((ctx) => openBook(ctx, bookTerms()))
  const expectation = world.act((ctx) => expectCredit(ctx, { ...EXPECTED, name: 'collect' }))
  return { world, expectation }
}

function arrive({ act }: World, expectation: string, amountFen: bigint, entry = 'e1'): void {
  const { by, account } = EXPECTED
  const credit = { by, account, entry, amountFen, valueDate: '2026-09-03', expectation }
  act((ctx) => recordCredit(ctx, credit))
}

function book({ act }: World, debit: string, credit: string, amount: string, caseId = CASE): void {
  const lines = { debit: [{ account: debit, amount }], credit: [{ account: credit, amount }] }
  act((ctx) => postJournal(ctx, journalTerms({ ...lines, caseId })))
}

/** Posts arrival and allocation of the example; from 1: the allocation alone. */
function allocate(world: World, from = 0): void {
  const keeper = new Keeper()
  for (const journal of example.journals.slice(from, 2)) {
    const isAllocation = journal.what === 'allocation'
    const lines = example.lines.map(lineOf)
    const subledger = isAllocation ? keeper.post(headOf(world.world), lines) : null
    world.act((ctx) => postJournal(ctx, journalTerms({ ...linesOf(journal), subledger })))
  }
}

describe('bill, arrival and allocation', () => {
  it.each<[string, (world: World, expectation: string) => void, object]>([
    ['nothing yet', () => undefined, { state: 'billed', billed: '4016.18', arrived: '0.00' }],
    [
      'a fen short',
      (world, id) => arrive(world, id, 401_617n),
      { state: 'short', arrived: '4016.17' },
    ],
    [
      'a fen over',
      (world, id) => arrive(world, id, 401_619n),
      { state: 'over', arrived: '4016.19' },
    ],
    [
      'exact, not allocated',
      (world, id) => arrive(world, id, 401_618n),
      { state: 'arrived', allocated: '0.00' },
    ],
    [
      'all three equal',
      (world, id) => {
        arrive(world, id, 401_618n)
        allocate(world)
      },
      { state: 'matched', billed: '4016.18', arrived: '4016.18', allocated: '4016.18' },
    ],
    [
      'a surplus that was returned',
      (world, id) => {
        arrive(world, id, 410_000n)
        book(world, '1001', '2002', '4100.00')
        book(world, '2002', '1001', '83.82')
        book(world, '2002', '2001', '4016.18')
      },
      { state: 'arrived', billed: '4016.18', arrived: '4100.00', received: '4016.18' },
    ],
    [
      'a surplus kept for the next bill',
      (world, id) => {
        arrive(world, id, 410_000n)
        book(world, '1001', '2002', '4100.00')
        book(world, '2002', '2001', '4016.18')
        allocate(world, 1)
      },
      { state: 'matched', arrived: '4100.00', received: '4016.18', allocated: '4016.18' },
    ],
    [
      'a bill that an earlier surplus pays in part',
      (world, id) => {
        world.act((ctx) => cancelExpectation(ctx, id))
        const rest = { ...EXPECTED, name: 'rest', amountFen: 393_236n }
        arrive(
          world,
          world.act((ctx) => expectCredit(ctx, rest)),
          393_236n,
        )
        book(world, '1001', '2002', '83.82', OTHER_CASE)
        book(world, '1001', '2002', '3932.36')
        book(world, '2002', '2001', '4016.18')
        allocate(world, 1)
      },
      { state: 'matched', billed: '3932.36', received: '4016.18' },
    ],
    [
      'a surplus that vanished from the books',
      (world, id) => {
        arrive(world, id, 410_000n)
        book(world, '1001', '2001', '4016.18')
        allocate(world, 1)
      },
      { state: 'mismatched', arrived: '4100.00' },
    ],
    [
      'allocated before it arrived',
      (world) => allocate(world),
      { state: 'mismatched', arrived: '0.00', allocated: '4016.18' },
    ],
    [
      'a void bill and the next one',
      (world, id) => {
        world.act((ctx) => cancelExpectation(ctx, id))
        const again = { ...EXPECTED, name: 'collect', occasion: 2, amountFen: 300_000n }
        const next = world.act((ctx) => expectCredit(ctx, again))
        arrive(world, next, 300_000n)
      },
      { state: 'arrived', billed: '3000.00', arrived: '3000.00' },
    ],
    [
      'short, then the rest expected under another name',
      (world, id) => {
        arrive(world, id, 400_000n)
        const rest = { ...EXPECTED, name: 'top-up', amountFen: 1_618n }
        const next = world.act((ctx) => expectCredit(ctx, rest))
        arrive(world, next, 1_618n, 'e2')
      },
      { state: 'arrived', billed: '4016.18', arrived: '4016.18' },
    ],
  ])('%s', (_, play, match) => {
    const { world, expectation } = expecting()
    play(world, expectation)
    expect(world.world.ask(reader, listTripleMatches, {})).toMatchObject({
      data: { items: [{ case: CASE, ...match }], next: null },
    })
    const { state } = match as { state: 'matched' }
    expect(world.world.ask(reader, listTripleMatches, { case: CASE, state })).toMatchObject({
      data: { items: [match] },
    })
    const isMatched = state === 'matched'
    expect(summary(world)).toMatchObject({
      matches: {
        matched: isMatched ? 1 : 0,
        open: isMatched ? 0 : 1,
        items: isMatched ? [] : [match],
      },
    })
  })

  it('page by page, a case never in two', () => {
    const { world } = expecting()
    world.act((ctx) => expectCredit(ctx, { ...EXPECTED, name: 'later' }))
    world.act((ctx) => expectCredit(ctx, { ...EXPECTED, caseId: OTHER_CASE, name: 'collect' }))
    const first = world.world.ask(reader, listTripleMatches, { limit: 1 })
    expect(first).toMatchObject({ data: { items: [{ case: CASE, billed: '8032.36' }] } })
    const { next } = (first as unknown as { data: { next: string } }).data
    expect(world.world.ask(reader, listTripleMatches, { limit: 1, cursor: next })).toMatchObject({
      data: { items: [{ case: OTHER_CASE }], next: null },
    })
  })
})

it('money rests in suspense, before allocation and with the enterprise', () => {
  const { world } = expecting()
  world.act((ctx) =>
    postJournal(
      ctx,
      journalTerms({
        debit: [{ account: '1001', amount: '6.00' }],
        credit: [
          { account: '2001', amount: '1.00' },
          { account: '2002', amount: '2.00' },
          { account: '2201', amount: '3.00' },
        ],
      }),
    ),
  )
  expect(summary(world)).toMatchObject({
    resting: [
      { book: BOOK, account: '2001', amount: '1.00', isSuspense: false },
      { book: BOOK, account: '2002', amount: '2.00', isSuspense: true },
      { book: BOOK, account: '2201', amount: '3.00', isSuspense: false },
    ],
  })
})

it('alerts are counted', () => {
  const world = createSupervisionWorld()
  const alert = { code: 'LATE', to: ['SUP'], caseId: CASE, facts: {} }
  world.act((ctx) => raiseAlert(ctx, { ...alert, severity: 'note' }))
  world.act((ctx) => raiseAlert(ctx, { ...alert, severity: 'grave' }))
  world.tell('CaseOpened')
  world.world.advance(31 * 86_400_000)
  expect(summary(world)).toMatchObject({
    alerts: { open: 2, acknowledged: 0, grave: 1, missed: 1 },
  })
})

it('nobody from outside sees anything', () => {
  const { world } = expecting()
  expect(world.world.ask(testReader(), getSupervisionSummary, {})).toMatchObject({
    data: { matches: { open: 0 }, resting: [] },
  })
  expect(world.world.ask(testReader(), listTripleMatches, {})).toMatchObject({
    data: { items: [] },
  })
})
