import { Link, useParams } from 'react-router'
import type { LoadedPackage } from '../../package/package-document.ts'
import { usePackageTexts } from '../../package/use-package.ts'
import { Page } from '../../patterns/page/page.tsx'
import { Asked } from '../../patterns/states/states.tsx'
import type { CaseWithSteps } from '../../patterns/step-clock/case-shown.ts'
import { useSession } from '../../session/session.tsx'
import { useWords } from '../../words/locale.tsx'
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
  return (
    <Asked of={contribution.asked} rows={8}>
      {({ data: found }) => (
        <Asked of={contribution.loaded} rows={8}>
          {(loaded) => <Loaded contribution={contribution} found={found} loaded={loaded} />}
        </Asked>
      )}
    </Asked>
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
          <Link to="/institution/contributions">{say('list')}</Link>
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
