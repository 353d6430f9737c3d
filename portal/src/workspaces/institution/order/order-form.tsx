/* An order: positions and order typed, the published rule answering at each keystroke, then two signatures. */
import { Button } from 'antd'
import { useState } from 'react'
import { isoDay } from '../../../format/moments.ts'
import { yuan } from '../../../format/money.ts'
import type { LoadedPackage } from '../../../package/package-document.ts'
import {
  recompute,
  useParameters,
  useRuleInForce,
} from '../../../patterns/explain-drawer/recompute.ts'
import { Section } from '../../../patterns/page/page.tsx'
import { Asked } from '../../../patterns/states/states.tsx'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useSession } from '../../../session/session.tsx'
import { useWords } from '../../../words/locale.tsx'
import { CheckPart } from './check-part.tsx'
import {
  AMOUNTS,
  ASSET_CLASSES,
  factsOf,
  type OrderTyped,
  SIDES,
  shareOf,
  verdictOf,
  wrongFields,
} from './order-check.ts'
import { OrderField } from './order-field.tsx'
import { type NextOrder, useGiveOrder } from './use-give-order.ts'
import type { Orders } from './use-orders.ts'
import { orderWords } from './words.ts'

interface OrderFormProps {
  readonly plan: string
  readonly portfolio: number
  /** Day of the net value. */
  readonly day: string
  readonly netValue: string
  readonly loaded: LoadedPackage
  readonly orders: Orders
}

const EMPTY: OrderTyped = {
  instrument: '',
  assetClass: 'EQUITY',
  side: 'BUY',
  amount: '',
  classValue: '',
  liquidityValue: '',
}

/** The form with its check beside it. */
export function OrderForm(props: OrderFormProps) {
  const say = useWords(orderWords)
  const [typed, setTyped] = useState<OrderTyped>(EMPTY)
  const [isAsked, setIsAsked] = useState(false)
  const { netValue } = props
  const check = useCheck(typed, netValue)
  const { give, next, isBusy } = useGiveOrder({ ...props, onGiven: () => setTyped(EMPTY) })
  const wrong = wrongFields(typed)
  const isRefused = check.verdict !== null && !check.verdict.isAllowed
  const set = (change: Partial<OrderTyped>): void => setTyped({ ...typed, ...change })
  const send = (): void => {
    setIsAsked(true)
    // Nothing is sealed before the rule has allowed exactly what is typed.
    if (wrong.length === 0 && check.verdict?.isAllowed === true) void give(typed)
  }
  return (
    <form
      className="order-grid"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) send()
      }}
    >
      <div className="stack">
        <Section title={say('order')} aside={<Samples netValue={netValue} fill={setTyped} />}>
          <OrderFields typed={typed} set={set} wrong={isAsked ? wrong : []} />
        </Section>
        <WhatFollows />
      </div>
      <div className="stack">
        <Section title={say('check')} aside={<span className="quiet">{say('checkLead')}</span>}>
          <Asked of={check.rule}>
            {(rule) => (
              <CheckPart
                rule={rule}
                verdict={check.verdict}
                failure={check.failure}
                facts={check.facts}
                on={check.on}
                typed={typed}
                change={(amount) => set({ amount: yuan(amount) })}
              />
            )}
          </Asked>
        </Section>
        <OrderFoot
          next={next}
          isBusy={isBusy}
          isRefused={isRefused}
          isChecked={check.verdict !== null}
          missing={wrong.length}
        />
      </div>
    </form>
  )
}

function WhatFollows() {
  const say = useWords(orderWords)
  return (
    <Section title={say('then')}>
      <ol className="order-then">
        <li>{say('thenGive')}</li>
        <li>{say('thenCheck')}</li>
        <li>{say('thenExecute')}</li>
      </ol>
    </Section>
  )
}

/** The button, and why it is off. */
function OrderFoot({
  next,
  isBusy,
  isRefused,
  isChecked,
  missing,
}: {
  readonly next: NextOrder
  readonly isBusy: boolean
  readonly isRefused: boolean
  readonly isChecked: boolean
  /** Fields to fill in. */
  readonly missing: number
}) {
  const say = useWords(orderWords)
  return (
    <div className="order-foot">
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        loading={isBusy}
        disabled={isRefused || !isChecked}
      >
        {next.case === null ? say('sign') : say('go', { no: next.number })}
      </Button>
      <p className="quiet" role="status">
        {isRefused
          ? say('blocked')
          : missing > 0
            ? say('incomplete', { count: missing })
            : say(next.case === null ? 'twoSteps' : 'oneStep', { no: next.number })}
      </p>
    </div>
  )
}

