/*
 * Goal: a payment is ordered once and paid at most once; what its bank tells is kept in order.
 * Method: the real executor; every pair of states as a table, derived from the list of what may follow.
 */
import { testSigner } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { findPayment, orderPayment } from './order-payment.ts'
import { recordPayment } from './record-payment.ts'
import { recordSettlement } from './record-settlement.ts'
import { type PaymentState, payments } from './records.ts'
import type { PaymentTerms, Tidings } from './terms.ts'
import { BOOK, CASE, createFundsWorld, type FundsWorld } from './testing.ts'

const TERMS: PaymentTerms = {
  caseId: CASE,
  name: 'remit',
  book: BOOK,
  by: 'emp-0001',
  tellers: ['bank-0001'],
  from: 'account/emp-0001',
  to: 'custody/CN-2026-0001',
  amountFen: 401_618n,
}

function ordered(): { funds: FundsWorld; payment: string } {
  const funds = createFundsWorld()
  return { funds, payment: funds.act((ctx) => orderPayment(ctx, TERMS)) }
}

function tell(
  funds: FundsWorld,
  payment: string,
  state: Tidings['state'],
  changes: Partial<Tidings> = {},
) {
  const tidings = { payment, attempt: 1, state, teller: 'emp-0001', ...changes }
  return funds.act((ctx) => recordSettlement(ctx, tidings))
}

const PATHS: Readonly<Record<PaymentState, readonly Tidings['state'][]>> = {
  ordered: [],
  sent: ['sent'],
  accepted: ['sent', 'accepted'],
  settled: ['sent', 'accepted', 'settled'],
  rejected: ['sent', 'rejected'],
  returned: ['sent', 'accepted', 'settled', 'returned'],
}

const ALLOWED: Readonly<Record<PaymentState, readonly Tidings['state'][]>> = {
  ordered: ['sent', 'accepted', 'settled', 'rejected'],
  sent: ['sent', 'accepted', 'settled', 'rejected'],
  accepted: ['sent', 'accepted', 'settled', 'rejected'],
  settled: ['sent', 'accepted', 'settled', 'returned'],
  rejected: ['sent', 'rejected'],
  returned: ['sent', 'accepted', 'settled', 'returned'],
}

describe('what may be told after what (also again)', () => {
  const states = Object.keys(PATHS) as PaymentState[]
  const tidings: readonly Tidings['state'][] = [
    'sent',
    'accepted',
    'settled',
    'rejected',
    'returned',
  ]
  const pairs = states.flatMap((from) => tidings.map((to) => [from, to] as const))

  it.each(pairs)('%s → %s', (from, to) => {
    const { funds, payment } = ordered()
    for (const state of PATHS[from]) tell(funds, payment, state)
    const told = { payment, attempt: 1, state: to, teller: 'emp-0001' }
    const isRepeated = PATHS[from].includes(to)
    if (ALLOWED[from].includes(to)) {
      const now = funds.act((ctx) => recordSettlement(ctx, told))
      expect(now.state).toBe(isRepeated ? from : to)
    } else {
      expect(funds.refuses((ctx) => recordSettlement(ctx, told))).toEqual({
        code: 'PAYMENT_STATE',
        payment,
        from,
        to,
      })
    }
  })
})

