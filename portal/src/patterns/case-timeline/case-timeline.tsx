/* What happened and what is going on: each step with its holder, its days, its place on the ledger. */
import './case-timeline.css'
import { Link } from 'react-router'
import { MomentCell, useMemberName } from '../../cells/cells.tsx'
import type { LoadedPackage } from '../../package/package-document.ts'
import { serviceOf } from '../../package/package-document.ts'
import { type CaseShown, type StepShown, usePackageTexts } from '../../package/use-package.ts'
import { useRoute } from '../../session/asking.ts'
import { type ChainShown, useSession } from '../../session/session.tsx'
import { Icon } from '../../shell/icons.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { ClockBar } from './clock-bar.tsx'
import { stepTimes } from './step-times.ts'
import { type PublishedCalendar, usePublishedCalendar } from './use-calendar.ts'
import { timelineWords } from './words.ts'

/** What a timeline is made from. */
export interface CaseTimelineProps {
  readonly loaded: LoadedPackage
  readonly found: CaseShown
  readonly steps: readonly StepShown[]
}

/** The course of a case, the oldest first; steps that wait stand where they opened. */
export function CaseTimeline({ loaded, found, steps }: CaseTimelineProps) {
  const say = useWords(timelineWords)
  const calendar = usePublishedCalendar()
  const { version } = calendar
  return (
    <div className="timeline">
      <ol aria-label={say('title')}>
        <Opening found={found} />
        {steps.map((step) => (
          <StepRow key={step.n} step={step} loaded={loaded} calendar={calendar} />
        ))}
      </ol>
      {version === null ? null : (
        <p className="quiet timeline-note">{say('calendar', { version })}</p>
      )}
    </div>
  )
}

function Opening({ found }: { readonly found: CaseShown }) {
  const say = useWords(timelineWords)
  const { opener } = found
  return (
    <li className="is-done">
      <Mark state="done" />
      <div className="timeline-row">
        <b>{say('opened')}</b>
        <Signer member={opener.member} officer={opener.name} />
        <span className="push">
          <MomentCell at={opener.at} />
        </span>
        <Tick txId={opener.txId} />
      </div>
    </li>
  )
}

type RowState = 'done' | 'now' | 'waiting' | 'cancelled'

function stateOf({ status }: StepShown): RowState {
  if (status === 'done' || status === 'cancelled') return status
  return status === 'waiting' ? 'waiting' : 'now'
}

function Mark({ state }: { readonly state: RowState }) {
  return (
    <span className={`timeline-mark is-${state}`}>
      {state === 'done' ? <Icon name="check" size={12} /> : null}
      {state === 'cancelled' ? <Icon name="dash" size={12} /> : null}
    </span>
  )
}

interface RowProps {
  readonly step: StepShown
  readonly loaded: LoadedPackage
  readonly calendar: PublishedCalendar
}

function StepRow({ step, loaded, calendar }: RowProps) {
  const say = useWords(timelineWords)
  const texts = usePackageTexts(loaded)
  const state = stateOf(step)
  const { endedBy, outcome, round, status } = step
  const isNamed = outcome !== null && Object.keys(outcomesOf(loaded, step)).length > 1
  return (
    <li className={`is-${state}`}>
      <Mark state={state} />
      <div className="timeline-row">
        <b>{texts.step(step.step)}</b>
        {round > 1 ? <span className="quiet">{say('round', { n: round })}</span> : null}
        {isNamed ? (
          <span className="timeline-outcome">{texts.outcome(step.step, outcome)}</span>
        ) : null}
        <Holder step={step} />
        {endedBy === null ? null : (
          <span className="push">
            <MomentCell at={endedBy.at} />
          </span>
        )}
        {endedBy === null || endedBy.txId === '' ? null : <Tick txId={endedBy.txId} />}
      </div>
      {status === 'cancelled' ? null : <Days step={step} loaded={loaded} calendar={calendar} />}
      <Others step={step} />
    </li>
  )
}

