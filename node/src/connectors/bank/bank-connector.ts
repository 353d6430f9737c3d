import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { BankFileRefused, refuseBankFile } from './bank-file-refusals.ts'
import { BANK_FILE_LIMITS } from './bank-message.ts'
import {
  applyRecord,
  type ConnectorRecord,
  type ConnectorState,
  emptyState,
  type FindingCode,
  type PaymentStatus,
  type StoredCredit,
  type StoredEvent,
  type StoredPaymentStatus,
} from './connector-state.ts'
import { lockDirectory } from './directory-lock.ts'
import { type DurableJournal, openJournal } from './durable-journal.ts'
import {
  listArrived,
  placeFile,
  prepareExchange,
  readArrived,
  readHead,
  setAside,
} from './file-exchange.ts'
import { fenOfDecimal } from './iso-amount.ts'
import { isSameOrder, type PaymentOrder, PaymentRefused, prepareOrder } from './payment-order.ts'
import { readMessage } from './read-message.ts'
import { takeMessage } from './take-message.ts'

/** Money that came in on a served account. `eventId` is the same however often it is told. */
export type BankCredit = Omit<StoredCredit, 'kind' | 'amount'> & { readonly amountFen: bigint }

/** What became of a payment. `eventId` is the same however often it is told. */
export type BankPaymentStatus = Omit<StoredPaymentStatus, 'kind'>

/** Something that a person must look at. Facts may name accounts: not for a log. */
export type BankFinding = {
  readonly eventId: string
  readonly code: FindingCode
  readonly facts: Readonly<Record<string, string>>
}

/** Where the connector works and whom it tells. */
export type BankConnectorOptions = {
  /** For the journal; private to this connector. */
  readonly directory: string
  /** Files for the bank are put here. */
  readonly outDirectory: string
  /** Files of the bank arrive here. */
  readonly inDirectory: string
  /** Accounts that this connector pays from and listens to. */
  readonly accounts: readonly string[]
  /**
   * Told at least once, in order; a rejection stops the telling, which is tried again at the next
   * `poll`.
   */
  onCredit(credit: BankCredit): void | Promise<void>
  onPaymentStatus(status: BankPaymentStatus): void | Promise<void>
  onFinding?(finding: BankFinding): void | Promise<void>
}

/** What one `poll` did. */
export type PollReport = {
  readonly taken: number
  readonly duplicates: number
  readonly refused: number
  readonly told: number
  /** Events still to be told. */
  readonly waiting: number
  /** Why telling stopped. */
  readonly failure: unknown
}

/** Where a payment stands. */
export type PaymentView = {
  readonly paymentKey: string
  readonly status: PaymentStatus | 'sent'
  readonly messageId: string
  readonly endToEndId: string
  readonly fileName: string
}

/** The durable link to one bank. */
export type BankConnector = {
  /**
   * Sends an order, once per payment key for ever: the same order again changes nothing and tells
   * where it stands.
   *
   * @throws PaymentRefused
   */
  pay(order: PaymentOrder): PaymentView
  /** Puts the file of an order out again, byte-identical. False if no such order was given. */
  resend(paymentKey: string): boolean
  findPayment(paymentKey: string): PaymentView | undefined
  /** Takes every file that has arrived, then tells what has not been told. One at a time. */
  poll(): Promise<PollReport>
  /** Last closed day per account. */
  lastStatementDay(account: string): string | undefined
  /** False after `close`, and after the disk refused a record: open it anew to go on. */
  readonly isOpen: boolean
  close(): void
}

/**
 * Opens the connector: whatever a crash interrupted is finished first.
 *
 * Life of a payment: order in the journal → file out (again after a crash: same bytes, same
 * identifiers) → pain.002, camt → status events. Life of a file: read → one journal record with
 * all its effects → set aside. Nothing is acknowledged before the journal has it on disk.
 *
 * @throws DirectoryInUse, JournalDamaged
 */
