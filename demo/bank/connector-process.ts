import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

import { openBankConnector } from '@renshe/node'
import { customerDirectories } from './bank-host.ts'

/*
 * A connector as a process of its own, for the test that kills it:
 *
 *   node --import tsx demo/bank/connector-process.ts BANK-DIR CUSTOMER OWN-DIR ACCOUNT LOG
 *
 * Standard input: one payment order a line (JSON, fen as text). LOG gets one line per told event,
 * written before the connector may forget it.
 */

const [bank = '', customer = '', own = '', account = '', log = ''] = process.argv.slice(2)
const { toBank, fromBank } = customerDirectories(bank, customer)
const connector = await openBankConnector({
  directory: own,
  outDirectory: toBank,
  inDirectory: fromBank,
  accounts: [account],
  onCredit: ({ eventId, amountFen }) => tell({ eventId, amountFen: String(amountFen) }),
  onPaymentStatus: ({ eventId, paymentKey, status }) => tell({ eventId, paymentKey, status }),
  onFinding: ({ eventId, code }) => tell({ eventId, code }),
})

function tell(event: unknown): void {
  appendFileSync(log, `${JSON.stringify(event)}\n`)
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line)
  connector.pay({ ...order, amountFen: BigInt(order.amountFen) })
  process.stdout.write(`${order.paymentKey}\n`)
})
setInterval(() => void connector.poll(), 5)
process.stdout.write('ready\n')
