import {
  anyNumber,
  choice,
  type MessageTable,
  one,
  oneOrMore,
  optional,
  type ValueOf,
} from './element-table.ts'
import {
  account,
  agent,
  dateOrDateTime,
  pagination,
  party,
  partyOrAgent,
  reason,
  remittance,
} from './message-parts.ts'
import {
  copyDuplicate,
  creditDebit,
  currencyAndAmount,
  decimalNumber,
  externalCode4,
  isoDateTime,
  max15NumericText,
  max35Text,
  max105Text,
  max500Text,
  trueFalse,
  uetr,
} from './simple-types.ts'

const header = [
  one('MsgId', max35Text),
  one('CreDtTm', isoDateTime),
  optional('MsgRcpt', party),
  optional('MsgPgntn', pagination),
] as const

const transactionCode = [
  optional('Domn', [
    one('Cd', externalCode4),
    one('Fmly', [one('Cd', externalCode4), one('SubFmlyCd', externalCode4)]),
  ]),
  optional('Prtry', [one('Cd', max35Text)]),
] as const

const totals = [optional('NbOfNtries', max15NumericText), optional('Sum', decimalNumber)] as const

const summary = [
  optional('TtlNtries', totals),
  optional('TtlCdtNtries', totals),
  optional('TtlDbtNtries', totals),
] as const

const transactionDetails = [
  optional('Refs', [
    optional('MsgId', max35Text),
    optional('AcctSvcrRef', max35Text),
    optional('PmtInfId', max35Text),
    optional('InstrId', max35Text),
    optional('EndToEndId', max35Text),
    optional('UETR', uetr),
    optional('TxId', max35Text),
  ]),
  optional('Amt', currencyAndAmount),
  optional('CdtDbtInd', creditDebit),
  optional('RltdPties', [
    optional('Dbtr', partyOrAgent),
    optional('DbtrAcct', account),
    optional('Cdtr', partyOrAgent),
    optional('CdtrAcct', account),
  ]),
  optional('RltdAgts', [optional('DbtrAgt', agent), optional('CdtrAgt', agent)]),
  optional('RmtInf', remittance),
  optional('RtrInf', [optional('Rsn', reason), anyNumber('AddtlInf', max105Text, 10)]),
  optional('AddtlTxInf', max500Text),
] as const

const entry = [
  optional('NtryRef', max35Text),
  one('Amt', currencyAndAmount),
  one('CdtDbtInd', creditDebit),
  optional('RvslInd', trueFalse),
  one('Sts', choice(one('Cd', externalCode4), one('Prtry', max35Text))),
  optional('BookgDt', dateOrDateTime),
  optional('ValDt', dateOrDateTime),
  optional('AcctSvcrRef', max35Text),
  one('BkTxCd', transactionCode),
  anyNumber(
    'NtryDtls',
    [
      optional('Btch', [
        optional('MsgId', max35Text),
        optional('PmtInfId', max35Text),
        optional('NbOfTxs', max15NumericText),
        optional('TtlAmt', currencyAndAmount),
        optional('CdtDbtInd', creditDebit),
      ]),
      anyNumber('TxDtls', transactionDetails, 100_000),
    ],
    1_000,
  ),
  optional('AddtlNtryInf', max500Text),
] as const

const reportHead = [
  optional('ElctrncSeqNb', decimalNumber),
  optional('LglSeqNb', decimalNumber),
  optional('CreDtTm', isoDateTime),
  optional('FrToDt', [one('FrDtTm', isoDateTime), one('ToDtTm', isoDateTime)]),
  optional('CpyDplctInd', copyDuplicate),
  one('Acct', account),
] as const

const statementContent = [
  one('GrpHdr', header),
  oneOrMore(
    'Stmt',
    [
      one('Id', max35Text),
      optional('StmtPgntn', pagination),
      ...reportHead,
      oneOrMore(
        'Bal',
        [
          one('Tp', [one('CdOrPrtry', reason)]),
          one('Amt', currencyAndAmount),
          one('CdtDbtInd', creditDebit),
          one('Dt', dateOrDateTime),
        ],
        20,
      ),
      optional('TxsSummry', summary),
      anyNumber('Ntry', entry, 100_000),
      optional('AddtlStmtInf', max500Text),
    ],
    1_000,
  ),
] as const

const notificationContent = [
  one('GrpHdr', header),
  oneOrMore(
    'Ntfctn',
    [
      one('Id', max35Text),
      optional('NtfctnPgntn', pagination),
      ...reportHead,
      optional('TxsSummry', summary),
      anyNumber('Ntry', entry, 100_000),
      optional('AddtlNtfctnInf', max500Text),
    ],
    1_000,
  ),
] as const

/**
 * BankToCustomerStatementV08: what was booked on accounts in a day, with balances. Subset, not
 * validated against the XSD.
 *
 * @source ISO 20022 message definition report "Bank-to-Customer Cash Management", camt.053.001.08
 */
export const camt053: MessageTable<'BkToCstmrStmt', typeof statementContent> = {
  message: 'camt.053.001.08',
  root: 'BkToCstmrStmt',
  content: statementContent,
}

/**
 * BankToCustomerDebitCreditNotificationV08: what has just been booked. Subset, not validated
 * against the XSD.
 *
 * @source ISO 20022 message definition report "Bank-to-Customer Cash Management", camt.054.001.08
 */
export const camt054: MessageTable<'BkToCstmrDbtCdtNtfctn', typeof notificationContent> = {
  message: 'camt.054.001.08',
  root: 'BkToCstmrDbtCdtNtfctn',
  content: notificationContent,
}

/** The content of a camt.053. */
export type Camt053 = ValueOf<typeof statementContent>
/** The content of a camt.054. */
export type Camt054 = ValueOf<typeof notificationContent>
/** One booking on an account, as statements and notices tell it. */
export type CamtEntry = ValueOf<typeof entry>
/** One payment within a booking. */
export type CamtTransaction = ValueOf<typeof transactionDetails>
