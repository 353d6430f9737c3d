import type { JsonObject } from '@renshe/crypto'
import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { recordCredit } from '../funds/record-credit.ts'
import { bookUnknownCredit } from '../funds/record-unknown-credit.ts'
import { EntryReference, type Expectation, expectations } from '../funds/records.ts'
import { fenFromYuan } from '../vocabulary/money.ts'
import { CivilDate, ContractId, EntryKey, Money, Nullable } from '../vocabulary/schemas.ts'
import { caseResult } from './case-result.ts'
import { type CaseWork, definitionOf, findCase, loadCase, saveCase } from './case-work.ts'
import { findTimeFault } from './clocks.ts'
import { endWait } from './end-wait.ts'
import { OPEN, type Step, steps } from './records.ts'
import { refuse } from './refusals.ts'
import { SealedInput } from './sealed-input.ts'

/**
 * Tells that money came, as its bank or custodian saw it. If a case waits for it, its step goes on in the
 * same transaction; money that nobody expected goes to suspense of `book`.
 */
export const recordArrival = action({
  name: 'cases.recordArrival',
  summary: 'Tell a credit on an account, and go on with the case that waits for it.',
  input: Type.Object({
    /** Id of the expectation, null for money that nobody expected. */
    expectation: Nullable(ContractId),
    /** Register entry that stands for the bank account; with an expectation its account, if left out. */
    account: Type.Optional(EntryKey),
    /** Unique key of the bank's entry. */
    entry: EntryReference,
    amount: Money,
    valueDate: CivilDate,
    /** Books whose suspense takes unexpected money. */
    book: Type.Optional(EntryKey),
    record: SealedInput.record,
    sections: SealedInput.sections,
  }),
  run(ctx: Context, input) {
    const { expectation, entry, amount, valueDate } = input
    const credit = {
      by: ctx.signer.member,
      entry,
      amountFen: fenFromYuan(amount),
      valueDate,
    }
    if (expectation === null) {
      if (input.book === undefined || input.account === undefined) {
        return refuse(ctx, { code: 'BOOK_MISSING' })
      }
      const { book, account } = input
      return { journal: bookUnknownCredit(ctx, { ...credit, account, book }) }
    }
    const expected = ctx.state(expectations).find(expectation)
    const account = input.account ?? expected?.account ?? ''
    const now = recordCredit(ctx, { ...credit, account, expectation })
    if (now === null) throw new Error('a credit for an expectation answers it')
    const { record, sections } = input
    return goOn(ctx, now, record === undefined ? {} : { record, sections: sections ?? [] })
  },
})

function goOn(ctx: Context, expectation: Expectation, sealed: SealedInput): JsonObject {
  const told = {
    expectation: expectation.id,
    state: expectation.state,
    arrived: expectation.arrived,
  }
  const step = findWaitingStep(ctx, ['payment', expectation.id])
  if (step === undefined) {
    if (sealed.record !== undefined) refuse(ctx, { code: 'RECORD_UNEXPECTED' })
    return told
  }
  const work = loadCase(ctx, step.case)
  // Money that has come is recorded, also when the step's time has run out: its lapse comes next.
  if (isOverdue(work, step)) return told
  endWait(work, step, sealed)
  saveCase(work)
  return { ...told, ...caseResult(work, step.n) }
}

/** Whether a limit of a step has passed whose running out is an outcome. */
export function isOverdue(work: CaseWork, step: Step): boolean {
  const { clocks } = definitionOf(work, step)
  return findTimeFault(step, clocks, null, work.ctx.time) !== undefined
}

/** The waiting step of an open case under these index parts; the oldest, if several wait. */
export function findWaitingStep(ctx: Context, prefix: readonly string[]): Step | undefined {
  for (const [, step] of ctx.state(steps).index('byWait', { prefix })) {
    if (findCase(ctx, step.case)?.status === OPEN) return step
  }
  return undefined
}
