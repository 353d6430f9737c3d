/* What the rule answers: within the limits, or refused with limit, would-be share, the most that may be, clause. */
import type { JsonObject } from '@renshe/crypto'
import { percent, yuan } from '../../../format/money.ts'
import { Explained } from '../../../patterns/explain-drawer/explained.tsx'
import type { RuleInForce } from '../../../patterns/explain-drawer/recompute.ts'
import { Refused } from '../../../patterns/states/states.tsx'
import { Icon } from '../../../shell/icons.tsx'
import { useWords } from '../../../words/locale.tsx'
import { LimitBar } from './limit-bar.tsx'
import type { OrderTyped, OrderVerdict } from './order-check.ts'
import { orderWords } from './words.ts'

interface CheckPartProps {
  readonly rule: RuleInForce
  readonly verdict: OrderVerdict | null
  /** Why the rule gave no answer. */
  readonly failure: string | null
  readonly facts: JsonObject | null
  readonly on: string
  readonly typed: OrderTyped
  /** Takes the most that may be bought as the amount. */
  readonly change: (amount: string) => void
}

/** The answer. */
export function CheckPart(props: CheckPartProps) {
  const say = useWords(orderWords)
  const { rule, verdict, failure } = props
  return (
    <div className="stack" aria-live="polite">
      {failure !== null ? <p>{say('checkFailed', { why: failure })}</p> : null}
      {verdict === null ? (
        failure === null ? (
          <p className="quiet">{say('checkWaiting')}</p>
        ) : null
      ) : (
        <Verdict {...props} verdict={verdict} />
      )}
      <p className="quiet">{say('rule', { id: rule.id, from: rule.inForceFrom })}</p>
    </div>
  )
}

function Verdict(props: CheckPartProps & { readonly verdict: OrderVerdict }) {
  const say = useWords(orderWords)
  const { verdict, typed, facts, on } = props
  const { limit, before, after, liquidityFloor, liquidityAfter } = verdict
  const name = say(typed.assetClass)
  return (
    <>
      {verdict.isAllowed ? (
        <p className="order-allowed">
          <Icon name="check" size={18} />
          {say('allowed')}
        </p>
      ) : (
        <RefusedOrder {...props} />
      )}
      <LimitBar
        title={say('classBar', { class: name })}
        before={before}
        after={after}
        mark={limit}
        markText={say('limit', { limit: percent(limit) })}
        isBroken={verdict.breaches.includes('CLASS_ABOVE_LIMIT')}
      />
      <LimitBar
        title={say('liquidityBar')}
        before={null}
        after={liquidityAfter}
        mark={liquidityFloor}
        markText={say('floor', { floor: percent(liquidityFloor) })}
        isBroken={verdict.breaches.includes('LIQUIDITY_BELOW_FLOOR')}
      />
      {facts === null ? null : (
        <p>
          <Explained
            number={{
              id: 'order-share',
              title: say('explainTitle', { class: name }),
              rule: 'annuity.order-limit',
              facts,
              output: 'classShareAfter',
              on,
              value: after,
            }}
          >
            {say('explain')}
          </Explained>
        </p>
      )}
    </>
  )
}

function RefusedOrder({
  rule,
  verdict,
  typed,
  change,
}: CheckPartProps & { readonly verdict: OrderVerdict }) {
  const say = useWords(orderWords)
  const { breaches, limit, after, liquidityFloor, liquidityAfter, mostAmount } = verdict
  const values = {
    class: say(typed.assetClass),
    after: percent(after),
    limit: percent(limit),
    liquidity: percent(liquidityAfter),
    floor: percent(liquidityFloor),
    most: yuan(mostAmount),
  }
  return (
    <Refused
      title={say('refused')}
      clause={rule.clauses.join(' · ')}
      next={
        <>
          <p>{say('refusedNothing')}</p>
          {mostAmount === '0.00' ? null : (
            <button type="button" className="small-button" onClick={() => change(mostAmount)}>
              {say('useMost', { most: yuan(mostAmount) })}
            </button>
          )}
        </>
      }
    >
      {breaches.map((breach) => (
        <p key={breach}>{say(breach, values)}</p>
      ))}
    </Refused>
  )
}
