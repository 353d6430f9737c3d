/** What the demonstration takes from the node: one place, so that its arrow is easy to see. */
export {
  type BankConnector,
  openBankConnector,
} from '../node/src/connectors/bank/bank-connector.ts'
export { BankFileRefused } from '../node/src/connectors/bank/bank-file-refusals.ts'
export { BANK_FILE_LIMITS } from '../node/src/connectors/bank/bank-message.ts'
export { accountNumber } from '../node/src/connectors/bank/bookings.ts'
export type { Camt053, CamtEntry } from '../node/src/connectors/bank/camt.ts'
export { lockDirectory } from '../node/src/connectors/bank/directory-lock.ts'
export { type DurableJournal, openJournal } from '../node/src/connectors/bank/durable-journal.ts'
export {
  listArrived,
  placeFile,
  prepareExchange,
  readArrived,
  setAside,
} from '../node/src/connectors/bank/file-exchange.ts'
export {
  amountOfFen,
  decimalOfFen,
  fenOfAmount,
  fenOfDecimal,
} from '../node/src/connectors/bank/iso-amount.ts'
export type { Pain001 } from '../node/src/connectors/bank/pain001.ts'
export type { Pain002 } from '../node/src/connectors/bank/pain002.ts'
export type { PaymentOrder } from '../node/src/connectors/bank/payment-order.ts'
export { readMessage } from '../node/src/connectors/bank/read-message.ts'
export { writeMessage } from '../node/src/connectors/bank/write-message.ts'
export type { ColumnSpec } from '../node/src/files/column-spec.ts'
export { checkCharacterOf, faultOfPersonId } from '../node/src/files/person-id.ts'
export { readTable } from '../node/src/files/read-table.ts'
export { writeCsv } from '../node/src/files/write-csv.ts'
export { writeTemplate } from '../node/src/files/write-template.ts'
export { writeXlsx } from '../node/src/files/write-xlsx.ts'
