import './institution.css'
import { useEffect } from 'react'
import { Link, useParams } from 'react-router'
import { DateCell, MoneyCell, UnitsCell } from '../../cells/cells.tsx'
import { yuan } from '../../format/money.ts'
import { type Column, DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty, Waiting } from '../../patterns/states/states.tsx'
import { Tag } from '../../patterns/tag/tag.tsx'
import { negated, sumOf } from '../../patterns/triple-match/exact.ts'
import { useAsk } from '../../session/asking.ts'
import { useWords } from '../../words/locale.tsx'
import { SERVICES } from './annuity.ts'
import { useAskPages } from './ask-pages.ts'
import { NavLine } from './valuation/nav-line.tsx'
import { ValuationView } from './valuation/sides-table.tsx'
import { type UnitValue, useUnitValues } from './valuation/use-unit-values.ts'
import { valuationWords } from './valuation/words.ts'

/** Valuations that are open, and values that were published. */
export function ValuationPage() {
  const say = useWords(valuationWords)
  const open = useAsk('cases.listCases', {
    service: SERVICES.valuation,
    status: 'OPEN',
    limit: 100,
  })
  const values = useUnitValues(null)
  const columns = useColumns(values.items)
  return (
    <Page title={say('list')}>
      <Asked of={open}>
        {({ data }) =>
          data.items.length === 0 ? (
            <Section title={say('open')}>
              <Empty>{say('openNone')}</Empty>
            </Section>
          ) : (
            data.items.map(({ id }) => <ValuationView key={id} caseId={id} />)
          )
        }
      </Asked>
      <Section title={say('published')}>
        <NavLine values={values.items.slice(0, 60)} />
        <DataTable
          caption={say('published')}
          columns={columns}
          rows={values.items}
          keyOf={({ plan, day }) => `${plan}/${day}`}
          empty={<Empty>{say('publishedNone')}</Empty>}
          {...(values.hasMore ? { onEnd: values.more } : {})}
        />
      </Section>
    </Page>
  )
}

function useColumns(all: readonly UnitValue[]): readonly Column<UnitValue>[] {
  const say = useWords(valuationWords)
  const before = (value: UnitValue): UnitValue | undefined =>
    all.find(({ plan, day }) => plan === value.plan && day < value.day)
  return [
    {
      key: 'day',
      head: say('valuationDay'),
      cell: ({ day, plan }) => (
        <Link to={`/institution/valuation/${day}?plan=${encodeURIComponent(plan)}`}>{day}</Link>
      ),
    },
    { key: 'plan', head: say('plan'), cell: ({ plan }) => plan },
    {
      key: 'unitNav',
      head: say('unitNav'),
      isNumber: true,
      cell: ({ fields }) => (
        <b>
          <UnitsCell units={fields.unitNav} />
        </b>
      ),
    },
    {
      key: 'growth',
      head: say('growth'),
      isNumber: true,
      cell: (value) => <Growth value={value} before={before(value)} />,
    },
    {
      key: 'planNav',
      head: say('planNav'),
      isNumber: true,
      cell: ({ fields }) => <MoneyCell amount={fields.planNav} />,
    },
    {
      key: 'units',
      head: say('units'),
      isNumber: true,
      cell: ({ fields }) => <UnitsCell units={fields.unitsInIssue} />,
    },
    {
      key: 'portfolios',
      head: say('portfolios'),
      isNumber: true,
      cell: ({ fields }) => fields.portfolioValues.map((one) => yuan(one)).join(' ＋ '),
    },
    {
      key: 'published',
      head: say('publishedOn'),
      cell: ({ fields }) => <DateCell at={fields.publishedOn} />,
    },
    {
      key: 'version',
      head: say('version'),
      cell: ({ version }) =>
        version === 1 ? (
          say('first')
        ) : (
          <Tag tone="attention">{say('restated', { n: version - 1 })}</Tag>
        ),
    },
  ]
}

function Growth({
  value,
  before,
}: {
  readonly value: UnitValue
  readonly before: UnitValue | undefined
}) {
  if (before === undefined) return <>—</>
  const change = sumOf([value.fields.unitNav, negated(before.fields.unitNav)])
  return change.startsWith('-') ? (
    <UnitsCell units={change} />
  ) : (
    <>
      +<UnitsCell units={change} />
    </>
  )
}

/** Valuations of one day. */
export function ValuationDayPage() {
  const { day = '' } = useParams()
  const say = useWords(valuationWords)
  const cases = useAskPages('cases.listCases', { service: SERVICES.valuation })
  const found = cases.items.filter(({ values }) => values.valuationDay === day)
  return (
    <Page
      title={say('day', { day })}
      crumb={<Link to="/institution/valuation">{say('list')}</Link>}
    >
      {found.map(({ id }) => (
        <ValuationView key={id} caseId={id} />
      ))}
      {found.length === 0 && !cases.isWaiting && !cases.hasMore ? (
        <Section label={say('list')}>
          <Empty>{say('none')}</Empty>
        </Section>
      ) : null}
      {found.length === 0 && cases.hasMore ? <AskOn more={cases.more} /> : null}
    </Page>
  )
}

/** Reads on until the day is found. */
function AskOn({ more }: { readonly more: () => void }) {
  useEffect(more)
  return <Waiting />
}
