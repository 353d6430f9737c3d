import './supervision.css'
import '../../patterns/step-form/step-form.css'
import { DateCell, MemberCell, MomentCell } from '../../cells/cells.tsx'
import { type Column, DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useChainHeight, useChainTime } from '../../patterns/step-clock/step-clock.tsx'
import { useAskAll } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { useBilingual, useWords } from '../../words/locale.tsx'
import { AsOf } from './as-of.tsx'
import { CaseOf } from './overview/alert-list.tsx'
import { NameRows } from './warrants/name-rows.tsx'
import { ScopeCell, WarrantState } from './warrants/warrant-parts.tsx'
import { placesInWords } from './warrants/warrant-sentences.ts'
import { statusOf, type WarrantUse } from './warrants/warrant-status.ts'
import { warrantWords } from './warrants/words.ts'

/** Warrants over what this member keeps: those that ask for rows first. */
export function StewardPage() {
  const say = useWords(warrantWords)
  const { session } = useSession()
  const now = useChainTime()
  const height = useChainHeight()
  const warrants = useAskAll('supervision.listWarrants', { owner: session?.member ?? '' })
  const columns = useColumns()
  return (
    <Page title={say('stewardTitle')} tags={<span className="quiet">{say('stewardLead')}</span>}>
      <Asked of={warrants} rows={5}>
        {(all) => {
          const asks = all.filter((use) => statusOf(use, now) === 'toName')
          return (
            <>
              {asks.map(({ warrant }) => (
                <NameRows key={warrant.id} warrant={warrant} />
              ))}
              <Section
                title={say('history')}
                aside={
                  <span className="push">
                    <AsOf height={height} />
                  </span>
                }
              >
                <DataTable
                  caption={say('history')}
                  columns={columns}
                  rows={all.filter((use) => !asks.includes(use))}
                  keyOf={({ warrant }) => warrant.id}
                  empty={<Empty>{say('stewardNone')}</Empty>}
                />
              </Section>
            </>
          )
        }}
      </Asked>
    </Page>
  )
}

function useColumns(): readonly Column<WarrantUse>[] {
  const say = useWords(warrantWords)
  const inLocale = useBilingual()
  return [
    { key: 'file', head: say('file'), cell: ({ warrant }) => warrant.reference },
    {
      key: 'by',
      head: say('issuedBy'),
      cell: ({ warrant }) => <MemberCell id={warrant.issued.member} />,
    },
    { key: 'at', head: say('when'), cell: ({ warrant }) => <MomentCell at={warrant.issued.at} /> },
    { key: 'case', head: say('case'), cell: ({ warrant }) => <CaseOf caseId={warrant.case} /> },
    { key: 'scope', head: say('scope'), cell: ({ warrant }) => <ScopeCell warrant={warrant} /> },
    {
      key: 'places',
      head: say('places'),
      cell: ({ warrant: { named } }) =>
        named === null
          ? '—'
          : named.places.length === 0
            ? say('namedNobody')
            : inLocale(placesInWords(named.places)),
    },
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
    { key: 'status', head: say('status'), cell: (use) => <WarrantState use={use} /> },
  ]
}
