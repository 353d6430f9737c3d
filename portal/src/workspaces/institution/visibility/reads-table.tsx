/* Reads with their receipts: what this member opened, what others opened of what it keeps. */
import type { Queries } from '@renshe/client'
import { Link } from 'react-router'
import { MemberCell, MomentCell } from '../../../cells/cells.tsx'
import { grouped } from '../../../format/money.ts'
import { textsOf } from '../../../package/package-texts.ts'
import { usePackage } from '../../../package/use-package.ts'
import type { Column } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Tag, type Tone } from '../../../patterns/tag/tag.tsx'
import { useSession } from '../../../session/session.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { useAskPages } from '../ask-pages.ts'
import { CaseLink, useCaseOpened } from '../case-label.tsx'
import { PagedTable } from '../paged-table.tsx'
import { rightsWords } from './words.ts'

type ReadShown = Queries['access.listReads']['output']['items'][number]

const TONES: Readonly<Record<'RELEASED' | 'REFUSED' | 'FAILED', Tone>> = {
  RELEASED: 'verified',
  REFUSED: 'attention',
  FAILED: 'failure',
}

/** A list of reads: `ours` by this member, `looked` of what it keeps. */
export function ReadsTable({ which }: { readonly which: 'ours' | 'looked' }) {
  const say = useWords(rightsWords)
  const { session } = useSession()
  const member = session?.member ?? ''
  const reads = useAskPages('access.listReads', which === 'ours' ? { member } : { owner: member })
  const title = say(which === 'ours' ? 'reads' : 'looked')
  const newest = [...reads.items].sort((one, other) => other.at - one.at)
  const columns = useColumns(which)
  return (
    <Section title={title}>
      <PagedTable
        pages={reads}
        rows={newest}
        caption={title}
        columns={columns}
        keyOf={({ read }) => read}
        empty={say(which === 'ours' ? 'readsNone' : 'lookedNone')}
      />
    </Section>
  )
}

function useColumns(which: 'ours' | 'looked'): readonly Column<ReadShown>[] {
  const say = useWords(rightsWords)
  const { locale } = useLocale()
  return [
    { key: 'when', head: say('when'), cell: ({ at }) => <MomentCell at={at} /> },
    {
      key: 'officer',
      head: say('officer'),
      cell: ({ member, officer }) => (
        <span>
          <MemberCell id={member} /> {officer}
        </span>
      ),
    },
    { key: 'what', head: say('what'), cell: (read) => <WhatWasRead read={read} /> },
    ...(which === 'ours'
      ? [
          {
            key: 'owner',
            head: say('owner'),
            cell: ({ owner }: ReadShown) => <MemberCell id={owner} />,
          },
        ]
      : []),
    {
      key: 'case',
      head: say('caseOf'),
      cell: (read) => (read.case === null ? '—' : <CaseOf caseId={read.case} />),
    },
    {
      key: 'outcome',
      head: say('outcome'),
      cell: ({ confirmation }) =>
        confirmation === null ? (
          <Tag>{say('waiting')}</Tag>
        ) : (
          <Tag tone={TONES[confirmation.outcome]}>{say(confirmation.outcome)}</Tag>
        ),
    },
    {
      key: 'receipt',
      head: say('receipt'),
      cell: ({ read }) => (
        <Link to={`/explore/tx/${read}`} className="mono" lang={locale === 'zh' ? 'zh-CN' : 'en'}>
          {read.slice(0, 8)}
        </Link>
      ),
    },
  ]
}

function WhatWasRead({ read }: { readonly read: ReadShown }) {
  const say = useWords(rightsWords)
  const { locale } = useLocale()
  const shown = useCaseOpened(read.case ?? '')
  const { data: loaded } = usePackage(shown?.package ?? null)
  const name = read.rows?.section ?? read.items[0]?.section ?? ''
  const section = loaded === undefined ? name : textsOf(loaded, locale).section(name)
  return (
    <>
      {read.rows === null
        ? say('items', { section, count: read.items.length })
        : say('rows', { section, count: grouped(String(read.rows.count)) })}
    </>
  )
}

function CaseOf({ caseId }: { readonly caseId: string }) {
  const shown = useCaseOpened(caseId)
  return shown === null ? <>…</> : <CaseLink caseId={caseId} service={shown.service} />
}
