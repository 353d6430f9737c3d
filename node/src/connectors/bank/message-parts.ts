import { anyNumber, choice, one, optional } from './element-table.ts'
import {
  bicfi,
  currencyAndAmount,
  currencyCode,
  externalCode4,
  iban,
  isoDate,
  isoDateTime,
  max5NumericText,
  max5Text,
  max34Text,
  max35Text,
  max70Text,
  max140Text,
  uetr,
  yesNo,
} from './simple-types.ts'

/**
 * Components that several messages share, in the order of the standard; elements of the standard
 * that are not listed are kept and reported by the reader, and not written.
 *
 * @source ISO 20022 message definition reports, payments initiation and bank-to-customer cash
 *         management, maintenance 2019–2020
 */

/** PartyIdentification135 */
export const party = [optional('Nm', max140Text)] as const

/** CashAccount38: an IBAN, or elsewhere (China) the account number under `Othr`. */
export const account = [
  one(
    'Id',
    choice(one('IBAN', iban), one('Othr', [one('Id', max34Text), optional('Issr', max35Text)])),
  ),
  optional('Ccy', currencyCode),
  optional('Nm', max70Text),
] as const

/** BranchAndFinancialInstitutionIdentification6 */
export const agent = [
  one('FinInstnId', [
    optional('BICFI', bicfi),
    optional('ClrSysMmbId', [
      optional('ClrSysId', choice(one('Cd', max5Text), one('Prtry', max35Text))),
      one('MmbId', max35Text),
    ]),
    optional('Nm', max140Text),
    optional('Othr', [one('Id', max35Text)]),
  ]),
] as const

/** Party40Choice */
export const partyOrAgent = choice(one('Pty', party), one('Agt', agent))

/** PaymentIdentification6 */
export const paymentIdentification = [
  optional('InstrId', max35Text),
  one('EndToEndId', max35Text),
  optional('UETR', uetr),
] as const

/** RemittanceInformation16 */
export const remittance = [anyNumber('Ustrd', max140Text, 100)] as const

/** DateAndDateTime2Choice */
export const dateOrDateTime = choice(one('Dt', isoDate), one('DtTm', isoDateTime))

/** StatusReasonInformation12, PaymentReturnReason5: why something was refused or came back. */
export const reason = choice(one('Cd', externalCode4), one('Prtry', max35Text))

/** Pagination1 */
export const pagination = [one('PgNb', max5NumericText), one('LastPgInd', yesNo)] as const

/** ActiveOrHistoricCurrencyAndAmount in a choice of its own: AmountType4Choice */
export const instructedAmount = choice(one('InstdAmt', currencyAndAmount))
