import type { ChartDefinition } from '../catalogue/package-document.ts'
import type { PaymentState, SubledgerPosting } from './records.ts'

/** What `openBook` needs. */
export interface BookTerms {
  /** Key text of the register entry that the books are of. */
  readonly book: string
  /** Where the chart is published: hash of the package, name in its `charts`. */
  readonly chart: { readonly package: string; readonly name: string }
  readonly definition: ChartDefinition
  readonly unitPlaces: number
  readonly navPlaces: number
  /** Keeper of the per-person sub-ledger; required if the chart has one. */
  readonly owner: string | null
  /** May tell credits on the book's accounts; others may once an expectation named them. */
  readonly custodian?: string | null
  readonly caseId: string | null
}

/** One line; `amount` is yuan with two places or units at the book's places, by the account's measure. */
export interface PostingLine {
  readonly account: string
  readonly amount: string
}

/** What `postJournal` needs. Lines of amount zero are left out; one account may stand in several lines. */
export interface JournalTerms {
  readonly book: string
  /** For example `contribution`, `valuation`, `correction`: the package's word for it. */
  readonly kind: string
  readonly caseId: string | null
  readonly step: string | null
  readonly debit: readonly PostingLine[]
  readonly credit: readonly PostingLine[]
  /** The part of two matching determinations that says how the sub-ledger changed. */
  readonly subledger?: SubledgerPosting | null
}

/** What `expectCredit` needs. */
export interface ExpectationTerms {
  readonly caseId: string
  /** Name of the `expect` effect: exactly one expectation per case, name and occasion. */
  readonly name: string
  /** Which time this case asks for it, from 1 (a step's round). Default 1. */
  readonly occasion?: number
  readonly book: string | null
  /** Member that tells the arrival. */
  readonly by: string
  /** Register entry that stands for the bank account. */
  readonly account: string
  readonly amountFen: bigint
}

/** One credit as its bank or custodian saw it. */
export interface CreditTerms {
  /** Member that tells it: the signer, or the bank whose notice the signer passes on. */
  readonly by: string
  /** Unique entry key, ≤ 64 characters; a keyed digest of the bank's reference, never the reference. */
  readonly entry: string
  readonly account: string
  readonly amountFen: bigint
  /** Civil date. */
  readonly valueDate: string
  /** Id of the expectation it answers. */
  readonly expectation: string
}

/** What `orderPayment` needs. */
export interface PaymentTerms {
  readonly caseId: string
  /** Name of the `pay` effect: exactly one payment per case, name and occasion. */
  readonly name: string
  /** Which time this case asks for it, from 1. Default 1. */
  readonly occasion?: number
  readonly book: string | null
  /** Member that orders: its bank connector sends the file. */
  readonly by: string
  /** Other members that may tell what became of it, for example a bank that is a participant. */
  readonly tellers?: readonly string[]
  readonly from: string
  readonly to: string
  readonly amountFen: bigint
}

/** What a teller says about one payment. */
export interface Tidings {
  readonly payment: string
  /** The attempt it speaks of; tidings about an older one are refused. */
  readonly attempt: number
  readonly state: Exclude<PaymentState, 'ordered'>
  readonly teller: string
  /** Unique entry key of the bank's debit or return. */
  readonly entry?: string | null
  /** Bank's reason code (ISO 20022 external code), never text. */
  readonly reason?: string | null
  /** Civil date of the booking. */
  readonly on?: string | null
}
