/** What the demonstration takes from the node: one place, so that its arrow is easy to see. */
export {
  type BankConnector,
  type BankConnectorOptions,
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
