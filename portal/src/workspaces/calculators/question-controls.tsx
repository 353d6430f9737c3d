/* One control per kind of question; each takes and gives the spelling of its kind. */
import type { ReactNode } from 'react'
import { useLocale, useWords } from '../../words/locale.tsx'
import type { Question } from './calculator.ts'
import { toolWords } from './words.ts'

interface ControlProps {
  readonly question: Question
  readonly value: string
  /** Id of the element that its label belongs to, and the beginning of further ids. */
  readonly id: string
  readonly isWrong: boolean
  readonly describedBy: string | undefined
  readonly change: (value: string) => void
}

/** The control of a question. */
export function QuestionControl(props: ControlProps) {
  switch (props.question.kind) {
    case 'choice':
      return <Choice {...props} />
    case 'month':
      return <MonthControl {...props} />
    case 'span':
    case 'span-days':
      return <SpanControl {...props} />
    case 'ladder':
      return <LadderControl {...props} />
    default:
      return <Line {...props} />
  }
}

/** Few choices stand open; many are a list. */
const MOST_OPEN = 4

function Choice({ question, value, id, isWrong, describedBy, change }: ControlProps) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const { choices = [], name } = question
  if (choices.length > MOST_OPEN) {
    return (
      <select
        id={id}
        className="control"
        value={value}
        aria-invalid={isWrong}
        aria-describedby={describedBy}
        onChange={({ target }) => change(target.value)}
      >
        <option value="">{say('choose')}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label[locale]}
          </option>
        ))}
      </select>
    )
  }
  return (
    <div className="tool-choices">
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => change(choice.value)}
          />
          <span>{choice.label[locale]}</span>
        </label>
      ))}
    </div>
  )
}

/** Text, number or day in one line, with its unit. */
function Line({ question, value, id, isWrong, describedBy, change }: ControlProps) {
  const { locale } = useLocale()
  const { kind, unit } = question
  return (
    <div className="tool-line">
      <input
        id={id}
        className="control"
        type={kind === 'date' ? 'date' : 'text'}
        inputMode={kind === 'count' ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={value}
        aria-invalid={isWrong}
        aria-describedby={describedBy}
        onChange={({ target }) => change(withoutGrouping(target.value))}
      />
      {unit === undefined ? null : <span>{unit[locale]}</span>}
    </div>
  )
}

/** People copy `8,462.00` and type wide digits. */
function withoutGrouping(text: string): string {
  return text
    .replace(/[,，\s]/g, '')
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
}

/** A small number among others of one answer. */
function Part({
  id,
  label,
  value,
  most,
  props: { isWrong, describedBy },
  change,
}: {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly most: number
  readonly props: ControlProps
  readonly change: (value: string) => void
}) {
  return (
    <span className="tool-part">
      <input
        id={id}
        className="control"
        inputMode="numeric"
        autoComplete="off"
        maxLength={most}
        value={value}
        aria-invalid={isWrong}
        aria-describedby={describedBy}
        aria-label={label}
        onChange={({ target }) => change(withoutGrouping(target.value))}
      />
      <span aria-hidden="true">{label}</span>
    </span>
  )
}

function MonthControl(props: ControlProps) {
  const say = useWords(toolWords)
  const { id, value, isWrong, describedBy, change } = props
  const [year = '', month = ''] = value.split('-')
  const put = (newYear: string, newMonth: string): void => {
    change(newYear === '' && newMonth === '' ? '' : `${newYear}-${newMonth}`)
  }
  return (
    <div className="tool-parts">
      <Part
        id={id}
        label={say('year')}
        value={year}
        most={4}
        props={props}
        change={(text) => put(text, month)}
      />
      <span className="tool-part">
        <select
          className="control"
          aria-label={say('month')}
          value={month}
          aria-invalid={isWrong}
          aria-describedby={describedBy}
          onChange={({ target }) => put(year, target.value)}
        >
          <option value="">—</option>
          {Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0')).map((one) => (
            <option key={one} value={one}>
              {Number(one)}
            </option>
          ))}
        </select>
        <span aria-hidden="true">{say('month')}</span>
      </span>
    </div>
  )
}

function SpanControl(props: ControlProps) {
  const say = useWords(toolWords)
  const { question, id, value, change } = props
  const labels = [say('years'), say('monthsUnit'), say('days')]
  const count = question.kind === 'span' ? 2 : 3
  const parts = value.split('-')
  const put = (at: number, text: string): void => {
    const all = labels
      .slice(0, count)
      .map((_, index) => (index === at ? text : (parts[index] ?? '')))
    // Whoever gives years alone means no further months; while nothing is given nothing is meant.
    change(all.every((part) => part === '') ? '' : all.map((part) => part || '0').join('-'))
  }
  return (
    <div className="tool-parts">
      {labels.slice(0, count).map((label, at) => (
        <Part
          key={label}
          id={at === 0 ? id : `${id}-${at}`}
          label={label}
          value={parts[at] ?? ''}
          most={2}
          props={props}
          change={(text) => put(at, text)}
        />
      ))}
    </div>
  )
}

/** Steps of a vesting schedule: after how many years how many per cent. */
function LadderControl(props: ControlProps) {
  const say = useWords(toolWords)
  const { id, value, change } = props
  const rows = value === '' ? [] : value.split('_').map((row) => row.split('-'))
  const shown = rows.length === 0 ? [['', '']] : rows
  const put = (at: number, months: string, percent: string): void => {
    const all = shown.map((row, index) => (index === at ? [months, percent] : row))
    const kept = all.filter(([after = '', share = '']) => after !== '' || share !== '')
    change(kept.map((row) => row.join('-')).join('_'))
  }
  const line = (row: readonly string[], at: number): ReactNode => {
    const [months = '', percent = ''] = row
    const years = months === '' ? '' : String(Number(months) / 12)
    return (
      <div className="tool-parts" key={String(at)}>
        <Part
          id={at === 0 ? id : `${id}-${at}`}
          label={say('ladderAfter')}
          value={years}
          most={2}
          props={props}
          change={(text) => put(at, text === '' ? '' : String(Number(text) * 12), percent)}
        />
        <Part
          id={`${id}-${at}-share`}
          label={say('ladderShare')}
          value={percent}
          most={3}
          props={props}
          change={(text) => put(at, months, text)}
        />
      </div>
    )
  }
  return (
    <div className="tool-ladder">
      {shown.map(line)}
      {shown.length < 10 ? (
        <button
          type="button"
          className="small-button"
          onClick={() => change([...shown.map((row) => row.join('-')), '-'].join('_'))}
        >
          {say('addRow')}
        </button>
      ) : null}
    </div>
  )
}
