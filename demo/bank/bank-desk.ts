import type { Pain001 } from '@renshe/node'
import {
  type BankAccount,
  type BankBooking,
  type BankBooks,
  type BankEffect,
  type BankFile,
  fenOf,
  type Transfer,
} from './bank-books.ts'
import { entryOf, type FileContext, noticeFile, reportFile, statementFile } from './bank-files.ts'
import { transfersOf } from './orders.ts'
import type { Scenario, ScenarioIncoming, ScenarioRule } from './scenario.ts'

/** A transfer at the counter: somebody who does not send files. */
export type CounterPayment = {
  readonly from: { readonly name: string; readonly account: string }
  readonly to: string
  readonly amount: string
  readonly endToEndId: string
  readonly remittance: string
}

/** An order of which less reaches the payee than the payer is charged. */
export type ShortCredit = { readonly endToEndId: string; readonly amount: string }

/**
 * Decides what the bank does: orders, bookings, notices, days. Touches no file: what it decides is
 * applied to the books and gathered in `effects`, which the host makes durable as one record.
 */
export class BankDesk {
  effects: BankEffect[] = []
  private readonly books: BankBooks
  private readonly scenario: Scenario

  constructor(books: BankBooks, scenario: Scenario) {
    this.books = books
    this.scenario = scenario
  }

  /** Opens the accounts on the first day. */
  open(): void {
    const { date, accounts } = this.scenario
    this.put({ do: 'open', date, accounts })
    this.takeDue()
  }

  /** A transfer at the counter or from another bank, booked at once. */
  pay(id: string, payment: CounterPayment): { status: Transfer['status'] } {
    const creditor = this.books.accounts.get(payment.to)
    const transfer: Transfer = {
      key: `counter|${id}`,
      customer: '',
      messageId: '',
      instructionId: '',
      endToEndId: payment.endToEndId,
      amount: payment.amount,
      ordered: payment.amount,
      debtor: payment.from,
      creditor: { name: creditor?.name ?? '', account: payment.to },
      remittance: payment.remittance,
      rule: -1,
      status: 'waiting',
      dueOn: this.books.date,
      returnOn: '',
      reason: '',
    }
    return { status: this.admit(transfer).status }
  }

  /** Sends a booked transfer back today. */
  giveBack(endToEndId: string, reason: string): { returned: number } {
    const found = [...this.books.transfers.values()].filter(
      (transfer) => transfer.endToEndId === endToEndId && transfer.status === 'booked',
    )
    for (const transfer of found) this.bookReturn({ ...transfer, reason })
    return { returned: found.length }
  }

  /**
   * Closes the day: held notices, statements, then the next day with what is due on it. Within
   * `once`.
   */
  endOfDay(next = nextDay(this.books.date)): { date: string } {
    if (next <= this.books.date) throw new RangeError('a day cannot come again')
    for (const file of this.books.held) this.put({ do: 'file', file })
    for (const account of this.books.accounts.values())
      if (account.customer !== undefined)
        this.putFile((context) => this.statementOf(account, context))
    this.put({ do: 'closeDay', next })
    this.takeDue()
    return { date: next }
  }

  /** @param short  one order of which less arrives: the bank takes charges that nobody agreed to */
  takeOrders(customer: string, orders: Pain001, hash: string, short?: ShortCredit): void {
    const messageId = orders.GrpHdr.MsgId
    const transfers = transfersOf(customer, orders).map((ordered) => {
      const isShort =
        ordered.endToEndId === short?.endToEndId && fenOf(short.amount) < fenOf(ordered.amount)
      const transfer = isShort ? { ...ordered, credited: short.amount } : ordered
      const rule = this.ruleOf(transfer)
      const lateDays = this.scenario.rules[rule]?.effect.lateDays ?? 0
      const from = laterOf(transfer.dueOn, this.books.date)
      return this.admit({ ...transfer, rule, dueOn: addDays(from, lateDays) })
    })
    this.put({ do: 'takeFile', hash })
    const behaviour = transfers.map(({ rule }) => this.scenario.rules[rule]?.effect.report)
    const report = this.fileOf((context) => reportFile(context, customer, messageId, transfers))
    this.put({ do: 'takeMessage', id: `${customer}|${messageId}`, report: report.name })
    if (behaviour.includes('none')) return
    this.put({ do: 'file', file: report })
    if (behaviour.includes('twice'))
      this.put({ do: 'file', file: { ...report, name: again(report.name) } })
  }

