import './supervision.css'
import '../../patterns/step-form/step-form.css'
import { Link, useParams } from 'react-router'
import { exactMoment } from '../../format/moments.ts'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useChainHeight } from '../../patterns/step-clock/step-clock.tsx'
import { useAskAll } from '../../session/asking.ts'
import { useWords } from '../../words/locale.tsx'
import { AlertActs } from './alerts/alert-acts.tsx'
import { type AlertShown, AlertState, Severity } from './alerts/alert-parts.tsx'
import { AlertResponses } from './alerts/alert-responses.tsx'
import { AlertFacts, AlertOwner, AlertRule } from './alerts/alert-sections.tsx'
import { useAlertName } from './alerts/use-alert-name.ts'
import { AsOf } from './as-of.tsx'
import { CaseOf } from './overview/alert-list.tsx'
import { supervisionWords } from './words.ts'

/** One alert: its rule in words, its facts, who answered, who has it. */
export function AlertPage() {
  const { id = '' } = useParams()
  const alerts = useAskAll('supervision.listAlerts', {})
  const say = useWords(supervisionWords)
  if (alerts.data === undefined) {
    return (
      <Page title={say('alertCrumb')} crumb={<Link to="/supervision">{say('crumb')}</Link>}>
        <Asked of={alerts} rows={6}>
          {() => null}
        </Asked>
      </Page>
    )
  }
  const alert = alerts.data.find((one) => one.id === id)
  return alert === undefined ? <NoAlert /> : <Loaded key={id} alert={alert} />
}

function NoAlert() {
  const say = useWords(supervisionWords)
  return (
    <Page title={say('absent')}>
      <Section label={say('absent')}>
        <Empty action={<Link to="/supervision">{say('back')}</Link>}>{say('absentLead')}</Empty>
      </Section>
    </Page>
  )
}

function Loaded({ alert }: { readonly alert: AlertShown }) {
  const say = useWords(supervisionWords)
  const { code, case: caseId, severity, at, id } = alert
  const name = useAlertName(code, caseId)
  const height = useChainHeight()
  return (
    <Page
      title={name}
      crumb={
        <>
          <Link to="/supervision">{say('crumb')}</Link> / {say('alertCrumb')}
        </>
      }
      tags={
        <>
          <Severity severity={severity} />
          <AlertState alert={alert} />
          <span className="quiet">
            {say('raisedAt')} {exactMoment(at).slice(0, 16)} · {say('number')}{' '}
            <span className="mono">{id}</span>
          </span>
        </>
      }
      actions={<AsOf height={height} />}
    >
      <div className="supervision-main">
        <WhatItSays alert={alert} />
        <div className="stack">
          <Section title={say('owner')}>
            <AlertOwner alert={alert} />
          </Section>
          <AlertActs alert={alert} />
          {caseId === null ? null : (
            <p className="aside-link">
              <Link to={`/supervision/warrants/new?case=${caseId}`}>{say('look')}</Link>
            </p>
          )}
        </div>
      </div>
    </Page>
  )
}

function WhatItSays({ alert }: { readonly alert: AlertShown }) {
  const say = useWords(supervisionWords)
  const { case: caseId } = alert
  return (
    <div className="stack">
      <Section title={say('ruleInWords')}>
        <AlertRule alert={alert} />
      </Section>
      <Section
        title={say('facts')}
        aside={
          caseId === null ? null : (
            <span className="push">
              <CaseOf caseId={caseId} />
            </span>
          )
        }
      >
        <AlertFacts alert={alert} />
      </Section>
      <Section title={say('responses')}>
        <AlertResponses alert={alert} />
      </Section>
    </div>
  )
}
