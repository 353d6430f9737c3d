import type { BankMessage } from './bank-message.ts'
import type { BookedPayment, Booking } from './bookings.ts'
import {
  type ConnectorState,
  dayKey,
  entryKey,
  type FileRecord,
  type FindingCode,
  type PaymentChange,
  type PaymentState,
  type PaymentStatus,
  type StoredEntry,
  type StoredEvent,
  type StoredPaymentStatus,
  type StoredStatement,
} from './connector-state.ts'

/** A file of the inbox: its content hash and its name. */
export type FileOrigin = { readonly hash: string; readonly name: string }

type StatusFacts = Pick<
  StoredPaymentStatus,
  'reasonCode' | 'reasonText' | 'bankReference' | 'bookingDate'
>

/**
 * What one file adds to the state: looked up before the state itself, so that a file may repeat
 * itself too.
 */
export class MessageDraft {
  private readonly state: ConnectorState
  private readonly accounts: ReadonlySet<string>
  private readonly origin: FileOrigin
  private readonly entries = new Map<string, StoredEntry>()
  private readonly statements = new Map<string, StoredStatement>()
  private readonly payments = new Map<string, PaymentChange>()
  private readonly events: StoredEvent[] = []

  constructor(state: ConnectorState, accounts: ReadonlySet<string>, origin: FileOrigin) {
    this.state = state
    this.accounts = accounts
    this.origin = origin
  }

  record(kind: BankMessage['kind'], messageId: string, contentHash: string): FileRecord {
    return {
      type: 'file',
      hash: this.origin.hash,
      name: this.origin.name,
      kind,
      messageId,
      contentHash,
      entries: [...this.entries.values()],
      statements: [...this.statements.values()],
      payments: [...this.payments.values()],
      events: this.events,
    }
  }

  tell(event: StoredEvent): void {
    this.events.push(event)
  }

  find(code: FindingCode, facts: Record<string, string>): void {
    const eventId = `finding|${this.origin.hash}|${this.events.length}`
    this.tell({ kind: 'finding', eventId, code, facts })
  }

  serves(account: string): boolean {
    if (this.accounts.has(account)) return true
    this.find('FOREIGN_ACCOUNT', { account })
    return false
  }

  entry(account: string, bankReference: string): StoredEntry | undefined {
    const key = entryKey(account, bankReference)
    return this.entries.get(key) ?? this.state.entries.get(key)
  }

  addEntry(entry: StoredEntry): void {
    this.entries.set(entryKey(entry.account, entry.bankReference), entry)
  }

  statement(account: string, day: string): StoredStatement | undefined {
    const key = dayKey(account, day)
    return this.statements.get(key) ?? this.state.statements.get(key)
  }

  /** Whether the day of a booking is closed by a statement that does not have it. */
  isClosedWithout({ account, bookingDate, bankReference }: Booking): boolean {
    const statement = this.statement(account, bookingDate)
    return statement !== undefined && !statement.references.includes(bankReference)
  }

  addStatement(statement: StoredStatement): void {
    const { account, day, references } = statement
    this.statements.set(dayKey(account, day), statement)
    for (const bankReference of this.state.referencesByDay.get(dayKey(account, day)) ?? [])
      if (!references.includes(bankReference))
        this.find('NOTICE_NOT_IN_STATEMENT', { account, bankReference, bookingDate: day })
    for (const other of [...this.state.statements.values(), ...this.statements.values()])
      if (other.account === account) this.compareNeighbours(statement, other)
  }

  paymentByMessage(messageId: string): PaymentState | undefined {
    const key = this.state.keyByMessageId.get(messageId)
    return key === undefined ? undefined : this.state.payments.get(key)
  }

  /**
   * The order a booked payment belongs to: by our own identifiers, or by the payer's reference if
   * only one order has it.
   */
  paymentOf(account: string, payment: BookedPayment): PaymentState | undefined {
    for (const id of [payment.instructionId, payment.messageId]) {
      const found = id === '' ? undefined : this.paymentByMessage(id)
      if (found !== undefined) return found
    }
    // An own reference on money that comes in is the payer's word: it never makes a credit a
    // return.
    if (!payment.isReturn && payment.endToEndId === '') return undefined
    const found = this.paymentByMessage(payment.endToEndId)
    if (found !== undefined) return found
    const byReference = [...this.state.payments.values()].filter(
      ({ order }) => order.endToEndId === payment.endToEndId && order.debtor.account === account,
    )
    return byReference.length === 1 ? byReference[0] : undefined
  }

  /** Moves a payment on, never back; a return that is told before the debit waits for it. */
  tellStatus(payment: PaymentState, status: PaymentStatus, facts: StatusFacts): void {
    const { paymentKey } = payment.order
    const change = this.payments.get(paymentKey)
    const now = change === undefined ? payment.status : change.status
    const held = change === undefined ? payment.heldReturn : change.heldReturn
    const eventId = `payment|${paymentKey}|${status}`
    const event: StoredPaymentStatus = {
      kind: 'paymentStatus',
      eventId,
      paymentKey,
      status,
      ...facts,
    }
    const next = nextStatus(now, status)
    if (next === 'stale') return
    if (next === 'held') {
      this.payments.set(paymentKey, { paymentKey, status: now, heldReturn: event })
      return
    }
    if (next === 'contradiction')
      this.find('PAYMENT_CONTRADICTION', { paymentKey, first: now ?? '', then: status })
    if (next === 'contradiction' && status === 'rejected') return
    this.tell(event)
    const isFollowed = status === 'settled' && held !== undefined
    if (isFollowed) this.tell(held)
    this.payments.set(paymentKey, {
      paymentKey,
      status: isFollowed ? 'returned' : status,
      heldReturn: isFollowed ? undefined : held,
    })
  }

  private compareNeighbours(statement: StoredStatement, other: StoredStatement): void {
    if (statement.sequence === '' || other.sequence === '') return
    const distance = Number(statement.sequence) - Number(other.sequence)
    const isGap =
      (distance === 1 && other.closing !== statement.opening) ||
      (distance === -1 && statement.closing !== other.opening)
    if (!isGap) return
    const { account, day } = statement
    this.find('STATEMENT_GAP', { account, day, neighbour: other.day })
  }
}

/** What a told status does to a known one. The account is believed before the report. */
function nextStatus(
  now: PaymentStatus | undefined,
  told: PaymentStatus,
): 'told' | 'stale' | 'held' | 'contradiction' {
  if (now === told || now === 'returned')
    return now === 'returned' && told === 'rejected' ? 'contradiction' : 'stale'
  if (told === 'accepted') return now === undefined ? 'told' : 'stale'
  if (told === 'rejected') return now === 'settled' ? 'contradiction' : 'told'
  if (told === 'settled') return now === 'rejected' ? 'contradiction' : 'told'
  return now === 'settled' ? 'told' : 'held'
}
