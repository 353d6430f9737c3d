/* Balances of a book in debit and credit, summed up here, in both measures. */
import type { Queries } from '@renshe/client'
import { MoneyCell, UnitsCell } from '../../../cells/cells.tsx'
import { isSame, sumOf } from '../../../format/exact.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { accountInWords } from '../../../patterns/journal/account-words.ts'
import { Section } from '../../../patterns/page/page.tsx'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { bookWords } from './words.ts'

type TrialBalanceShown = Queries['funds.getTrialBalance']['output']
type Measure = TrialBalanceShown['fen']
type BalanceRow = Measure['rows'][number]

/** Two tables: yuan and units. */
export function TrialBalance({ balance }: { readonly balance: TrialBalanceShown }) {
  const say = useWords(bookWords)
  return (
    <Section title={say('balance')} aside={<span className="quiet">{say('balanceAbout')}</span>}>
      <div className="two-columns">
        <MeasureTable title={say('yuan')} measure={balance.fen} isUnits={false} />
        <div>
          <MeasureTable title={say('units')} measure={balance.units} isUnits />
          {balance.equalities.map(({ left, right, leftSum, rightSum }) => (
            <p className="row balance-equality" key={left.join()}>
              {say('equality', { left: left.join(' + '), right: right.join(' + ') })}
              <Balanced isWell={isSame(leftSum, rightSum)} />
            </p>
          ))}
        </div>
      </div>
    </Section>
  )
}

function Balanced({ isWell }: { readonly isWell: boolean }) {
  const say = useWords(bookWords)
  return (
    <Tag tone={isWell ? 'verified' : 'failure'} icon={isWell ? 'check' : 'cross'}>
      {say(isWell ? 'balanced' : 'unbalanced')}
    </Tag>
  )
}

function MeasureTable({
  title,
  measure,
  isUnits,
}: {
  readonly title: string
  readonly measure: Measure
  readonly isUnits: boolean
}) {
  const say = useWords(bookWords)
  const { locale } = useLocale()
  const [debit, credit] = [
    sumOf(measure.rows.map((row) => row.debit)),
    sumOf(measure.rows.map((row) => row.credit)),
  ]
  const sum: BalanceRow = { account: '', name: 'sum', debit, credit }
  const amount = (text: string) =>
    isSame(text, '0') ? '—' : isUnits ? <UnitsCell units={text} /> : <MoneyCell amount={text} />
  const isSum = (row: BalanceRow): boolean => row === sum
  const columns: readonly Column<BalanceRow>[] = [
    {
      key: 'account',
      head: say('account'),
      cell: (row) => (isSum(row) ? <b>{say('sum')}</b> : row.account),
    },
    {
      key: 'name',
      head: say('name'),
      cell: (row) =>
        isSum(row) ? (
          <Balanced isWell={isSame(debit, credit) && isSame(debit, measure.debit)} />
        ) : (
          accountInWords(row.account, locale)
        ),
    },
    {
      key: 'debit',
      head: say('debit'),
      isNumber: true,
      cell: (row) => (isSum(row) ? <b>{amount(row.debit)}</b> : amount(row.debit)),
    },
    {
      key: 'credit',
      head: say('credit'),
      isNumber: true,
      cell: (row) => (isSum(row) ? <b>{amount(row.credit)}</b> : amount(row.credit)),
    },
  ]
  return (
    <div>
      <h3 className="measure-title">{title}</h3>
      <DataTable
        caption={title}
        columns={columns}
        rows={[...measure.rows, sum]}
        keyOf={({ account, name }) => `${account}/${name}`}
      />
    </div>
  )
}
