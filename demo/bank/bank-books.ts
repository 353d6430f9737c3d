import { fenOfDecimal } from '@renshe/node'
import type { ScenarioAccount } from './scenario.ts'

/** A transfer the bank was asked for, by a file or at the counter. */
export type Transfer = {
  readonly key: string
  /** Who sent the order file; empty for the counter and other banks. */
  readonly customer: string
  readonly messageId: string
  readonly instructionId: string
  readonly endToEndId: string
  readonly amount: string
  /** Amount and accounts as ordered: a rule may make `amount` another one. */
  readonly ordered: string
  readonly debtor: { readonly name: string; readonly account: string }
  readonly creditor: { readonly name: string; readonly account: string }
  readonly remittance: string
  /** What reaches the payee where that is less: the rest is kept as charges. */
  readonly credited?: string
  /** The rule of the scenario that applies; -1 for none. */
  readonly rule: number
  readonly status: 'waiting' | 'booked' | 'rejected' | 'returned'
  readonly dueOn: string
  /** Day on which it goes back; empty if it does not. */
  readonly returnOn: string
  readonly reason: string
}

/** One line of an account. */
export type BankBooking = {
  readonly account: string
  readonly direction: 'CRDT' | 'DBIT'
  readonly amount: string
  readonly day: string
  readonly reference: string
  readonly number: number
  readonly transferKey: string
  readonly isReturn: boolean
}

/** A file for a customer; `isPlaced` is known from the journal. */
export type BankFile = {
  readonly name: string
  readonly customer: string
  readonly xml: string
}

/**
 * Everything that can happen in the books. One step of the bank is a list of these, all or none.
 */
export type BankEffect =
  | { readonly do: 'open'; readonly date: string; readonly accounts: readonly ScenarioAccount[] }
  | { readonly do: 'takeFile'; readonly hash: string }
  | { readonly do: 'takeMessage'; readonly id: string; readonly report: string }
  | { readonly do: 'takeIncoming'; readonly id: string }
  | { readonly do: 'transfer'; readonly transfer: Transfer }
  | { readonly do: 'book'; readonly booking: BankBooking }
  | { readonly do: 'file'; readonly file: BankFile }
  | { readonly do: 'hold'; readonly file: BankFile }
  | { readonly do: 'closeDay'; readonly next: string }
  | { readonly do: 'answer'; readonly id: string; readonly answer: unknown }

/** One line of the bank's journal. */
export type BankRecord =
  | { readonly type: 'step'; readonly effects: readonly BankEffect[] }
  | { readonly type: 'placed'; readonly name: string }

/** An account with its balance now and at the beginning of the day. */
export type BankAccount = ScenarioAccount & { readonly fen: bigint; readonly openingFen: bigint }

/** The books: nothing but what the journal says. */
export class BankBooks {
  date = ''
  /** Number of the day, counted from 1: the sequence number of its statements. */
  day = 1
  messages = 0
  readonly accounts = new Map<string, BankAccount>()
  readonly transfers = new Map<string, Transfer>()
  /** Bookings of the open day. */
  bookings: BankBooking[] = []
  bookingCount = 0
  readonly seenFiles = new Set<string>()
  /** Name of the report by customer and message id. */
  readonly reports = new Map<string, string>()
  readonly seenIncoming = new Set<string>()
  readonly answers = new Map<string, unknown>()
  readonly files = new Map<string, BankFile>()
  readonly unplaced = new Set<string>()
  /** Notices that go out at the end of the day. */
  held: BankFile[] = []

  apply(effect: BankEffect): void {
    switch (effect.do) {
      case 'open':
        this.date = effect.date
        for (const account of effect.accounts) {
          const fen = fenOf(account.balance)
          this.accounts.set(account.account, { ...account, fen, openingFen: fen })
        }
        return
      case 'takeFile':
        this.seenFiles.add(effect.hash)
        return
      case 'takeMessage':
        this.reports.set(effect.id, effect.report)
        return
      case 'takeIncoming':
        this.seenIncoming.add(effect.id)
        return
      case 'transfer':
        this.transfers.set(effect.transfer.key, effect.transfer)
        return
      case 'book':
        this.book(effect.booking)
        return
      case 'file':
        this.files.set(effect.file.name, effect.file)
        this.unplaced.add(effect.file.name)
        this.messages += 1
        return
      case 'hold':
        this.held.push(effect.file)
        this.messages += 1
        return
      case 'closeDay':
        this.closeDay(effect.next)
        return
      case 'answer':
        this.answers.set(effect.id, effect.answer)
    }
  }

  private book(booking: BankBooking): void {
    const account = this.accounts.get(booking.account)
    if (account === undefined) throw new Error('a booking on an account of another bank')
    const fen = fenOf(booking.amount)
    const balance = booking.direction === 'CRDT' ? account.fen + fen : account.fen - fen
    this.accounts.set(booking.account, { ...account, fen: balance })
    this.bookings.push(booking)
    this.bookingCount = booking.number
  }

  private closeDay(next: string): void {
    this.date = next
    this.day += 1
    this.bookings = []
    this.held = []
    for (const [number, account] of this.accounts)
      this.accounts.set(number, { ...account, openingFen: account.fen })
  }
}

/** Yuan of the journal or scenario in fen. */
export function fenOf(yuan: string): bigint {
  const fen = fenOfDecimal(yuan)
  if (fen === undefined) throw new Error(`not an amount in fen: ${yuan}`)
  return fen
}
