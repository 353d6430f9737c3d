/* Open steps of this member, the most urgent first: any number of them, read while one scrolls. */
import { useMemo } from 'react'
import { Link } from 'react-router'
import { DateCell } from '../../../cells/cells.tsx'
import type { Column } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import type { StepShown } from '../../../patterns/step-clock/case-shown.ts'
import { partiesInWords } from '../../../patterns/step-clock/party-words.ts'
import { ClockTag, useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useSession } from '../../../session/session.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import type { Locale, Say } from '../../../words/words.ts'
import { useAskPages } from '../ask-pages.ts'
import { type CaseInWords, useCaseBook } from '../case-book.ts'
import { caseAddress } from '../case-label.tsx'
import { PagedTable } from '../paged-table.tsx'
import { Oldest } from './others-steps.tsx'
import { type TodayKey, todayWords } from './words.ts'

interface OpenStep {
  readonly service: string
  readonly step: StepShown
}

const WAITING = '…'

/** The list. */
export function OwnSteps() {
  const say = useWords(todayWords)
  const { session } = useSession()
  const steps = useAskPages('cases.listOpenSteps', { member: session?.member ?? '' })
  const columns = useColumns()
  const count = steps.items.length
  return (
    <Section
      title={say('ours')}
      aside={
        <>
          {count === 0 ? null : (
            <span className="quiet">
              {say(steps.hasMore ? 'oursMany' : 'oursCount', { count: String(count) })}
            </span>
          )}
          <Oldest />
        </>
      }
    >
      <PagedTable
        pages={steps}
        rows={steps.items}
        caption={say('ours')}
        columns={columns}
        keyOf={({ step }) => `${step.case}/${step.n}`}
        empty={say('oursNone')}
      />
    </Section>
  )
}

/** Columns that ask nothing of their own: the book of cases and the time are read once for all rows. */
function useColumns(): readonly Column<OpenStep>[] {
  const say = useWords(todayWords)
  const { locale } = useLocale()
  const caseOf = useCaseBook()
  const now = useChainTime()
  return useMemo(
    () => [
      {
        key: 'step',
        head: say('step'),
        cell: ({ step }) => stepCell(step, caseOf(step.case), say),
      },
      {
        key: 'case',
        head: say('case'),
        cell: ({ service, step }) => (
          <Link to={caseAddress({ service, id: step.case })}>
            {caseOf(step.case)?.title ?? WAITING}
          </Link>
        ),
      },
      { key: 'since', head: say('since'), cell: ({ step }) => <DateCell at={step.openedAt} /> },
      {
        key: 'until',
        head: say('until'),
        cell: ({ step }) =>
          step.dueAt === null ? (
            <span className="quiet">{say('noClock')}</span>
          ) : (
            <ClockTag dueAt={step.dueAt} now={now} locale={locale} />
          ),
      },
      {
        key: 'lapse',
        head: say('lapse'),
        cell: ({ step }) => (
          <span className="quiet">{lapseInWords(step, caseOf(step.case), say, locale)}</span>
        ),
      },
    ],
    [say, locale, caseOf, now],
  )
}

function stepCell(step: StepShown, found: CaseInWords | null, say: Say<TodayKey>) {
  return (
    <span className="row">
      <b>{found?.texts.step(step.step) ?? WAITING}</b>
      {step.status === 'waiting' ? <span className="quiet">{say('waits')}</span> : null}
      {step.status === 'disputed' ? <Tag tone="attention">{say('disputed')}</Tag> : null}
    </span>
  )
}

/** What a clock of a package says of its end; whom an alert tells is read only here. */
interface LapseShown {
  readonly alert?: string
  readonly outcome?: string
  readonly to?: readonly string[]
}

/** What running out means, as the package says. */
function lapseInWords(
  { step }: StepShown,
  found: CaseInWords | null,
  say: Say<TodayKey>,
  locale: Locale,
): string {
  if (found === null) return WAITING
  const { texts, loaded } = found
  const clocks = Object.values(loaded.document.service?.steps[step]?.clocks ?? {})
  const lapse: LapseShown | undefined = clocks.find((clock) => clock.lapse !== undefined)?.lapse
  if (lapse?.alert !== undefined) {
    const alert = (texts.find(`alert.${lapse.alert}`) ?? lapse.alert).replace(/[。.]$/, '')
    return say('lapseAlert', { alert, who: partiesInWords(lapse.to ?? [], locale) })
  }
  if (lapse?.outcome !== undefined) {
    return say('lapseOutcome', { outcome: texts.outcome(step, lapse.outcome) })
  }
  return say('lapseNone')
}
