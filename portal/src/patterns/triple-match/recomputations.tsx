/* Who computed what, when, and whether it came to the same: two members before money moves. */
import { Link } from 'react-router'
import { listMoment } from '../../format/moments.ts'
import { grouped, yuan } from '../../format/money.ts'
import { useWords } from '../../words/locale.tsx'
import { type Column, DataTable } from '../data-table/data-table.tsx'
import { Tag } from '../tag/tag.tsx'
import type { MatchSums } from './match-sums.ts'
import { matchWords } from './words.ts'

/** One computation that several members each did. */
export interface Recomputation {
  /** Name of the step. */
  readonly what: string
  readonly by: readonly {
    readonly name: string
    /** UTC ms. */
    readonly at: number
    readonly txId: string
  }[]
  /** Names of members that have not computed yet. */
  readonly waitsFor: readonly string[]
  readonly isSame: boolean
}

interface Line {
  readonly what: string
  readonly name: string
  readonly at: number
  readonly txId: string
  readonly isSame: boolean
}

/** Shows the computations as a table, and what this browser computed itself. */
export function Recomputations({
  sums: { units },
  recomputations,
  now,
}: {
  readonly sums: MatchSums
  readonly recomputations: readonly Recomputation[]
  readonly now: number
}) {
  const say = useWords(matchWords)
  const rows = recomputations.flatMap(({ what, by, isSame }) =>
    by.map((one): Line => ({ what, isSame, ...one })),
  )
  const columns: readonly Column<Line>[] = [
    { key: 'what', head: say('what'), cell: ({ what }) => what },
    { key: 'who', head: say('who'), cell: ({ name }) => name },
    { key: 'when', head: say('when'), cell: ({ at }) => listMoment(at, now) },
    {
      key: 'result',
      head: say('result'),
      cell: ({ isSame }) => (
        <Tag tone={isSame ? 'verified' : 'failure'} icon={isSame ? 'check' : 'cross'}>
          {say(isSame ? 'same' : 'different')}
        </Tag>
      ),
    },
    {
      key: 'record',
      head: say('record'),
      cell: ({ txId }) => <Link to={`/explore/tx/${txId}`}>{say('open')}</Link>,
    },
  ]
  return (
    <div className="recomputations">
      {units === null ? null : (
        <p className="recomputations-here">
          <b>{say('here')}</b>{' '}
          {say('here2', {
            units: grouped(units.units, 4),
            nav: grouped(units.unitNav, 4),
            residue: grouped(units.residue),
            total: yuan(units.total),
          })}
        </p>
      )}
      <DataTable
        caption={say('recomputationsTitle')}
        columns={columns}
        rows={rows}
        keyOf={({ txId }) => txId}
      />
    </div>
  )
}
