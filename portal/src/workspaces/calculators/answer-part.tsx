/* The answer first, then why, then what could change it. */
import { Link } from 'react-router'
import { Tag } from '../../patterns/tag/tag.tsx'
import { certaintyInWords, lawMarks } from '../../words/law-marks.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { type Answered, type Calculation, calculate } from './calculate.ts'
import {
  type Answers,
  askedQuestions,
  type Calculator,
  completed,
  type Told,
} from './calculator.ts'
import type { KnownLaw } from './law.ts'
import { StepsPart } from './steps-part.tsx'
import { type Doubt, doubtsOf } from './tell-steps.ts'
import { toolWords } from './words.ts'

interface AnswerProps {
  readonly calculator: Calculator
  /** Completed. */
  readonly answers: Answers
  readonly known: KnownLaw
  readonly calculation: Calculation
}

/** Everything that is said once questions are answered; before that, what is missing. */
export function AnswerPart(props: AnswerProps) {
  const { calculation } = props
  if (calculation.kind === 'open') return <StillOpen {...props} open={calculation} />
  if (calculation.kind === 'refused') return <RefusedAnswer {...props} refused={calculation} />
  const { told, answered } = calculation
  return (
    <>
      <Headline told={told} answered={answered} known={props.known} />
      <Why answered={answered} known={props.known} />
      <Changes {...props} told={told} />
    </>
  )
}

function StillOpen({
  calculator,
  answers,
  open: { missing, wrong },
}: AnswerProps & { readonly open: Calculation & { readonly kind: 'open' } }) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const labelOf = (name: string | undefined): string =>
    askedQuestions(calculator, answers).find((one) => one.name === name)?.label[locale] ?? ''
  return (
    <section className="card tool-open" aria-live="polite" aria-label={say('answer')}>
      {missing.length > 0 ? (
        <>
          <p>{say('stillOpen', { count: missing.length })}</p>
          <p className="quiet">{say('firstOpen', { label: labelOf(missing[0]) })}</p>
        </>
      ) : (
        <p>{say('wrongOne', { label: labelOf(wrong[0]) })}</p>
      )}
    </section>
  )
}

function RefusedAnswer({
  known,
  refused: { call, error },
}: AnswerProps & { readonly refused: Calculation & { readonly kind: 'refused' } }) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const { code, field, message } = error
  const label = known.rules[call.rule]?.texts[locale][`field.${field}`] ?? field
  const why =
    code === 'PARAMETER_MISSING'
      ? 'refusedParameter'
      : code === 'RULE_NOT_IN_FORCE'
        ? 'refusedForce'
        : 'refusedWhy'
  return (
    <section className="card tool-open is-refused" role="alert">
      <h2>{say('refused')}</h2>
      <p>{say(why, { field: label })}</p>
      <p className="quiet">
        {say('refusedExact')}: <span lang="en">{message}</span> ({code})
      </p>
    </section>
  )
}

function Headline({
  told: { headline, rows = [], notes, isNo = false },
  answered,
  known,
}: {
  readonly told: Told
  readonly answered: readonly Answered[]
  readonly known: KnownLaw
}) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const doubts = doubtsOf(answered, known.rules, known.series, locale)
  return (
    <section className="card tool-answer" aria-label={say('answer')}>
      <p className={`tool-headline${isNo ? ' is-no' : ''}`} aria-live="polite">
        {headline[locale]}
      </p>
      {notes.map((note) => (
        <p key={note.en} className="tool-note">
          {note[locale]}
        </p>
      ))}
      {rows.length === 0 ? null : (
        <dl className="tool-rows">
          {rows.map(({ label, value }) => (
            <div key={label.en}>
              <dt>{label[locale]}</dt>
              <dd>{value[locale]}</dd>
            </div>
          ))}
        </dl>
      )}
      <Sureness doubts={doubts} />
    </section>
  )
}

/** That everything has a published text, or what has not. */
function Sureness({ doubts }: { readonly doubts: readonly Doubt[] }) {
  const say = useWords(toolWords)
  const mark = useWords(lawMarks)
  if (doubts.length === 0) {
    return (
      <Tag tone="verified" icon="check">
        {say('certain')}
      </Tag>
    )
  }
  return (
    <details className="tool-doubts">
      <summary>
        <Tag tone="attention" icon="alert">
          {say('doubts', { count: doubts.length })}
        </Tag>
      </summary>
      <p>{say('doubtsIntro')}</p>
      <ul>
        {doubts.map(({ what, certainty, source }) => (
          <li key={what}>
            <b>{what}</b> {certaintyInWords(certainty, mark)}
            {source === null ? null : (
              <span className="quiet" lang="zh-CN">
                {say('source', { source })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Why({
  answered,
  known,
}: {
  readonly answered: readonly Answered[]
  readonly known: KnownLaw
}) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  return (
    <section className="card tool-why" aria-label={say('why')}>
      <h2>{say('why')}</h2>
      <p className="quiet">{say('whyIntro')}</p>
      {answered
        .filter(({ call }) => call.isAside !== true)
        .map((one) => (
          <div key={one.call.name} className="tool-rule">
            <RuleHead one={one} known={known} />
            <StepsOf one={one} known={known} />
          </div>
        ))}
      {answered
        .filter(({ call }) => call.isAside === true)
        .map((one) => (
          <details key={one.call.name} className="tool-rule is-aside">
            <summary>{titleOf(one, known)[locale]}</summary>
            <RuleHead one={one} known={known} />
            <StepsOf one={one} known={known} />
          </details>
        ))}
    </section>
  )
}

interface OneRule {
  readonly one: Answered
  readonly known: KnownLaw
}

function titleOf({ call }: Answered, known: KnownLaw) {
  return call.title ?? known.rules[call.rule]?.title ?? { zh: call.rule, en: call.rule }
}

function RuleHead({ one, known }: OneRule) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const rule = known.rules[one.call.rule]
  if (rule === undefined) return null
  return (
    <h3>
      {titleOf(one, known)[locale]}
      <Link to={`/explore/rules/${rule.hash}`}>
        {say('ruleOf', { id: rule.id, from: rule.inForceFrom })}
      </Link>
    </h3>
  )
}

function StepsOf({ one, known }: OneRule) {
  const rule = known.rules[one.call.rule]
  return rule === undefined ? null : <StepsPart answered={one} rule={rule} />
}

function Changes({ calculator, answers, known, told }: AnswerProps & { readonly told: Told }) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const variations = calculator.variations.flatMap(({ label, change }) => {
    const changed = change(answers)
    if (changed === null) return []
    const other = calculate(calculator, completed(calculator, changed), known.law)
    if (other.kind !== 'told') return []
    const short = other.told.short[locale]
    return [{ label: label[locale], short: short === told.short[locale] ? say('same') : short }]
  })
  return (
    <section className="card tool-changes" aria-label={say('changesTitle')}>
      <h2>{say('changesTitle')}</h2>
      {variations.length === 0 ? null : (
        <dl className="tool-rows is-variations">
          {variations.map(({ label, short }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{short}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul>
        {calculator.changes.map((text) => (
          <li key={text.en}>{text[locale]}</li>
        ))}
      </ul>
    </section>
  )
}
