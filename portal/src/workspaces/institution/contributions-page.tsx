import './institution.css'
import { useQueries } from '@tanstack/react-query'
import { Link } from 'react-router'
import { MoneyCell } from '../../cells/cells.tsx'
import { isoDay, monthInWords } from '../../format/moments.ts'
import { grouped } from '../../format/money.ts'
import { usePackageOfCase } from '../../package/use-package.ts'
import type { Column } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import {
  type CaseShown,
  type CaseWithSteps,
  valuesOf,
} from '../../patterns/step-clock/case-shown.ts'
import { useAsk } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { SERVICES } from './annuity.ts'
import { useAskPages } from './ask-pages.ts'
import { BatchState } from './contribution/contribution-head.tsx'
import { contributionWords } from './contribution/words.ts'
import { PagedTable } from './paged-table.tsx'

interface Line {
  readonly shown: CaseShown
  readonly found: CaseWithSteps | null
  readonly arrived: string | null
}

/** Contributions of every plan of this chain, the newest first. */
export function ContributionsPage() {
  const say = useWords(contributionWords)
  const cases = useAskPages('cases.listCases', { service: SERVICES.contribution })
  const newest = [...cases.items].sort((one, other) => other.openedAt - one.openedAt)
  const lines = useLines(newest)
  const columns = useColumns()
  return (
    <Page title={say('list')}>
      <Section label={say('list')}>
        <PagedTable
          pages={cases}
          rows={lines}
          caption={say('list')}
          columns={columns}
          keyOf={({ shown }) => shown.id}
          empty={say('none')}
        />
      </Section>
    </Page>
  )
}

/** Open cases with their steps and money; those that ended are asked once. */
function useLines(cases: readonly CaseShown[]): readonly Line[] {
  const { ask, slot, account } = useSession()
  const matches = useAsk('supervision.listTripleMatches', { limit: 100 })
  const asked = useQueries({
    queries: cases.map(({ id, endedAt }) => ({
      queryKey: [
        endedAt === null ? 'chain' : 'opened',
        slot,
        account,
        'cases.getCase',
        { case: id },
        null,
      ],
      queryFn: () => ask('cases.getCase', { case: id }),
      ...(endedAt === null ? {} : { staleTime: Number.POSITIVE_INFINITY }),
    })),
  })
  const arrivedOf = (id: string): string | null => {
    const match = matches.data?.data.items.find((one) => one.case === id)
    return match === undefined || match.arrived === '0.00' ? null : match.arrived
  }
  return cases.map((shown, index) => ({
    shown,
    found: asked[index]?.data?.data ?? null,
    arrived: arrivedOf(shown.id),
  }))
}

function useColumns(): readonly Column<Line>[] {
  const say = useWords(contributionWords)
  const { locale } = useLocale()
  return [
    {
      key: 'month',
      head: say('month'),
      cell: ({ shown }) => (
        <Link to={`/institution/contributions/${shown.id}`}>
          {monthInWords(String(shown.values.period ?? ''), locale)}
        </Link>
      ),
    },
    {
      key: 'plan',
      head: say('planName'),
      cell: ({ shown }) => shown.references.plan?.key ?? say('noHolder'),
    },
    {
      key: 'state',
      head: say('state'),
      cell: ({ found }) => (found === null ? '…' : <StateOf found={found} />),
    },
    {
      key: 'count',
      head: say('count'),
      isNumber: true,
      cell: ({ shown }) => {
        const count = shown.batches.payroll?.count
        return count === undefined ? say('notYet') : grouped(String(count))
      },
    },
    {
      key: 'bill',
      head: say('bill'),
      isNumber: true,
      cell: ({ found }) => {
        const bill = found === null ? null : valuesOf(found).billTotal
        return typeof bill === 'string' ? <MoneyCell amount={bill} /> : say('notYet')
      },
    },
    {
      key: 'arrived',
      head: say('arrived'),
      isNumber: true,
      cell: ({ arrived }) => (arrived === null ? say('notYet') : <MoneyCell amount={arrived} />),
    },
    { key: 'opened', head: say('began'), cell: ({ shown }) => isoDay(shown.openedAt) },
  ]
}

function StateOf({ found }: { readonly found: CaseWithSteps }) {
  const loaded = usePackageOfCase(found.case)
  if (loaded.data === undefined) return <>…</>
  return (
    <span className="row">
      <BatchState found={found} loaded={loaded.data} />
    </span>
  )
}
