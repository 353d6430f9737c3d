import { createHash } from 'node:crypto'

import type { BankMessage, MessageReading } from './bank-message.ts'
import { accountNumber, type BookedPayment, type Booking, bookingsOf } from './bookings.ts'
import {
  type ConnectorState,
  entryKey,
  type FileRecord,
  type PaymentStatus,
  type StoredStatement,
} from './connector-state.ts'
import { decimalOfFen } from './iso-amount.ts'
import { type FileOrigin, MessageDraft } from './message-draft.ts'
import { balanceOf } from './message-totals.ts'
import type { Pain002 } from './pain002.ts'
import { writeMessage } from './write-message.ts'

/**
 * Decides what a message of the bank means, given what is known. Changes nothing: the result is
 * one record of the journal.
 *
 * Whatever comes twice, late or out of order has its effect once: bookings are known by the bank's
 * reference, payments by their identifiers, messages by their id.
 *
 * @param accounts  the accounts this connector serves
 */
export function takeMessage(
  state: ConnectorState,
  accounts: ReadonlySet<string>,
  reading: MessageReading,
  origin: FileOrigin,
): FileRecord {
  const draft = new MessageDraft(state, accounts, origin)
  const { unknown, ...message } = reading
  const messageId = message.document.GrpHdr.MsgId
  const contentHash = createHash('sha256').update(writeForHash(message)).digest('hex')
  const known = state.contentByMessage.get(`${message.kind}|${messageId}`)
  if (known !== undefined && known !== contentHash) {
    draft.find('MESSAGE_ID_REUSED', { messageId, kind: message.kind })
  } else if (known === undefined) {
    if (unknown.length > 0) {
      const paths = [...new Set(unknown.map(({ path }) => path))]
      draft.find('UNKNOWN_ELEMENTS', { messageId, paths: paths.slice(0, 10).join(' ') })
    }
    takeContent(draft, message)
  }
  return draft.record(message.kind, messageId, known ?? contentHash)
}

/**
 * A message may hold parts of choices that the writer does not know: then its JSON stands for it.
 */
function writeForHash(message: BankMessage): Uint8Array {
  try {
    return writeMessage(message)
  } catch (error) {
    if (error instanceof RangeError) return Buffer.from(JSON.stringify(message), 'utf8')
    throw error
  }
}

function takeContent(draft: MessageDraft, message: BankMessage): void {
  switch (message.kind) {
    case 'pain.001':
      draft.find('UNEXPECTED_MESSAGE', { kind: message.kind })
      return
    case 'pain.002':
      takeStatuses(draft, message.document)
      return
    case 'camt.054':
      for (const { Acct, Ntry } of message.document.Ntfctn) {
        const account = accountNumber(Acct)
        if (draft.serves(account))
          for (const booking of bookingsOf(account, Ntry ?? []))
            takeBooking(draft, booking, 'notice')
      }
      return
    case 'camt.053':
      for (const statement of message.document.Stmt) {
        const account = accountNumber(statement.Acct)
        if (draft.serves(account))
          takeStatement(draft, statement, bookingsOf(account, statement.Ntry ?? []))
      }
  }
}

/** What a status code means here; codes that decide nothing yet (RCVD, PDNG, PART) are absent. */
const STATUS_BY_CODE: Readonly<Record<string, PaymentStatus>> = {
  ACCP: 'accepted',
  ACTC: 'accepted',
  ACSP: 'accepted',
  ACWC: 'accepted',
  ACFC: 'accepted',
  // Settlement is believed when it is booked on the account (camt), not when it is announced.
  ACSC: 'accepted',
  ACCC: 'accepted',
  RJCT: 'rejected',
  CANC: 'rejected',
}
const UNDECIDED_CODES: ReadonlySet<string> = new Set(['RCVD', 'PDNG', 'PART'])

type Reasons = Pain002['OrgnlGrpInfAndSts']['StsRsnInf']

function takeStatuses(draft: MessageDraft, report: Pain002): void {
  const group = report.OrgnlGrpInfAndSts
  const payments = report.OrgnlPmtInfAndSts ?? []
  if (payments.length === 0) takeStatus(draft, group.OrgnlMsgId, group.GrpSts, group.StsRsnInf)
  for (const payment of payments) {
    const transactions = payment.TxInfAndSts ?? []
    const status = payment.PmtInfSts ?? group.GrpSts
    const reasons = payment.StsRsnInf ?? group.StsRsnInf
    if (transactions.length === 0) takeStatus(draft, payment.OrgnlPmtInfId, status, reasons)
    for (const one of transactions)
      takeStatus(
        draft,
        one.OrgnlInstrId ?? payment.OrgnlPmtInfId,
        one.TxSts ?? status,
        one.StsRsnInf ?? reasons,
      )
  }
}

