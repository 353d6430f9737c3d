/* Bill, arrival and allocation of each case in one table. */
import './match-table.css'
import type { ReactNode } from 'react'
import { DateCell, MoneyCell } from '../../cells/cells.tsx'
import { isSame } from '../../format/exact.ts'
import { useWords } from '../../words/locale.tsx'
import { type Column, DataTable } from '../data-table/data-table.tsx'
import { useChainTime } from '../step-clock/step-clock.tsx'
import { Tag, type Tone } from '../tag/tag.tsx'
import { isOpenTooLong, type MatchLine, type TripleMatch } from './match-lines.ts'
import { matchTableWords } from './words.ts'

const TONES: Readonly<Record<TripleMatch['state'], Tone>> = {
  mismatched: 'failure',
  short: 'attention',
  over: 'attention',
  arrived: 'current',
  billed: 'neutral',
  matched: 'verified',
}

/** Says the state of a match. */
export function useMatchState(): (state: TripleMatch['state']) => string {
  const say = useWords(matchTableWords)
  return (state) =>
    say(state === 'arrived' ? 'arrivedState' : state === 'billed' ? 'billedState' : state)
}

/** State of a match as a label; money that is open for over a day says so. */
export function MatchState({ line }: { readonly line: MatchLine }) {
  const say = useWords(matchTableWords)
  const stateOf = useMatchState()
  const now = useChainTime()
  const state = stateOf(line.state)
  if (isOpenTooLong(line, now)) {
    const tone = line.state === 'mismatched' ? 'failure' : 'attention'
    return (
      <Tag tone={tone} icon="clock">
        {say('tooLong', { state })}
      </Tag>
    )
  }
  return (
    <Tag tone={TONES[line.state]} {...(line.state === 'matched' ? { icon: 'check' as const } : {})}>
      {state}
    </Tag>
  )
}

/** The table. */
export function MatchTable({
  lines,
  caseCell,
  empty,
}: {
  readonly lines: readonly MatchLine[]
  readonly caseCell: (caseId: string) => ReactNode
  readonly empty: ReactNode
}) {
  const say = useWords(matchTableWords)
  const money = (key: 'billed' | 'arrived' | 'received' | 'allocated'): Column<MatchLine> => ({
    key,
    head: say(key),
    isNumber: true,
    cell: (line) => <MoneyCell amount={line[key]} />,
  })
  const difference = (
    key: 'arrivedDifference' | 'allocatedDifference',
    isThere: (line: MatchLine) => boolean,
  ): Column<MatchLine> => ({
    key,
    head: say(key),
    isNumber: true,
    cell: (line) => (isThere(line) ? <Difference amount={line[key]} /> : '—'),
  })
  const columns: readonly Column<MatchLine>[] = [
    { key: 'case', head: say('case'), cell: (line) => caseCell(line.case) },
    { key: 'state', head: say('state'), cell: (line) => <MatchState line={line} /> },
    { key: 'since', head: say('since'), cell: ({ since }) => <DateCell at={since} /> },
    money('billed'),
    money('arrived'),
    difference('arrivedDifference', ({ state }) => state !== 'billed'),
    money('received'),
    money('allocated'),
    difference('allocatedDifference', ({ state }) => state === 'matched' || state === 'mismatched'),
  ]
  return (
    <DataTable
      caption={say('caption')}
      columns={columns}
      rows={lines}
      keyOf={(line) => line.case}
      empty={empty}
    />
  )
}

function Difference({ amount }: { readonly amount: string }) {
  return (
    <span className={isSame(amount, '0') ? 'match-table-even' : 'match-table-off'}>
      <MoneyCell amount={amount} />
    </span>
  )
}
