/*
 * Goal: steps end by time, by money, by registers and by child cases exactly when they may, whoever asks;
 * what has not happened is refused (threat 15).
 * Method: the real executor; the book order taken to each of its waits; transactions one millisecond around
 * each deadline.
 */
import type { JsonObject } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import type {
  PackageDocument,
  ServiceDefinition,
  StepDefinition,
} from '../catalogue/package-document.ts'
import { credits, journals } from '../funds/records.ts'
import { alerts } from '../supervision/records.ts'
import { startOfDay } from '../vocabulary/civil-date.ts'
import { BOOK_ORDER, ends, leadsTo } from './library-card/book-order.ts'
import { type LibraryWorld, libraryWorld, officerOf } from './library-card/library-world.ts'
import {
  orderApproved,
  orderArrived,
  orderPriced,
  orderReviewed,
} from './library-card/order-until.ts'

const LAPSE = 'cases.lapseStep'
const SECOND = 1000

/** Lets the next transaction execute at exactly this instant. */
function nextAt(world: LibraryWorld, time: number): void {
  world.ledger.advanceTo(time - SECOND)
}

describe('threat 15: a notice that must last five working days', () => {
  // 25 September 2026 is a Friday; 1 October is off, Saturday 3 October is worked.
  const end = startOfDay('2026-10-04') - 1

  it('cannot lapse at its last instant', () => {
    const world = libraryWorld()
    const id = orderPriced(world)
    nextAt(world, end)
    expect(world.refuses('bookshop', LAPSE, { case: id, step: 'announce' })).toEqual({
      code: 'NOTHING_LAPSED',
      step: 'announce',
      next: end,
      time: end,
    })
  })

  it('lapses a millisecond later, for anyone, with its outcome', () => {
    const world = libraryWorld()
    const id = orderPriced(world)
    nextAt(world, end + 1)
    world.does('bookshop', LAPSE, { case: id, step: 'announce' })
    expect(world.stepOf(id, 'announce')).toMatchObject({
      status: 'done',
      outcome: 'undisputed',
      endedBy: { by: 'lapse', member: 'bookshop' },
    })
  })

  it('lets an objection through, and then has nothing to lapse', () => {
    const world = libraryWorld()
    const id = orderPriced(world)
    world.does('city-library', 'cases.actOnStep', {
      case: id,
      step: 'announce',
      outcome: 'objected',
    })
    nextAt(world, end + 1)
    expect(world.refuses('school', LAPSE, { case: id, step: 'announce' }).code).toBe(
      'STEP_NOT_OPEN',
    )
  })
})

/** The order's service with one step changed. */
function withStep(name: string, change: Partial<StepDefinition>): PackageDocument {
  const service = BOOK_ORDER.service as ServiceDefinition
  const step = { ...(service.steps[name] as StepDefinition), ...change }
  return { ...BOOK_ORDER, service: { ...service, steps: { ...service.steps, [name]: step } } }
}

describe('an outcome that nobody names', () => {
  it('is too early as well, where it is the only one', () => {
    const outcomes = { undisputed: leadsTo('approve') }
    const world = libraryWorld({ packages: [withStep('announce', { outcomes })] })
    const id = orderPriced(world)
    const act = { case: id, step: 'announce' }
    expect(world.refuses('city-library', 'cases.actOnStep', act)).toMatchObject({
      code: 'STEP_TOO_EARLY',
      clock: 'notice',
    })
  })
})

describe('a decision that is deemed made after three working days', () => {
  // Opened on Sunday 4 October by the lapse of the notice.
  const end = startOfDay('2026-10-08') - 1
  const act = (id: string) => ({ case: id, step: 'approve', outcome: 'approved' })

  it('is in time at the last instant, and late a millisecond after', () => {
    const world = libraryWorld()
    const id = orderReviewed(world)
    nextAt(world, end)
    world.does(officerOf('city-library', 'chief'), 'cases.actOnStep', act(id))
    const late = libraryWorld()
    const same = orderReviewed(late)
    nextAt(late, end + 1)
    expect(late.refuses(officerOf('treasury', 'chief'), 'cases.actOnStep', act(same))).toEqual({
      code: 'STEP_OVERDUE',
      clock: 'decision',
      until: end,
    })
  })

  it('is made by silence, with the effects of silence', () => {
    const world = libraryWorld()
    const id = orderReviewed(world)
    nextAt(world, end - 2 * SECOND)
    expect(world.refuses('school', LAPSE, { case: id, step: 'approve' }).code).toBe(
      'NOTHING_LAPSED',
    )
    nextAt(world, end + 1)
    world.does('school', LAPSE, { case: id, step: 'approve' })
    expect(world.stepOf(id, 'approve').outcome).toBe('silent')
    expect(world.openStepsOf(id)).toEqual(['arrival'])
    expect(world.caseOf(id).expectations.collect).toBeDefined()
  })
})

