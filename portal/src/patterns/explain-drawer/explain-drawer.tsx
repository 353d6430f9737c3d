/* Explains one number: the sentence, the formula with these numbers, the steps, the clause, the version, a trial. */
import './explain-drawer.css'
import type { JsonObject } from '@renshe/crypto'
import { type ExplainedStep, type RuleExplanation, tellStep } from '@renshe/rules'
import { Input } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Icon } from '../../shell/icons.tsx'
import { lawMarks, roundingInWords } from '../../words/law-marks.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { Asked } from '../states/states.tsx'
import { Tag } from '../tag/tag.tsx'
import type { NumberToExplain } from './explained.tsx'
import { labelIn, type RuleInForce, recompute, useParameters, useRuleInForce } from './recompute.ts'
import { explainWords } from './words.ts'

/** The explanation at the side of the page; Esc closes it and the focus goes back to the number. */
export function ExplainDrawer({
  number,
  close,
}: {
  readonly number: NumberToExplain
  readonly close: () => void
}) {
  const say = useWords(explainWords)
  const [asked] = useSearchParams()
  const heading = useRef<HTMLHeadingElement>(null)
  const rule = useRuleInForce(number, asked.get('rule'))
  const parameters = useParameters()
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [close])
  return (
    <aside className="explain-drawer" aria-label={say('explain', { title: number.title })}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {number.title}
        </h2>
        <button type="button" className="plain-button" aria-label={say('close')} onClick={close}>
          <Icon name="cross" size={16} />
        </button>
      </header>
      <Asked of={rule} rows={6}>
        {(known) => (
          <Asked of={parameters} rows={6}>
            {(values) => <Explanation number={number} rule={known} parameters={values} />}
          </Asked>
        )}
      </Asked>
    </aside>
  )
}

function Explanation({
  number,
  rule,
  parameters,
}: {
  readonly number: NumberToExplain
  readonly rule: RuleInForce
  readonly parameters: NonNullable<ReturnType<typeof useParameters>['data']>
}) {
  const say = useWords(explainWords)
  const { locale } = useLocale()
  const { facts, on, output, value } = number
  const [asked] = useSearchParams()
  const pinned = new URLSearchParams(asked)
  pinned.set('explain', number.id)
  pinned.set('rule', rule.hash)
  const told = useMemo(() => recompute(rule, parameters, on, facts), [rule, parameters, on, facts])
  return (
    <div className="stack">
      <Badge told={told} output={output} value={value} />
      {told.ok ? (
        <>
          <p className="explain-sentence">{told.sentences[locale][0]}</p>
          <Formula told={told} output={output} facts={facts} rule={rule} />
          <section>
            <h3>{say('steps')}</h3>
            <ol className="explain-steps">
              {told.tree.steps.map((step) => (
                <Step key={step.name} step={step} told={told} rule={rule} />
              ))}
            </ol>
          </section>
          {told.lastFen[output] === undefined ? null : (
            <section>
              <h3>{say('lastFen')}</h3>
              <p>{told.lastFen[output]?.[locale]}</p>
            </section>
          )}
        </>
      ) : null}
      <section>
        <h3>{say('clause')}</h3>
        <p>{rule.clauses.join(' · ')}</p>
        <p className="quiet">{say('rule', { id: rule.id, from: rule.inForceFrom })}</p>
        <p className="row">
          <Link to={`/explore/rules/${rule.hash}`}>{say('openRule')}</Link>
          <Link to={`?${pinned}`}>{say('link')}</Link>
        </p>
      </section>
      <WhatIf number={number} rule={rule} parameters={parameters} />
    </div>
  )
}

function Badge({
  told,
  output,
  value,
}: {
  readonly told: RuleExplanation
  readonly output: string
  readonly value: string
}) {
  const say = useWords(explainWords)
  if (!told.ok) {
    return (
      <Tag tone="attention" icon="alert">
        {say('refused', { why: told.error.message })}
      </Tag>
    )
  }
  const came = String(told.outputs[output] ?? '')
  return isSameNumber(came, value) ? (
    <Tag tone="verified" icon="check">
      {say('same')}
    </Tag>
  ) : (
    <Tag tone="failure" icon="cross">
      {say('different', { ledger: value, came })}
    </Tag>
  )
}

