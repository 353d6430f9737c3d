/* One calculator: questions, answer, why, what could change it; the situation lies in the address. */
import './calculators.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { dayInWords, isoDay } from '../../format/moments.ts'
import { Page } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useSession } from '../../session/session.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { AnswerPart } from './answer-part.tsx'
import { type Calculation, calculate } from './calculate.ts'
import { type Calculator, completed, rulesOf } from './calculator.ts'
import { findCalculator } from './every-calculator.ts'
import { type KnownLaw, lawOf, RuleNotPublished, useLaw } from './law.ts'
import { QuestionsPart, SituationOnPaper, situationLine } from './questions-part.tsx'
import { readSituation, type Situation, writeSituation } from './situation.ts'
import { toolWords } from './words.ts'

/** The calculator that the address names. */
export function CalculatorPage() {
  const say = useWords(toolWords)
  const calculator = findCalculator(useParams().calculator)
  if (calculator === undefined) {
    return (
      <Page title={say('none')}>
        <Empty action={<Link to="/tools">{say('back')}</Link>}>{say('noneWhy')}</Empty>
      </Page>
    )
  }
  return <OneCalculator key={calculator.id} calculator={calculator} />
}

/** The situation, in step with the address: what is typed goes there, what comes from there is taken. */
function useSituation(calculator: Calculator) {
  const { hash } = useLocation()
  const navigate = useNavigate()
  const [situation, setSituation] = useState(() => readSituation(hash, calculator))
  const newest = useRef(hash.includes('=') ? hash : '')
  // Written and not seen yet: while somebody types fast, the router tells older ones late.
  const underWay = useRef<string[]>([])
  useEffect(() => {
    const place = underWay.current.indexOf(hash)
    underWay.current = underWay.current.slice(place + 1)
    if (place >= 0 || hash === newest.current) return
    if (hash !== '' && !hash.includes('=')) {
      // The skip link put a place of the page there: the situation comes back, so that a reload keeps it.
      void navigate({ hash: newest.current }, { replace: true, preventScrollReset: true })
      return
    }
    newest.current = hash
    setSituation(readSituation(hash, calculator))
  }, [hash, calculator, navigate])
  const put = (next: Situation): void => {
    newest.current = writeSituation(next, calculator)
    underWay.current.push(newest.current)
    setSituation(next)
    void navigate({ hash: newest.current }, { replace: true, preventScrollReset: true })
  }
  return [situation, put] as const
}

function OneCalculator({ calculator }: { readonly calculator: Calculator }) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const { chain } = useSession()
  const [situation, put] = useSituation(calculator)
  const [today] = useState(() => isoDay(chain.time))
  const on = situation.on ?? today
  const { rules, parameters } = useLaw(rulesOf(calculator), on, situation.pins)
  const { question, about } = calculator
  return (
    <div className="tools tool">
      <Page title={question[locale]} crumb={<Link to="/tools">{say('back')}</Link>}>
        <p className="tools-intro">{about[locale]}</p>
        {rules.error instanceof RuleNotPublished ? (
          <Empty>{say('notPublished')}</Empty>
        ) : (
          <Asked of={rules} rows={5}>
            {(loaded) => (
              <Asked of={parameters} rows={5}>
                {(series) => (
                  <Body
                    calculator={calculator}
                    situation={situation}
                    known={lawOf(loaded, series, on)}
                    put={put}
                  />
                )}
              </Asked>
            )}
          </Asked>
        )}
      </Page>
    </div>
  )
}

interface BodyProps {
  readonly calculator: Calculator
  readonly situation: Situation
  readonly known: KnownLaw
  readonly put: (next: Situation) => void
}

/** Paper cannot be pressed: what lies behind lines stands open while it is printed. */
function useOpenOnPaper(): void {
  useEffect(() => {
    let opened: readonly HTMLDetailsElement[] = []
    const open = (): void => {
      const closed = document.querySelectorAll<HTMLDetailsElement>(
        '.tool-result details:not([open])',
      )
      opened = [...closed]
      for (const details of opened) details.open = true
    }
    const close = (): void => {
      for (const details of opened) details.open = false
    }
    addEventListener('beforeprint', open)
    addEventListener('afterprint', close)
    return () => {
      removeEventListener('beforeprint', open)
      removeEventListener('afterprint', close)
    }
  }, [])
}

