import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { Decimal, EntryKey } from '../vocabulary/schemas.ts'
import { debitSign, findAccount, standsFor } from './chart.ts'
import { digitsOf, textOf } from './exact.ts'
import { placesOf } from './journal-lines.ts'
import { getBookOf, isOfChain } from './reading.ts'
import { AccountNo, type Book, balances, Chart, charts } from './records.ts'

const Row = Type.Object({
  account: AccountNo,
  name: Chart.properties.accounts.items.properties.name,
  debit: Decimal,
  credit: Decimal,
})
const Columns = Type.Object({ rows: Type.Array(Row), debit: Decimal, credit: Decimal })
const Equality = Type.Object({
  left: Type.Array(AccountNo),
  leftSum: Decimal,
  right: Type.Array(AccountNo),
  rightSum: Decimal,
})

/** A book in two columns per measure, and what its chart promises between accounts. */
export const getTrialBalance = query({
  name: 'funds.getTrialBalance',
  summary: 'Shows every account of a book in debit and credit columns, with their sums.',
  input: Type.Object({ book: EntryKey }),
  output: Type.Object({
    book: EntryKey,
    journals: Type.Integer(),
    carried: Decimal,
    fen: Columns,
    units: Columns,
    equalities: Type.Array(Equality),
  }),
  mayRead: isOfChain,
  run(view, { book }) {
    const found = getBookOf(view, book)
    const chart = view.state(charts).get([found.chart.package, found.chart.name])
    const standing: Standing[] = []
    for (const [[, account], { amount }] of view.state(balances).range({ prefix: [book] })) {
      const definition = findAccount(chart, account)
      if (definition === undefined) throw new Error(`the chart lacks ${account}`)
      const digits = digitsOf(amount, placesOf(found, definition.measure))
      standing.push({ account, definition, digits })
    }
    return {
      book,
      journals: found.journals,
      carried: found.carried,
      fen: columnsOf(found, standing, 'fen'),
      units: columnsOf(found, standing, 'units'),
      equalities: chart.equalities.map((equality) => equalityOf(found, standing, equality)),
    }
  },
})

interface Standing {
  readonly account: string
  readonly definition: Chart['accounts'][number]
  readonly digits: bigint
}

function columnsOf(book: Book, standing: readonly Standing[], measure: 'fen' | 'units') {
  const places = placesOf(book, measure)
  let debit = 0n
  let credit = 0n
  const rows = []
  for (const { account, definition, digits } of standing) {
    if (definition.measure !== measure) continue
    const debitDigits = digits * debitSign(definition)
    const own = debitDigits > 0n ? debitDigits : 0n
    const other = debitDigits < 0n ? -debitDigits : 0n
    debit += own
    credit += other
    rows.push({
      account,
      name: definition.name,
      debit: textOf(own, places),
      credit: textOf(other, places),
    })
  }
  return { rows, debit: textOf(debit, places), credit: textOf(credit, places) }
}

function equalityOf(
  book: Book,
  standing: readonly Standing[],
  { left, right }: Chart['equalities'][number],
) {
  const of = (numbers: readonly string[]) =>
    standing.filter(({ account }) => numbers.some((no) => standsFor(no, account)))
  const measure = [...of(left), ...of(right)][0]?.definition.measure ?? 'fen'
  const sum = (numbers: readonly string[]) =>
    textOf(
      of(numbers).reduce((total, { digits }) => total + digits, 0n),
      placesOf(book, measure),
    )
  return { left: [...left], leftSum: sum(left), right: [...right], rightSum: sum(right) }
}
