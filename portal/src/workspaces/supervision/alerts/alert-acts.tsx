/* What a supervisor does about an alert: asks those told, answers, closes. Answers are signed acts. */
import { Button } from 'antd'
import { useState } from 'react'
import { useMemberName } from '../../../cells/cells.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { useSession } from '../../../session/session.tsx'
import { Icon } from '../../../shell/icons.tsx'
import { useWords } from '../../../words/locale.tsx'
import { useSignedAct } from '../signed-act.ts'
import { supervisionWords } from '../words.ts'
import type { AlertShown } from './alert-parts.tsx'
import type { AlertOutcome } from './alert-responses.tsx'
import { useAlertName } from './use-alert-name.ts'
import { useIsTold } from './use-is-told.ts'

const OUTCOMES: readonly AlertOutcome[] = ['SETTLED', 'NO_FAULT', 'CASE_OPENED', 'DUPLICATE']
const OUTCOME_WORDS: Readonly<Record<AlertOutcome, { readonly zh: string; readonly en: string }>> =
  {
    SETTLED: { zh: supervisionWords.zh.SETTLED, en: supervisionWords.en.SETTLED },
    NO_FAULT: { zh: supervisionWords.zh.NO_FAULT, en: supervisionWords.en.NO_FAULT },
    CASE_OPENED: { zh: supervisionWords.zh.CASE_OPENED, en: supervisionWords.en.CASE_OPENED },
    DUPLICATE: { zh: supervisionWords.zh.DUPLICATE, en: supervisionWords.en.DUPLICATE },
  }

/** The panel. */
export function AlertActs({ alert }: { readonly alert: AlertShown }) {
  const say = useWords(supervisionWords)
  const isTold = useIsTold(alert)
  if (alert.state === 'closed') return null
  return (
    <>
      <AskThem alert={alert} />
      {isTold ? (
        <OwnActs alert={alert} />
      ) : (
        <Section label={say('close')}>
          <p className="quiet">{say('notYours')}</p>
        </Section>
      )}
    </>
  )
}

function AskThem({ alert: { to, acknowledged } }: { readonly alert: AlertShown }) {
  const say = useWords(supervisionWords)
  const nameOf = useMemberName()
  return (
    <Section title={say('ask')}>
      <p className="quiet">{say('askLead')}</p>
      <ul className="response-list">
        {to.map((who) => {
          const hasAnswered = acknowledged.some(({ member }) => member === who)
          const state = say(hasAnswered ? 'answered' : 'waiting')
          return (
            <li key={who}>
              <Icon name={hasAnswered ? 'check' : 'clock'} size={14} />
              {say('askOne', { who: nameOf(who), state })}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

/** The two acts, said in sentences. */
function useActs(alert: AlertShown, outcome: AlertOutcome) {
  const sign = useSignedAct()
  const { id, code, case: caseId } = alert
  const name = useAlertName(code, caseId)
  const acknowledge = (): void =>
    sign({
      id: `acknowledge/${id}`,
      title: { zh: '答复收到这条提醒', en: 'Say that this alert was received' },
      action: 'supervision.acknowledgeAlert',
      input: { alert: id },
      say: (input) => [
        {
          zh: `我单位已收到提醒“${name}”（编号 ${String(input.alert)}）。`,
          en: `We have received the alert “${name}” (${String(input.alert)}).`,
        },
      ],
    })
  const close = (): void =>
    sign({
      id: `close/${id}`,
      title: { zh: '办结这条提醒', en: 'Close this alert' },
      action: 'supervision.closeAlert',
      input: { alert: id, outcome },
      say: (input) => {
        const words = OUTCOME_WORDS[String(input.outcome) as AlertOutcome]
        return [
          {
            zh: `我单位办结提醒“${name}”（编号 ${String(input.alert)}），结果：${words.zh}。`,
            en: `We close the alert “${name}” (${String(input.alert)}). Outcome: ${words.en}.`,
          },
          {
            zh: '办结以后其他单位不能再答复。办结本身留在账本上，不能撤销。',
            en: 'Nobody can answer it any more. Closing stays on the ledger and cannot be undone.',
          },
        ]
      },
    })
  return { acknowledge, close }
}

function OwnActs({ alert }: { readonly alert: AlertShown }) {
  const say = useWords(supervisionWords)
  const { session } = useSession()
  const [outcome, setOutcome] = useState<AlertOutcome>('SETTLED')
  const { acknowledge, close } = useActs(alert, outcome)
  const hasAnswered = alert.acknowledged.some(({ member }) => member === session?.member)
  return (
    <Section title={say('close')}>
      <fieldset className="choices">
        <legend>{say('closeWith')}</legend>
        {OUTCOMES.map((one) => (
          <label key={one} className={one === outcome ? 'choice is-chosen' : 'choice'}>
            <input
              type="radio"
              name="outcome"
              checked={one === outcome}
              onChange={() => setOutcome(one)}
            />
            <span>{say(one)}</span>
          </label>
        ))}
      </fieldset>
      <div className="form-foot act-foot">
        {hasAnswered ? null : <Button onClick={acknowledge}>{say('acknowledge')}</Button>}
        <Button type="primary" onClick={close}>
          {say('closeTitle')}
        </Button>
      </div>
    </Section>
  )
}
