import './supervision.css'
import '../../patterns/step-form/step-form.css'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useAsk, useAskAll } from '../../session/asking.ts'
import { useWords } from '../../words/locale.tsx'
import { SERVICES } from '../institution/annuity.ts'
import { IssueForm } from './warrants/issue-form-view.tsx'
import { warrantWords } from './warrants/words.ts'

/** Issues a warrant over a case; the address may name it. */
export function IssuePage() {
  const say = useWords(warrantWords)
  const go = useNavigate()
  const [search] = useSearchParams()
  const cases = useAskAll('cases.listCases', { service: SERVICES.contribution })
  const settings = useAsk('governance.listSettings', {})
  const asked = search.get('case')
  return (
    <Page title={say('issueTitle')} crumb={<Link to="/supervision/warrants">{say('crumb')}</Link>}>
      <Section label={say('issueTitle')}>
        <p className="quiet issue-lead">{say('issueLead')}</p>
        <Asked of={cases} rows={6}>
          {(found) => (
            <Asked of={settings}>
              {({ data }) => {
                const newest = [...found].sort((one, other) => other.openedAt - one.openedAt)
                const ids = newest.map(({ id }) => id)
                const all = asked === null || ids.includes(asked) ? ids : [asked, ...ids]
                if (all.length === 0) return <Empty>{say('noCases')}</Empty>
                return (
                  <IssueForm
                    cases={all}
                    first={asked ?? all[0] ?? ''}
                    settings={data.items}
                    done={(warrant) => void go(`/supervision/warrants/${warrant}`)}
                  />
                )
              }}
            </Asked>
          )}
        </Asked>
      </Section>
    </Page>
  )
}
