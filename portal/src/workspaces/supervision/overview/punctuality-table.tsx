/* On time or late, member by member. */
import { MemberCell } from '../../../cells/cells.tsx'
import { spanInWords } from '../../../format/moments.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Empty, Failed, Waiting } from '../../../patterns/states/states.tsx'
import { useChainHeight } from '../../../patterns/step-clock/step-clock.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { AsOf } from '../as-of.tsx'
import { supervisionWords } from '../words.ts'
import type { Punctuality } from './punctuality.ts'
import { MOST_CASES, usePunctuality } from './use-punctuality.ts'

/** The table. */
export function PunctualityTable() {
  const say = useWords(supervisionWords)
  const { rows, error, isCut } = usePunctuality()
  const height = useChainHeight()
  const columns = useColumns()
  return (
    <div id="punctuality">
      <Section
        title={say('punctuality')}
        aside={
          <>
            <span className="quiet">
              {say('punctualityLead')}
              {isCut ? ` · ${say('punctualityCut', { most: MOST_CASES })}` : null}
            </span>
            <span className="push">
              <AsOf height={height} />
            </span>
          </>
        }
      >
        {error !== null ? <Failed error={error} /> : null}
        {rows === null && error === null ? <Waiting rows={6} /> : null}
        {rows === null ? null : (
          <DataTable
            caption={say('punctuality')}
            columns={columns}
            rows={rows}
            keyOf={({ member }) => member}
            empty={<Empty>{say('punctualityNone')}</Empty>}
          />
        )}
      </Section>
    </div>
  )
}

function useColumns(): readonly Column<Punctuality>[] {
  const say = useWords(supervisionWords)
  const { locale } = useLocale()
  return [
    { key: 'member', head: say('member'), cell: ({ member }) => <MemberCell id={member} /> },
    {
      key: 'share',
      head: <span className="visually-hidden">{say('inTime')}</span>,
      cell: (row) => <Share row={row} />,
    },
    { key: 'inTime', head: say('inTime'), isNumber: true, cell: ({ inTime }) => inTime },
    {
      key: 'late',
      head: say('lateDone'),
      isNumber: true,
      cell: ({ late }) => <span className={late > 0 ? 'is-late' : undefined}>{late}</span>,
    },
    { key: 'lapsed', head: say('lapsed'), isNumber: true, cell: ({ lapsed }) => lapsed },
    { key: 'open', head: say('openNow'), isNumber: true, cell: ({ open }) => open },
    {
      key: 'overdue',
      head: say('overdueNow'),
      isNumber: true,
      cell: ({ overdue }) => (
        <span className={overdue > 0 ? 'is-overdue' : undefined}>{overdue}</span>
      ),
    },
    {
      key: 'worst',
      head: say('worst'),
      isNumber: true,
      cell: ({ worstMs }) => (worstMs === null ? '—' : spanInWords(worstMs, locale)),
    },
  ]
}

/** The counts drawn: the numbers stand beside it. */
function Share({ row }: { readonly row: Punctuality }) {
  const parts = [
    ['is-in-time', row.inTime],
    ['is-lapsed', row.lapsed],
    ['is-open', row.open],
    ['is-late', row.late],
    ['is-overdue', row.overdue],
  ] as const
  return (
    <span className="share" aria-hidden="true">
      {parts.map(([name, count]) =>
        count === 0 ? null : <i key={name} className={name} style={{ flexGrow: count }} />,
      )}
    </span>
  )
}
