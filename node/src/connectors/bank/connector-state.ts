import type { BankFileRefusal } from './bank-file-refusals.ts'
import type { BankMessage } from './bank-message.ts'
import type { StoredOrder } from './payment-order.ts'

/**
 * How far a payment has come. `settled`: the bank has booked it; `returned`: it came back later.
 */
export type PaymentStatus = 'accepted' | 'rejected' | 'settled' | 'returned'

/** Where a payment stands, as the journal tells it. */
export type PaymentState = {
  readonly order: StoredOrder
  readonly messageId: string
  readonly fileName: string
  readonly xml: string
  readonly isPlaced: boolean
  readonly status: PaymentStatus | undefined
  /** A return that was told before the debit: told on after it. */
  readonly heldReturn: StoredPaymentStatus | undefined
}

/** Money that came in, in words that survive a journal. */
export type StoredCredit = {
  readonly kind: 'credit'
  readonly eventId: string
  readonly account: string
  readonly amount: string
  readonly valueDate: string
  readonly bookingDate: string
  readonly bankReference: string
  readonly entryReference: string
  readonly endToEndId: string
  readonly payerName: string
  readonly payerAccount: string
  readonly remittance: string
  readonly source: 'notice' | 'statement'
}

/** What the bank did with a payment. */
export type StoredPaymentStatus = {
  readonly kind: 'paymentStatus'
  readonly eventId: string
  readonly paymentKey: string
  readonly status: PaymentStatus
  readonly reasonCode: string
  readonly reasonText: string
  readonly bankReference: string
  readonly bookingDate: string
}

/** Something that a person must look at; no money moves because of it. */
export type FindingCode =
  | 'MESSAGE_ID_REUSED'
  | 'UNKNOWN_ELEMENTS'
  | 'UNEXPECTED_MESSAGE'
  | 'FOREIGN_ACCOUNT'
  | 'STATUS_UNKNOWN'
  | 'STATUS_FOR_UNKNOWN_PAYMENT'
  | 'PAYMENT_CONTRADICTION'
  | 'UNKNOWN_DEBIT'
  | 'AMOUNT_DIFFERS'
  | 'ENTRY_DIFFERS'
  | 'NOTICE_MISSED'
  | 'NOTICE_NOT_IN_STATEMENT'
  | 'STATEMENT_GAP'
  | 'STATEMENT_DIFFERS'
  | 'FILE_REFUSED'

/** A finding with its facts. */
export type StoredFinding = {
  readonly kind: 'finding'
  readonly eventId: string
  readonly code: FindingCode
  readonly facts: Readonly<Record<string, string>>
}

/** What is told to the node, in the order of the journal. */
export type StoredEvent = StoredCredit | StoredPaymentStatus | StoredFinding

/** A booking as first told: a second telling must be the same. */
export type StoredEntry = {
  readonly account: string
  readonly bankReference: string
  readonly direction: string
  readonly amount: string
  readonly bookingDate: string
}

/** A day of an account as the bank closed it. */
export type StoredStatement = {
  readonly account: string
  readonly day: string
  readonly sequence: string
  readonly opening: string
  readonly closing: string
  readonly references: readonly string[]
}

/** What happened to a payment in one file. */
export type PaymentChange = {
  readonly paymentKey: string
  readonly status: PaymentStatus | undefined
  readonly heldReturn: StoredPaymentStatus | undefined
}

/**
 * All effects of one file of the bank: one record, so that they are there together or not at all.
 */
export type FileRecord = {
  readonly type: 'file'
  readonly hash: string
  readonly name: string
  readonly kind: BankMessage['kind']
  readonly messageId: string
  /**
   * Hash of the message as we would write it: a re-send with other white space is the same message.
   */
  readonly contentHash: string
  readonly entries: readonly StoredEntry[]
  readonly statements: readonly StoredStatement[]
  readonly payments: readonly PaymentChange[]
  readonly events: readonly StoredEvent[]
}

/** One line of the connector's journal. */
export type ConnectorRecord =
  | {
      readonly type: 'order'
      readonly order: StoredOrder
      readonly messageId: string
      readonly fileName: string
      readonly xml: string
    }
  | { readonly type: 'placed'; readonly paymentKey: string }
  | FileRecord
  | {
      readonly type: 'refused'
      readonly hash: string
      readonly name: string
      readonly refusal: BankFileRefusal
      readonly events: readonly StoredEvent[]
    }
  | { readonly type: 'delivered'; readonly count: number }

/** Everything the connector knows: nothing but what its journal says. */
export type ConnectorState = {
  readonly payments: Map<string, PaymentState>
  readonly keyByMessageId: Map<string, string>
  readonly files: Map<string, 'done' | 'refused'>
  readonly contentByMessage: Map<string, string>
  readonly entries: Map<string, StoredEntry>
  /** References by account and booking day. */
  readonly referencesByDay: Map<string, Set<string>>
  readonly statements: Map<string, StoredStatement>
  readonly events: StoredEvent[]
  delivered: number
}

/** The state before the first record. */
export function emptyState(): ConnectorState {
  return {
    payments: new Map(),
    keyByMessageId: new Map(),
    files: new Map(),
    contentByMessage: new Map(),
    entries: new Map(),
    referencesByDay: new Map(),
    statements: new Map(),
    events: [],
    delivered: 0,
  }
}

/**
 * Applies one record: the same for a record just written and for one read again after a restart.
 */
export function applyRecord(state: ConnectorState, record: ConnectorRecord): void {
  switch (record.type) {
    case 'order': {
      const { order, messageId, fileName, xml } = record
      const start = { isPlaced: false, status: undefined, heldReturn: undefined }
      state.payments.set(order.paymentKey, { order, messageId, fileName, xml, ...start })
      state.keyByMessageId.set(messageId, order.paymentKey)
      return
    }
    case 'placed':
      changePayment(state, record.paymentKey, { isPlaced: true })
      return
    case 'refused':
      state.files.set(record.hash, 'refused')
      state.events.push(...record.events)
      return
    case 'delivered':
      state.delivered = record.count
      return
    case 'file':
      applyFile(state, record)
  }
}

/** Key of a booking: a bank reference is unique within its account. */
export function entryKey(account: string, bankReference: string): string {
  return `${account}|${bankReference}`
}

/** Key of a day, and of a statement by its sequence number. */
export function dayKey(account: string, day: string): string {
  return `${account}|${day}`
}

function applyFile(state: ConnectorState, record: FileRecord): void {
  state.files.set(record.hash, 'done')
  state.contentByMessage.set(`${record.kind}|${record.messageId}`, record.contentHash)
  for (const entry of record.entries) {
    state.entries.set(entryKey(entry.account, entry.bankReference), entry)
    const day = dayKey(entry.account, entry.bookingDate)
    const references = state.referencesByDay.get(day) ?? new Set()
    state.referencesByDay.set(day, references.add(entry.bankReference))
  }
  for (const statement of record.statements)
    state.statements.set(dayKey(statement.account, statement.day), statement)
  for (const { paymentKey, status, heldReturn } of record.payments)
    changePayment(state, paymentKey, { status, heldReturn })
  state.events.push(...record.events)
}

function changePayment(
  state: ConnectorState,
  paymentKey: string,
  change: Partial<PaymentState>,
): void {
  const payment = state.payments.get(paymentKey)
  if (payment === undefined) throw new Error('a record about a payment that was never ordered')
  state.payments.set(paymentKey, { ...payment, ...change })
}