describe('a promise and the limit of the law', () => {
  it('alert once each, the promise first, and the step stays open', () => {
    const world = libraryWorld()
    const fields = { number: 'C-1', kind: 'CHILD', branch: 'city-library' }
    const id = world.open('school', 'library-card', fields)
    const place = { case: id, step: 'decide' }
    const codes = () =>
      world.ledger
        .stored(alerts)
        .map(({ value }) => [value.severity, (value.facts as JsonObject).isPromise])
    nextAt(world, startOfDay('2026-09-29'))
    world.does('school', LAPSE, place)
    expect(codes()).toEqual([['note', true]])
    expect(world.refuses('school', LAPSE, place).code).toBe('NOTHING_LAPSED')
    expect(world.stepOf(id, 'decide').dueAt).toBe(startOfDay('2026-10-01') - 1)
    nextAt(world, startOfDay('2026-10-01'))
    world.does('school', LAPSE, place)
    expect(codes().sort()).toEqual([
      ['note', true],
      ['warning', false],
    ])
    expect(world.stepOf(id, 'decide')).toMatchObject({ status: 'open', lapsesAfter: null })
  })
})

describe('money', () => {
  const credit = (world: LibraryWorld, id: string, entry: string, amount: string) => ({
    expectation: world.caseOf(id).expectations.collect as string,
    entry,
    amount,
    valueDate: '2026-10-05',
  })

  it('of an unknown purpose goes to suspense of the named books', () => {
    const world = libraryWorld()
    const input = {
      expectation: null,
      entry: 'x',
      account: 'school-account',
      amount: '5.00',
      valueDate: '2026-10-05',
    }
    expect(world.refuses('treasury', 'cases.recordArrival', input).code).toBe('BOOK_MISSING')
    world.does('treasury', 'cases.recordArrival', { ...input, book: 'A-1' })
    const [journal] = world.ledger.stored(journals)
    expect(journal?.value.fen).toEqual([
      { side: 'debit', account: '1001', amount: '5.00' },
      { side: 'credit', account: '2002', amount: '5.00' },
    ])
  })

  it('is told by the member that keeps the account, once', () => {
    const world = libraryWorld()
    const id = orderApproved(world)
    const told = credit(world, id, 'bank-1', '25.50')
    expect(world.refuses('school', 'cases.recordArrival', told).code).toBe('EXPECTATION_NOT_YOURS')
    world.does('treasury', 'cases.recordArrival', told)
    expect(world.refuses('treasury', 'cases.recordArrival', told).code).toBe(
      'CREDIT_ALREADY_RECORDED',
    )
    expect(world.ledger.stored(credits)).toHaveLength(1)
    expect(
      world
        .stepsOf(id)
        .map(({ step, outcome }) => [step, outcome])
        .slice(-2),
    ).toEqual([
      ['arrival', 'short'],
      ['arrival', null],
    ])
  })

  it('that came while nobody waited is taken by the next wait, once', () => {
    const world = libraryWorld()
    const id = orderApproved(world)
    world.does('treasury', 'cases.recordArrival', credit(world, id, 'bank-1', '100.00'))
    const place = { case: id, step: 'arrival' }
    expect(world.refuses('school', 'cases.resumeStep', place)).toEqual({
      code: 'WAIT_NOT_OVER',
      step: 'arrival',
      wait: 'payment',
    })
    world.does('treasury', 'cases.recordArrival', credit(world, id, 'bank-2', '25.50'))
    expect(world.stepOf(id, 'arrival').values).toEqual({
      arrivedAmount: '25.50',
      arrivedTotal: '125.50',
      arrivedOn: '2026-10-05',
    })
    expect(world.openStepsOf(id)).toEqual(['allocate'])
  })

  it('too much ends the case as the package says, with an alert', () => {
    const world = libraryWorld()
    const id = orderApproved(world)
    world.does('treasury', 'cases.recordArrival', credit(world, id, 'bank-1', '125.51'))
    expect(world.caseOf(id).status).toBe('OVERPAID')
    expect(world.ledger.stored(alerts).map(({ value }) => value.code)).toEqual(['OVERPAID'])
  })

  it('that comes after the time of its step is recorded all the same, and the lapse decides', () => {
    const arrival = BOOK_ORDER.service?.steps.arrival as StepDefinition
    const changed = withStep('arrival', {
      outcomes: { ...arrival.outcomes, unpaid: ends('UNPAID') },
      clocks: {
        payment: {
          kind: 'within',
          limit: { amount: 5, unit: 'days' },
          clause: 'library-statute/1',
          lapse: { outcome: 'unpaid' },
        },
      },
    })
    // Conditions decide between the others; the clock alone leads to this one.
    const world = libraryWorld({ packages: [changed] })
    const id = orderApproved(world)
    world.advanceTo('2026-11-01T00:00')
    world.does('treasury', 'cases.recordArrival', credit(world, id, 'bank-1', '125.50'))
    expect(world.ledger.stored(credits)).toHaveLength(1)
    expect(world.ledger.stored(journals)).toEqual([])
    const place = { case: id, step: 'arrival' }
    expect(world.refuses('school', 'cases.resumeStep', place).code).toBe('STEP_OVERDUE')
    world.does('school', LAPSE, place)
    expect(world.caseOf(id).status).toBe('UNPAID')
  })

  it('brings what the bank sealed about it, in the sections of the step only', () => {
    const world = libraryWorld()
    const id = orderApproved(world)
    const code = world.codeOf('book-order')
    const told = credit(world, id, 'bank-1', '125.50')
    const reason = world.vault.sealRecord(code, { reason: { text: 'x' } })
    expect(world.refuses('treasury', 'cases.recordArrival', { ...told, ...reason }).code).toBe(
      'RECORD_UNEXPECTED',
    )
    const payer = world.vault.sealRecord(code, { payer: { text: 'the school' } })
    world.does('treasury', 'cases.recordArrival', { ...told, ...payer })
    expect(world.caseOf(id).sealed.payer).toMatchObject({ owner: 'treasury', record: payer.record })
  })

  it('is not paid twice: the same order after a rejection is the same payment again', () => {
    const world = libraryWorld()
    const id = orderArrived(world)
    const parts = world.determination(id, 'allocate')
    world.does('city-library', 'cases.determineStep', parts)
    world.does('treasury', 'cases.determineStep', parts)
    world.does('treasury', 'cases.actOnStep', { case: id, step: 'pay-supplier' })
    const payment = world.caseOf(id).payments.supplier as string
    const told = (attempt: number, state: string) => ({ payment, attempt, state, on: '2026-10-08' })
    world.does('treasury', 'cases.recordSettlement', told(1, 'sent'))
    expect(world.openStepsOf(id)).toEqual(['paid'])
    world.does('treasury', 'cases.recordSettlement', told(1, 'rejected'))
    expect(world.openStepsOf(id)).toEqual(['pay-supplier'])
    world.does('treasury', 'cases.actOnStep', { case: id, step: 'pay-supplier' })
    expect(world.caseOf(id).payments.supplier).toBe(payment)
    expect(world.refuses('treasury', 'cases.recordSettlement', told(1, 'settled')).code).toBe(
      'PAYMENT_ATTEMPT',
    )
    world.does('treasury', 'cases.recordSettlement', told(2, 'settled'))
    expect(world.openStepsOf(id)).toEqual(['card'])
  })
})

