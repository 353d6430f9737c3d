import { Link, Navigate } from 'react-router'
import { MemberCell } from '../../../cells/cells.tsx'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../../patterns/page/page.tsx'
import { Asked, Empty } from '../../../patterns/states/states.tsx'
import { useAskAll } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { useWords } from '../../../words/locale.tsx'
import { fieldsOf, type PlanFields, REGISTERS } from '../annuity.ts'
import { orderWords } from './words.ts'

interface PlanLine {
  readonly key: string
  readonly plan: PlanFields
}

/** Plans whose portfolios this member manages; the only one opens at once. */
export function OrdersPage() {
  const say = useWords(orderWords)
  const { session } = useSession()
  const entries = useAskAll('registers.listEntries', { register: REGISTERS.plan })
  const columns: readonly Column<PlanLine>[] = [
    {
      key: 'plan',
      head: say('list'),
      cell: ({ key }) => <Link to={`/institution/orders/${encodeURIComponent(key)}`}>{key}</Link>,
    },
    {
      key: 'settlor',
      head: say('plan', { key: '' }),
      cell: ({ plan }) => <MemberCell id={plan.settlor} />,
    },
  ]
  if (entries.data === undefined) {
    return (
      <Page title={say('list')}>
        <Asked of={entries}>{() => null}</Asked>
      </Page>
    )
  }
  const own = entries.data
    .map((entry): PlanLine => ({ key: entry.key, plan: fieldsOf<PlanFields>(entry) }))
    .filter(({ plan }) => plan.investmentManagers.includes(session?.member ?? ''))
  const [only] = own
  if (only !== undefined && own.length === 1) {
    return <Navigate to={`/institution/orders/${encodeURIComponent(only.key)}`} replace />
  }
  return (
    <Page title={say('list')} tags={<span className="quiet">{say('listLead')}</span>}>
      <Section label={say('list')}>
        <DataTable
          caption={say('list')}
          columns={columns}
          rows={own}
          keyOf={({ key }) => key}
          empty={<Empty>{say('none')}</Empty>}
        />
      </Section>
    </Page>
  )
}
