import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { Decimal, EntryKey } from '../vocabulary/schemas.ts'
import { findAccount } from './chart.ts'
import { getBookOf, isOfChain } from './reading.ts'
import { AccountNo, Book, balances, Chart, charts } from './records.ts'

const ChartAccount = Chart.properties.accounts.items

/** One account as it stands, on its own side. */
const AccountBalance = Type.Object({
  account: AccountNo,
  name: ChartAccount.properties.name,
  side: ChartAccount.properties.side,
  measure: ChartAccount.properties.measure,
  amount: Decimal,
})

/** A set of accounts with its balances; accounts that no journal has touched are left out. */
export const getBook = query({
  name: 'funds.getBook',
  summary: 'Shows the books of a plan: accounts, residue register, where the sub-ledger stands.',
  input: Type.Object({ book: EntryKey }),
  output: Type.Object({ ...Book.properties, accounts: Type.Array(AccountBalance) }),
  mayRead: isOfChain,
  run(view, { book }) {
    const found = getBookOf(view, book)
    const chart = view.state(charts).get([found.chart.package, found.chart.name])
    const accounts = []
    for (const [[, account], { amount }] of view.state(balances).range({ prefix: [book] })) {
      const definition = findAccount(chart, account)
      if (definition === undefined) throw new Error(`the chart lacks ${account}`)
      const { name, side, measure } = definition
      accounts.push({ account, name, side, measure, amount })
    }
    return { ...found, accounts }
  },
})
