/* Money that is not reconciled: expected and not there, arrived and not matched, ordered and without a result. */
import { DateCell, MoneyCell } from '../../../cells/cells.tsx'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Asked, Empty } from '../../../patterns/states/states.tsx'
import { Tag, type Tone } from '../../../patterns/tag/tag.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { useWords } from '../../../words/locale.tsx'
import { CaseLink, useCaseOpened } from '../case-label.tsx'
import { todayWords } from './words.ts'

interface OpenMoney {
  readonly key: string
  readonly state: 'expected' | 'short' | 'over' | 'payment' | 'unknown'
  readonly account: string
  readonly amount: string
  readonly arrived: string | null
  readonly at: number
  readonly case: string | null
}

const TONES: Readonly<Record<OpenMoney['state'], Tone>> = {
  expected: 'neutral',
  payment: 'neutral',
  short: 'attention',
  over: 'attention',
  unknown: 'attention',
}

/** The list: what this member's cases wait for; credits of unknown origin are for whoever keeps the account. */
export function OpenMoneyList() {
  const say = useWords(todayWords)
  const { session } = useSession()
  const member = session?.member ?? ''
  const expected = useAsk('funds.listExpectations', { state: 'expected', limit: 100 })
  const short = useAsk('funds.listExpectations', { state: 'short', limit: 100 })
  const payments = useAsk('funds.listPayments', { member, limit: 100 })
  const unknown = useAsk('funds.listUnknownCredits', { limit: 100 })
  const expectations = [
    ...(expected.data?.data.items ?? []),
    ...(short.data?.data.items ?? []),
  ].map(
    (one): OpenMoney => ({
      key: one.id,
      state: one.state === 'short' ? 'short' : 'expected',
      account: one.account,
      amount: one.amount,
      arrived: one.arrived,
      at: one.at,
      case: one.case,
    }),
  )
  const isOpen = (state: string): boolean => ['ordered', 'sent', 'accepted'].includes(state)
  const orders = (payments.data?.data.items ?? [])
    .filter(({ state }) => isOpen(state))
    .map(
      (one): OpenMoney => ({
        key: one.id,
        state: 'payment',
        account: `${one.from} → ${one.to}`,
        amount: one.amount,
        arrived: null,
        at: one.history[0]?.at ?? 0,
        case: one.case,
      }),
    )
  const credits = (unknown.data?.data.items ?? [])
    .filter((one) => one.by === member && one.suspense?.release === null)
    .map(
      (one): OpenMoney => ({
        key: one.entry,
        state: 'unknown',
        account: one.account,
        amount: one.amount,
        arrived: one.amount,
        at: one.at,
        case: null,
      }),
    )
  const rows = [...credits, ...expectations, ...orders]
  const columns = useColumns()
  return (
    <Section title={say('money')}>
      <Asked of={expected}>
        {() => (
          <DataTable
            caption={say('money')}
            columns={columns}
            rows={rows}
            keyOf={({ key }) => key}
            empty={<Empty>{say('moneyNone')}</Empty>}
          />
        )}
      </Asked>
    </Section>
  )
}

function useColumns(): readonly Column<OpenMoney>[] {
  const say = useWords(todayWords)
  return [
    {
      key: 'state',
      head: say('state'),
      cell: ({ state }) => <Tag tone={TONES[state]}>{say(state)}</Tag>,
    },
    { key: 'account', head: say('account'), cell: ({ account }) => account },
    {
      key: 'case',
      head: say('case'),
      cell: (row) => (row.case === null ? '—' : <CaseOf caseId={row.case} />),
    },
    { key: 'since', head: say('sinceOther'), cell: ({ at }) => <DateCell at={at} /> },
    {
      key: 'arrived',
      head: say('arrived'),
      isNumber: true,
      cell: ({ arrived }) => <MoneyCell amount={arrived} />,
    },
    {
      key: 'amount',
      head: say('amount'),
      isNumber: true,
      cell: ({ amount }) => <MoneyCell amount={amount} />,
    },
  ]
}

function CaseOf({ caseId }: { readonly caseId: string }) {
  const shown = useCaseOpened(caseId)
  return shown === null ? <>…</> : <CaseLink caseId={caseId} service={shown.service} />
}
