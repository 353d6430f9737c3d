import type { RuleBook } from '../vocabulary/rule-book.ts'
import { getBook } from './get-book.ts'
import { getJournal } from './get-journal.ts'
import { getTrialBalance } from './get-trial-balance.ts'
import { listBooks } from './list-books.ts'
import { listCaseJournals } from './list-case-journals.ts'
import { listExpectations } from './list-expectations.ts'
import { listJournals } from './list-journals.ts'
import { listPayments } from './list-payments.ts'
import { listUnknownCredits } from './list-unknown-credits.ts'
import { recordPayment } from './record-payment.ts'
import {
  balances,
  books,
  charts,
  credits,
  expectations,
  handOvers,
  journals,
  payments,
} from './records.ts'
import { releaseUnknownCredit } from './release-unknown-credit.ts'
import { takeOverSubledger } from './take-over-subledger.ts'

/** Actions, queries and collections of funds. */
export const fundsBook: RuleBook = {
  actions: [recordPayment, releaseUnknownCredit, takeOverSubledger],
  queries: [
    getBook,
    getJournal,
    getTrialBalance,
    listBooks,
    listCaseJournals,
    listExpectations,
    listJournals,
    listPayments,
    listUnknownCredits,
  ],
  collections: [balances, books, charts, credits, expectations, handOvers, journals, payments],
}
