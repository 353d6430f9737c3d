import { anyNumber, type MessageTable, one, optional, type ValueOf } from './element-table.ts'
import { party, reason } from './message-parts.ts'
import {
  decimalNumber,
  externalCode4,
  isoDateTime,
  max15NumericText,
  max35Text,
  max105Text,
  uetr,
} from './simple-types.ts'

const statusReason = anyNumber(
  'StsRsnInf',
  [optional('Rsn', reason), anyNumber('AddtlInf', max105Text, 10)],
  10,
)

const content = [
  one('GrpHdr', [
    one('MsgId', max35Text),
    one('CreDtTm', isoDateTime),
    optional('InitgPty', party),
  ]),
  one('OrgnlGrpInfAndSts', [
    one('OrgnlMsgId', max35Text),
    one('OrgnlMsgNmId', max35Text),
    optional('OrgnlCreDtTm', isoDateTime),
    optional('OrgnlNbOfTxs', max15NumericText),
    optional('OrgnlCtrlSum', decimalNumber),
    optional('GrpSts', externalCode4),
    statusReason,
  ]),
  anyNumber(
    'OrgnlPmtInfAndSts',
    [
      one('OrgnlPmtInfId', max35Text),
      optional('OrgnlNbOfTxs', max15NumericText),
      optional('OrgnlCtrlSum', decimalNumber),
      optional('PmtInfSts', externalCode4),
      statusReason,
      anyNumber(
        'TxInfAndSts',
        [
          optional('StsId', max35Text),
          optional('OrgnlInstrId', max35Text),
          optional('OrgnlEndToEndId', max35Text),
          optional('OrgnlUETR', uetr),
          optional('TxSts', externalCode4),
          statusReason,
          optional('AccptncDtTm', isoDateTime),
          optional('AcctSvcrRef', max35Text),
        ],
        100_000,
      ),
    ],
    1_000,
  ),
] as const

/**
 * CustomerPaymentStatusReportV10: what the bank says about payment orders. Subset, not validated
 * against the XSD.
 *
 * @source ISO 20022 message definition report "Payments Initiation", pain.002.001.10
 */
export const pain002: MessageTable<'CstmrPmtStsRpt', typeof content> = {
  message: 'pain.002.001.10',
  root: 'CstmrPmtStsRpt',
  content,
}

/** The content of a pain.002. */
export type Pain002 = ValueOf<typeof content>