describe('what relays ask', () => {
  it('names steps that can lapse or go on now, and when the next one can', () => {
    const world = libraryWorld()
    const id = orderPriced(world)
    const announce = world.stepOf(id, 'announce')
    const end = startOfDay('2026-10-04') - 1
    expect(world.asks('school', 'cases.findWaits', {})).toEqual({
      resumable: [],
      lapsable: [],
      next: end + 1,
    })
    world.advanceTo('2026-10-04T00:01')
    world.does('first-reviewer', 'cases.actOnStep', {
      case: id,
      step: 'review',
      fields: { approve: true },
    })
    expect(world.asks('school', 'cases.findWaits', {})).toMatchObject({
      lapsable: [{ case: id, step: 'announce', n: announce.n }],
    })
  })

  it('property: whatever is named can be done, and afterwards is named no more', () => {
    const world = libraryWorld()
    const id = orderReviewed(world)
    world.advanceTo('2026-11-01T00:00')
    world.open('school', 'library-card', { number: 'C-9', kind: 'CHILD', branch: 'city-library' })
    const { lapsable } = world.asks('school', 'cases.findWaits', {}) as { lapsable: JsonObject[] }
    expect(lapsable.map(({ step }) => step)).toEqual(['approve'])
    for (const place of lapsable) world.does('bookshop', LAPSE, place)
    expect(world.asks('school', 'cases.findWaits', {})).toMatchObject({
      lapsable: [],
      resumable: [],
    })
    expect(world.caseOf(id).status).toBe('OPEN')
  })
})
