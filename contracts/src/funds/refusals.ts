import type { Context } from '@renshe/kernel'
import type { ExpectationState, PaymentState } from './records.ts'

/** Why `openBook` refuses, in checking order. */
export type OpenBookRefusal =
  | { code: 'BOOK_EXISTS'; book: string }
  | { code: 'CHART_INVALID'; book: string; fault: ChartFault; account: string | null }
  | { code: 'BOOK_PLACES'; book: string; unitPlaces: number; navPlaces: number }
  | { code: 'SUBLEDGER_OWNER_MISSING'; book: string }

/** What is wrong with a chart of accounts. */
export type ChartFault =
  | 'ACCOUNT_TWICE'
  | 'WILDCARD_FORM'
  | 'EQUALITY_ACCOUNT_UNKNOWN'
  | 'EQUALITY_MEASURES_MIXED'
  | 'SUBLEDGER_ACCOUNT_UNKNOWN'
  | 'SUBLEDGER_MEASURE'
  | 'SUSPENSE_ACCOUNT_UNKNOWN'
  | 'SUSPENSE_MEASURE'

/** Why `postJournal` refuses, in checking order: the first that applies is told. */
export type JournalRefusal =
  | { code: 'BOOK_NOT_FOUND'; book: string }
  | { code: 'JOURNAL_EMPTY'; book: string }
  | { code: 'JOURNAL_TOO_LONG'; book: string; lines: number; most: number }
  | { code: 'ACCOUNT_NOT_IN_CHART'; book: string; account: string }
  | { code: 'AMOUNT_SPELLING'; book: string; account: string; places: number }
  | { code: 'AMOUNT_NOT_POSITIVE'; book: string; account: string; amount: string }
  | { code: 'UNBALANCED_FEN'; book: string; debit: string; credit: string }
  | { code: 'UNBALANCED_UNITS'; book: string; debit: string; credit: string }
  | { code: 'SUBLEDGER_NOT_KEPT'; book: string }
  | { code: 'SUBLEDGER_MISSING'; book: string; accounts: string[] }
  | { code: 'SUBLEDGER_STALE'; book: string; named: string | null; newest: string | null }
  | { code: 'SUBLEDGER_COUNT'; book: string; before: number; after: number; entries: number }
  | { code: 'SUBLEDGER_ACCOUNT'; book: string; account: string }
  | { code: 'SUBLEDGER_SPELLING'; book: string; account: string }
  | {
      code: 'SUBLEDGER_DELTA_COST'
      book: string
      account: string
      lines: string
      delta: string
    }
  | { code: 'SUBLEDGER_DELTA_UNITS'; book: string; account: string; lines: string; delta: string }
  | {
      code: 'SUBLEDGER_SUM'
      book: string
      account: string
      measure: 'cost' | 'units'
      expected: string
      sum: string
    }
  | { code: 'BALANCE_NEGATIVE'; book: string; account: string; balance: string }
  | { code: 'EQUALITY_BROKEN'; book: string; left: string; right: string }
  | { code: 'RESIDUE_OVERDRAWN'; book: string; carried: string; paid: string }

/** Why expectations and credits are refused, in checking order. */
export type CreditRefusal =
  | { code: 'EXPECTATION_EXISTS'; expectation: string; state: ExpectationState }
  | { code: 'CREDIT_ALREADY_RECORDED'; entry: string; expectation: string | null }
  | { code: 'CREDIT_DIFFERS'; entry: string; amount: string; recorded: string }
  | { code: 'AMOUNT_NOT_POSITIVE'; amount: string }
  | { code: 'EXPECTATION_NOT_FOUND' }
  | { code: 'EXPECTATION_NOT_YOURS'; expectation: string; by: string }
  | { code: 'EXPECTATION_ENDED'; expectation: string; state: ExpectationState }
  | { code: 'CREDIT_OTHER_ACCOUNT'; expectation: string; account: string; expected: string }
  | { code: 'CREDITS_TOO_MANY'; expectation: string; most: number }

/** Why money of unknown purpose is refused, in checking order; then what a journal refuses. */
export type UnknownCreditRefusal =
  | { code: 'BOOK_NOT_FOUND'; book: string }
  | { code: 'NOT_THE_CUSTODIAN'; book: string; member: string }
  | { code: 'SUSPENSE_NOT_KEPT'; book: string }
  | { code: 'CREDIT_ALREADY_RECORDED'; entry: string; expectation: string | null }
  | { code: 'CREDIT_DIFFERS'; entry: string; amount: string; recorded: string }
  | { code: 'AMOUNT_NOT_POSITIVE'; amount: string }

/** Why money of unknown purpose stays in suspense, in checking order; then what a journal refuses. */
export type ReleaseCreditRefusal =
  | { code: 'CREDIT_NOT_FOUND'; entry: string }
  | { code: 'CREDIT_NOT_UNKNOWN'; entry: string }
  | { code: 'NOT_THE_CUSTODIAN'; book: string; member: string }

/** Why payment orders and tidings about them are refused, in checking order. */
export type PaymentRefusal =
  | { code: 'AMOUNT_NOT_POSITIVE'; amount: string }
  | { code: 'PAYMENT_TO_ITSELF'; account: string }
  | { code: 'PAYMENT_EXISTS'; payment: string; state: PaymentState }
  | { code: 'PAYMENT_DIFFERS'; payment: string; amount: string; ordered: string }
  | { code: 'PAYMENT_NOT_FOUND'; payment: string }
  | { code: 'NOT_A_TELLER'; member: string; payment: string }
  | { code: 'PAYMENT_ATTEMPT'; payment: string; attempt: number; newest: number }
  | { code: 'PAYMENT_STATE'; payment: string; from: PaymentState; to: PaymentState }
  | { code: 'PAYMENT_TURNS'; payment: string; most: number }

/** Why the sub-ledger cannot change its owner, in checking order. */
export type HandOverRefusal =
  | { code: 'BOOK_NOT_FOUND'; book: string }
  | { code: 'SUBLEDGER_NOT_KEPT'; book: string }
  | { code: 'SUBLEDGER_NOT_OWNER'; book: string; owner: string }
  | { code: 'SUBLEDGER_SAME_OWNER'; book: string; owner: string }
  | { code: 'SUBLEDGER_ROOT'; book: string; named: string; newest: string }
  | { code: 'SUBLEDGER_COUNT'; book: string; before: number; after: number; entries: number }

/** Why a member cannot take over a sub-ledger, in checking order; then {@link HandOverRefusal}. */
export type TakeOverRefusal =
  | { code: 'HAND_OVER_NOT_FOUND'; handOver: string }
  | { code: 'HAND_OVER_NOT_YOURS'; handOver: string; to: string }
  | { code: 'HAND_OVER_NOT_DONE'; handOver: string; status: 'OPEN' | 'DISPUTED' }
  | { code: 'HAND_OVER_LIST'; handOver: string }
  | { code: 'HAND_OVER_OTHER'; handOver: string; newest: string | null }

/** Every refusal of this module. */
export type FundsRefusal =
  | OpenBookRefusal
  | JournalRefusal
  | CreditRefusal
  | UnknownCreditRefusal
  | ReleaseCreditRefusal
  | PaymentRefusal
  | HandOverRefusal
  | TakeOverRefusal

/** Ends the transaction with one of this module's refusals. */
export function refuse(ctx: Context, reason: FundsRefusal): never {
  return ctx.refuse(reason)
}
