/* Both sides of one valuation: values, difference, whose turn it is. */
import { Link } from 'react-router'
import { MoneyCell, useMemberName } from '../../../cells/cells.tsx'
import { isSame } from '../../../format/exact.ts'
import { grouped, percent, yuan } from '../../../format/money.ts'
import type { LoadedPackage } from '../../../package/package-document.ts'
import { usePackageOfCase, usePackageTexts } from '../../../package/use-package.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Explained } from '../../../patterns/explain-drawer/explained.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Asked } from '../../../patterns/states/states.tsx'
import type { CaseWithSteps } from '../../../patterns/step-clock/case-shown.ts'
import { StepClock } from '../../../patterns/step-clock/step-clock.tsx'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useWords } from '../../../words/locale.tsx'
import { ActButtons, ActOpened } from '../contribution/act-part.tsx'
import { holdersNow } from '../contribution/contribution-facts.ts'
import { usePlan } from '../contribution/use-contribution.ts'
import { bothSides, navParts, type PortfolioSides } from './both-sides.ts'
import { valuationWords } from './words.ts'

/** A valuation with its act buttons, sides and calculation. */
export function ValuationView({ caseId }: { readonly caseId: string }) {
  const asked = useAsk('cases.getCase', { case: caseId })
  const loaded = usePackageOfCase(asked.data?.data.case ?? null)
  return (
    <Asked of={asked} rows={6}>
      {({ data: found }) => (
        <Asked of={loaded} rows={6}>
          {(document) => <Valuation found={found} loaded={document} />}
        </Asked>
      )}
    </Asked>
  )
}

function Valuation({
  found,
  loaded,
}: {
  readonly found: CaseWithSteps
  readonly loaded: LoadedPackage
}) {
  const say = useWords(valuationWords)
  const texts = usePackageTexts(loaded)
  const nameOf = useMemberName()
  const plan = usePlan(found)
  const shares = plan.fields?.portfolioShares ?? []
  const rows = bothSides(found, plan.fields?.investmentManagers ?? [], shares.length)
  const [next] = holdersNow(found)
  return (
    <div className="stack">
      <p className="row">
        {plan.key === null ? null : (
          <Link to={`/institution/plans/${encodeURIComponent(plan.key)}`}>{plan.key}</Link>
        )}
        {next === undefined ? (
          <Tag tone="verified" icon="check">
            {texts.status(found.case.status)}
          </Tag>
        ) : (
          <>
            <Tag tone="current">
              {texts.step(next.step)} · {next.awaits.map(nameOf).join('、')}
            </Tag>
            <StepClock dueAt={next.dueAt} />
          </>
        )}
        <Link to={`/institution/cases/${found.case.id}`}>{say('history')}</Link>
        <span className="row push">
          <ActButtons found={found} texts={texts} />
        </span>
      </p>
      <ActOpened found={found} />
      <SidesTable rows={rows} shares={shares} />
      <NavCalculation found={found} />
    </div>
  )
}

function SidesTable({
  rows,
  shares,
}: {
  readonly rows: readonly PortfolioSides[]
  readonly shares: readonly string[]
}) {
  const say = useWords(valuationWords)
  const columns = useSideColumns(shares)
  return (
    <Section title={say('sides')} aside={<span className="quiet">{say('sidesAbout')}</span>}>
      <DataTable
        caption={say('sides')}
        columns={columns}
        rows={rows}
        keyOf={({ portfolio }) => String(portfolio)}
      />
    </Section>
  )
}

function useSideColumns(shares: readonly string[]): readonly Column<PortfolioSides>[] {
  const say = useWords(valuationWords)
  const nameOf = useMemberName()
  const money = (amount: string | null) =>
    amount === null ? <span className="quiet">{say('notYet')}</span> : <MoneyCell amount={amount} />
  return [
    {
      key: 'which',
      head: say('which'),
      cell: ({ portfolio }) => (
        <span className="row">
          {portfolio}
          <span className="quiet">
            {say('share', { share: percent(shares[portfolio - 1] ?? '0') })}
          </span>
        </span>
      ),
    },
    { key: 'manager', head: say('manager'), cell: ({ manager }) => nameOf(manager) },
    {
      key: 'managerValue',
      head: say('managerValue'),
      isNumber: true,
      cell: ({ managerValue }) => money(managerValue),
    },
    {
      key: 'custodianValue',
      head: say('custodianValue'),
      isNumber: true,
      cell: ({ custodianValue }) => money(custodianValue),
    },
    {
      key: 'difference',
      head: say('difference'),
      isNumber: true,
      cell: ({ difference }) => money(difference),
    },
    { key: 'state', head: say('state'), cell: (row) => <SideState row={row} /> },
    {
      key: 'holder',
      head: say('holder'),
      cell: ({ awaits }) => awaits.map(nameOf).join('、') || '—',
    },
  ]
}

function SideState({ row: { difference, managerValue } }: { readonly row: PortfolioSides }) {
  const say = useWords(valuationWords)
  if (difference === null) {
    return <Tag icon="dash">{say(managerValue === null ? 'waitsManager' : 'waitsCustodian')}</Tag>
  }
  const isEqual = isSame(difference, '0')
  return (
    <Tag tone={isEqual ? 'verified' : 'attention'} icon={isEqual ? 'check' : 'alert'}>
      {say(isEqual ? 'equal' : 'unequal')}
    </Tag>
  )
}

function NavCalculation({ found }: { readonly found: CaseWithSteps }) {
  const say = useWords(valuationWords)
  const parts = navParts(found)
  if (parts === null) return null
  const number = {
    id: `unit-nav-${found.case.id}`,
    title: say('unitNav'),
    rule: 'annuity.unit-nav',
    facts: { netAssetValue: parts.planNav, units: parts.units },
    output: 'unitNav',
    on: found.case.lawDate,
    value: parts.unitNav,
  }
  const lines = [
    ['cash', parts.cash, ''],
    ['assets', parts.assets, '+'],
    ['liabilities', parts.liabilities, '−'],
    ['nav', parts.planNav, '='],
  ] as const
  return (
    <Section
      title={say('how')}
      aside={
        <Tag tone={parts.isSame ? 'verified' : 'failure'} icon={parts.isSame ? 'check' : 'cross'}>
          {say(parts.isSame ? 'here' : 'hereNot')}
        </Tag>
      }
    >
      <dl className="calculation">
        {lines.map(([key, amount, sign]) => (
          <div key={key}>
            <dt>
              <span aria-hidden="true">{sign}</span> {say(key)}
            </dt>
            <dd>{yuan(amount)}</dd>
          </div>
        ))}
        <div>
          <dt>{say('perUnit', { units: grouped(parts.units, 4) })}</dt>
          <dd>
            <b>
              <Explained number={number}>{grouped(parts.unitNav, 4)}</Explained>
            </b>
          </dd>
        </div>
      </dl>
    </Section>
  )
}
