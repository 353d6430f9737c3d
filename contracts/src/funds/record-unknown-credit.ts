import type { Context } from '@renshe/kernel'
import { yuanFromFen } from '../vocabulary/money.ts'
import { postJournal } from './post-journal.ts'
import { refuseIfRecorded } from './record-credit.ts'
import { credits } from './records.ts'
import { refuse } from './refusals.ts'
import { getBookOfCustodian, getSuspense } from './suspense.ts'
import type { CreditTerms } from './terms.ts'

/** Kind of the journals that book money of unknown purpose. */
const BOOKED = 'unknown-credit'

/** A credit that answers no expectation. */
export interface UnknownCredit extends Omit<CreditTerms, 'expectation'> {
  readonly book: string
}

/**
 * Records a credit that nobody expected and books it where the chart keeps such money.
 *
 * @returns id of the journal
 */
export function bookUnknownCredit(ctx: Context, terms: UnknownCredit): string {
  const { by, entry, account, amountFen } = terms
  const book = getBookOfCustodian(ctx, terms.book, by)
  const suspense = getSuspense(ctx, book)
  const amount = yuanFromFen(amountFen)
  refuseIfRecorded(ctx, ctx.state(credits).find([by, entry]), terms)
  if (amountFen <= 0n) refuse(ctx, { code: 'AMOUNT_NOT_POSITIVE', amount })

  const journal = postJournal(ctx, {
    book: book.book,
    kind: BOOKED,
    caseId: null,
    step: null,
    debit: [{ account: suspense.debit, amount }],
    credit: [{ account: suspense.credit, amount }],
  })
  ctx.state(credits).put([by, entry], {
    v: 1,
    by,
    entry,
    account,
    amount,
    valueDate: terms.valueDate,
    expectation: null,
    suspense: { book: book.book, journal, release: null },
    at: ctx.time,
  })
  ctx.emit('UnknownCreditRecorded', { book: book.book, by, entry, account, amount, journal })
  return journal
}