describe('orders', () => {
  it('give a key that a bank takes unchanged', () => {
    const { funds, payment } = ordered()
    expect(payment).toHaveLength(26)
    const found = funds.act((ctx) => findPayment(ctx, CASE, 'remit'))
    expect(found).toMatchObject({ id: payment, state: 'ordered', attempt: 1, amount: '4016.18' })
  })

  it.each(['rejected', 'returned'] as const)(
    'again after %s: the same key, the next attempt',
    (state) => {
      const { funds, payment } = ordered()
      for (const told of PATHS[state]) tell(funds, payment, told)
      const again = { ...TERMS, to: 'custody/CN-2026-0001-new' }
      expect(funds.act((ctx) => orderPayment(ctx, again))).toBe(payment)
      const now = funds.world.state(payments).get(payment)
      expect(now).toMatchObject({ state: 'ordered', attempt: 2, to: again.to })
      tell(funds, payment, 'settled', { attempt: 2, teller: 'bank-0001' })
      expect(funds.world.state(payments).get(payment).state).toBe('settled')
    },
  )

  it.each<[string, readonly Tidings['state'][], Partial<PaymentTerms>, object]>([
    ['the same while it is under way', [], {}, { code: 'PAYMENT_EXISTS', state: 'ordered' }],
    [
      'the same after it is settled',
      PATHS.settled,
      {},
      { code: 'PAYMENT_EXISTS', state: 'settled' },
    ],
    [
      'another amount under the same key',
      PATHS.rejected,
      { amountFen: 401_619n },
      { code: 'PAYMENT_DIFFERS', amount: '4016.19', ordered: '4016.18' },
    ],
    [
      'another payer under the same key',
      PATHS.rejected,
      { by: 'emp-0002' },
      { code: 'PAYMENT_DIFFERS' },
    ],
    [
      'another debited account under the same key',
      PATHS.rejected,
      { from: 'account/emp-0002' },
      { code: 'PAYMENT_DIFFERS' },
    ],
    ['nothing', [], { amountFen: 0n }, { code: 'AMOUNT_NOT_POSITIVE', amount: '0.00' }],
    [
      'money to where it is',
      [],
      { to: 'account/emp-0001' },
      { code: 'PAYMENT_TO_ITSELF', account: 'account/emp-0001' },
    ],
  ])('refuse %s', (_, told, changes, reason) => {
    const { funds, payment } = ordered()
    for (const state of told) tell(funds, payment, state)
    const terms = { ...TERMS, ...changes }
    expect(funds.refuses((ctx) => orderPayment(ctx, terms))).toMatchObject(reason)
  })

  it('refuse more turns than an order takes', () => {
    const { funds, payment } = ordered()
    tell(funds, payment, 'rejected')
    const now = funds.world.state(payments).get(payment)
    const history = Array.from({ length: 200 }, () => now.history[0]!)
    funds.world.seed(payments, payment, { ...now, history })
    expect(funds.refuses((ctx) => orderPayment(ctx, TERMS))).toMatchObject({
      code: 'PAYMENT_TURNS',
      most: 200,
    })
  })
})

describe('tidings', () => {
  it('come as an action of the payer or its bank', () => {
    const funds = createFundsWorld({ actions: [recordPayment] })
    const payment = funds.act((ctx) => orderPayment(ctx, TERMS))
    const bank = testSigner({ member: 'bank-0001' })
    const tidings = { payment, attempt: 1, state: 'rejected', reason: 'AC04' } as const
    const told = funds.world.does(bank, recordPayment, tidings)
    expect(told).toEqual({ payment, state: 'rejected', attempt: 1 })
    const [, turn] = funds.world.state(payments).get(payment).history
    expect(turn).toMatchObject({ by: 'bank-0001', reason: 'AC04', entry: null, on: null })
    const stranger = testSigner({ member: 'emp-0002' })
    expect(funds.world.refuses(stranger, recordPayment, tidings)).toEqual({
      code: 'NOT_A_TELLER',
      member: 'emp-0002',
      payment,
    })
  })

  it.each<[string, Partial<Tidings>, object]>([
    ['of an unknown payment', { payment: CASE }, { code: 'PAYMENT_NOT_FOUND' }],
    [
      'by a member that has no part in it',
      { teller: 'emp-0002' },
      { code: 'NOT_A_TELLER', member: 'emp-0002' },
    ],
    [
      'of an attempt that was never made',
      { attempt: 2 },
      { code: 'PAYMENT_ATTEMPT', attempt: 2, newest: 1 },
    ],
  ])('refused: %s', (_, changes, reason) => {
    const { funds, payment } = ordered()
    const told = { payment, attempt: 1, state: 'sent', teller: 'emp-0001', ...changes } as const
    expect(funds.refuses((ctx) => recordSettlement(ctx, told))).toMatchObject(reason)
  })

  it('of an older attempt come too late', () => {
    const { funds, payment } = ordered()
    tell(funds, payment, 'rejected')
    funds.act((ctx) => orderPayment(ctx, TERMS))
    const told = { payment, attempt: 1, state: 'settled', teller: 'emp-0001' } as const
    expect(funds.refuses((ctx) => recordSettlement(ctx, told))).toMatchObject({
      code: 'PAYMENT_ATTEMPT',
      newest: 2,
    })
  })

  it('again change nothing and tell nothing', () => {
    const { funds, payment } = ordered()
    tell(funds, payment, 'settled', { entry: 'debit-1', on: '2026-09-03' })
    const before = funds.world.state(payments).get(payment)
    tell(funds, payment, 'settled', { entry: 'debit-1', on: '2026-09-03' })
    expect(funds.world.state(payments).get(payment)).toEqual(before)
  })
})

it('stored shape', () => {
  const { funds, payment } = ordered()
  tell(funds, payment, 'sent')
  tell(funds, payment, 'rejected', { teller: 'bank-0001', reason: 'AC04', on: '2026-09-03' })
  expect(funds.world.stored(payments)).toMatchSnapshot()
})
