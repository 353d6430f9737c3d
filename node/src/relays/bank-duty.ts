/*
 * A member's bank: orders that name it go out once, what the bank answers and what money comes is told on
 * chain. The connector's journal and the chain together know what was done: nothing lies in this relay.
 */
import { fenFromYuan, legalDay } from '@renshe/contracts'
import { canonicalJson } from '@renshe/crypto'
import {
  type BankConnector,
  type BankCredit,
  type BankFinding,
  openBankConnector,
} from '../connectors/bank/bank-connector.ts'
import { PaymentRefused } from '../connectors/bank/payment-order.ts'
import type { BankPlace } from '../found/node-file.ts'
import type { Member } from '../member.ts'
import { AccountUnreadable, type BankAccount, BankAccounts } from './bank-accounts.ts'
import { allPages, type OrderedPayment, paymentKey, referenceOf } from './bank-matching.ts'
import { type BankTeller, tellCredit, tellPayment, tellSent } from './bank-telling.ts'
import type { Relay } from './relay.ts'

/** Name of the relay that also looks at the bank's folder in real time. */
export const BANK_RELAY = 'bank'

/** Where a member's bank relay works. */
export interface BankDutyTerms {
  readonly place: BankPlace
  /** For the connector's journal. */
  readonly folder: string
  readonly onNotice: (notice: string) => void
}

/** The relay of a member's bank. */
export function bankDuty(member: Member, terms: BankDutyTerms): Relay {
  const desk = new BankDesk(member, terms)
  return {
    name: BANK_RELAY,
    followsTime: true,
    wakes: ({ name }) => name === 'PaymentOrdered' || name === 'CreditExpected',
    run: () => desk.run(),
    close: () => desk.close(),
  }
}

class BankDesk {
  readonly #member: Member
  readonly #terms: BankDutyTerms
  readonly #accounts: BankAccounts
  /** Accounts by number that the open connector serves. */
  #served = new Map<string, BankAccount>()
  /** Numbers of those whose entries this member owns. */
  readonly #own = new Set<string>()
  #connector: BankConnector | undefined
  readonly #unpayable = new Set<string>()

  constructor(member: Member, terms: BankDutyTerms) {
    this.#member = member
    this.#terms = terms
    this.#accounts = new BankAccounts(member, terms.place)
  }

  async run(): Promise<boolean> {
    const orders = allPages<OrderedPayment>(this.#member, 'funds.listPayments', {
      member: this.#member.id,
      state: 'ordered',
    }).filter(({ by }) => by === this.#member.id)
    const connector = await this.#open(orders)
    let isDone = false
    for (const order of orders) isDone = (await this.#pay(connector, order)) || isDone
    const { told, failure } = await connector.poll()
    if (failure !== undefined) throw failure
    return isDone || told > 0
  }

  async close(): Promise<void> {
    this.#connector?.close()
    this.#connector = undefined
  }

  /** The connector, serving every account that is needed now. */
  async #open(orders: readonly OrderedPayment[]): Promise<BankConnector> {
    // A disk that refused a record, for want of space perhaps, closed the journal: it is read anew.
    if (this.#connector?.isOpen === false) await this.close()
    const needed = new Map(this.#served)
    for (const account of await this.#accounts.own()) {
      needed.set(account.number, account)
      this.#own.add(account.number)
    }
    for (const { from, id } of orders) {
      const account = await this.#readable(id, from)
      if (account !== undefined) needed.set(account.number, account)
    }
    for (const { number, key } of await this.#earlierPayers()) {
      if (!needed.has(number)) needed.set(number, { key, number, name: '' })
    }
    if (this.#connector !== undefined && needed.size === this.#served.size) return this.#connector
    this.#connector?.close()
    this.#served = needed
    this.#connector = await openBankConnector({
      directory: this.#terms.folder,
      outDirectory: this.#terms.place.outFolder,
      inDirectory: this.#terms.place.inFolder,
      accounts: [...needed.keys()],
      onCredit: (credit) => this.#credit(credit),
      onPaymentStatus: (status) => tellPayment(this.#teller(), status),
      onFinding: (finding) => this.#finding(finding),
    })
    return this.#connector
  }

  /** Accounts from which payments are under way: the bank still speaks of them after a restart. */
  async #earlierPayers(): Promise<{ number: string; key: string }[]> {
    if (this.#connector !== undefined) return []
    const found: { number: string; key: string }[] = []
    for (const state of ['sent', 'accepted', 'settled']) {
      const input = { member: this.#member.id, state }
      for (const payment of allPages<OrderedPayment>(this.#member, 'funds.listPayments', input)) {
        if (payment.by !== this.#member.id) continue
        const account = await this.#readable(payment.id, payment.from)
        if (account !== undefined) found.push(account)
      }
    }
    return found
  }

  async #pay(connector: BankConnector, order: OrderedPayment): Promise<boolean> {
    const from = await this.#readable(order.id, order.from)
    const to = await this.#readable(order.id, order.to)
    if (from === undefined || to === undefined) return false
    const orderedAt = order.history.findLast(({ state }) => state === 'ordered')?.at ?? 0
    try {
      connector.pay({
        paymentKey: paymentKey(order),
        amountFen: fenFromYuan(order.amount),
        debtor: { name: from.name, account: from.number },
        creditor: { name: to.name, account: to.number },
        executeOn: legalDay(orderedAt),
        remittance: `${order.name} ${order.id}`,
        endToEndId: referenceOf(order),
        orderedAt,
      })
    } catch (error) {
      if (!(error instanceof PaymentRefused)) throw error
      this.#notPayable(order.id, error.message)
      return false
    }
    await tellSent(this.#teller(), order)
    return true
  }

  async #credit(credit: BankCredit): Promise<void> {
    const account = this.#served.get(credit.account)
    // Money on an account that this member only pays from is its owner's to tell.
    if (account === undefined || !this.#own.has(account.number)) return
    await tellCredit(this.#teller(), credit, account.key)
  }

  async #finding({ eventId, code, facts }: BankFinding): Promise<void> {
    const { vault } = this.#member
    vault.store.lock('note', [[`bank-finding ${eventId}`, canonicalJson({ code, facts })]])
    this.#terms.onNotice(`bank: ${code}`)
  }

  /** An account that cannot be read holds up its own payment alone. */
  async #readable(payment: string, key: string): Promise<BankAccount | undefined> {
    try {
      return await this.#accounts.read(key)
    } catch (error) {
      if (!(error instanceof AccountUnreadable)) throw error
      this.#notPayable(payment, error.message)
      return undefined
    }
  }

  #notPayable(payment: string, reason: string): void {
    if (this.#unpayable.has(payment)) return
    this.#unpayable.add(payment)
    this.#terms.onNotice(`payment ${payment} cannot be made: ${reason}`)
  }

  #teller(): BankTeller {
    const { place, onNotice } = this.#terms
    return { member: this.#member, place, indexKey: this.#member.indexKey, onNotice }
  }
}
