/* Open steps of this member, the most urgent first: any number of them, read while one scrolls. */
import { DateCell } from '../../../cells/cells.tsx'
import type { LoadedPackage } from '../../../package/package-document.ts'
import { textsOf } from '../../../package/package-texts.ts'
import { usePackage } from '../../../package/use-package.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Empty, Failed, Waiting } from '../../../patterns/states/states.tsx'
import type { StepShown } from '../../../patterns/step-clock/case-shown.ts'
import { partiesInWords } from '../../../patterns/step-clock/party-words.ts'
import { StepClock } from '../../../patterns/step-clock/step-clock.tsx'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useSession } from '../../../session/session.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { useAskPages } from '../ask-pages.ts'
import { CaseLink, StepName, useCaseOpened } from '../case-label.tsx'
import { todayWords } from './words.ts'

interface OpenStep {
  readonly service: string
  readonly step: StepShown
}

/** The list. */
export function OwnSteps() {
  const say = useWords(todayWords)
  const { session } = useSession()
  const steps = useAskPages('cases.listOpenSteps', { member: session?.member ?? '' })
  const columns: readonly Column<OpenStep>[] = [
    {
      key: 'step',
      head: say('step'),
      cell: ({ step }) => <OwnStep step={step} />,
    },
    {
      key: 'case',
      head: say('case'),
      cell: ({ service, step }) => <CaseLink caseId={step.case} service={service} />,
    },
    { key: 'since', head: say('since'), cell: ({ step }) => <DateCell at={step.openedAt} /> },
    {
      key: 'until',
      head: say('until'),
      cell: ({ step }) =>
        step.dueAt === null ? (
          <span className="quiet">{say('noClock')}</span>
        ) : (
          <StepClock dueAt={step.dueAt} />
        ),
    },
    { key: 'lapse', head: say('lapse'), cell: ({ step }) => <Lapse step={step} /> },
  ]
  const count = steps.items.length
  return (
    <Section
      title={say('ours')}
      aside={
        count === 0 ? null : (
          <span className="quiet">
            {say(steps.hasMore ? 'oursMany' : 'oursCount', { count: String(count) })}
          </span>
        )
      }
    >
      {steps.error !== null ? <Failed error={steps.error} again={steps.refresh} /> : null}
      {steps.isWaiting ? <Waiting rows={4} /> : null}
      {steps.isStale ? (
        <button type="button" className="plain-button" onClick={steps.refresh}>
          {say('more')}
        </button>
      ) : null}
      {steps.isWaiting || steps.error !== null ? null : (
        <DataTable
          caption={say('ours')}
          columns={columns}
          rows={steps.items}
          keyOf={({ step }) => `${step.case}/${step.n}`}
          empty={<Empty>{say('oursNone')}</Empty>}
          {...(steps.hasMore ? { onEnd: steps.more } : {})}
        />
      )}
    </Section>
  )
}

function OwnStep({ step }: { readonly step: StepShown }) {
  const say = useWords(todayWords)
  return (
    <span className="row">
      <b>
        <StepName caseId={step.case} step={step.step} />
      </b>
      {step.status === 'waiting' ? <span className="quiet">{say('waits')}</span> : null}
      {step.status === 'disputed' ? <Tag tone="attention">{say('disputed')}</Tag> : null}
    </span>
  )
}

/** What running out means, as the package says. */
function Lapse({ step }: { readonly step: StepShown }) {
  const shown = useCaseOpened(step.case)
  const { data: loaded } = usePackage(shown?.package ?? null)
  const say = useWords(todayWords)
  const { locale } = useLocale()
  if (loaded === undefined) return <span className="quiet">…</span>
  const lapse = lapseOf(loaded, step.step)
  const texts = textsOf(loaded, locale)
  if (lapse?.alert !== undefined) {
    const alert = (texts.find(`alert.${lapse.alert}`) ?? lapse.alert).replace(/[。.]$/, '')
    return (
      <span className="quiet">
        {say('lapseAlert', { alert, who: partiesInWords(lapse.to ?? [], locale) })}
      </span>
    )
  }
  if (lapse?.outcome !== undefined) {
    const outcome = texts.outcome(step.step, lapse.outcome)
    return <span className="quiet">{say('lapseOutcome', { outcome })}</span>
  }
  return <span className="quiet">{say('lapseNone')}</span>
}

/** What a clock of a package says of its end; whom an alert tells is read only here. */
interface LapseShown {
  readonly alert?: string
  readonly outcome?: string
  readonly to?: readonly string[]
}

function lapseOf(loaded: LoadedPackage, step: string): LapseShown | undefined {
  const clocks = Object.values(loaded.document.service?.steps[step]?.clocks ?? {})
  return clocks.find(({ lapse }) => lapse !== undefined)?.lapse
}
