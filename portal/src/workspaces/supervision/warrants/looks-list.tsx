/* Every look by a warrant: who, when, which row, what the keeper answered, with its receipt. */
import type { Queries } from '@renshe/client'
import { Link } from 'react-router'
import { MomentCell } from '../../../cells/cells.tsx'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Asked, Empty } from '../../../patterns/states/states.tsx'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useWords } from '../../../words/locale.tsx'
import { AsOfHeight } from '../as-of.tsx'
import type { WarrantShown } from './warrant-sentences.ts'
import { warrantWords } from './words.ts'

type Read = Queries['access.listReads']['output']['items'][number]

const ANSWERS = { RELEASED: 'released', REFUSED: 'refusedOutcome', FAILED: 'failed' } as const

/** The list; nothing before the warrant was confirmed. */
export function LooksList({ warrant: { grant } }: { readonly warrant: WarrantShown }) {
  const say = useWords(warrantWords)
  const reads = useAsk('access.listReads', grant === null ? null : { grant, limit: 200 })
  if (grant === null) return null
  const columns: readonly Column<Read>[] = [
    { key: 'when', head: say('when'), cell: ({ at }) => <MomentCell at={at} /> },
    { key: 'who', head: say('who'), cell: ({ officer }) => officer },
    {
      key: 'which',
      head: say('which'),
      cell: ({ rows }) => (rows === null ? '—' : say('row', { n: rows.from + 1 })),
    },
    {
      key: 'answer',
      head: say('answer'),
      cell: ({ confirmation }) => (
        <Tag tone={confirmation?.outcome === 'RELEASED' ? 'verified' : 'neutral'}>
          {say(confirmation === null ? 'unanswered' : ANSWERS[confirmation.outcome])}
        </Tag>
      ),
    },
    {
      key: 'receipt',
      head: <span className="visually-hidden">{say('receipt', { read: '' })}</span>,
      cell: ({ read }) => (
        <Link to={`/explore/tx/${read}`}>{say('receipt', { read: read.slice(0, 12) })}</Link>
      ),
    },
  ]
  return (
    <Section
      title={say('looks')}
      aside={
        reads.data === undefined ? null : (
          <span className="push">
            <AsOfHeight height={reads.data.height} />
          </span>
        )
      }
    >
      <Asked of={reads}>
        {({ data }) => (
          <DataTable
            caption={say('looks')}
            columns={columns}
            rows={data.items}
            keyOf={({ read }) => read}
            empty={<Empty>{say('looksNone')}</Empty>}
          />
        )}
      </Asked>
    </Section>
  )
}
