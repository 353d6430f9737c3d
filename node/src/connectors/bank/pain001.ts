import { type MessageTable, one, oneOrMore, optional, type ValueOf } from './element-table.ts'
import {
  account,
  agent,
  dateOrDateTime,
  instructedAmount,
  party,
  paymentIdentification,
  reason,
  remittance,
} from './message-parts.ts'
import {
  chargeBearer,
  decimalNumber,
  externalCode4,
  isoDateTime,
  max15NumericText,
  max35Text,
  paymentMethod,
  trueFalse,
} from './simple-types.ts'

const paymentType = [optional('InstrPrty', externalCode4), optional('CtgyPurp', reason)] as const

const creditTransfer = [
  one('PmtId', paymentIdentification),
  optional('PmtTpInf', paymentType),
  one('Amt', instructedAmount),
  optional('ChrgBr', chargeBearer),
  optional('UltmtDbtr', party),
  optional('CdtrAgt', agent),
  optional('Cdtr', party),
  optional('CdtrAcct', account),
  optional('UltmtCdtr', party),
  optional('Purp', reason),
  optional('RmtInf', remittance),
] as const

const content = [
  one('GrpHdr', [
    one('MsgId', max35Text),
    one('CreDtTm', isoDateTime),
    one('NbOfTxs', max15NumericText),
    optional('CtrlSum', decimalNumber),
    one('InitgPty', party),
  ]),
  oneOrMore(
    'PmtInf',
    [
      one('PmtInfId', max35Text),
      one('PmtMtd', paymentMethod),
      optional('BtchBookg', trueFalse),
      optional('NbOfTxs', max15NumericText),
      optional('CtrlSum', decimalNumber),
      optional('PmtTpInf', paymentType),
      one('ReqdExctnDt', dateOrDateTime),
      one('Dbtr', party),
      one('DbtrAcct', account),
      one('DbtrAgt', agent),
      optional('UltmtDbtr', party),
      optional('ChrgBr', chargeBearer),
      oneOrMore('CdtTrfTxInf', creditTransfer, 100_000),
    ],
    1_000,
  ),
] as const

/**
 * CustomerCreditTransferInitiationV09: payment orders of a customer to its bank. Subset, not
 * validated against the XSD.
 *
 * @source ISO 20022 message definition report "Payments Initiation", pain.001.001.09
 */
export const pain001: MessageTable<'CstmrCdtTrfInitn', typeof content> = {
  message: 'pain.001.001.09',
  root: 'CstmrCdtTrfInitn',
  content,
}

/** The content of a pain.001. */
export type Pain001 = ValueOf<typeof content>
