/* One case of any service: where it stands, what this member is to do, what was recorded. */
import './cases.css'
import { useParams } from 'react-router'
import { DateCell, MomentCell } from '../../../cells/cells.tsx'
import { type LoadedPackage, serviceOf } from '../../../package/package-document.ts'
import { type StepShown, usePackageOfCase, usePackageTexts } from '../../../package/use-package.ts'
import { CaseTimeline } from '../../../patterns/case-timeline/case-timeline.tsx'
import { Page, Section } from '../../../patterns/page/page.tsx'
import { Asked } from '../../../patterns/states/states.tsx'
import { ActPanel } from '../../../patterns/step-form/act-panel.tsx'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { useWords } from '../../../words/locale.tsx'
import {
  type CasePartProps,
  NoticesPart,
  PartiesPart,
  SealedPart,
  ValuesPart,
} from './case-parts.tsx'
import { caseWords } from './words.ts'

/** Page of `/institution/cases/:case`. */
export function CasePage() {
  const { case: id = '' } = useParams()
  const say = useWords(caseWords)
  const whole = useAsk('cases.getCase', { case: id })
  const loaded = usePackageOfCase(whole.data?.data.case ?? null)
  if (whole.data === undefined || loaded.data === undefined) {
    return (
      <Page title={say('reading')} crumb={say('crumb')}>
        <Asked of={whole}>{() => <Asked of={loaded}>{() => null}</Asked>}</Asked>
      </Page>
    )
  }
  const { case: found, steps } = whole.data.data
  return <CaseShownPage loaded={loaded.data} found={found} steps={steps} />
}

/** Whether a step needs the width of the page: it takes a table. */
function isWide(loaded: LoadedPackage, { step }: StepShown): boolean {
  return serviceOf(loaded).steps[step]?.form?.batch !== undefined
}

function CaseShownPage({ loaded, found, steps }: CasePartProps) {
  const say = useWords(caseWords)
  const texts = usePackageTexts(loaded)
  const { session } = useSession()
  const isOpen = found.status === 'OPEN'
  const open = steps.filter(({ status }) => status !== 'done' && status !== 'cancelled')
  const mine = open.filter(({ awaits }) => awaits.includes(session?.member ?? ''))
  const shown = mine.length > 0 ? mine : open.slice(0, 1)
  const panels = shown.map((step) => ({ n: step.n, isWide: isWide(loaded, step) }))
  return (
    <Page
      title={texts.title}
      crumb={say('crumb')}
      tags={
        <>
          <Tag tone={isOpen ? 'current' : 'verified'}>{texts.status(found.status)}</Tag>
          <span className="quiet">
            {say('opened')} <MomentCell at={found.openedAt} /> · {say('lawDate')}{' '}
            <DateCell at={found.lawDate} />
          </span>
        </>
      }
    >
      <div className="case-columns">
        <div className="case-main">
          {panels.map(({ n, isWide }) =>
            isWide ? <ActPanel key={n} caseId={found.id} n={n} /> : null,
          )}
          <Section title={say('course')}>
            <CaseTimeline loaded={loaded} found={found} steps={steps} />
          </Section>
          <SealedPart loaded={loaded} found={found} steps={steps} />
        </div>
        <div className="case-side">
          {panels.map(({ n, isWide }) =>
            isWide ? null : <ActPanel key={n} caseId={found.id} n={n} />,
          )}
          <ValuesPart loaded={loaded} found={found} steps={steps} />
          <PartiesPart loaded={loaded} found={found} steps={steps} />
          <NoticesPart loaded={loaded} found={found} steps={steps} />
        </div>
      </div>
    </Page>
  )
}
