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
import { expectedLines, type OpenMoney, orderLines, unknownLines } from './open-money-lines.ts'
import { todayWords } from './words.ts'

const TONES: Readonly<Record<OpenMoney['state'], Tone>> = {
  expected: 'neutral',
  payment: 'neutral',
  short: 'attention',
  over: 'attention',
  unknown: 'attention',
}

/** The list: what cases of this member wait for; credits of unknown origin are for whoever keeps the account. */
export function OpenMoneyList() {
  const say = useWords(todayWords)
  const { session } = useSession()
  const member = session?.member ?? ''
  const cases = useAsk('cases.listCases', { member, status: 'OPEN', limit: 100 })
  const expected = useAsk('funds.listExpectations', { state: 'expected', limit: 100 })
  const short = useAsk('funds.listExpectations', { state: 'short', limit: 100 })
  const payments = useAsk('funds.listPayments', { member, limit: 100 })
  const unknown = useAsk('funds.listUnknownCredits', { limit: 100 })
  const own = new Set(cases.data?.data.items.map(({ id }) => id))
  const awaited = [...(expected.data?.data.items ?? []), ...(short.data?.data.items ?? [])]
  const rows = [
    ...unknownLines(unknown.data?.data.items ?? [], member),
    ...expectedLines(awaited.filter((one) => one.by === member || own.has(one.case))),
    ...orderLines(payments.data?.data.items ?? []),
  ]
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
