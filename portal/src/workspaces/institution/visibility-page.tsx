import './institution.css'
import { DateCell, MemberCell } from '../../cells/cells.tsx'
import { columnsOf, type LoadedPackage, serviceOf } from '../../package/package-document.ts'
import { textsOf } from '../../package/package-texts.ts'
import { type Column, DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Empty, Failed, Waiting } from '../../patterns/states/states.tsx'
import { partiesOf } from '../../patterns/step-clock/case-shown.ts'
import { partiesInWords } from '../../patterns/step-clock/party-words.ts'
import { useChainTime } from '../../patterns/step-clock/step-clock.tsx'
import { Tag } from '../../patterns/tag/tag.tsx'
import { audienceOf, sightOf } from '../../patterns/visibility/visible-to.ts'
import { useSession } from '../../session/session.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { useAskPages } from './ask-pages.ts'
import { useServices } from './use-services.ts'
import { type GrantLine, grantLines } from './visibility/grant-lines.ts'
import { ReadsTable } from './visibility/reads-table.tsx'
import { rightsWords } from './visibility/words.ts'

/** What this member may see and may not, by whom it was granted, until when, and what it opened. */
export function VisibilityPage() {
  const say = useWords(rightsWords)
  const services = useServices()
  return (
    <Page title={say('title')}>
      <p className="quiet">{say('about')}</p>
      <Granted services={services} />
      <Declared services={services} sight="sealed" />
      <Declared services={services} sight="keeps" />
      <ReadsTable which="ours" />
      <ReadsTable which="looked" />
    </Page>
  )
}

function Granted({ services }: { readonly services: readonly LoadedPackage[] }) {
  const say = useWords(rightsWords)
  const { locale } = useLocale()
  const { session } = useSession()
  const now = useChainTime()
  const grants = useAskPages('access.listGrants', { holder: session?.member ?? '' })
  const lines = grantLines(grants.items, now)
  const textsFor = (service: string) => {
    const loaded = services.find(({ document }) => document.name === service)
    return loaded === undefined ? null : textsOf(loaded, locale)
  }
  const columns: readonly Column<GrantLine>[] = [
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
  return (
    <Section title={say('granted')}>
      {grants.error !== null ? <Failed error={grants.error} again={grants.refresh} /> : null}
      {grants.isWaiting ? <Waiting /> : null}
      {grants.isWaiting || grants.error !== null ? null : (
        <DataTable
          caption={say('granted')}
          columns={columns}
          rows={lines}
          keyOf={({ key }) => key}
          empty={<Empty>{say('grantedNone')}</Empty>}
          {...(grants.hasMore ? { onEnd: grants.more } : {})}
        />
      )}
    </Section>
  )
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

interface DeclaredLine {
  readonly key: string
  readonly service: string
  readonly section: string
  readonly fields: string
  readonly audience: string
  readonly level: 2 | 3 | 4
  readonly basis: string
}

/** Sections of services that this member takes part in, as their packages declare them. */
function Declared({
  services,
  sight,
}: {
  readonly services: readonly LoadedPackage[]
  readonly sight: 'sealed' | 'keeps'
}) {
  const say = useWords(rightsWords)
  const { locale } = useLocale()
  const played = usePlayedParties()
  const lines = services.flatMap((loaded): readonly DeclaredLine[] => {
    const { name } = loaded.document
    const parties = played.get(name)
    if (parties === undefined) return []
    const texts = textsOf(loaded, locale)
    return Object.entries(serviceOf(loaded).sections)
      .filter(([, section]) => sightOf(section, parties) === sight)
      .map(([section, terms]) => ({
        key: `${name}/${section}`,
        service: texts.title,
        section: texts.section(section),
        fields: Object.keys(columnsOf(loaded, section) ?? terms.fields ?? {})
          .map(texts.field)
          .join(locale === 'zh' ? '、' : ', '),
        audience: partiesInWords(sight === 'keeps' ? terms.readers : audienceOf(terms), locale),
        level: terms.level,
        basis: terms.clause === undefined ? '—' : texts.clause(terms.clause).name,
      }))
  })
  const title = say(sight === 'sealed' ? 'sealed' : 'kept')
  const columns: readonly Column<DeclaredLine>[] = [
    { key: 'service', head: say('service'), cell: ({ service }) => service },
    { key: 'section', head: say('section'), cell: ({ section }) => <b>{section}</b> },
    { key: 'fields', head: say('fields'), cell: ({ fields }) => fields || '—' },
    {
      key: 'audience',
      head: say(sight === 'keeps' ? 'readers' : 'who'),
      cell: ({ audience }) => audience || '—',
    },
    {
      key: 'level',
      head: say('level'),
      isTight: true,
      cell: ({ level }) => (
        <Tag tone={sight === 'sealed' ? 'sealed' : 'neutral'} icon="lock">
          {say(level === 2 ? 'L2' : level === 3 ? 'L3' : 'L4')}
        </Tag>
      ),
    },
    { key: 'basis', head: say('basis'), cell: ({ basis }) => basis },
  ]
  return (
    <Section title={title}>
      <DataTable
        caption={title}
        columns={columns}
        rows={lines}
        keyOf={({ key }) => key}
        empty={<Empty>{say(sight === 'sealed' ? 'sealedNone' : 'keptNone')}</Empty>}
      />
    </Section>
  )
}

/** Parts that this member plays, by service, as its cases have it. */
function usePlayedParties(): ReadonlyMap<string, readonly string[]> {
  const { session } = useSession()
  const member = session?.member ?? ''
  const cases = useAskPages('cases.listCases', { member })
  const played = new Map<string, readonly string[]>()
  for (const shown of cases.items) {
    const before = played.get(shown.service) ?? []
    played.set(shown.service, [...new Set([...before, ...partiesOf(shown, member)])])
  }
  return played
}
