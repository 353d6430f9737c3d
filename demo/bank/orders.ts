import {
  accountNumber,
  BankFileRefused,
  decimalOfFen,
  fenOfAmount,
  type Pain001,
  readMessage,
} from '@renshe/node'
import type { Transfer } from './bank-books.ts'

/** The orders in a file, or undefined if the file is none that this bank reads. */
export function ordersOf(bytes: Uint8Array): Pain001 | undefined {
  try {
    const message = readMessage(bytes)
    return message.kind === 'pain.001' ? message.document : undefined
  } catch (error) {
    if (error instanceof BankFileRefused) return undefined
    throw error
  }
}

/** The transfers that a file of orders asks for. */
export function transfersOf(customer: string, orders: Pain001): Transfer[] {
  return orders.PmtInf.flatMap((payment) =>
    payment.CdtTrfTxInf.map((one, place) => {
      const instructionId = one.PmtId.InstrId ?? `${payment.PmtInfId}-${place + 1}`
      const amount = decimalOfFen(
        fenOfAmount(one.Amt.InstdAmt ?? { currency: '', amount: '' }, 'Amt'),
      )
      const debtor = accountNumber(payment.DbtrAcct)
      const creditor = accountNumber(one.CdtrAcct)
      return {
        key: `${customer}|${instructionId}`,
        customer,
        messageId: orders.GrpHdr.MsgId,
        instructionId,
        endToEndId: one.PmtId.EndToEndId,
        amount,
        ordered: `${amount} ${debtor} ${creditor}`,
        debtor: { name: payment.Dbtr.Nm ?? '', account: debtor },
        creditor: { name: one.Cdtr?.Nm ?? '', account: creditor },
        remittance: (one.RmtInf?.Ustrd ?? []).join(' ').slice(0, 140),
        rule: -1,
        status: 'waiting',
        dueOn: (payment.ReqdExctnDt.Dt ?? payment.ReqdExctnDt.DtTm ?? '').slice(0, 10),
        returnOn: '',
        reason: '',
      } as const
    }),
  )
}
