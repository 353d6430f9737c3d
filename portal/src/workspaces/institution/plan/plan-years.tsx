/* Ceilings of each declared year, and what is used of them. */
import { MoneyCell } from '../../../cells/cells.tsx'
import { isoDay } from '../../../format/moments.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Explained } from '../../../patterns/explain-drawer/explained.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Empty } from '../../../patterns/states/states.tsx'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useWords } from '../../../words/locale.tsx'
import { fieldsOf, type PlanFields, type PlanYearFields, REGISTERS } from '../annuity.ts'
import { useParameter } from './plan-parties.tsx'
import { planWords } from './words.ts'
import { type YearLine, yearLine } from './year-ceilings.ts'

/** The table of years. */
export function PlanYears({
  planKey,
  plan,
}: {
  readonly planKey: string
  readonly plan: PlanFields
}) {
  const say = useWords(planWords)
  const entries = useAsk('registers.listEntries', {
    register: REGISTERS.planYear,
    owner: plan.settlor,
    limit: 100,
  })
  const shares = {
    employer: useParameter('annuity.employer-share-of-payroll'),
    total: useParameter('annuity.total-share-of-payroll'),
  }
  const lines = (entries.data?.data.items ?? [])
    .filter(({ key }) => key.startsWith(`${planKey}/`))
    .map((entry) =>
      yearLine(entry.key.split('/').at(-1) ?? '', fieldsOf<PlanYearFields>(entry), shares),
    )
  return (
    <Section title={say('years')}>
      <DataTable
        caption={say('years')}
        columns={useColumns()}
        rows={lines}
        keyOf={({ year }) => year}
        empty={<Empty>{say('yearsNone')}</Empty>}
      />
    </Section>
  )
}

type AmountKey = 'employerUsed' | 'totalUsed' | 'rest'

function useColumns(): readonly Column<YearLine>[] {
  const say = useWords(planWords)
  const money = (key: AmountKey): Column<YearLine> => ({
    key,
    head: say(key),
    isNumber: true,
    cell: (line) => <MoneyCell amount={line[key]} />,
  })
  const limit = (key: 'employerLimit' | 'totalLimit'): Column<YearLine> => ({
    key,
    head: say(key),
    isNumber: true,
    cell: (line) => <Ceiling line={line} output={key} />,
  })
  return [
    { key: 'year', head: say('year'), cell: ({ year }) => year },
    {
      key: 'state',
      head: say('state'),
      cell: ({ fields: { kind, state } }) =>
        `${say(kind === 'FINAL' ? 'FINAL' : 'ESTIMATED')} · ${say(stateKey(state))}`,
    },
    {
      key: 'payroll',
      head: say('payroll'),
      isNumber: true,
      cell: ({ fields }) => <MoneyCell amount={fields.declaredPayroll} />,
    },
    money('employerUsed'),
    limit('employerLimit'),
    money('totalUsed'),
    limit('totalLimit'),
    money('rest'),
  ]
}

function Ceiling({
  line,
  output,
}: {
  readonly line: YearLine
  readonly output: 'employerLimit' | 'totalLimit'
}) {
  const say = useWords(planWords)
  const now = useChainTime()
  const amount = line[output]
  if (amount === null) return <MoneyCell amount={null} />
  const number = {
    id: `${output}-${line.year}`,
    title: say(output),
    rule: 'annuity.contribution-limit',
    facts: {
      annualPayroll: line.fields.declaredPayroll,
      employerContribution: line.employerUsed,
      employeeContribution: line.employeeUsed,
    },
    output,
    on: isoDay(now),
    value: amount,
  }
  return (
    <Explained number={number}>
      <MoneyCell amount={amount} />
    </Explained>
  )
}

function stateKey(state: string): 'OPEN' | 'EXCESS' | 'CLOSED' {
  return state === 'EXCESS' || state === 'CLOSED' ? state : 'OPEN'
}
