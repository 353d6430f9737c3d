import type { Context } from '@renshe/kernel'
import { fenFromYuan, yuanFromFen } from '../vocabulary/money.ts'
import {
  type Credit,
  credits,
  type Expectation,
  type ExpectationState,
  expectations,
} from './records.ts'
import { refuse } from './refusals.ts'
import type { CreditTerms } from './terms.ts'

/** Credits that one expectation takes: more are a sign of a loop, not of a payer in instalments. */
const MOST_CREDITS = 100

/**
 * Records one credit of a bank statement, each unique entry key once, and what it makes of the
 * expectation it answers: `arrived` if all credits together are exactly the amount.
 *
 * @returns the expectation as it now stands, or null for money that nobody can place yet
 */
export function recordCredit(ctx: Context, terms: CreditTerms): Expectation | null {
  const { by, entry, account, amountFen, expectation } = terms
  const earlier = ctx.state(credits).find([by, entry])
  if (earlier !== undefined) {
    refuse(ctx, {
      code: 'CREDIT_ALREADY_RECORDED',
      entry,
      expectation: earlier.expectation,
    })
  }
  if (amountFen <= 0n) refuse(ctx, { code: 'AMOUNT_NOT_POSITIVE', amount: yuanFromFen(amountFen) })
  const expected = expectation === null ? null : getOpenExpectation(ctx, expectation)
  if (expected !== null) refuseUnlessFits(ctx, expected, by, account)

  const credit: Credit = {
    v: 1,
    by,
    entry,
    account,
    amount: yuanFromFen(amountFen),
    valueDate: terms.valueDate,
    expectation,
    at: ctx.time,
  }
  ctx.state(credits).put([by, entry], credit)
  ctx.emit('CreditRecorded', { by, entry, account, amount: credit.amount, expectation })
  return expected === null ? null : withCredit(ctx, expected, credit)
}

/**
 * Says what a credit of unknown purpose was for.
 *
 * @returns the expectation as it now stands
 */
export function assignCredit(
  ctx: Context,
  terms: { by: string; entry: string; expectation: string },
): Expectation {
  const { by, entry, expectation } = terms
  const credit = ctx.state(credits).find([by, entry])
  if (credit === undefined) refuse(ctx, { code: 'CREDIT_NOT_FOUND', entry })
  if (credit.expectation !== null) {
    refuse(ctx, { code: 'CREDIT_ASSIGNED', entry, expectation: credit.expectation })
  }
  const expected = getOpenExpectation(ctx, expectation)
  refuseUnlessFits(ctx, expected, by, credit.account)

  ctx.state(credits).put([by, entry], { ...credit, expectation })
  ctx.emit('CreditAssigned', { by, entry, expectation })
  return withCredit(ctx, expected, credit)
}

function getOpenExpectation(ctx: Context, id: string): Expectation {
  const expected = ctx.state(expectations).find(id)
  if (expected === undefined) refuse(ctx, { code: 'EXPECTATION_NOT_FOUND' })
  if (expected.state === 'cancelled') {
    refuse(ctx, { code: 'EXPECTATION_ENDED', expectation: id, state: expected.state })
  }
  return expected
}

function refuseUnlessFits(ctx: Context, expected: Expectation, by: string, account: string): void {
  const { id } = expected
  if (expected.by !== by) {
    refuse(ctx, { code: 'EXPECTATION_NOT_YOURS', expectation: id, by: expected.by })
  }
  if (expected.account !== account) {
    refuse(ctx, {
      code: 'CREDIT_OTHER_ACCOUNT',
      expectation: id,
      account,
      expected: expected.account,
    })
  }
  if (expected.credits >= MOST_CREDITS) {
    refuse(ctx, { code: 'CREDITS_TOO_MANY', expectation: id, most: MOST_CREDITS })
  }
}

function stateOf(arrivedFen: bigint, amountFen: bigint): ExpectationState {
  if (arrivedFen === amountFen) return 'arrived'
  return arrivedFen < amountFen ? 'short' : 'over'
}

/** A second credit after an exact one makes it `over`: doubled money is seen, never swallowed. */
function withCredit(ctx: Context, expected: Expectation, credit: Credit): Expectation {
  const arrivedFen = fenFromYuan(expected.arrived) + fenFromYuan(credit.amount)
  const now: Expectation = {
    ...expected,
    arrived: yuanFromFen(arrivedFen),
    arrivedOn: credit.valueDate,
    state: stateOf(arrivedFen, fenFromYuan(expected.amount)),
    credits: expected.credits + 1,
  }
  ctx.state(expectations).put(now.id, now)
  ctx.emit('ExpectationAnswered', {
    expectation: now.id,
    case: now.case,
    state: now.state,
    amount: now.amount,
    arrived: now.arrived,
    on: credit.valueDate,
  })
  return now
}