function takeStatus(
  draft: MessageDraft,
  messageId: string,
  code: string | undefined,
  reasons: Reasons,
): void {
  const payment = draft.paymentByMessage(messageId)
  if (payment === undefined) {
    draft.find('STATUS_FOR_UNKNOWN_PAYMENT', { messageId, status: code ?? '' })
    return
  }
  if (code === undefined || UNDECIDED_CODES.has(code)) return
  const status = STATUS_BY_CODE[code]
  if (status === undefined) {
    draft.find('STATUS_UNKNOWN', { messageId, status: code })
    return
  }
  const reason = reasons?.[0]
  draft.tellStatus(payment, status, {
    reasonCode: reason?.Rsn?.Cd ?? reason?.Rsn?.Prtry ?? '',
    reasonText: (reason?.AddtlInf ?? []).join('\n'),
    bankReference: '',
    bookingDate: '',
  })
}

type Source = 'notice' | 'statement'

function takeBooking(draft: MessageDraft, booking: Booking, source: Source): void {
  const { account, bankReference, direction, amount, bookingDate } = booking
  const known = draft.entry(account, bankReference)
  if (known !== undefined) {
    if (known.direction !== direction || known.amount !== amount)
      draft.find('ENTRY_DIFFERS', { account, bankReference, first: known.amount, then: amount })
    return
  }
  if (source === 'notice' && draft.isClosedWithout(booking)) {
    draft.find('NOTICE_NOT_IN_STATEMENT', { account, bankReference, bookingDate })
    return
  }
  if (source === 'statement') draft.find('NOTICE_MISSED', { account, bankReference, amount })
  draft.addEntry({ account, bankReference, direction, amount, bookingDate })
  booking.payments.forEach((payment, place) => {
    takePayment(draft, booking, payment, place, source)
  })
}

function takePayment(
  draft: MessageDraft,
  booking: Booking,
  payment: BookedPayment,
  place: number,
  source: Source,
): void {
  const { account, bankReference, bookingDate } = booking
  const ordered = draft.paymentOf(account, payment)
  const facts = {
    bankReference,
    bookingDate,
    reasonCode: payment.reasonCode,
    reasonText: payment.reasonText,
  }
  const isExact = ordered?.order.amount === payment.amount
  // A payer may repeat our reference on his own money: only the bank's word makes it a return.
  const comesBack =
    payment.isReturn ||
    booking.isReversal ||
    draft.paymentByMessage(payment.instructionId) !== undefined
  const concerns = ordered !== undefined && (booking.direction === 'DBIT' || comesBack)
  if (concerns && isExact) {
    draft.tellStatus(ordered, booking.direction === 'DBIT' ? 'settled' : 'returned', facts)
    return
  }
  if (concerns) {
    const { paymentKey, amount } = ordered.order
    const booked = payment.amount
    draft.find('AMOUNT_DIFFERS', { paymentKey, ordered: amount, booked, bankReference })
  }
  if (booking.direction === 'DBIT') {
    if (!concerns) draft.find('UNKNOWN_DEBIT', { account, bankReference, amount: payment.amount })
    return
  }
  const suffix = booking.payments.length > 1 ? `|${place + 1}` : ''
  draft.tell({
    kind: 'credit',
    eventId: `credit|${entryKey(account, bankReference)}${suffix}`,
    account,
    amount: payment.amount,
    valueDate: booking.valueDate,
    bookingDate,
    bankReference,
    entryReference: booking.entryReference,
    endToEndId: payment.endToEndId,
    payerName: payment.otherName,
    payerAccount: payment.otherAccount,
    remittance: payment.remittance,
    source,
  })
}

type IsoStatement = Extract<BankMessage, { kind: 'camt.053' }>['document']['Stmt'][number]

/**
 * A statement is the bank's last word on a day: what no notice told is taken from it, the rest
 * compared.
 */
function takeStatement(draft: MessageDraft, iso: IsoStatement, bookings: readonly Booking[]): void {
  for (const booking of bookings) takeBooking(draft, booking, 'statement')
  const statement = statementOf(iso, bookings)
  if (statement === undefined) return
  const { account, day, opening, closing } = statement
  const same = draft.statement(account, day)
  if (same !== undefined) {
    if (same.closing !== closing || same.opening !== opening)
      draft.find('STATEMENT_DIFFERS', { account, day, first: same.closing, then: closing })
    return
  }
  draft.addStatement(statement)
}

function statementOf(iso: IsoStatement, bookings: readonly Booking[]): StoredStatement | undefined {
  const opening = balanceOf(iso.Bal, 'OPBD', 'Stmt')
  const closing = balanceOf(iso.Bal, 'CLBD', 'Stmt')
  const balance = iso.Bal.find(({ Tp }) => Tp.CdOrPrtry.Cd === 'CLBD')
  const day = (balance?.Dt.Dt ?? balance?.Dt.DtTm ?? '').slice(0, 10)
  if (opening === undefined || closing === undefined || day === '') return undefined
  return {
    account: accountNumber(iso.Acct),
    day,
    sequence: iso.ElctrncSeqNb ?? iso.LglSeqNb ?? '',
    opening: decimalOfFen(opening),
    closing: decimalOfFen(closing),
    references: bookings.map(({ bankReference }) => bankReference),
  }
}
