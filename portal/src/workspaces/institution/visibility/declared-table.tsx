/* Sections of services that this member takes part in, as their packages declare them. */
import { columnsOf, type LoadedPackage, serviceOf } from '../../../package/package-document.ts'
import { textsOf } from '../../../package/package-texts.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Empty } from '../../../patterns/states/states.tsx'
import { partiesOf } from '../../../patterns/step-clock/case-shown.ts'
import { partiesInWords } from '../../../patterns/step-clock/party-words.ts'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { audienceOf, sightOf } from '../../../patterns/visibility/visible-to.ts'
import { useSession } from '../../../session/session.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import type { Locale } from '../../../words/words.ts'
import { useAskPages } from '../ask-pages.ts'
import { rightsWords } from './words.ts'

/** Which sections are listed: those sealed to this member, or those that it keeps. */
type ListedSight = 'sealed' | 'keeps'

interface DeclaredLine {
  readonly key: string
  readonly service: string
  readonly section: string
  readonly fields: string
  readonly audience: string
  readonly level: 2 | 3 | 4
  readonly basis: string
}

/** The table. */
export function DeclaredTable({
  services,
  sight,
}: {
  readonly services: readonly LoadedPackage[]
  readonly sight: ListedSight
}) {
  const say = useWords(rightsWords)
  const { locale } = useLocale()
  const played = usePlayedParties()
  const lines = services.flatMap((loaded) =>
    linesOf(loaded, played.get(loaded.document.name) ?? [], sight, locale),
  )
  const title = say(sight === 'sealed' ? 'sealed' : 'kept')
  return (
    <Section title={title}>
      <DataTable
        caption={title}
        columns={useColumns(sight)}
        rows={lines}
        keyOf={({ key }) => key}
        empty={<Empty>{say(sight === 'sealed' ? 'sealedNone' : 'keptNone')}</Empty>}
      />
    </Section>
  )
}

/** Lines of a service that a member plays these parts in; none if it plays no part. */
function linesOf(
  loaded: LoadedPackage,
  parties: readonly string[],
  sight: ListedSight,
  locale: Locale,
): readonly DeclaredLine[] {
  if (parties.length === 0) return []
  const texts = textsOf(loaded, locale)
  return Object.entries(serviceOf(loaded).sections)
    .filter(([, section]) => sightOf(section, parties) === sight)
    .map(([section, terms]) => ({
      key: `${loaded.document.name}/${section}`,
      service: texts.title,
      section: texts.section(section),
      fields: Object.keys(columnsOf(loaded, section) ?? terms.fields ?? {})
        .map(texts.field)
        .join(locale === 'zh' ? '、' : ', '),
      audience: partiesInWords(sight === 'keeps' ? terms.readers : audienceOf(terms), locale),
      level: terms.level,
      basis: terms.clause === undefined ? '—' : texts.clause(terms.clause).name,
    }))
}

function useColumns(sight: ListedSight): readonly Column<DeclaredLine>[] {
  const say = useWords(rightsWords)
  return [
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
