/* The head of a batch: its name, who has it now, until when, and what this session may do. */
import { useMemberName } from '../../../cells/cells.tsx'
import { isoDay, monthInWords } from '../../../format/moments.ts'
import {
  type LoadedPackage,
  type ServiceDefinition,
  serviceOf,
} from '../../../package/package-document.ts'
import type { PackageTexts } from '../../../package/package-texts.ts'
import { usePackageTexts } from '../../../package/use-package.ts'
import {
  type CaseShown,
  type CaseWithSteps,
  partiesOf,
  type StepShown,
} from '../../../patterns/step-clock/case-shown.ts'
import { partyInWords } from '../../../patterns/step-clock/party-words.ts'
import { StepClock } from '../../../patterns/step-clock/step-clock.tsx'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useSession } from '../../../session/session.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { holdersNow } from './contribution-facts.ts'
import { contributionWords } from './words.ts'

/** Name of a batch: `2026年11月缴费 · 正常`. */
export function useBatchTitle(shown: CaseShown, loaded: LoadedPackage): string {
  const say = useWords(contributionWords)
  const { locale } = useLocale()
  const texts = usePackageTexts(loaded)
  const { period, type } = shown.values
  if (typeof period !== 'string') return say('titlePlain')
  return say('title', {
    month: monthInWords(period, locale),
    type: texts.code('type', String(type ?? '')),
  })
}

/** A step that waits for something that need not come, for example a restated value, is nobody's work. */
function isQuiet({ step, status }: StepShown, { steps }: ServiceDefinition): boolean {
  return status === 'waiting' && steps[step]?.wait?.when !== undefined
}

interface BatchStateProps {
  readonly found: CaseWithSteps
  readonly loaded: LoadedPackage
}

/** State, holder and clock as labels. */
export function BatchState({ found, loaded }: BatchStateProps) {
  const texts = usePackageTexts(loaded)
  const { session } = useSession()
  if (found.case.endedAt !== null) {
    return (
      <Tag tone="verified" icon="check">
        {texts.status(found.case.status)}
      </Tag>
    )
  }
  const service = serviceOf(loaded)
  const open = holdersNow(found)
  const isOwn = ({ awaits, status }: StepShown): boolean =>
    status !== 'waiting' && awaits.includes(session?.member ?? '')
  const shown = open.find(isOwn) ?? open.find((step) => !isQuiet(step, service))
  if (shown !== undefined) {
    return (
      <>
        <HolderTag found={found} step={shown} isOurs={isOwn(shown)} texts={texts} />
        <StepClock dueAt={shown.dueAt} />
      </>
    )
  }
  return open[0] === undefined ? null : <SettlingTag step={open[0]} texts={texts} />
}

function HolderTag({
  found,
  step,
  isOurs,
  texts,
}: {
  readonly found: CaseWithSteps
  readonly step: StepShown
  readonly isOurs: boolean
  readonly texts: PackageTexts
}) {
  const say = useWords(contributionWords)
  const { locale } = useLocale()
  const nameOf = useMemberName()
  const [party] = partiesOf(found.case, step.awaits[0] ?? step.holder)
  const who = party === undefined ? nameOf(step.holder) : partyInWords(party, locale)
  const name = texts.step(step.step)
  if (isOurs) {
    const key = step.submissions.length > 0 ? 'oursAgain' : 'ours'
    return <Tag tone="current">{say(key, { step: name })}</Tag>
  }
  return <Tag>{say(step.status === 'waiting' ? 'waits' : 'theirs', { who, step: name })}</Tag>
}

function SettlingTag({ step, texts }: { readonly step: StepShown; readonly texts: PackageTexts }) {
  const say = useWords(contributionWords)
  return (
    <Tag>
      {step.dueAt === null
        ? texts.step(step.step)
        : say('settling', { day: isoDay(step.dueAt).slice(5) })}
    </Tag>
  )
}
