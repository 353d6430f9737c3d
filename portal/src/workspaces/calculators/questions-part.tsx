/* The questions of a calculator: plain words, a hint where the answer is found, a sentence where it is wrong. */
import { grouped } from '../../format/money.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { type Answers, askedQuestions, type Calculator, type Question } from './calculator.ts'
import type { ParameterSeries } from './law.ts'
import { QuestionControl } from './question-controls.tsx'
import { answerFault, shownAnswer } from './read-answers.ts'
import { toolWords } from './words.ts'

/** Regions that publish local numbers; others are called by their code. */
const REGIONS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  '000000': { zh: '全国', en: 'the country' },
  '110000': { zh: '北京', en: 'Beijing' },
  '440300': { zh: '深圳', en: 'Shenzhen' },
  '510000': { zh: '四川', en: 'Sichuan' },
}

/** All questions. */
export function QuestionsPart({
  calculator,
  answers,
  series,
  change,
}: {
  readonly calculator: Calculator
  readonly answers: Answers
  readonly series: readonly ParameterSeries[]
  readonly change: (name: string, value: string) => void
}) {
  return (
    <form className="tool-questions" onSubmit={(event) => event.preventDefault()}>
      {askedQuestions(calculator, answers).map((question) => (
        <OneQuestion
          key={question.name}
          question={question}
          value={answers[question.name] ?? question.initial ?? ''}
          series={series}
          change={(value) => change(question.name, value)}
        />
      ))}
    </form>
  )
}

function OneQuestion({
  question,
  value,
  series,
  change,
}: {
  readonly question: Question
  readonly value: string
  readonly series: readonly ParameterSeries[]
  readonly change: (value: string) => void
}) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const { name, label, hint, isOptional, kind, choices = [], published } = question
  const id = `question-${name}`
  const fault = value === '' ? null : answerFault(question, value)
  const described = [
    hint === undefined ? null : `${id}-hint`,
    fault === null ? null : `${id}-fault`,
  ]
  const isLine = ['money', 'decimal', 'count', 'date'].includes(kind) || choices.length > 4
  const head = (
    <>
      {label[locale]}
      {isOptional === true ? <small>{say('optional')}</small> : null}
    </>
  )
  return (
    <fieldset className="tool-question">
      <legend>{isLine ? <label htmlFor={id}>{head}</label> : head}</legend>
      <QuestionControl
        question={question}
        value={value}
        id={id}
        isWrong={fault !== null}
        describedBy={described.filter((one) => one !== null).join(' ') || undefined}
        change={change}
      />
      {fault === null ? null : (
        <p className="tool-fault" id={`${id}-fault`} role="alert">
          {fault[locale]}
        </p>
      )}
      {hint === undefined ? null : (
        <p className="tool-hint" id={`${id}-hint`}>
          {hint[locale]}
        </p>
      )}
      {published === undefined ? null : (
        <Published parameter={published} series={series} change={change} />
      )}
    </fieldset>
  )
}

/** What is published of a local number, each to be taken over by a press. */
function Published({
  parameter,
  series,
  change,
}: {
  readonly parameter: string
  readonly series: readonly ParameterSeries[]
  readonly change: (value: string) => void
}) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const found = series.filter((one) => one.parameter === parameter && one.rows.length > 0)
  if (found.length === 0) return <p className="tool-hint">{say('noPublished')}</p>
  return (
    <div className="tool-published">
      <span className="tool-hint">{say('publishedHere')}</span>
      {found.map(({ region, rows }) => {
        const row = rows.at(-1)
        if (row === undefined) return null
        const place = REGIONS[region]?.[locale] ?? region
        const year = row.effectiveFrom.slice(0, 4)
        return (
          <button
            key={region}
            type="button"
            className="small-button"
            title={row.source ?? row.basis}
            onClick={() => change(row.value)}
          >
            {say('takeOver', { region: place, year, value: grouped(row.value) })}
          </button>
        )
      })}
    </div>
  )
}

/** The situation in one line, for who comes with a link. */
export function situationLine(
  calculator: Calculator,
  answers: Answers,
  locale: 'zh' | 'en',
): string {
  return askedQuestions(calculator, answers)
    .flatMap((question) => {
      const value = answers[question.name]
      return value === undefined ? [] : [shownAnswer(question, value, locale)]
    })
    .join(' · ')
}

/** The situation for paper: each question with its answer, because a line of numbers alone says nothing there. */
export function SituationOnPaper({
  calculator,
  answers,
}: {
  readonly calculator: Calculator
  readonly answers: Answers
}) {
  const { locale } = useLocale()
  return (
    <dl className="tool-rows tool-on-paper">
      {askedQuestions(calculator, answers).flatMap((question) => {
        const value = answers[question.name]
        if (value === undefined) return []
        return [
          <div key={question.name}>
            <dt>{question.label[locale]}</dt>
            <dd>{shownAnswer(question, value, locale)}</dd>
          </div>,
        ]
      })}
    </dl>
  )
}
