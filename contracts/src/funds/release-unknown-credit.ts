import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { postJournal } from './post-journal.ts'
import { credits, EntryReference, isUnknown } from './records.ts'
import { refuse } from './refusals.ts'
import { getBookOfCustodian, getSuspense } from './suspense.ts'

/** Kind of the journals that take money of unknown purpose out of suspense. */
const RELEASED = 'unknown-credit-released'

/**
 * Says that the purpose of such money is known now: undoes the booking, so that the same entry can be
 * recorded for the expectation it answers, or with another book.
 */
export const releaseUnknownCredit = action({
  name: 'funds.releaseUnknownCredit',
  summary: 'Takes a credit out of suspense, so that it can be recorded for what it was meant for.',
  input: Type.Object({ entry: EntryReference }),
  run(ctx: Context, { entry }) {
    const by = ctx.signer.member
    const credit = ctx.state(credits).find([by, entry])
    if (credit === undefined) refuse(ctx, { code: 'CREDIT_NOT_FOUND', entry })
    const { suspense, amount } = credit
    if (suspense === null || !isUnknown(credit)) refuse(ctx, { code: 'CREDIT_NOT_UNKNOWN', entry })
    const accounts = getSuspense(ctx, getBookOfCustodian(ctx, suspense.book, by))

    const release = postJournal(ctx, {
      book: suspense.book,
      kind: RELEASED,
      caseId: null,
      step: null,
      debit: [{ account: accounts.credit, amount }],
      credit: [{ account: accounts.debit, amount }],
    })
    ctx.state(credits).put([by, entry], { ...credit, suspense: { ...suspense, release } })
    ctx.emit('UnknownCreditReleased', { book: suspense.book, by, entry, amount, journal: release })
    return { journal: release }
  },
})
