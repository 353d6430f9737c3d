/* Who of those told has answered, and how it ended. */
import { useMemberName } from '../../../cells/cells.tsx'
import { exactMoment } from '../../../format/moments.ts'
import { Icon } from '../../../shell/icons.tsx'
import { useWords } from '../../../words/locale.tsx'
import { supervisionWords } from '../words.ts'
import type { AlertShown } from './alert-parts.tsx'

const OUTCOMES = ['SETTLED', 'NO_FAULT', 'CASE_OPENED', 'DUPLICATE'] as const

/** Outcomes that one closes an alert with. */
export type AlertOutcome = (typeof OUTCOMES)[number]

/** What an outcome is called; one that is none of ours by its code. */
export function useOutcome(): (code: string) => string {
  const say = useWords(supervisionWords)
  return (code) => {
    const known = OUTCOMES.find((one) => one === code)
    return known === undefined ? code : say(known)
  }
}

/** The list, the oldest first. */
export function AlertResponses({ alert }: { readonly alert: AlertShown }) {
  const say = useWords(supervisionWords)
  const nameOf = useMemberName()
  const outcomeOf = useOutcome()
  const { acknowledged, closed } = alert
  if (acknowledged.length === 0 && closed === null) {
    return <p className="quiet">{say('responsesNone')}</p>
  }
  return (
    <ul className="response-list">
      {acknowledged.map(({ member, name, at }) => (
        <li key={member}>
          <Icon name="check" size={14} />
          {say('respondedAt', {
            who: nameOf(member),
            officer: name,
            at: exactMoment(at).slice(0, 16),
          })}
        </li>
      ))}
      {closed === null ? null : (
        <li>
          <Icon name="check" size={14} />
          {say('closedBy', {
            who: nameOf(closed.member),
            officer: closed.name,
            at: exactMoment(closed.at).slice(0, 16),
            outcome: outcomeOf(closed.outcome),
          })}
        </li>
      )}
    </ul>
  )
}