/** Equal as numbers, however many zeros they end with. */
function isSameNumber(one: string, other: string): boolean {
  const plain = (text: string): string =>
    text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
  return plain(one) === plain(other)
}

/** The formula as boxes, filled with these numbers. */
function Formula({
  told,
  output,
  facts,
  rule,
}: {
  readonly told: RuleExplanation & { readonly ok: true }
  readonly output: string
  readonly facts: JsonObject
  readonly rule: RuleInForce
}) {
  const say = useWords(explainWords)
  const { locale } = useLocale()
  const step = told.tree.steps.find(({ name }) => name === output)
  return (
    <section>
      <h3>{say('formula')}</h3>
      <div className="explain-formula">
        {Object.entries(facts).map(([name, value]) => (
          <span key={name} className="explain-box">
            <small>{labelIn(rule, name, locale)}</small>
            {String(value)}
          </span>
        ))}
        {step === undefined ? null : (
          <p className="mono">
            {step.expression} = {step.withNumbers}
          </p>
        )}
        <span className="explain-box is-result">
          <small>{labelIn(rule, output, locale)}</small>
          {String(told.outputs[output] ?? '')}
        </span>
      </div>
    </section>
  )
}

function Step({
  step,
  told,
  rule,
}: {
  readonly step: ExplainedStep
  readonly told: RuleExplanation & { readonly ok: true }
  readonly rule: RuleInForce
}) {
  const say = useWords(explainWords)
  const mark = useWords(lawMarks)
  const { locale } = useLocale()
  const { name, expression, withNumbers, rounding, clause, steps } = step
  return (
    <li>
      <b>{labelIn(rule, name, locale)}</b>
      <p>{tellStep(rule.document, told.tree, step, rule.texts[locale], locale)}</p>
      <p className="mono quiet">
        {expression}
        {expression === withNumbers ? '' : ` = ${withNumbers}`}
      </p>
      {rounding === null ? null : (
        <p className="explain-rounding">
          {say('rounding', {
            mode: roundingInWords(rounding.mode, mark),
            places: rounding.places,
            before: rounding.before,
            after: rounding.after,
          })}
        </p>
      )}
      {clause === null ? null : <p className="quiet">{clause}</p>}
      {steps.length === 0 ? null : (
        <ol className="explain-steps">
          {steps.map((own) =>
            'isTold' in own ? (
              <li key={own.name} className="quiet">
                {labelIn(rule, own.name, locale)} = {String(own.value)}
              </li>
            ) : (
              <Step key={own.name} step={own} told={told} rule={rule} />
            ),
          )}
        </ol>
      )}
    </li>
  )
}

/** Other facts, computed here and never sent. */
function WhatIf({
  number,
  rule,
  parameters,
}: {
  readonly number: NumberToExplain
  readonly rule: RuleInForce
  readonly parameters: NonNullable<ReturnType<typeof useParameters>['data']>
}) {
  const say = useWords(explainWords)
  const { facts, on, output } = number
  const { locale } = useLocale()
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({})
  const isChanged = Object.keys(changed).length > 0
  const told = isChanged ? recompute(rule, parameters, on, { ...facts, ...changed }) : null
  return (
    <section className="explain-trial">
      <h3>
        {say('whatIf')} <Tag tone="attention">{say('trial')}</Tag>
      </h3>
      {Object.entries(facts)
        .filter(([, value]) => typeof value === 'string')
        .map(([name, value]) => (
          <label key={name} htmlFor={`trial-${name}`}>
            <span>{labelIn(rule, name, locale)}</span>
            <Input
              id={`trial-${name}`}
              size="small"
              value={changed[name] ?? String(value)}
              onChange={({ target }) => setChanged({ ...changed, [name]: target.value })}
            />
          </label>
        ))}
      {told === null ? null : (
        <p role="status">
          {told.ok
            ? `${labelIn(rule, output, locale)} = ${String(told.outputs[output] ?? '')}`
            : told.error.message}
        </p>
      )}
      <p className="quiet">{say('trialNote')}</p>
    </section>
  )
}
