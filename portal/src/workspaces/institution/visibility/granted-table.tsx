/* What is granted to this member: by whom, by which clause, until when. */
import { DateCell, MemberCell } from '../../../cells/cells.tsx'
import type { LoadedPackage } from '../../../package/package-document.ts'
import { type PackageTexts, textsOf } from '../../../package/package-texts.ts'
import type { Column } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useSession } from '../../../session/session.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { useAskPages } from '../ask-pages.ts'
import { PagedTable } from '../paged-table.tsx'
import { type GrantLine, grantLines } from './grant-lines.ts'
import { rightsWords } from './words.ts'

/** Grants in force, one line for each section of each keeper. */
export function GrantedTable({ services }: { readonly services: readonly LoadedPackage[] }) {
  const say = useWords(rightsWords)
  const { session } = useSession()
  const now = useChainTime()
  const grants = useAskPages('access.listGrants', { holder: session?.member ?? '' })
  return (
    <Section title={say('granted')}>
      <PagedTable
        pages={grants}
        rows={grantLines(grants.items, now)}
        caption={say('granted')}
        columns={useColumns(services)}
        keyOf={({ key }) => key}
        empty={say('grantedNone')}
      />
    </Section>
  )
}

function useColumns(services: readonly LoadedPackage[]): readonly Column<GrantLine>[] {
  const say = useWords(rightsWords)
  const textsFor = useTextsOfServices(services)
  return [
    {
      key: 'service',
      head: say('service'),
      cell: ({ service }) => textsFor(service)?.title ?? service,
    },
    {
      key: 'section',
      head: say('section'),
      cell: ({ service, section, isSuspended }) => (
        <span className="row">
          <b>{textsFor(service)?.section(section) ?? section}</b>
          {isSuspended ? <Tag tone="attention">{say('suspended')}</Tag> : null}
        </span>
      ),
    },
    { key: 'owner', head: say('owner'), cell: ({ owner }) => <MemberCell id={owner} /> },
    { key: 'use', head: say('purpose'), cell: ({ use }) => say(use) },
    {
      key: 'basis',
      head: say('basis'),
      cell: ({ service, clauses }) =>
        clauses.map((clause) => textsFor(service)?.clause(clause).name ?? clause).join('、'),
    },
    { key: 'until', head: say('until'), cell: (line) => <Until line={line} /> },
    {
      key: 'cases',
      head: say('cases'),
      isNumber: true,
      cell: ({ cases }) => say('caseCount', { count: String(cases) }),
    },
    {
      key: 'uses',
      head: say('uses'),
      isNumber: true,
      cell: ({ used }) => say('useCount', { count: used }),
    },
  ]
}

function useTextsOfServices(
  services: readonly LoadedPackage[],
): (service: string) => PackageTexts | null {
  const { locale } = useLocale()
  return (service) => {
    const loaded = services.find(({ document }) => document.name === service)
    return loaded === undefined ? null : textsOf(loaded, locale)
  }
}

const UNITS = {
  years: 'years',
  months: 'months',
  days: 'days',
  'working-days': 'workingDays',
  hours: 'hours',
} as const

function Until({ line: { notAfter, retention } }: { readonly line: GrantLine }) {
  const say = useWords(rightsWords)
  if (notAfter !== null) return <DateCell at={notAfter} />
  if (retention === null) return <>—</>
  const amount = say(UNITS[retention.unit], { n: retention.amount })
  return <>{say('untilOpen', { amount })}</>
}
