import './order.css'
import '../../../patterns/step-form/step-form.css'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { LoadedPackage } from '../../../package/package-document.ts'
import { usePackageInForce } from '../../../package/use-package.ts'
import { Page, Section } from '../../../patterns/page/page.tsx'
import { Asked, Empty } from '../../../patterns/states/states.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { useWords } from '../../../words/locale.tsx'
import { fieldsOf, type PlanFields, REGISTERS } from '../annuity.ts'
import { useUnitValues } from '../valuation/use-unit-values.ts'
import { NavPart } from './nav-part.tsx'
import { OrderForm } from './order-form.tsx'
import { OrderList } from './order-list.tsx'
import { ORDER_SERVICE, useOrders } from './use-orders.ts'
import { orderWords } from './words.ts'

/** Orders of the portfolios that this member manages in a plan. */
export function OrderPage() {
  const { plan: key = '' } = useParams()
  const entry = useAsk('registers.findEntry', { register: REGISTERS.plan, key })
  const loaded = usePackageInForce(ORDER_SERVICE)
  const say = useWords(orderWords)
  if (entry.data === undefined || loaded.data === undefined) {
    return (
      <Page title={say('list')} crumb={say('plan', { key })}>
        <Asked of={entry} rows={6}>
          {() => (
            <Asked of={loaded} rows={6}>
              {() => null}
            </Asked>
          )}
        </Asked>
      </Page>
    )
  }
  const found = entry.data.data.entry
  if (found === null) return <NotManaged />
  return <Loaded plan={key} fields={fieldsOf<PlanFields>(found)} loaded={loaded.data} />
}

function NotManaged() {
  const say = useWords(orderWords)
  return (
    <Page title={say('list')}>
      <Section label={say('list')}>
        <Empty>{say('none')}</Empty>
      </Section>
    </Page>
  )
}

function Loaded({
  plan,
  fields,
  loaded,
}: {
  readonly plan: string
  readonly fields: PlanFields
  readonly loaded: LoadedPackage
}) {
  const say = useWords(orderWords)
  const { session } = useSession()
  const own = fields.investmentManagers.flatMap((manager, index) =>
    manager === session?.member ? [index + 1] : [],
  )
  const [chosen, setChosen] = useState(own[0] ?? 0)
  const values = useUnitValues(plan)
  const orders = useOrders(plan, chosen)
  const value = values.items[0]
  const netValue = value?.fields.portfolioValues[chosen - 1]
  if (own.length === 0) return <NotManaged />
  return (
    <Page
      title={say('title', { portfolio: chosen })}
      crumb={
        <Link to={`/institution/plans/${encodeURIComponent(plan)}`}>
          {say('plan', { key: plan })}
        </Link>
      }
      actions={
        own.length > 1 ? <Portfolios own={own} chosen={chosen} choose={setChosen} /> : undefined
      }
    >
      {value === undefined || netValue === undefined ? (
        <Section label={say('navTitle')}>
          {values.isWaiting ? null : <Empty>{say('noNav')}</Empty>}
        </Section>
      ) : (
        <>
          <NavPart
            value={value}
            netValue={netValue}
            share={fields.portfolioShares[chosen - 1] ?? null}
          />
          <OrderForm
            key={chosen}
            plan={plan}
            portfolio={chosen}
            day={value.day}
            netValue={netValue}
            loaded={loaded}
            orders={orders}
          />
        </>
      )}
      <OrderList orders={orders} loaded={loaded} />
    </Page>
  )
}

function Portfolios({
  own,
  chosen,
  choose,
}: {
  readonly own: readonly number[]
  readonly chosen: number
  readonly choose: (portfolio: number) => void
}) {
  const say = useWords(orderWords)
  return own.map((portfolio) => (
    <button
      key={portfolio}
      type="button"
      className="small-button"
      aria-pressed={portfolio === chosen}
      onClick={() => choose(portfolio)}
    >
      {say('portfolio')} {portfolio}
    </button>
  ))
}
