import { createHash } from 'node:crypto'

import { amountOfFen, decimalOfFen } from './iso-amount.ts'
import type { Pain001 } from './pain001.ts'
import { isoDate, max34Text, max35Text, max140Text } from './simple-types.ts'
import { writeMessage } from './write-message.ts'

/** One side of a payment. */
export type PaymentParty = {
  readonly name: string
  readonly account: string
  /** Clearing code of its bank (人行行号), where known. */
  readonly bankCode?: string
}

/**
 * An order to pay, as the ledger decided it. Exactly one payment is made per `paymentKey`, ever.
 */
export type PaymentOrder = {
  readonly paymentKey: string
  /** More than 0. */
  readonly amountFen: bigint
  readonly debtor: PaymentParty
  readonly creditor: PaymentParty
  /** YYYY-MM-DD */
  readonly executeOn: string
  /** At most 140 characters, shown to the payee. */
  readonly remittance: string
  /** At most 35 characters; derived from the payment key unless given. */
  readonly endToEndId?: string
  /** UTC ms, from the block; not part of what makes two orders the same. */
  readonly orderedAt: number
}

/** Why an order is not taken, in checking order. */
export type PaymentRefusal =
  | { code: 'PAYMENT_FIELD_WRONG'; field: string; expected: string }
  | { code: 'PAYMENT_ACCOUNT_NOT_SERVED' }
  | { code: 'PAYMENT_KEY_TAKEN' }

/** Thrown when an order is not taken; nothing was sent. */
export class PaymentRefused extends Error {
  readonly refusal: PaymentRefusal

  constructor(refusal: PaymentRefusal) {
    super(refusal.code)
    this.name = 'PaymentRefused'
    this.refusal = refusal
  }
}

/** An order in words that survive a journal: the key decides all identifiers. */
export type StoredOrder = {
  readonly paymentKey: string
  readonly amount: string
  readonly debtor: PaymentParty
  readonly creditor: PaymentParty
  readonly executeOn: string
  readonly remittance: string
  readonly endToEndId: string
}

/** An order ready to be sent. */
export type PreparedOrder = {
  readonly order: StoredOrder
  /** MsgId, PmtInfId and InstrId: the same for the same payment key. */
  readonly messageId: string
  readonly fileName: string
  readonly xml: string
}

/**
 * Turns an order into its file. The same payment key gives the same identifiers, so that a bank
 * that sees a file twice can tell.
 *
 * @throws PaymentRefused  PAYMENT_FIELD_WRONG
 */
export function prepareOrder(order: PaymentOrder): PreparedOrder {
  checkOrder(order)
  const digest = createHash('sha256').update(order.paymentKey, 'utf8').digest('hex')
  const messageId = `R${digest.slice(0, 34)}`
  const stored: StoredOrder = {
    paymentKey: order.paymentKey,
    amount: decimalOfFen(order.amountFen),
    debtor: partyOf(order.debtor),
    creditor: partyOf(order.creditor),
    executeOn: order.executeOn,
    remittance: order.remittance,
    endToEndId: order.endToEndId ?? messageId,
  }
  const document = documentOf(order, stored, messageId)
  const xml = Buffer.from(writeMessage({ kind: 'pain.001', document })).toString('utf8')
  return { order: stored, messageId, fileName: `pain001-${messageId}.xml`, xml }
}

/** Whether two orders are the same payment. */
export function isSameOrder(one: StoredOrder, other: StoredOrder): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function checkOrder(order: PaymentOrder): void {
  const isRightKey = /^[\x21-\x7e]{1,200}$/.test(order.paymentKey)
  require(isRightKey, 'paymentKey', '1 to 200 visible ASCII characters')
  const isRightAmount = order.amountFen > 0n && order.amountFen < 10n ** 17n
  require(isRightAmount, 'amountFen', 'more than 0, at most 17 digits')
  for (const [side, party] of [
    ['debtor', order.debtor],
    ['creditor', order.creditor],
  ] as const) {
    require(max140Text.accepts(party.name), `${side}.name`, max140Text.leaf)
    require(max34Text.accepts(party.account), `${side}.account`, max34Text.leaf)
    const code = party.bankCode
    require(code === undefined || max35Text.accepts(code), `${side}.bankCode`, max35Text.leaf)
  }
  const isDay = isoDate.accepts(order.executeOn) && order.executeOn.length === 10
  require(isDay, 'executeOn', 'YYYY-MM-DD')
  require(max140Text.accepts(order.remittance), 'remittance', max140Text.leaf)
  const reference = order.endToEndId
  const isRightReference = reference === undefined || max35Text.accepts(reference)
  require(isRightReference, 'endToEndId', max35Text.leaf)
  require(Number.isSafeInteger(order.orderedAt), 'orderedAt', 'UTC ms')
}

function require(isRight: boolean, field: string, expected: string): void {
  if (!isRight) throw new PaymentRefused({ code: 'PAYMENT_FIELD_WRONG', field, expected })
}

/** Fields in a fixed order, so that equal parties are equal texts. */
function partyOf({ name, account, bankCode }: PaymentParty): PaymentParty {
  return bankCode === undefined ? { name, account } : { name, account, bankCode }
}

function documentOf(order: PaymentOrder, stored: StoredOrder, messageId: string): Pain001 {
  const { debtor, creditor } = stored
  return {
    GrpHdr: {
      MsgId: messageId,
      CreDtTm: legalTime(order.orderedAt),
      NbOfTxs: '1',
      CtrlSum: stored.amount,
      InitgPty: { Nm: debtor.name },
    },
    PmtInf: [
      {
        PmtInfId: messageId,
        PmtMtd: 'TRF',
        BtchBookg: 'false',
        NbOfTxs: '1',
        CtrlSum: stored.amount,
        ReqdExctnDt: { Dt: stored.executeOn },
        Dbtr: { Nm: debtor.name },
        DbtrAcct: { Id: { Othr: { Id: debtor.account } }, Ccy: 'CNY' },
        DbtrAgt: bankOf(debtor),
        ChrgBr: 'SLEV',
        CdtTrfTxInf: [
          {
            PmtId: { InstrId: messageId, EndToEndId: stored.endToEndId },
            Amt: { InstdAmt: amountOfFen(order.amountFen) },
            CdtrAgt: bankOf(creditor),
            Cdtr: { Nm: creditor.name },
            CdtrAcct: { Id: { Othr: { Id: creditor.account } } },
            RmtInf: { Ustrd: [stored.remittance] },
          },
        ],
      },
    ],
  }
}

/**
 * DbtrAgt is mandatory; where the bank is the one that reads the file, it is customary to say so.
 */
function bankOf({ bankCode }: PaymentParty) {
  return bankCode === undefined
    ? { FinInstnId: { Othr: { Id: 'NOTPROVIDED' } } }
    : { FinInstnId: { ClrSysMmbId: { MmbId: bankCode } } }
}

/** An instant in the legal time of the country, UTC+08:00, to the second. */
export function legalTime(utcMs: number): string {
  return `${new Date(utcMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}
