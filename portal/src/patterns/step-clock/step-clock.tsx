/* The clock of an open step: until when, how much is left; amber when little is, red when it is over. */
import { useRoute } from '../../session/asking.ts'
import { type ChainShown, useSession } from '../../session/session.tsx'
import { useLocale } from '../../words/locale.tsx'
import type { Locale } from '../../words/words.ts'
import { Tag, type Tone } from '../tag/tag.tsx'
import { clockInWords, type Urgency } from './clock-words.ts'

const TONES: Readonly<Record<Urgency, Tone>> = {
  calm: 'neutral',
  soon: 'attention',
  overdue: 'failure',
}

/** Block time of the newest block, UTC ms: the clock that deadlines are judged by. */
export function useChainTime(): number {
  const { chain } = useSession()
  const { data } = useRoute<ChainShown>('/chain')
  return data?.time ?? chain.time
}

/** A due moment as a label. */
export function StepClock({ dueAt }: { readonly dueAt: number | null }) {
  const { locale } = useLocale()
  const now = useChainTime()
  return dueAt === null ? null : <ClockTag dueAt={dueAt} now={now} locale={locale} />
}

/** The same where the time is known already, as in a long list. */
export function ClockTag({
  dueAt,
  now,
  locale,
}: {
  readonly dueAt: number
  readonly now: number
  readonly locale: Locale
}) {
  const { urgency, until, left } = clockInWords(dueAt, now, locale)
  return (
    <Tag tone={TONES[urgency]} icon="clock">
      {until}
      {locale === 'zh' ? '，' : ', '}
      {left}
    </Tag>
  )
}

/** Height of the newest block. */
export function useChainHeight(): number {
  const { chain } = useSession()
  const { data } = useRoute<ChainShown>('/chain')
  return data?.finalHeight ?? chain.finalHeight
}
