/* The sample bank's counter: it is connected, not a member's clerk at work, so its orders are booked here. */
import './bank-counter.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { MoneyCell } from '../../cells/cells.tsx'
import { useRoute } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { useSampleAccounts } from '../../shell/sample-accounts.ts'
import { useWords } from '../../words/locale.tsx'
import { words } from '../../words/words.ts'
import { DataTable } from '../data-table/data-table.tsx'
import { Section } from '../page/page.tsx'

const counterWords = words(
  {
    title: '柜面：等付款的指令',
    only: '银行只看到付款方、收款方和金额，看不到任何职工。',
    payer: '付款方',
    payee: '收款方',
    amount: '金额（元）',
    pay: '付款',
    short: '少付 937.36 元（演示短缴）',
    failed: '没有付成：{why}',
  },
  {
    title: 'Counter: orders to be paid',
    only: 'The bank sees payer, payee and amount; no person.',
    payer: 'Payer',
    payee: 'Payee',
    amount: 'Yuan',
    pay: 'Pay',
    short: 'Pay 937.36 yuan less (to show a short payment)',
    failed: 'Not paid: {why}',
  },
)

interface Order {
  readonly id: string
  readonly amount: string
  readonly payer: { readonly name: string; readonly account: string }
  readonly payee: { readonly name: string; readonly account: string }
}

/** Orders that lie at the bank; nothing for anybody else, and nothing if there are none. */
export function BankCounter() {
  const { session } = useSession()
  const accounts = useSampleAccounts()
  const isBank = accounts.some(
    ({ party, member }) => party === 'bank' && member === session?.member,
  )
  return isBank ? <Orders /> : null
}

function Orders() {
  const say = useWords(counterWords)
  const { api } = useSession()
  const queries = useQueryClient()
  const { data } = useRoute<{ readonly orders: readonly Order[] }>('/demonstration/bank')
  const book = useMutation({
    mutationFn: (how: 'settle' | 'short') => api.post('/demonstration/bank', { do: how }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['chain'] }),
  })
  if (data === undefined || data.orders.length === 0) return null
  return (
    <div className="bank-counter">
      <Section title={say('title')} aside={<span className="quiet">{say('only')}</span>}>
        <DataTable
          caption={say('title')}
          rows={data.orders}
          keyOf={({ id }) => id}
          columns={[
            {
              key: 'payer',
              head: say('payer'),
              cell: ({ payer }) => `${payer.name} ${payer.account}`,
            },
            {
              key: 'payee',
              head: say('payee'),
              cell: ({ payee }) => `${payee.name} ${payee.account}`,
            },
            {
              key: 'amount',
              head: say('amount'),
              isNumber: true,
              cell: ({ amount }) => <MoneyCell amount={amount} />,
            },
          ]}
        />
        <div className="row bank-counter-acts">
          <Button type="primary" loading={book.isPending} onClick={() => book.mutate('settle')}>
            {say('pay')}
          </Button>
          <Button disabled={book.isPending} onClick={() => book.mutate('short')}>
            {say('short')}
          </Button>
          {book.error === null ? null : (
            <span role="alert">{say('failed', { why: book.error.message })}</span>
          )}
        </div>
      </Section>
    </div>
  )
}