/** The rule of the day, evaluated here. */
function useCheck(typed: OrderTyped, netValue: string) {
  const on = isoDay(useChainTime())
  const facts = factsOf(typed, netValue)
  const asked = {
    id: 'order-limit',
    title: '',
    rule: 'annuity.order-limit',
    output: 'isAllowed',
    value: '',
  }
  const rule = useRuleInForce({ ...asked, facts: facts ?? {}, on }, null)
  const parameters = useParameters()
  const isReady = rule.data !== undefined && parameters.data !== undefined && facts !== null
  const told = isReady ? recompute(rule.data, parameters.data, on, facts) : null
  return {
    rule,
    on,
    facts,
    verdict: told === null ? null : verdictOf(told),
    failure: told !== null && !told.ok ? told.error.message : null,
  }
}

interface OrderFieldsProps {
  readonly typed: OrderTyped
  readonly set: (change: Partial<OrderTyped>) => void
  readonly wrong: readonly (keyof OrderTyped)[]
}

function OrderFields({ typed, set, wrong }: OrderFieldsProps) {
  const say = useWords(orderWords)
  return (
    <div className="order-fields">
      <OrderField
        id="instrument"
        label={say('instrument')}
        fault={wrong.includes('instrument') ? say('faultInstrument') : null}
      >
        <input
          id="instrument"
          className="control"
          value={typed.instrument}
          onChange={({ target }) => set({ instrument: target.value })}
        />
      </OrderField>
      <OrderField id="assetClass" label={say('assetClass')} fault={null}>
        <select
          id="assetClass"
          className="control"
          value={typed.assetClass}
          onChange={({ target }) =>
            set({ assetClass: ASSET_CLASSES.find((one) => one === target.value) ?? 'EQUITY' })
          }
        >
          {ASSET_CLASSES.map((one) => (
            <option key={one} value={one}>
              {say(one)}
            </option>
          ))}
        </select>
      </OrderField>
      <fieldset className="choices side-choice">
        <legend>{say('side')}</legend>
        <div className="row">
          {SIDES.map((one) => (
            <label key={one} className={typed.side === one ? 'choice is-chosen' : 'choice'}>
              <input
                type="radio"
                name="side"
                checked={typed.side === one}
                onChange={() => set({ side: one })}
              />
              <span>{say(one)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <AmountFields typed={typed} set={set} wrong={wrong} />
    </div>
  )
}

function AmountFields({ typed, set, wrong }: OrderFieldsProps) {
  const say = useWords(orderWords)
  return AMOUNTS.map((field) => (
    <OrderField
      key={field}
      id={field}
      label={say(field)}
      fault={wrong.includes(field) ? say('faultAmount') : null}
      {...(field === 'liquidityValue' ? { hint: say('positionsLead') } : {})}
    >
      <input
        id={field}
        className="control number"
        inputMode="decimal"
        value={typed[field]}
        aria-invalid={wrong.includes(field)}
        onChange={({ target }) => set({ [field]: target.value })}
      />
    </OrderField>
  ))
}

const [HELD, LIQUID, ABOVE, WITHIN] = [38n, 10n, 3n, 1n]

/** Demonstrations only: an order above the limit, and one within. */
function Samples({
  netValue,
  fill,
}: {
  readonly netValue: string
  readonly fill: (typed: OrderTyped) => void
}) {
  const say = useWords(orderWords)
  const { chain } = useSession()
  if (!chain.isDemonstration) return null
  const sample = (bought: bigint): OrderTyped => ({
    ...EMPTY,
    instrument: say('sampleInstrument'),
    amount: yuan(shareOf(netValue, bought)),
    classValue: yuan(shareOf(netValue, HELD)),
    liquidityValue: yuan(shareOf(netValue, LIQUID)),
  })
  return (
    <span className="row push">
      <button type="button" className="plain-button" onClick={() => fill(sample(ABOVE))}>
        {say('sampleOver')}
      </button>
      <button type="button" className="plain-button" onClick={() => fill(sample(WITHIN))}>
        {say('sampleGood')}
      </button>
    </span>
  )
}
