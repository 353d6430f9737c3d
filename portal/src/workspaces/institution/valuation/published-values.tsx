/* Published unit values as a table, the newest first. */
import { Link } from 'react-router'
import { DateCell, MoneyCell, UnitsCell } from '../../../cells/cells.tsx'
import { negated, sumOf } from '../../../format/exact.ts'
import { yuan } from '../../../format/money.ts'
import type { Column } from '../../../patterns/data-table/data-table.tsx'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useWords } from '../../../words/locale.tsx'
import { PagedTable } from '../paged-table.tsx'
import type { UnitValue, useUnitValues } from './use-unit-values.ts'
import { valuationWords } from './words.ts'

/** The table. */
export function PublishedValues({ values }: { readonly values: ReturnType<typeof useUnitValues> }) {
  const say = useWords(valuationWords)
  return (
    <PagedTable
      pages={values}
      rows={values.items}
      caption={say('published')}
      columns={useColumns(values.items)}
      keyOf={({ plan, day }) => `${plan}/${day}`}
      empty={say('publishedNone')}
    />
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
    ...useAmountColumns(),
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

function useAmountColumns(): readonly Column<UnitValue>[] {
  const say = useWords(valuationWords)
  return [
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
