/* The rule of an alert in words, its facts, and who has the step now. */
import { useMemberName } from '../../../cells/cells.tsx'
import { exactMoment } from '../../../format/moments.ts'
import { type PackageTexts, textsOf } from '../../../package/package-texts.ts'
import { useDuration } from '../../../patterns/sign-dialog/follows-part.tsx'
import { isUnfinished } from '../../../patterns/step-clock/case-shown.ts'
import { StepClock } from '../../../patterns/step-clock/step-clock.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { supervisionWords } from '../words.ts'
import type { AlertShown } from './alert-parts.tsx'
import { type AlertSource, sourceOfAlert } from './alert-rules.ts'
import { factLabel } from './fact-words.ts'
import { useLoadedOfCase } from './use-alert-name.ts'

const stepOf = ({ facts }: AlertShown): string | null =>
  typeof facts.step === 'string' ? facts.step : null

/** Names of those that an alert was sent to. */
export function useTold({ to }: Pick<AlertShown, 'to'>): string {
  const nameOf = useMemberName()
  const { locale } = useLocale()
  return to.map((who) => nameOf(who)).join(locale === 'zh' ? '、' : ', ')
}

/** Why it was raised. */
export function AlertRule({ alert }: { readonly alert: AlertShown }) {
  const say = useWords(supervisionWords)
  const { locale } = useLocale()
  const loaded = useLoadedOfCase(alert.case)
  const told = useTold(alert)
  if (loaded === undefined) return <p>{say(alert.case === null ? 'ruleCore' : 'checking')}</p>
  const source = sourceOfAlert(loaded, alert.code, stepOf(alert))
  const texts = textsOf(loaded, locale)
  return (
    <div className="stack">
      {source === undefined ? (
        <p>
          {alert.code === 'DETERMINATION_DISPUTED'
            ? say('ruleCore')
            : say('ruleUnknown', { code: alert.code })}
        </p>
      ) : (
        <SourceInWords source={source} texts={texts} told={told} />
      )}
      <p className="quiet">
        {loaded.document.title[locale]} {loaded.document.version} ·{' '}
        <span className="mono">{alert.code}</span>
      </p>
    </div>
  )
}

function SourceInWords({
  source,
  texts,
  told,
}: {
  readonly source: AlertSource
  readonly texts: PackageTexts
  readonly told: string
}) {
  const say = useWords(supervisionWords)
  const duration = useDuration()
  switch (source.kind) {
    case 'clock': {
      const clause = texts.clause(source.clause)
      return (
        <>
          <p>
            {say('ruleClock', {
              step: texts.step(source.step),
              limit: duration(source.limit),
              clause: clause.name,
              to: told,
            })}
          </p>
          {clause.quotation === null ? null : <blockquote>{clause.quotation}</blockquote>}
        </>
      )
    }
    case 'outcome':
      return (
        <p>
          {say('ruleOutcome', {
            step: texts.step(source.step),
            outcome: texts.outcome(source.step, source.outcome),
            to: told,
          })}
        </p>
      )
    case 'event':
      return (
        <p>
          {source.after === null
            ? say('ruleEvent', { event: source.event, when: source.when, to: told })
            : say('ruleAfter', {
                event: source.event,
                limit: duration(source.after),
                unless: source.unless ?? say('ruleCase'),
                when: source.when,
                to: told,
              })}
        </p>
      )
  }
}

/** Public values that came with it; nothing of a person is among them. */
export function AlertFacts({ alert }: { readonly alert: AlertShown }) {
  const { locale } = useLocale()
  const nameOf = useMemberName()
  const loaded = useLoadedOfCase(alert.case)
  const texts = loaded === undefined ? null : textsOf(loaded, locale)
  const wordOf = (name: string, value: unknown): string => {
    if (name === 'step' && typeof value === 'string') return texts?.step(value) ?? value
    if ((name === 'holder' || name === 'member') && typeof value === 'string') return nameOf(value)
    if (typeof value === 'number' && value > MOMENTS_FROM) return exactMoment(value).slice(0, 16)
    if (Array.isArray(value)) return value.map(String).join(locale === 'zh' ? '、' : ', ')
    return String(value)
  }
  return (
    <dl className="facts">
      {inOrder(alert.facts).map(([name, value]) => (
        <div key={name}>
          <dt>{factLabel(name, locale) ?? texts?.field(name) ?? name}</dt>
          <dd>{wordOf(name, value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The step first: it says where. */
function inOrder(facts: AlertShown['facts']): readonly (readonly [string, unknown])[] {
  return Object.entries(facts).sort(
    ([one], [other]) => Number(other === 'step') - Number(one === 'step'),
  )
}

/** Above this a whole number in a fact is a moment, UTC ms. */
const MOMENTS_FROM = 1_000_000_000_000

/** Who has the step that it speaks of, else the open steps of the case. */
export function AlertOwner({ alert }: { readonly alert: AlertShown }) {
  return alert.case === null ? null : <OwnerInCase alert={alert} caseId={alert.case} />
}

function OwnerInCase({ alert, caseId }: { readonly alert: AlertShown; readonly caseId: string }) {
  const say = useWords(supervisionWords)
  const { locale } = useLocale()
  const nameOf = useMemberName()
  const found = useAsk('cases.getCase', { case: caseId })
  const loaded = useLoadedOfCase(caseId)
  const texts = loaded === undefined ? null : textsOf(loaded, locale)
  const open = (found.data?.data.steps ?? []).filter(isUnfinished)
  const own = open.filter(({ step }) => step === stepOf(alert))
  const shown = own.length > 0 ? own : open
  if (found.data === undefined) return null
  if (shown.length === 0) return <p className="quiet">{say('ownerNone')}</p>
  return (
    <ul className="owner-list">
      {shown.map(({ n, step, holder, dueAt }) => (
        <li key={n}>
          <b>{say('ownerStep', { who: nameOf(holder), step: texts?.step(step) ?? step })}</b>
          <StepClock dueAt={dueAt} />
        </li>
      ))}
    </ul>
  )
}