function outcomesOf(loaded: LoadedPackage, { step }: StepShown) {
  return serviceOf(loaded).steps[step]?.outcomes ?? {}
}

function Holder({ step }: { readonly step: StepShown }) {
  const say = useWords(timelineWords)
  const nameOf = useMemberName()
  const { endedBy, status, holder } = step
  if (status === 'cancelled') return <span className="quiet">{say('cancelled')}</span>
  if (endedBy !== null) {
    const { by, member, name } = endedBy
    if (by === 'lapse') return <span className="quiet">{say('lapsed')}</span>
    return <Signer member={member} officer={name} />
  }
  if (holder === '') return <span className="timeline-nobody">{say('nobody')}</span>
  return <span>{say(status === 'waiting' ? 'waiting' : 'now', { holder: nameOf(holder) })}</span>
}

/** The body; the officer's number is for officers. */
function Signer({ member, officer }: { readonly member: string; readonly officer: string }) {
  const say = useWords(timelineWords)
  const nameOf = useMemberName()
  const { session } = useSession()
  const isSystem = officer === '' || officer === 'system'
  const text =
    session?.kind !== 'officer' || isSystem
      ? nameOf(member)
      : say('by', { member: nameOf(member), officer })
  return <span className="quiet">{text}</span>
}

function Days({ step, loaded, calendar }: RowProps) {
  const say = useWords(timelineWords)
  const texts = usePackageTexts(loaded)
  const { chain } = useSession()
  const { data } = useRoute<ChainShown>('/chain')
  const times = stepTimes(step, data?.time ?? chain.time, calendar.marks)
  const { used, allowed, clock } = times
  const clause =
    clock === null ? undefined : serviceOf(loaded).steps[step.step]?.clocks[clock]?.clause
  const said = clause === undefined ? null : say('basis', { clause: texts.clause(clause).name })
  if (step.endedBy === null) {
    return (
      <div className="timeline-days" title={calendar.version ?? undefined}>
        <ClockBar times={times} />
        {said === null ? null : <p className="quiet">{said}</p>}
      </div>
    )
  }
  const took =
    used === 0
      ? say('sameDay')
      : allowed === null
        ? say('usedOnly', { used })
        : say('used', { used, allowed })
  return (
    <p className={`timeline-days quiet${times.urgency === 'over' ? ' is-over' : ''}`}>
      {took}
      {said === null ? '' : ` · ${said}`}
    </p>
  )
}

/** Who signed or submitted of those who must, and whether their results differ. */
function Others({ step }: { readonly step: StepShown }) {
  const say = useWords(timelineWords)
  const nameOf = useMemberName()
  const { locale } = useLocale()
  const { signatures, submissions, differs, awaits, status } = step
  if (status === 'done' || status === 'cancelled') return null
  const names = (all: readonly { readonly member: string }[]): string =>
    all.map(({ member }) => nameOf(member)).join(locale === 'zh' ? '、' : ', ')
  return (
    <>
      {signatures.length === 0 ? null : (
        <p className="timeline-days quiet">{say('signed', { members: names(signatures) })}</p>
      )}
      {submissions.length === 0 ? null : (
        <p className="timeline-days quiet">
          {say('submitted', { members: names(submissions) })}
          {awaits.length === 0
            ? ''
            : ` · ${say('awaits', { members: names(awaits.map((member) => ({ member }))) })}`}
        </p>
      )}
      {differs.length === 0 ? null : (
        <p className="timeline-days is-over">{say('differs', { names: differs.join('、') })}</p>
      )}
    </>
  )
}

function Tick({ txId }: { readonly txId: string }) {
  const say = useWords(timelineWords)
  return (
    <Link className="timeline-tick" to={`/explore/tx/${txId}`}>
      <Icon name="check" size={12} />
      {say('recorded')}
    </Link>
  )
}
