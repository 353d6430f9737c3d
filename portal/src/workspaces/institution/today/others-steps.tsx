/* What this member waits for: steps of its open cases that others hold. */
import { useQueries } from '@tanstack/react-query'
import { DateCell, useMemberName } from '../../../cells/cells.tsx'
import { spanInWords } from '../../../format/moments.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Asked, Empty } from '../../../patterns/states/states.tsx'
import {
  type CaseShown,
  isUnfinished,
  type StepShown,
} from '../../../patterns/step-clock/case-shown.ts'
import { StepClock, useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { CaseLink, StepName } from '../case-label.tsx'
import { todayWords } from './words.ts'

/** So many cases are looked into; the list says when there are more. */
const MOST_CASES = 20

interface OthersStep {
  readonly service: string
  readonly step: StepShown
}

/** Open steps of the open cases of this member, by who holds them. */
export function useOpenSteps() {
  const { session, ask, slot, account } = useSession()
  const cases = useAsk('cases.listCases', {
    member: session?.member ?? '',
    status: 'OPEN',
    limit: MOST_CASES,
  })
  const items: readonly CaseShown[] = cases.data?.data.items ?? []
  const asked = useQueries({
    queries: items.map(({ id }) => ({
      queryKey: ['chain', slot, account, 'cases.getCase', { case: id }, null],
      queryFn: () => ask('cases.getCase', { case: id }),
    })),
  })
  const open = asked.flatMap(({ data }) =>
    data === undefined
      ? []
      : data.data.steps
          .filter(isUnfinished)
          .map((step): OthersStep => ({ service: data.data.case.service, step })),
  )
  const isOurs = ({ step }: OthersStep): boolean => step.awaits.includes(session?.member ?? '')
  return {
    cases,
    hasMore: (cases.data?.data.next ?? null) !== null,
    ours: open.filter(isOurs),
    others: open.filter((one) => !isOurs(one)),
  }
}

/** Oldest of what is open: whose it is, and for how long. */
export function Oldest() {
  const say = useWords(todayWords)
  const { locale } = useLocale()
  const now = useChainTime()
  const nameOf = useMemberName()
  const { ours, others } = useOpenSteps()
  const isWork = ({ step }: OthersStep): boolean => step.status !== 'waiting'
  const oldest = [...ours, ...others]
    .filter(isWork)
    .sort((one, other) => one.step.openedAt - other.step.openedAt)[0]
  if (oldest === undefined) return null
  const { step } = oldest
  const marker = '\u0000'
  const key = ours.includes(oldest) ? 'oldestOurs' : 'oldest'
  const who = step.awaits.map(nameOf).join('、')
  const sentence = say(key, { step: marker, who, span: spanInWords(now - step.openedAt, locale) })
  const [before = '', after = ''] = sentence.split(marker)
  return (
    <p className="quiet push">
      {before}
      <StepName caseId={step.case} step={step.step} />
      {after}
    </p>
  )
}

/** The list. */
export function OthersSteps() {
  const say = useWords(todayWords)
  const nameOf = useMemberName()
  const { cases, others, hasMore } = useOpenSteps()
  const columns: readonly Column<OthersStep>[] = [
    {
      key: 'step',
      head: say('step'),
      cell: ({ step }) => <StepName caseId={step.case} step={step.step} />,
    },
    {
      key: 'holder',
      head: say('holder'),
      cell: ({ step }) => step.awaits.map(nameOf).join('、') || nameOf(step.holder),
    },
    {
      key: 'case',
      head: say('case'),
      cell: ({ service, step }) => <CaseLink caseId={step.case} service={service} />,
    },
    { key: 'since', head: say('sinceOther'), cell: ({ step }) => <DateCell at={step.openedAt} /> },
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
  ]
  return (
    <Section
      title={say('others')}
      aside={
        hasMore ? <span className="quiet">{say('others10', { count: MOST_CASES })}</span> : null
      }
    >
      <Asked of={cases}>
        {() => (
          <DataTable
            caption={say('others')}
            columns={columns}
            rows={others}
            keyOf={({ step }) => `${step.case}/${step.n}`}
            empty={<Empty>{say('othersNone')}</Empty>}
          />
        )}
      </Asked>
    </Section>
  )
}
