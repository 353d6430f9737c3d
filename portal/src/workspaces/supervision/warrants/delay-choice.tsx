/* Delayed disclosure: off unless chosen, and then with its latest day. */
import { useWords } from '../../../words/locale.tsx'
import type { IssueTyped } from './issue-form.ts'
import { warrantWords } from './words.ts'

/** A box, and the day. */
export function DelayChoice({
  typed,
  set,
  days,
  last,
  fault,
}: {
  readonly typed: IssueTyped
  readonly set: (change: Partial<IssueTyped>) => void
  readonly days: number
  readonly last: string
  readonly fault: string | null
}) {
  const say = useWords(warrantWords)
  const isDelayed = typed.delay !== ''
  return (
    <div className="issue-wide">
      <label className="inline-check">
        <input
          type="checkbox"
          checked={isDelayed}
          onChange={({ target }) => set({ delay: target.checked ? typed.end : '' })}
        />
        {say('delay')}
      </label>
      <p className="field-hint">{say('delayHint', { days })}</p>
      {isDelayed ? (
        <div className="row">
          <label htmlFor="delay-day">{say('delayDay')}</label>
          <input
            id="delay-day"
            type="date"
            className="control is-short"
            value={typed.delay}
            min={typed.end}
            max={last}
            aria-invalid={fault !== null}
            onChange={({ target }) =>
              set({ delay: target.value === '' ? typed.end : target.value })
            }
          />
        </div>
      ) : null}
      {fault === null ? null : <p className="field-fault">{fault}</p>}
    </div>
  )
}
