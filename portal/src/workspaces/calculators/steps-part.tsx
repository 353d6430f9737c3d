/* Steps of one rule: the formula as boxes with these numbers, the sentence, the rounding, the article. */

import { certaintyInWords, lawMarks, roundingInWords } from '../../words/law-marks.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import type { Answered } from './calculate.ts'
import type { Piece } from './formula.ts'
import type { KnownRule } from './law.ts'
import { clauseName, labelOf, shownValue, type ToldStep, toldSteps } from './tell-steps.ts'
import { toolWords } from './words.ts'

/** The steps: results and arithmetic stand open, the others behind a line. */
export function StepsPart({
  answered,
  rule,
}: {
  readonly answered: Answered
  readonly rule: KnownRule
}) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const steps = toldSteps(answered, rule, locale)
  // What it comes to and every number on the way; which branch of the law applied stands below.
  const open = steps.filter(
    ({ isOutput, pieces, isNumber }) => isOutput || pieces !== null || isNumber,
  )
  const small = steps.filter((step) => !open.includes(step))
  return (
    <>
      <ol className="tool-steps">
        {open.map((step) => (
          <Step key={step.name} step={step} rule={rule} />
        ))}
      </ol>
      {small.length === 0 ? null : (
        <details className="tool-small">
          <summary>{say('small')}</summary>
          <ul>
            {small.map(({ name, title, sentence, expression, value }) => (
              <li key={name}>
                <b>{title}</b>{' '}
                {sentence ?? (
                  <>
                    <code className="mono">{expression}</code> = {value}
                  </>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Step({ step, rule }: { readonly step: ToldStep; readonly rule: KnownRule }) {
  const { title, sentence, pieces, value, clause, rounding } = step
  return (
    <li>
      <div className="tool-step-head">
        <b>{title}</b>
        <span className="tool-step-value">{value}</span>
      </div>
      {pieces === null ? (
        sentence === undefined ? null : (
          <p className="tool-sentence">{sentence}</p>
        )
      ) : (
        <Boxes pieces={pieces} step={step} rule={rule} />
      )}
      {rounding === null ? null : <Rounding rounding={rounding} after={value} />}
      {clause === null ? null : <ClauseOf id={clause} rule={rule} />}
    </li>
  )
}

function Boxes({
  pieces,
  step,
  rule,
}: {
  readonly pieces: readonly Piece[]
  readonly step: ToldStep
  readonly rule: KnownRule
}) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  return (
    <p className="tool-formula">
      {pieces.map((piece, at) => {
        const key = String(at)
        if (piece.kind === 'sign') return <i key={key}>{piece.text}</i>
        if (piece.kind === 'number') return <b key={key}>{piece.text}</b>
        return (
          <span key={key} className="tool-box">
            <b>{shownValue(rule, piece.name, piece.value, locale)}</b>
            <small>{labelOf(rule, rule.id, piece.name, locale) || say('publishedValue')}</small>
          </span>
        )
      })}
      <i>=</i>
      <span className="tool-box is-result">
        <b>{step.rounding?.before ?? step.value}</b>
        <small>{step.title}</small>
      </span>
    </p>
  )
}

function Rounding({
  rounding,
  after,
}: {
  readonly rounding: NonNullable<ToldStep['rounding']>
  readonly after: string
}) {
  const say = useWords(toolWords)
  const mark = useWords(lawMarks)
  const { mode, places, before } = rounding
  return (
    <p className="tool-rounding">
      {say('rounded', { mode: roundingInWords(mode, mark), places, before, after })}
    </p>
  )
}

/** The article, with its words behind a press. */
function ClauseOf({ id, rule }: { readonly id: string; readonly rule: KnownRule }) {
  const mark = useWords(lawMarks)
  const found = rule.clauses.get(id)
  const name = clauseName(id)
  if (found === undefined) return <p className="tool-clause">{name}</p>
  return (
    <details className="tool-clause">
      <summary>
        <span lang="zh-CN">{name}</span>
        {found.certainty === 'S' ? null : (
          <span className="tool-unsure">{certaintyInWords(found.certainty, mark)}</span>
        )}
      </summary>
      <blockquote lang="zh-CN">{found.quotation}</blockquote>
      {found.certainty === 'S' ? <p className="quiet">{mark('S')}</p> : null}
    </details>
  )
}
