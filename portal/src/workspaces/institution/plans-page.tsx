import { Link } from 'react-router'
import { DateCell, MemberCell } from '../../cells/cells.tsx'
import type { Column } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { useWords } from '../../words/locale.tsx'
import { fieldsOf, type PlanFields, REGISTERS } from './annuity.ts'
import { useAskPages } from './ask-pages.ts'
import { PagedTable } from './paged-table.tsx'
import { planWords } from './plan/words.ts'

interface PlanLine {
  readonly key: string
  readonly plan: PlanFields
}

/** Plans of this chain. */
export function PlansPage() {
  const say = useWords(planWords)
  const entries = useAskPages('registers.listEntries', { register: REGISTERS.plan })
  const lines = entries.items.map(
    (entry): PlanLine => ({ key: entry.key, plan: fieldsOf<PlanFields>(entry) }),
  )
  const columns: readonly Column<PlanLine>[] = [
    {
      key: 'number',
      head: say('number'),
      cell: ({ key }) => <Link to={`/institution/plans/${encodeURIComponent(key)}`}>{key}</Link>,
    },
    {
      key: 'kind',
      head: say('kind'),
      cell: ({ plan }) => say(plan.planType === 'COLLECTIVE' ? 'COLLECTIVE' : 'SINGLE'),
    },
    {
      key: 'settlor',
      head: say('settlor'),
      cell: ({ plan }) => <MemberCell id={plan.settlor} />,
    },
    {
      key: 'trustee',
      head: say('trustee'),
      cell: ({ plan }) => <MemberCell id={plan.trustee} />,
    },
    {
      key: 'registered',
      head: say('registered'),
      cell: ({ plan }) => <DateCell at={plan.registeredOn} />,
    },
  ]
  return (
    <Page title={say('list')}>
      <Section label={say('list')}>
        <PagedTable
          pages={entries}
          rows={lines}
          caption={say('list')}
          columns={columns}
          keyOf={({ key }) => key}
          empty={say('listNone')}
        />
      </Section>
    </Page>
  )
}
