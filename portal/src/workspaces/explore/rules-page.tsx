/* Rules in force, by law. */
import './explore.css'
import { Input } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useAskAll, useRoute } from '../../session/asking.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { lawWords } from './law-words.ts'

interface TitledRule {
  readonly id: string
  readonly zh: string
  readonly en: string
}

/** Rules that somebody may look up, by the instrument of their first clause; `?find=` narrows them. */
export function RulesPage() {
  const say = useWords(lawWords)
  const { locale } = useLocale()
  const [asked, setAsked] = useSearchParams()
  const find = asked.get('find') ?? ''
  const rules = useAskAll('catalogue.listRules', {})
  const titles = useRoute<readonly TitledRule[]>('/rules')
  const titleOf = (id: string): string =>
    titles.data?.find((rule) => rule.id === id)?.[locale] ?? id
  return (
    <Page title={say('rulesTitle')}>
      <p className="quiet">{say('rulesIntro')}</p>
      <p>
        <Link to="/tools">{say('byQuestion')}</Link>
      </p>
      <Input
        className="law-find"
        value={find}
        aria-label={say('find')}
        placeholder={say('find')}
        onChange={({ target }) => setAsked(target.value === '' ? {} : { find: target.value })}
      />
      <Asked of={rules} rows={8}>
        {(items) => {
          const shown = items.filter(
            ({ id, clauses, droppedFrom }) =>
              droppedFrom === null && `${titleOf(id)} ${id} ${clauses.join(' ')}`.includes(find),
          )
          if (shown.length === 0) return <Empty>{say('noRules')}</Empty>
          const laws = [...new Set(shown.map(({ clauses }) => lawOf(clauses)))]
          return laws.map((law) => (
            <Section key={law} title={law}>
              <ul className="law-list">
                {shown
                  .filter(({ clauses }) => lawOf(clauses) === law)
                  .map(({ hash, id, clauses, effectiveFrom, inForceFrom }) => (
                    <li key={hash}>
                      <Link to={`/explore/rules/${hash}`}>{titleOf(id)}</Link>
                      <span className="quiet">{id}</span>
                      <span className="quiet">{clauses.join(' · ')}</span>
                      <span className="quiet push">
                        {say('inForce', { from: effectiveFrom ?? inForceFrom })}
                      </span>
                    </li>
                  ))}
              </ul>
            </Section>
          ))
        }}
      </Asked>
    </Page>
  )
}

function lawOf(clauses: readonly string[]): string {
  return clauses[0]?.split('/')[0] ?? ''
}