  /** Takes, rejects or books a transfer. A key that is known is never booked again. */
  private admit(transfer: Transfer): Transfer {
    const known = this.books.transfers.get(transfer.key)
    if (known !== undefined) return isSamePayment(known, transfer) ? known : duplicate(transfer)
    const reject = this.effectOf(transfer)?.reject ?? this.impossible(transfer)
    if (reject !== undefined) {
      const rejected: Transfer = { ...transfer, status: 'rejected', reason: reject }
      this.put({ do: 'transfer', transfer: rejected })
      return rejected
    }
    if (transfer.dueOn > this.books.date) {
      this.put({ do: 'transfer', transfer })
      return transfer
    }
    return this.bookTransfer(transfer)
  }

  /** Reason why a transfer cannot be made: AC01 no such account, AM04 not enough money. */
  private impossible({ debtor, creditor, amount, customer }: Transfer): string | undefined {
    const payer = this.books.accounts.get(debtor.account)
    if (customer !== '' && payer?.customer !== customer) return 'AC01'
    if (payer === undefined && !this.books.accounts.has(creditor.account)) return 'AC01'
    return payer !== undefined && payer.fen < fenOf(amount) ? 'AM04' : undefined
  }

  private bookTransfer(transfer: Transfer): Transfer {
    const effect = this.effectOf(transfer)
    const returnOn =
      effect?.returnAfterDays === undefined ? '' : addDays(this.books.date, effect.returnAfterDays)
    const amount = effect?.amount ?? transfer.amount
    const reason = effect?.returnReason ?? 'AC04'
    const booked: Transfer = { ...transfer, amount, status: 'booked', returnOn, reason }
    this.put({ do: 'transfer', transfer: booked })
    this.book(booked, booked.debtor.account, 'DBIT', false)
    this.book(booked, booked.creditor.account, 'CRDT', false)
    if (returnOn !== '' && returnOn <= this.books.date) this.bookReturn(booked)
    return booked
  }

  private bookReturn(transfer: Transfer): void {
    // Charges that were kept stay kept: what reached the payee goes back.
    const amount = transfer.credited ?? transfer.amount
    const returned: Transfer = { ...transfer, amount, status: 'returned' }
    this.put({ do: 'transfer', transfer: returned })
    this.book(returned, returned.creditor.account, 'DBIT', true)
    this.book(returned, returned.debtor.account, 'CRDT', true)
  }

  private book(
    transfer: Transfer,
    number: string,
    direction: BankBooking['direction'],
    isReturn: boolean,
  ): void {
    const account = this.books.accounts.get(number)
    if (account === undefined) return
    const { date, bookingCount } = this.books
    const booking: BankBooking = {
      account: number,
      direction,
      amount: direction === 'CRDT' ? (transfer.credited ?? transfer.amount) : transfer.amount,
      day: date,
      reference: `B${date.replaceAll('-', '')}-${bookingCount + 1}`,
      number: bookingCount + 1,
      transferKey: transfer.key,
      isReturn,
    }
    this.put({ do: 'book', booking })
    if (account.customer !== undefined) this.notify(account, booking, transfer)
  }

  private notify(account: BankAccount, booking: BankBooking, transfer: Transfer): void {
    const notice = this.effectOf(transfer)?.notice
    if (notice === 'none') return
    const reference = this.referenceFor(booking, transfer)
    const file = this.fileOf((context) =>
      noticeFile(context, account, booking, transfer, reference),
    )
    this.put({ do: notice === 'atDayEnd' ? 'hold' : 'file', file })
    if (notice === 'twice') this.put({ do: 'file', file: { ...file, name: again(file.name) } })
  }