export async function openBankConnector(options: BankConnectorOptions): Promise<BankConnector> {
  await mkdir(options.directory, { recursive: true, mode: 0o700 })
  const unlock = lockDirectory(options.directory)
  try {
    await mkdir(options.outDirectory, { recursive: true, mode: 0o700 })
    await prepareExchange(options.inDirectory)
    const state = emptyState()
    const journal = openJournal<ConnectorRecord>(
      join(options.directory, 'bank.journal'),
      (record) => applyRecord(state, record),
    )
    const link = new Link(options, state, journal)
    link.placeUnplaced()
    return {
      pay: (order) => link.pay(order),
      resend: (paymentKey) => link.resend(paymentKey),
      findPayment: (paymentKey) => link.findPayment(paymentKey),
      poll: () => link.poll(),
      lastStatementDay: (account) => link.lastStatementDay(account),
      get isOpen() {
        return journal.isOpen
      },
      close: () => {
        journal.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

class Link {
  private readonly options: BankConnectorOptions
  private readonly state: ConnectorState
  private readonly journal: DurableJournal<ConnectorRecord>
  private readonly accounts: ReadonlySet<string>
  private running: Promise<PollReport> | undefined

  constructor(
    options: BankConnectorOptions,
    state: ConnectorState,
    journal: DurableJournal<ConnectorRecord>,
  ) {
    this.options = options
    this.state = state
    this.journal = journal
    this.accounts = new Set(options.accounts)
  }

  pay(order: PaymentOrder): PaymentView {
    const { order: stored, messageId, fileName, xml } = prepareOrder(order)
    if (!this.accounts.has(stored.debtor.account))
      throw new PaymentRefused({ code: 'PAYMENT_ACCOUNT_NOT_SERVED' })
    const known = this.state.payments.get(stored.paymentKey)
    if (known !== undefined && !isSameOrder(known.order, stored))
      throw new PaymentRefused({ code: 'PAYMENT_KEY_TAKEN' })
    if (known === undefined) this.write({ type: 'order', order: stored, messageId, fileName, xml })
    this.placeUnplaced()
    return this.viewOf(stored.paymentKey)
  }

  /**
   * A file whose placing is not in the journal may be out already: then it is replaced by the same
   * bytes.
   */
  placeUnplaced(): void {
    for (const { order, isPlaced } of this.state.payments.values()) {
      if (isPlaced) continue
      this.resend(order.paymentKey)
      this.write({ type: 'placed', paymentKey: order.paymentKey })
    }
  }

  resend(paymentKey: string): boolean {
    const payment = this.state.payments.get(paymentKey)
    if (payment === undefined) return false
    placeFile(this.options.outDirectory, payment.fileName, Buffer.from(payment.xml, 'utf8'))
    return true
  }

  findPayment(paymentKey: string): PaymentView | undefined {
    return this.state.payments.has(paymentKey) ? this.viewOf(paymentKey) : undefined
  }

  lastStatementDay(account: string): string | undefined {
    const days = [...this.state.statements.values()]
      .filter((statement) => statement.account === account)
      .map(({ day }) => day)
    return days.sort().at(-1)
  }

  poll(): Promise<PollReport> {
    this.running ??= this.pollOnce().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  private async pollOnce(): Promise<PollReport> {
    const counts = { taken: 0, duplicates: 0, refused: 0 }
    for (const name of this.arrivedInOrder()) counts[this.takeFile(name)] += 1
    const before = this.state.delivered
    const failure = await this.tellWaiting()
    const told = this.state.delivered - before
    const waiting = this.state.events.length - this.state.delivered
    return { ...counts, told, waiting, failure }
  }

  /** Statements last: a notice that arrived with its statement was not missed. */
  private arrivedInOrder(): string[] {
    const names = listArrived(this.options.inDirectory)
    const isStatement = (name: string) =>
      Buffer.from(readHead(this.options.inDirectory, name, 1_024)).includes('camt.053.')
    const statements = new Set(names.filter(isStatement))
    return [...names.filter((name) => !statements.has(name)), ...statements]
  }

  private takeFile(name: string): 'taken' | 'duplicates' | 'refused' {
    const directory = this.options.inDirectory
    const bytes = readArrived(directory, name, BANK_FILE_LIMITS.bytes)
    const hash = createHash('sha256')
      .update(bytes ?? `too large: ${name}`)
      .digest('hex')
    const known = this.state.files.get(hash)
    if (known !== undefined) {
      setAside(directory, name, known, hash)
      return 'duplicates'
    }
    const record = this.recordOf(bytes, { hash, name })
    this.write(record)
    setAside(directory, name, record.type === 'file' ? 'done' : 'refused', hash)
    return record.type === 'file' ? 'taken' : 'refused'
  }

  private recordOf(bytes: Uint8Array | undefined, origin: { hash: string; name: string }) {
    try {
      const reading =
        bytes === undefined
          ? refuseBankFile({ code: 'BANK_FILE_TOO_LARGE', limitBytes: BANK_FILE_LIMITS.bytes })
          : readMessage(bytes)
      return takeMessage(this.state, this.accounts, reading, origin)
    } catch (error) {
      if (!(error instanceof BankFileRefused)) throw error
      const { refusal } = error
      const facts = { name: origin.name, refusal: refusal.code }
      const eventId = `finding|${origin.hash}|0`
      const event: StoredEvent = { kind: 'finding', eventId, code: 'FILE_REFUSED', facts }
      return { type: 'refused', ...origin, refusal, events: [event] } as const
    }
  }

  /**
   * Tells in order and remembers after each: a crash between the two tells it again, with the same
   * id.
   */
  private async tellWaiting(): Promise<unknown> {
    for (let next = this.state.delivered; next < this.state.events.length; next += 1) {
      const event = this.state.events[next]
      if (event === undefined) break
      try {
        await this.tell(event)
      } catch (error) {
        return error
      }
      this.write({ type: 'delivered', count: next + 1 })
    }
    return undefined
  }

  private async tell(event: StoredEvent): Promise<void> {
    if (event.kind === 'credit') {
      const { kind: _, amount, ...credit } = event
      const amountFen = fenOfDecimal(amount)
      if (amountFen === undefined) throw new Error('an amount of the journal is not in fen')
      await this.options.onCredit({ ...credit, amountFen })
    } else if (event.kind === 'paymentStatus') {
      const { kind: _, ...status } = event
      await this.options.onPaymentStatus(status)
    } else {
      const { kind: _, ...finding } = event
      await this.options.onFinding?.(finding)
    }
  }

  private viewOf(paymentKey: string): PaymentView {
    const payment = this.state.payments.get(paymentKey)
    if (payment === undefined) throw new Error('a payment that was never ordered')
    const { messageId, fileName, status, order } = payment
    const { endToEndId } = order
    return { paymentKey, status: status ?? 'sent', messageId, endToEndId, fileName }
  }

  private write(record: ConnectorRecord): void {
    this.journal.append(record)
    applyRecord(this.state, record)
  }
}
