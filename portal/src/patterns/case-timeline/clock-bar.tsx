/* One cell a working day, with the promised and the statutory limit flagged; the same in words above it. */
import { dayInWords } from '../../format/moments.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import type { StepTimes } from './step-times.ts'
import { timelineWords } from './words.ts'

/** Most cells that are drawn. */
const MOST_CELLS = 60

/** The clock of an open step. */
export function ClockBar({ times }: { readonly times: StepTimes }) {
  const say = useWords(timelineWords)
  const { locale } = useLocale()
  const { used, allowed, promised, left, dueOn, urgency } = times
  if (allowed === null || left === null || dueOn === null) {
    return <p className="clock-words">{say('usedOnly', { used })}</p>
  }
  const rest =
    urgency === 'over'
      ? say('clockOver', { over: Math.max(1, -left) })
      : left === 0
        ? say('clockToday')
        : say('clockLeft', { left, day: dayInWords(dueOn, locale) })
  return (
    <div className={`clock is-${urgency}`}>
      <p className="clock-words">
        <b>{used === 0 ? say('clockStart', { allowed }) : say('clock', { used, allowed })}</b>{' '}
        <span>{rest}</span>
      </p>
      {allowed > MOST_CELLS ? null : (
        <ol className="clock-cells" aria-hidden="true">
          {Array.from({ length: Math.max(allowed, 1) }, (_, at) => (
            <Cell key={`day ${at + 1}`} day={at + 1} times={times} />
          ))}
        </ol>
      )}
      {promised === null ? null : (
        <p className="clock-flags quiet">
          {say('promised')} {promised} · {say('statutory')} {allowed}
        </p>
      )}
    </div>
  )
}

function Cell({ day, times }: { readonly day: number; readonly times: StepTimes }) {
  const { used, allowed, promised } = times
  const isNow = day === Math.min(used, allowed ?? used)
  const state = isNow ? 'is-now' : day < used ? 'is-used' : ''
  const flag = day === promised ? ' is-promised' : day === allowed ? ' is-last' : ''
  return <li className={`${state}${flag}`} />
}
