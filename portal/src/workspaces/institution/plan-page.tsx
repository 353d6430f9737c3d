import './institution.css'
import { Link, useParams } from 'react-router'
import { grouped } from '../../format/money.ts'
import { usePackageOfCase } from '../../package/use-package.ts'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useAsk } from '../../session/asking.ts'
import { useWords } from '../../words/locale.tsx'
import { fieldsOf, type PlanFields, REGISTERS } from './annuity.ts'
import { PlanParties } from './plan/plan-parties.tsx'
import { PlanAccounts, PlanScheme, PlanSeparation } from './plan/plan-parts.tsx'
import { PlanYears } from './plan/plan-years.tsx'
import { planWords } from './plan/words.ts'
import { useUnitValues } from './valuation/use-unit-values.ts'

/** A plan: who is who, what was agreed, whether the parts are separate. */
export function PlanPage() {
  const { plan: key = '' } = useParams()
  const say = useWords(planWords)
  const entry = useAsk('registers.findEntry', { register: REGISTERS.plan, key })
  return (
    <Page
      title={say('title', { key })}
      crumb={<Link to="/institution/plans">{say('list')}</Link>}
      tags={<UnitsNow planKey={key} />}
    >
      <Asked of={entry} rows={8}>
        {({ data }) =>
          data.entry === null ? (
            <Section label={say('list')}>
              <Empty>{say('missing')}</Empty>
            </Section>
          ) : (
            <PlanBody
              planKey={key}
              plan={fieldsOf<PlanFields>(data.entry)}
              caseId={data.entry.case}
            />
          )
        }
      </Asked>
    </Page>
  )
}

function UnitsNow({ planKey }: { readonly planKey: string }) {
  const say = useWords(planWords)
  const book = useAsk('funds.getBook', { book: planKey })
  const values = useUnitValues(planKey)
  const units = book.data?.data.accounts.find(({ account }) => account === 'U1')?.amount
  const newest = values.items[0]
  if (units === undefined) return null
  return (
    <span className="quiet">
      {newest === undefined
        ? say('unitsPlain', { units: grouped(units, 4) })
        : say('unitsNow', {
            units: grouped(units, 4),
            nav: newest.fields.unitNav,
            day: newest.day,
          })}
    </span>
  )
}

function PlanBody({
  planKey,
  plan,
  caseId,
}: {
  readonly planKey: string
  readonly plan: PlanFields
  readonly caseId: string
}) {
  const say = useWords(planWords)
  const asked = useAsk('cases.getCase', { case: caseId })
  const loaded = usePackageOfCase(asked.data?.data.case ?? null)
  return (
    <Asked of={asked} rows={8}>
      {({ data: found }) => (
        <Asked of={loaded} rows={8}>
          {(document) => (
            <div className="stack">
              <PlanParties plan={plan} found={found} loaded={document} />
              <div className="two-columns">
                <PlanSeparation plan={plan} found={found} loaded={document} />
                <div className="stack">
                  <PlanScheme plan={plan} found={found} />
                  <PlanAccounts planKey={planKey} />
                </div>
              </div>
              <PlanYears planKey={planKey} plan={plan} />
              <Section label={say('books')}>
                <p className="row">
                  <Link to={`/institution/journal/${encodeURIComponent(planKey)}`}>
                    {say('toBook')}
                  </Link>
                  <Link to={`/institution/cases/${caseId}`}>{say('history')}</Link>
                </p>
              </Section>
            </div>
          )}
        </Asked>
      )}
    </Asked>
  )
}
