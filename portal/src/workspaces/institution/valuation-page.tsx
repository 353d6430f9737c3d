import './institution.css'
import { useEffect } from 'react'
import { Link, useParams } from 'react-router'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty, Waiting } from '../../patterns/states/states.tsx'
import { useAsk } from '../../session/asking.ts'
import { useWords } from '../../words/locale.tsx'
import { SERVICES } from './annuity.ts'
import { useAskPages } from './ask-pages.ts'
import { NavLine } from './valuation/nav-line.tsx'
import { PublishedValues } from './valuation/published-values.tsx'
import { ValuationView } from './valuation/sides-table.tsx'
import { useUnitValues } from './valuation/use-unit-values.ts'
import { valuationWords } from './valuation/words.ts'

/** Valuations that are open, and values that were published. */
export function ValuationPage() {
  const say = useWords(valuationWords)
  const open = useAsk('cases.listCases', {
    service: SERVICES.valuation,
    status: 'OPEN',
    limit: 100,
  })
  const values = useUnitValues(null)
  return (
    <Page title={say('list')}>
      <Asked of={open}>
        {({ data }) =>
          data.items.length === 0 ? (
            <Section title={say('open')}>
              <Empty>{say('openNone')}</Empty>
            </Section>
          ) : (
            data.items.map(({ id }) => <ValuationView key={id} caseId={id} />)
          )
        }
      </Asked>
      <Section title={say('published')}>
        <NavLine values={values.items.slice(0, 60)} />
        <PublishedValues values={values} />
      </Section>
    </Page>
  )
}

/** Valuations of one day. */
export function ValuationDayPage() {
  const { day = '' } = useParams()
  const say = useWords(valuationWords)
  const cases = useAskPages('cases.listCases', { service: SERVICES.valuation })
  const found = cases.items.filter(({ values }) => values.valuationDay === day)
  return (
    <Page
      title={say('day', { day })}
      crumb={<Link to="/institution/valuation">{say('list')}</Link>}
    >
      {found.map(({ id }) => (
        <ValuationView key={id} caseId={id} />
      ))}
      {found.length === 0 && !cases.isWaiting && !cases.hasMore ? (
        <Section label={say('list')}>
          <Empty>{say('none')}</Empty>
        </Section>
      ) : null}
      {found.length === 0 && cases.hasMore ? <AskOn more={cases.more} /> : null}
    </Page>
  )
}

/** Reads on until the day is found. */
function AskOn({ more }: { readonly more: () => void }) {
  useEffect(more)
  return <Waiting />
}