  private statementOf(account: BankAccount, context: FileContext): BankFile {
    const entries = this.books.bookings
      .filter((booking) => booking.account === account.account)
      .map((booking) => {
        const transfer = this.books.transfers.get(booking.transferKey)
        if (transfer === undefined) throw new Error('a booking without its transfer')
        return entryOf(booking, transfer, this.referenceFor(booking, transfer))
      })
    return statementFile(context, account, this.books.day, entries)
  }

  /** A rule may garble the reference on its way to the payee; the payer keeps his own. */
  private referenceFor(booking: BankBooking, transfer: Transfer): string {
    const garbled = this.effectOf(transfer)?.reference
    const isPayee = booking.direction === 'CRDT' && !booking.isReturn
    return (isPayee ? garbled : undefined) ?? transfer.endToEndId
  }

  /** What the date brings: transfers that were to wait, returns, money from other banks. */
  takeDue(): void {
    const { date } = this.books
    for (const transfer of [...this.books.transfers.values()]) {
      if (transfer.status === 'waiting' && transfer.dueOn <= date) this.bookLate(transfer)
      const isDue = transfer.returnOn !== '' && transfer.returnOn <= date
      if (transfer.status === 'booked' && isDue) this.bookReturn(transfer)
    }
    for (const incoming of this.scenario.incoming)
      if (incoming.on <= date && !this.books.seenIncoming.has(incoming.id)) this.receive(incoming)
  }

  private bookLate(transfer: Transfer): void {
    const reason = this.impossible(transfer)
    if (reason === undefined) {
      this.bookTransfer(transfer)
      return
    }
    const rejected: Transfer = { ...transfer, status: 'rejected', reason }
    this.put({ do: 'transfer', transfer: rejected })
    const { customer, messageId } = transfer
    if (customer !== '')
      this.putFile((context) => reportFile(context, customer, messageId, [rejected]))
  }

  private receive(incoming: ScenarioIncoming): void {
    const { id, from, to, amount } = incoming
    this.put({ do: 'takeIncoming', id })
    this.pay(`incoming|${id}`, {
      from,
      to,
      amount,
      endToEndId: incoming.endToEndId ?? 'NOTPROVIDED',
      remittance: incoming.remittance ?? '',
    })
  }

  private ruleOf({ debtor, creditor, endToEndId, instructionId }: Transfer): number {
    return this.scenario.rules.findIndex(({ match, times }, place) => {
      const fits =
        (match.debtorAccount ?? debtor.account) === debtor.account &&
        (match.creditorAccount ?? creditor.account) === creditor.account &&
        (match.endToEndId ?? endToEndId) === endToEndId &&
        (match.instructionId ?? instructionId) === instructionId
      const used = [...this.books.transfers.values()].filter(({ rule }) => rule === place).length
      return fits && used < (times ?? Number.POSITIVE_INFINITY)
    })
  }

  private effectOf({ rule }: Transfer): ScenarioRule['effect'] | undefined {
    return this.scenario.rules[rule]?.effect
  }

  private fileOf(make: (context: FileContext) => BankFile): BankFile {
    return make({ date: this.books.date, number: this.books.messages + 1 })
  }

  private putFile(make: (context: FileContext) => BankFile): void {
    this.put({ do: 'file', file: this.fileOf(make) })
  }

  put(effect: BankEffect): void {
    this.effects.push(effect)
    this.books.apply(effect)
  }
}

function isSamePayment(known: Transfer, other: Transfer): boolean {
  return known.ordered === other.ordered
}

/** AM05: the instruction id of another payment. It is refused without touching that one. */
function duplicate(transfer: Transfer): Transfer {
  return { ...transfer, status: 'rejected', reason: 'AM05' }
}

function again(name: string): string {
  return name.replace(/\.xml$/, '-again.xml')
}

function nextDay(day: string): string {
  return addDays(day, 1)
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function laterOf(one: string, other: string): string {
  return one > other ? one : other
}
