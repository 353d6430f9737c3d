import './supervision.css'
import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { DateCell, MemberCell, MomentCell } from '../../cells/cells.tsx'
import { type Column, DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useChainHeight } from '../../patterns/step-clock/step-clock.tsx'
import { useAskAll } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { useWords } from '../../words/locale.tsx'
import { AsOf } from './as-of.tsx'
import { CaseOf } from './overview/alert-list.tsx'
import { Hidden, ScopeCell, WarrantState } from './warrants/warrant-parts.tsx'
import type { WarrantUse } from './warrants/warrant-status.ts'
import { warrantWords } from './warrants/words.ts'

/** Warrants of this supervisor, the newest first. */
export function WarrantsPage() {
  const say = useWords(warrantWords)
  const go = useNavigate()
  const { session } = useSession()
  const warrants = useAskAll('supervision.listWarrants', { member: session?.member ?? '' })
  const height = useChainHeight()
  const columns = useColumns()
  return (
    <Page
      title={say('title')}
      tags={<span className="quiet">{say('lead')}</span>}
      actions={
        <Button type="primary" onClick={() => void go('/supervision/warrants/new')}>
          {say('issue')}
        </Button>
      }
    >
      <Section label={say('title')}>
        <div className="row match-filter">
          <span className="quiet">{say('aggregate')}</span>
          <span className="push">
            <AsOf height={height} />
          </span>
        </div>
        <Asked of={warrants} rows={4}>
          {(rows) => (
            <DataTable
              caption={say('title')}
              columns={columns}
              rows={rows}
              keyOf={({ warrant }) => warrant.id}
              empty={
                <Empty action={<Link to="/supervision/warrants/new">{say('issue')}</Link>}>
                  {say('none')}
                </Empty>
              }
            />
          )}
        </Asked>
      </Section>
    </Page>
  )
}

function useColumns(): readonly Column<WarrantUse>[] {
  const say = useWords(warrantWords)
  return [
    {
      key: 'file',
      head: say('file'),
      cell: ({ warrant: { id, reference } }) => (
        <Link to={`/supervision/warrants/${id}`}>{reference}</Link>
      ),
    },
    {
      key: 'status',
      head: say('status'),
      cell: (use) => (
        <span className="row">
          <WarrantState use={use} />
          <Hidden warrant={use.warrant} />
        </span>
      ),
    },
    { key: 'case', head: say('case'), cell: ({ warrant }) => <CaseOf caseId={warrant.case} /> },
    { key: 'owner', head: say('owner'), cell: ({ warrant }) => <MemberCell id={warrant.owner} /> },
    { key: 'scope', head: say('scope'), cell: ({ warrant }) => <ScopeCell warrant={warrant} /> },
    {
      key: 'uses',
      head: say('uses'),
      isNumber: true,
      cell: ({ warrant, used }) => `${used} / ${warrant.reads}`,
    },
    {
      key: 'until',
      head: say('until'),
      cell: ({ warrant }) => <DateCell at={warrant.notAfter - 1} />,
    },
    {
      key: 'issued',
      head: say('issuedBy'),
      cell: ({ warrant }) => <MomentCell at={warrant.issued.at} />,
    },
  ]
}
