/* The table twin of the drawing: every row in words. */
import { Link } from 'react-router'
import { isoDay } from '../../format/moments.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { type Column, DataTable } from '../data-table/data-table.tsx'
import { clockInWords } from '../step-clock/clock-words.ts'
import { partyInWords } from '../step-clock/party-words.ts'
import { Tag } from '../tag/tag.tsx'
import type { FlowRow } from './flow-rows.ts'
import { flowWords } from './words.ts'

/** What the table is made of. */
interface FlowTableProps {
  readonly rows: readonly FlowRow[]
  readonly nameOf: (member: string) => string
  readonly sectionName: (section: string) => string
  readonly now: number
}

/** Shows the rows as a table. */
export function FlowTable(props: FlowTableProps) {
  const say = useWords(flowWords)
  return (
    <DataTable
      caption={say('title')}
      columns={useColumns(props)}
      rows={props.rows}
      keyOf={({ key }) => key}
      isCurrent={({ state }) => state === 'current'}
    />
  )
}

/** The same for those who do not see the drawing: nothing in it takes the focus. */
export function FlowTwin(props: FlowTableProps) {
  const say = useWords(flowWords)
  const columns = useColumns(props).filter(({ key }) => key !== 'record')
  return (
    <div className="visually-hidden">
      <table>
        <caption>{say('title')}</caption>
        <thead>
          <tr>
            {columns.map(({ key, head }) => (
              <th key={key} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              {columns.map(({ key, cell }) => (
                <td key={key}>{cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** How far a message is, in a sentence. */
function useStateWords(nameOf: (member: string) => string, now: number): (row: FlowRow) => string {
  const say = useWords(flowWords)
  const { locale } = useLocale()
  return ({ state, awaits, dueAt }) => {
    if (state === 'done') return say('doneSaid')
    if (state === 'later') return say('laterSaid')
    const who = awaits.map(nameOf).join(locale === 'zh' ? '、' : ', ')
    if (dueAt === null) return say('currentPlain', { who })
    return say('currentSaid', { who, until: clockInWords(dueAt, now, locale).until })
  }
}

function useColumns({
  nameOf,
  sectionName,
  now,
}: Omit<FlowTableProps, 'rows'>): readonly Column<FlowRow>[] {
  const say = useWords(flowWords)
  const { locale } = useLocale()
  const stateOf = useStateWords(nameOf, now)
  return [
    {
      key: 'day',
      head: say('day'),
      isTight: true,
      cell: ({ at, state }) =>
        at === null ? (state === 'current' ? say('today') : say('none')) : isoDay(at),
    },
    { key: 'no', head: say('no'), isNumber: true, cell: ({ no }) => no ?? say('none') },
    {
      key: 'way',
      head: say('way'),
      cell: ({ path }) =>
        path.length === 1
          ? say('self', { party: partyInWords(path[0] as string, locale) })
          : path.map((lane) => partyInWords(lane, locale)).join(' → '),
    },
    {
      key: 'content',
      head: say('content'),
      cell: ({ label, value, isSealed, state }) =>
        isSealed ? (
          <Tag tone="sealed" icon="lock">
            {label[locale]}
          </Tag>
        ) : (
          `${label[locale]}${value === null || state === 'later' ? '' : ` ${value}`}`
        ),
    },
    {
      key: 'enclosed',
      head: say('enclosed'),
      cell: ({ encloses, isEnclosureOpen }) =>
        encloses === null
          ? say('none')
          : say(isEnclosureOpen ? 'enclosedOpen' : 'enclosedSealed', {
              name: sectionName(encloses),
            }),
    },
    { key: 'state', head: say('state'), cell: (row) => stateOf(row) },
    {
      key: 'record',
      head: say('record'),
      isTight: true,
      cell: ({ txId }) =>
        txId === null ? say('none') : <Link to={`/explore/tx/${txId}`}>{say('open')}</Link>,
    },
  ]
}
