/* The data catalogue as a matrix: who keeps what, who may see it, for what. */
import './explore.css'
import { DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked } from '../../patterns/states/states.tsx'
import { useAskAll } from '../../session/asking.ts'
import { useWords } from '../../words/locale.tsx'
import { lawWords } from './law-words.ts'

const LEVELS = ['level0', 'level1', 'level2', 'level3', 'level4'] as const

/** Who shares what. */
export function SharingPage() {
  const say = useWords(lawWords)
  const sets = useAskAll('catalogue.listDataSets', {})
  return (
    <Page title={say('sharingTitle')}>
      <p className="quiet">{say('sharingIntro')}</p>
      <Section label={say('sharingTitle')}>
        <Asked of={sets} rows={8}>
          {(items) => (
            <DataTable
              caption={say('sharingTitle')}
              rows={items}
              keyOf={({ entry }) => entry}
              columns={[
                { key: 'name', head: say('dataSet'), cell: ({ name }) => name },
                { key: 'fields', head: say('fields'), cell: (set) => set.items.join(', ') || '—' },
                { key: 'provider', head: say('provider'), cell: ({ provider }) => provider },
                {
                  key: 'readers',
                  head: say('readers'),
                  cell: ({ conditions }) => conditions.readers.join(', ') || '—',
                },
                {
                  key: 'level',
                  head: say('level'),
                  cell: ({ level }) => say(LEVELS[level] ?? 'level4'),
                },
                { key: 'purpose', head: say('purpose'), cell: (set) => set.conditions.purpose },
                { key: 'clause', head: say('basis'), cell: (set) => set.conditions.clause ?? '—' },
              ]}
            />
          )}
        </Asked>
      </Section>
      <Section title={say('notHereTitle')}>
        <p>{say('notHere')}</p>
      </Section>
    </Page>
  )
}
