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
 * Records one credit of a bank statement that answers an expectation, each unique entry key once.
 * The expectation is `arrived` if all its credits together are exactly the amount.
 *
 * @returns the expectation as it now stands
 */
export function recordCredit(ctx: Context, terms: CreditTerms): Expectation {
  const { by, entry, account, amountFen, expectation } = terms
  const earlier = ctx.state(credits).find([by, entry])
  refuseIfRecorded(ctx, earlier, terms)
  if (amountFen <= 0n) refuse(ctx, { code: 'AMOUNT_NOT_POSITIVE', amount: yuanFromFen(amountFen) })
  const expected = ctx.state(expectations).find(expectation)
  if (expected === undefined) refuse(ctx, { code: 'EXPECTATION_NOT_FOUND' })
  refuseUnlessFits(ctx, expected, by, account)

  const amount = yuanFromFen(amountFen)
  const credit: Credit = {
    v: 1,
    by,
    entry,
    account,
    amount,
    valueDate: terms.valueDate,
    expectation,
    suspense: earlier?.suspense ?? null,
    at: ctx.time,
  }
  ctx.state(credits).put([by, entry], credit)
  const now = withCredit(expected, credit)
  ctx.state(expectations).put(now.id, now)
  ctx.emit('CreditRecorded', {
    expectation,
    case: now.case,
    state: now.state,
    amount,
    arrived: now.arrived,
    on: credit.valueDate,
  })
  return now
}

/** One entry counts once. Money of unknown purpose counts again only when it was released. */
export function refuseIfRecorded(
  ctx: Context,
  earlier: Credit | undefined,
  { entry, amountFen }: Pick<CreditTerms, 'entry' | 'amountFen'>,
): void {
  if (earlier === undefined) return
  const { expectation, suspense, amount } = earlier
  if (expectation !== null || suspense === null || suspense.release === null) {
    refuse(ctx, { code: 'CREDIT_ALREADY_RECORDED', entry, expectation })
  }
  if (fenFromYuan(amount) !== amountFen) {
    refuse(ctx, {
      code: 'CREDIT_DIFFERS',
      entry,
      amount: yuanFromFen(amountFen),
      recorded: amount,
    })
  }
}

function refuseUnlessFits(ctx: Context, expected: Expectation, by: string, account: string): void {
  const { id, state } = expected
  if (expected.by !== by) {
    refuse(ctx, { code: 'EXPECTATION_NOT_YOURS', expectation: id, by: expected.by })
  }
  if (state === 'cancelled') refuse(ctx, { code: 'EXPECTATION_ENDED', expectation: id, state })
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
function withCredit(expected: Expectation, credit: Credit): Expectation {
  const arrivedFen = fenFromYuan(expected.arrived) + fenFromYuan(credit.amount)
  return {
    ...expected,
    arrived: yuanFromFen(arrivedFen),
    arrivedOn: credit.valueDate,
    state: stateOf(arrivedFen, fenFromYuan(expected.amount)),
    credits: expected.credits + 1,
  }
}
