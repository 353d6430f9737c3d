import { refuseBankFile } from './bank-file-refusals.ts'
import type { CamtEntry, CamtTransaction } from './camt.ts'
import { decimalOfFen, fenOfAmount } from './iso-amount.ts'

/** One booking of a notice or statement, in our words. */
export type Booking = {
  readonly account: string
  readonly direction: 'CRDT' | 'DBIT'
  readonly amount: string
  readonly bankReference: string
  readonly entryReference: string
  readonly bookingDate: string
  readonly valueDate: string
  readonly isReversal: boolean
  readonly payments: readonly BookedPayment[]
}

/** One payment within a booking; most bookings have one. */
export type BookedPayment = {
  readonly amount: string
  readonly messageId: string
  readonly instructionId: string
  readonly endToEndId: string
  readonly otherName: string
  readonly otherAccount: string
  readonly remittance: string
  readonly isReturn: boolean
  readonly reasonCode: string
  readonly reasonText: string
}

type Account = { readonly Id: { readonly IBAN?: string; readonly Othr?: { readonly Id: string } } }

/** The number of an account, however it is told; empty when it is neither an IBAN nor `Othr`. */
export function accountNumber(account: Account | undefined): string {
  return account?.Id.IBAN ?? account?.Id.Othr?.Id ?? ''
}

/**
 * The bookings among the entries of an account; what is only announced or pending is left out.
 *
 * @throws BankFileRefused  REFERENCE_MISSING: without the bank's reference one booking cannot be
 *                          told from another
 */
export function bookingsOf(account: string, entries: readonly CamtEntry[]): Booking[] {
  return entries.filter(({ Sts }) => Sts.Cd === 'BOOK').map((entry) => bookingOf(account, entry))
}

function bookingOf(account: string, entry: CamtEntry): Booking {
  const path = 'Ntry'
  const bankReference = entry.AcctSvcrRef ?? entry.NtryRef
  if (bankReference === undefined) return refuseBankFile({ code: 'REFERENCE_MISSING', path })
  const amount = decimalOfFen(fenOfAmount(entry.Amt, `${path}/Amt`))
  const details = (entry.NtryDtls ?? []).flatMap(({ TxDtls }) => TxDtls ?? [])
  const isSplit = details.length > 1 && details.every(({ Amt }) => Amt !== undefined)
  const payments = isSplit
    ? details.map((detail) => paymentOf(entry, detail, decimalOf(detail)))
    : [paymentOf(entry, details[0] ?? {}, amount)]
  const booked = dayOf(entry.BookgDt)
  return {
    account,
    direction: entry.CdtDbtInd === 'CRDT' ? 'CRDT' : 'DBIT',
    amount,
    bankReference,
    entryReference: entry.NtryRef ?? '',
    bookingDate: booked,
    valueDate: dayOf(entry.ValDt) || booked,
    isReversal: entry.RvslInd === 'true' || entry.RvslInd === '1',
    payments,
  }
}

function decimalOf({ Amt }: CamtTransaction): string {
  return Amt === undefined ? '0.00' : decimalOfFen(fenOfAmount(Amt, 'Ntry/NtryDtls/TxDtls/Amt'))
}

function paymentOf(entry: CamtEntry, detail: CamtTransaction, amount: string): BookedPayment {
  const { Refs, RltdPties, RmtInf, RtrInf } = detail
  const isCredit = entry.CdtDbtInd === 'CRDT'
  const other = isCredit ? RltdPties?.Dbtr : RltdPties?.Cdtr
  return {
    amount,
    messageId: Refs?.MsgId ?? Refs?.PmtInfId ?? '',
    instructionId: Refs?.InstrId ?? '',
    endToEndId: Refs?.EndToEndId ?? '',
    otherName: other?.Pty?.Nm ?? other?.Agt?.FinInstnId.Nm ?? '',
    otherAccount: accountNumber(isCredit ? RltdPties?.DbtrAcct : RltdPties?.CdtrAcct),
    remittance: (RmtInf?.Ustrd ?? []).join('\n'),
    isReturn: RtrInf !== undefined,
    reasonCode: RtrInf?.Rsn?.Cd ?? RtrInf?.Rsn?.Prtry ?? '',
    reasonText: (RtrInf?.AddtlInf ?? []).join('\n'),
  }
}

function dayOf(date: { readonly Dt?: string; readonly DtTm?: string } | undefined): string {
  return (date?.Dt ?? date?.DtTm ?? '').slice(0, 10)
}
