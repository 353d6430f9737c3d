/* The head of a batch: its name, who has it now, until when, and what this session may do. */
import { useMemberName } from '../../../cells/cells.tsx'
import { isoDay, monthInWords } from '../../../format/moments.ts'
import type { LoadedPackage } from '../../../package/package-document.ts'
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

/** A step of the correction period is nobody's work. */
function isQuiet({ wait, status }: StepShown): boolean {
  return status === 'waiting' && wait?.kind === 'register'
}

/** State, holder and clock as labels. */
export function BatchState({
  found,
  loaded,
}: {
  readonly found: CaseWithSteps
  readonly loaded: LoadedPackage
}) {
  const say = useWords(contributionWords)
  const { locale } = useLocale()
  const { session } = useSession()
  const nameOf = useMemberName()
  const texts = usePackageTexts(loaded)
  if (found.case.endedAt !== null) {
    return (
      <Tag tone="verified" icon="check">
        {texts.status(found.case.status)}
      </Tag>
    )
  }
  const open = holdersNow(found)
  const ours = open.find(
    ({ awaits, wait }) => wait === null && awaits.includes(session?.member ?? ''),
  )
  const shown = ours ?? open.find((step) => !isQuiet(step)) ?? open[0]
  if (shown === undefined) return null
  const [party] = partiesOf(found.case, shown.awaits[0] ?? shown.holder)
  const who = party === undefined ? nameOf(shown.holder) : partyInWords(party, locale)
  const step = texts.step(shown.step)
  const isOurs = shown === ours
  return (
    <>
      <Tag tone={isOurs ? 'current' : 'neutral'}>
        {isQuiet(shown) && shown.dueAt !== null && open.length === 1
          ? say('settling', { day: isoDay(shown.dueAt).slice(5) })
          : isOurs
            ? say(shown.submissions.length > 0 ? 'oursAgain' : 'ours', { step })
            : say('theirs', { who, step })}
      </Tag>
      {isQuiet(shown) && open.length === 1 ? null : <StepClock dueAt={shown.dueAt} />}
    </>
  )
}
