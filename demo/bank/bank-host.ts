import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import {
  BANK_FILE_LIMITS,
  type DurableJournal,
  decimalOfFen,
  listArrived,
  lockDirectory,
  openJournal,
  placeFile,
  prepareExchange,
  readArrived,
  setAside,
} from '@renshe/node'
import { BankBooks, type BankRecord, type Transfer } from './bank-books.ts'
import { BankDesk, type ShortCredit } from './bank-desk.ts'
import { ordersOf } from './orders.ts'
import type { Scenario } from './scenario.ts'

/** What the bank tells about itself. */
export type BankStatus = {
  readonly date: string
  readonly balances: Readonly<Record<string, string>>
  readonly bookings: number
  readonly transfers: Readonly<Record<Transfer['status'], number>>
}

/** Directories of a customer: what it sends and what it receives. */
export function customerDirectories(
  root: string,
  customer: string,
): { toBank: string; fromBank: string } {
  return { toBank: join(root, customer, 'to-bank'), fromBank: join(root, customer, 'from-bank') }
}

/**
 * A host of a bank for demonstrations: accounts, order files in, reports, notices and statements
 * out, and a civil date that only commands move. Every step is one durable record with all its
 * effects; files are placed after it, again after a crash, with the same bytes.
 *
 * @throws DirectoryInUse, JournalDamaged
 */
export async function openBankHost(directory: string, scenario: Scenario): Promise<BankHost> {
  await mkdir(directory, { recursive: true })
  const unlock = lockDirectory(directory)
  try {
    const books = new BankBooks()
    const journal = openJournal<BankRecord>(join(directory, 'bank.journal'), (record) => {
      if (record.type === 'placed') books.unplaced.delete(record.name)
      else for (const effect of record.effects) books.apply(effect)
    })
    const host = new BankHost(directory, scenario, books, journal, unlock)
    await host.start()
    return host
  } catch (error) {
    unlock()
    throw error
  }
}

/** See `openBankHost`. */
export class BankHost {
  private readonly directory: string
  private readonly scenario: Scenario
  private readonly books: BankBooks
  private readonly journal: DurableJournal<BankRecord>
  private readonly unlock: () => void
  /** What the bank can do; within `once`, so that it is durable. */
  readonly desk: BankDesk

  constructor(
    directory: string,
    scenario: Scenario,
    books: BankBooks,
    journal: DurableJournal<BankRecord>,
    unlock: () => void,
  ) {
    this.directory = directory
    this.scenario = scenario
    this.books = books
    this.journal = journal
    this.unlock = unlock
    this.desk = new BankDesk(books, scenario)
  }

  /** Opens the books at the first start, and finishes what a crash interrupted. */
  async start(): Promise<void> {
    for (const customer of this.customers()) {
      const { toBank, fromBank } = customerDirectories(this.directory, customer)
      await prepareExchange(toBank)
      await mkdir(fromBank, { recursive: true })
    }
    if (this.books.date === '') this.step(() => this.desk.open())
    this.placeUnplaced()
  }

  close(): void {
    this.journal.close()
    this.unlock()
  }

  /** Takes every order file that has arrived; of one order less may reach the payee. */
  poll(short?: ShortCredit): number {
    let taken = 0
    for (const customer of this.customers()) {
      const { toBank } = customerDirectories(this.directory, customer)
      for (const name of listArrived(toBank)) {
        this.takeFile(customer, toBank, name, short)
        taken += 1
      }
    }
    return taken
  }

  status(): BankStatus {
    const transfers = { waiting: 0, booked: 0, rejected: 0, returned: 0 }
    for (const { status } of this.books.transfers.values()) transfers[status] += 1
    const balances = [...this.books.accounts.values()].map(
      ({ account, fen }) => [account, decimalOfFen(fen)] as const,
    )
    return {
      date: this.books.date,
      balances: Object.fromEntries(balances),
      bookings: this.books.bookingCount,
      transfers,
    }
  }

  /** The answer to a command, once for ever: a command that comes again gets the first answer. */
  once(id: string, run: () => unknown): unknown {
    const known = this.books.answers.get(id)
    if (known !== undefined) return known
    let answer: unknown
    this.step(() => {
      answer = run() ?? {}
      this.desk.put({ do: 'answer', id, answer })
    })
    return answer
  }

  private customers(): string[] {
    const named = this.scenario.accounts.flatMap(({ customer }) => customer ?? [])
    return [...new Set(named)].sort()
  }

  private takeFile(
    customer: string,
    directory: string,
    name: string,
    short: ShortCredit | undefined,
  ): void {
    const bytes = readArrived(directory, name, BANK_FILE_LIMITS.bytes)
    const hash = createHash('sha256')
      .update(bytes ?? `too large: ${name}`)
      .digest('hex')
    const orders = bytes === undefined ? undefined : ordersOf(bytes)
    if (orders === undefined) {
      setAside(directory, name, 'refused', hash)
      return
    }
    const messageId = orders.GrpHdr.MsgId
    const report = this.books.reports.get(`${customer}|${messageId}`)
    const isNew = report === undefined
    // Another file under a known message id is nobody's order: only the very same file is answered
    // again.
    if (!isNew && !this.books.seenFiles.has(hash)) {
      setAside(directory, name, 'refused', hash)
      return
    }
    if (isNew) this.step(() => this.desk.takeOrders(customer, orders, hash, short))
    else this.placeAgain(report)
    setAside(directory, name, 'done', hash)
  }

  /**
   * Everything within is one record. If it fails half-way or cannot be written, the books in memory
   * are ahead of the journal: the journal is closed, the process must end and start again.
   */
  private step(run: () => void): void {
    this.desk.effects = []
    try {
      run()
      this.journal.append({ type: 'step', effects: this.desk.effects })
    } catch (error) {
      if (this.desk.effects.length > 0) this.journal.close()
      throw error
    }
    this.placeUnplaced()
  }

  private placeUnplaced(): void {
    for (const name of [...this.books.unplaced]) {
      this.placeAgain(name)
      this.journal.append({ type: 'placed', name })
      this.books.unplaced.delete(name)
    }
  }

  private placeAgain(name: string): void {
    const file = this.books.files.get(name)
    if (file === undefined) return
    const { fromBank } = customerDirectories(this.directory, file.customer)
    placeFile(fromBank, name, Buffer.from(file.xml, 'utf8'))
  }
}
