import type { StateView } from '@renshe/kernel'
import { balances, books, charts } from './records.ts'

/** What a service may know of a set of accounts: public totals only. */
export interface BookFacts {
  /**
   * Balance of every account of the chart that has a number of its own, and of every wildcard one in
   * use; decimal texts.
   */
  readonly balances: ReadonlyMap<string, string>
  /** Residue register: Σ residue − whole fen paid out of it. */
  readonly residueCarried: string
}

/** The books of a register entry as they stand; undefined if none were opened. */
export function findBookFacts(view: StateView, key: string): BookFacts | undefined {
  const book = view.state(books).find(key)
  if (book === undefined) return undefined
  const { accounts } = view.state(charts).get([book.chart.package, book.chart.name])
  const found = new Map(
    accounts.filter(({ no }) => !no.endsWith('*')).map(({ no }): [string, string] => [no, '0']),
  )
  for (const [[, account], { amount }] of view.state(balances).range({ prefix: [key] })) {
    found.set(account, amount)
  }
  return { balances: found, residueCarried: book.carried }
}