function Body({ calculator, situation, known, put }: BodyProps) {
  const say = useWords(toolWords)
  useOpenOnPaper()
  const { locale } = useLocale()
  const { answers: typed } = situation
  const answers = completed(calculator, typed)
  const calculation = calculate(calculator, answers, known.law)
  // Who comes with a link sees the answer first; who fills in keeps the questions.
  const [isOpen, setOpen] = useState(
    () => calculation.kind !== 'told' || matchMedia('(min-width: 900px)').matches,
  )
  return (
    <div className="tool-body">
      <details
        className="card tool-situation"
        open={isOpen}
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary>
          <b>{say('situation')}</b>
          {isOpen ? null : <span className="tool-situation-change">{say('change')}</span>}
          <span className="tool-situation-line">{situationLine(calculator, answers, locale)}</span>
        </summary>
        <QuestionsPart
          calculator={calculator}
          answers={typed}
          series={known.series}
          change={(name, value) => put({ ...situation, answers: { ...typed, [name]: value } })}
        />
        <p className="tool-hint">{say('private')}</p>
        <SituationOnPaper calculator={calculator} answers={answers} />
      </details>
      <div className="tool-result">
        <AnswerPart
          calculator={calculator}
          answers={answers}
          known={known}
          calculation={calculation}
        />
        <LawLine situation={situation} known={known} put={put} />
        <Actions {...{ calculator, situation, known, put }} calculation={calculation} />
      </div>
    </div>
  )
}

function LawLine({ situation, known, put }: Omit<BodyProps, 'calculator'>) {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  const isFixed = situation.on !== null || situation.pins.length > 0
  return (
    <p className="quiet tool-law">
      {say('onDay', { day: dayInWords(known.law.on, locale) })} {say('notice')}
      {isFixed ? (
        <>
          {' '}
          {situation.pins.length > 0 ? say('pinned') : ''}{' '}
          <button
            type="button"
            className="plain-button"
            onClick={() => put({ ...situation, on: null, pins: [] })}
          >
            {say('today')}
          </button>
        </>
      ) : null}
    </p>
  )
}

function Actions({
  calculator,
  situation,
  known,
  calculation,
  put,
}: BodyProps & { readonly calculation: Calculation }) {
  const say = useWords(toolWords)
  const [copied, setCopied] = useState('')
  const plain = useMemo(() => writeSituation(situation, calculator), [situation, calculator])
  if (calculation.kind !== 'told') return null
  const address = `${location.origin}/tools/${calculator.id}`
  const pins = calculation.answered.flatMap(({ call }) => known.rules[call.rule]?.hash ?? [])
  const fixed = writeSituation(
    { ...situation, on: known.law.on, pins: [...new Set(pins)] },
    calculator,
  )
  // Browsers give it to pages with TLS and to the loopback only.
  const canCopy = 'clipboard' in navigator
  const copy = (text: string): void => {
    void navigator.clipboard.writeText(text).then(() => setCopied(text))
  }
  const button = (key: 'copy' | 'copyPinned', text: string) => (
    <button type="button" className="small-button" onClick={() => copy(text)}>
      {copied === text ? say('copied') : say(key)}
    </button>
  )
  return (
    <div className="tool-actions">
      {canCopy ? button('copy', `${address}${plain}`) : null}
      {canCopy ? button('copyPinned', `${address}${fixed}`) : null}
      <button type="button" className="small-button" onClick={() => print()}>
        {say('print')}
      </button>
      <button
        type="button"
        className="small-button"
        onClick={() => put({ answers: {}, on: null, pins: [] })}
      >
        {say('startOver')}
      </button>
      <p className="tool-printed">{say('printedFrom', { address: `${address}${fixed}` })}</p>
    </div>
  )
}
