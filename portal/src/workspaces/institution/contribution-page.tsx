import { Link, useParams } from 'react-router'
import type { LoadedPackage } from '../../package/package-document.ts'
import { usePackageTexts } from '../../package/use-package.ts'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import type { CaseWithSteps } from '../../patterns/step-clock/case-shown.ts'
import { useSession } from '../../session/session.tsx'
import { useWords } from '../../words/locale.tsx'
import { SERVICES } from './annuity.ts'
import { ActButtons, ActOpened } from './contribution/act-part.tsx'
import { BatchState, useBatchTitle } from './contribution/contribution-head.tsx'
import { ContributionView } from './contribution/contribution-view.tsx'
import { EvidenceBundle } from './contribution/evidence-bundle.tsx'
import { useContribution } from './contribution/use-contribution.ts'
import { contributionWords } from './contribution/words.ts'

/** One contribution among seven parties. */
export function ContributionPage() {
  const { case: caseId = '' } = useParams()
  const contribution = useContribution(caseId)
  const { found, loaded } = contribution
  if (found === null || loaded.data === undefined) return <NotYet contribution={contribution} />
  if (found.case.service !== SERVICES.contribution) return <OtherCase found={found} />
  return <Loaded contribution={contribution} found={found} loaded={loaded.data} />
}

function ListLink() {
  const say = useWords(contributionWords)
  return <Link to="/institution/contributions">{say('list')}</Link>
}

/** The page while its case is asked for, and where there is none. */
function NotYet({
  contribution: { asked, loaded },
}: {
  readonly contribution: ReturnType<typeof useContribution>
}) {
  const say = useWords(contributionWords)
  return (
    <Page title={say('titlePlain')} crumb={<ListLink />}>
      <Asked of={asked} rows={8}>
        {() => (
          <Asked of={loaded} rows={8}>
            {() => null}
          </Asked>
        )}
      </Asked>
    </Page>
  )
}

/** The number of a case of another service. */
function OtherCase({ found }: { readonly found: CaseWithSteps }) {
  const say = useWords(contributionWords)
  const address = `/institution/cases/${found.case.id}`
  return (
    <Page title={say('missing')} crumb={<ListLink />}>
      <Section label={say('missing')}>
        <Empty action={<Link to={address}>{say('openCase')}</Link>}>{say('missingWhy')}</Empty>
      </Section>
    </Page>
  )
}

function Loaded({
  contribution,
  found,
  loaded,
}: {
  readonly contribution: ReturnType<typeof useContribution>
  readonly found: CaseWithSteps
  readonly loaded: LoadedPackage
}) {
  const say = useWords(contributionWords)
  const { chain } = useSession()
  const texts = usePackageTexts(loaded)
  const title = useBatchTitle(found.case, loaded)
  const plan = contribution.plan.key
  const compareAt = (party: string): string =>
    `/institution/compare/${found.case.id}?right=${party}`
  return (
    <Page
      title={title}
      crumb={
        <>
          <ListLink />
          {plan === null ? null : (
            <>
              {' / '}
              <Link to={`/institution/plans/${encodeURIComponent(plan)}`}>
                {say('plan', { key: plan })}
              </Link>
            </>
          )}
        </>
      }
      tags={<BatchState found={found} loaded={loaded} />}
      actions={
        <>
          <EvidenceBundle found={found} />
          <ActButtons found={found} texts={texts} />
        </>
      }
    >
      <ActOpened found={found} />
      <ContributionView
        contribution={contribution}
        found={found}
        loaded={loaded}
        compareAt={chain.isDemonstration ? compareAt : null}
      />
    </Page>
  )
}
