import type { Context } from '@renshe/kernel'
import { yuanFromFen } from '../vocabulary/money.ts'
import { type Expectation, expectations } from './records.ts'
import { refuse } from './refusals.ts'
import type { ExpectationTerms } from './terms.ts'

/** The expectation of one name and occasion in a case, or undefined. */
export function findExpectation(
  view: Pick<Context, 'state'>,
  caseId: string,
  name: string,
  occasion = 1,
): Expectation | undefined {
  const range = { prefix: [caseId, name, occasion], limit: 1 }
  for (const [, expectation] of view.state(expectations).index('byCase', range)) return expectation
  return undefined
}

/**
 * Tells a custodian or bank to wait for money.
 *
 * @returns id of the expectation: the reference that the payer's bank carries to the payee's
 */
export function expectCredit(ctx: Context, terms: ExpectationTerms): string {
  const { caseId, name, occasion = 1, amountFen } = terms
  const earlier = findExpectation(ctx, caseId, name, occasion)
  if (earlier !== undefined) {
    refuse(ctx, { code: 'EXPECTATION_EXISTS', expectation: earlier.id, state: earlier.state })
  }
  if (amountFen <= 0n) refuse(ctx, { code: 'AMOUNT_NOT_POSITIVE', amount: yuanFromFen(amountFen) })

  const id = ctx.newId(`expectation/${caseId}/${name}/${occasion}`)
  ctx.state(expectations).put(id, {
    v: 1,
    id,
    case: caseId,
    name,
    occasion,
    book: terms.book,
    by: terms.by,
    account: terms.account,
    amount: yuanFromFen(amountFen),
    arrived: '0.00',
    arrivedOn: null,
    state: 'expected',
    credits: 0,
    at: ctx.time,
  })
  ctx.emit('CreditExpected', { expectation: id, case: caseId, name, occasion, by: terms.by })
  return id
}

/**
 * Ends an expectation that no longer holds, for example because the bill was void. Money that has
 * arrived for it keeps its credits; the case decides what happens with it.
 */
export function cancelExpectation(ctx: Context, expectation: string): void {
  const found = ctx.state(expectations).find(expectation)
  if (found === undefined) refuse(ctx, { code: 'EXPECTATION_NOT_FOUND' })
  if (found.state === 'cancelled' || found.state === 'arrived') {
    refuse(ctx, { code: 'EXPECTATION_ENDED', expectation, state: found.state })
  }
  ctx.state(expectations).put(expectation, { ...found, state: 'cancelled' })
  ctx.emit('ExpectationCancelled', { expectation, case: found.case, arrived: found.arrived })
}
