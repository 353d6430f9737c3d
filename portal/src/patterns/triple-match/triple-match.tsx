/* Bill = arrival = units × net value + residue, and who recomputed it. */
import './triple-match.css'
import { Fragment, type ReactNode, useState } from 'react'
import { isoDay, listMoment } from '../../format/moments.ts'
import { grouped, yuan } from '../../format/money.ts'
import { useWords } from '../../words/locale.tsx'
import { Explained, type NumberToExplain } from '../explain-drawer/explained.tsx'
import { Tag, type Tone } from '../tag/tag.tsx'
import { Figure } from './figure.tsx'
import type { MatchSums } from './match-sums.ts'
import { NotBooked } from './not-booked.tsx'
import { type Recomputation, Recomputations } from './recomputations.tsx'
import { matchWords } from './words.ts'

/** What stands beside the three numbers. */
export interface MatchNotes {
  /** People in the batch; null before the payroll came. */
  readonly count: number | null
  /** When the settlor signed the bill, UTC ms. */
  readonly signedAt: number | null
  /** When the money came, UTC ms, and in how many credits. */
  readonly arrivedAt: number | null
  readonly receipts: number
  /** What is expected, yuan; null before the trustee announced it. */
  readonly expected: string | null
  /** Net value of the dealing day, before units are bought. */
  readonly unitNav: string | null
  /** What is carried after this batch, yuan; null where it is not known here. */
  readonly carried: string | null
  readonly custodian: string
  readonly accountManager: string
  /** How the ledger compared the last arrival; null before one came. */
  readonly comparison: NumberToExplain | null
}

/** What the card shows. */
interface TripleMatchProps {
  readonly sums: MatchSums
  readonly notes: MatchNotes
  readonly recomputations: readonly Recomputation[]
  /** Block time, UTC ms. */
  readonly now: number
}

/** The three-way match of a batch. */
export function TripleMatch({ sums, notes, recomputations, now }: TripleMatchProps) {
  const say = useWords(matchWords)
  const [isOpen, setIsOpen] = useState(false)
  const toggle = (): void => setIsOpen(!isOpen)
  const explain = (amount: string): string => say('explain', { amount })
  const { billed, arrived, units } = sums
  const equals = sums.state === 'unequal' ? 'is-unequal' : ''
  return (
    <section className="card" aria-label={say('label')}>
      <div className="match">
        <Part kind={say('bill')} note={useBillNote(notes)}>
          {billed === null ? null : (
            <Figure label={explain(yuan(billed))} onExplain={toggle}>
              {yuan(billed)}
            </Figure>
          )}
        </Part>
        <Equals state={arrived === null ? 'is-open' : equals} />
        <Part kind={say('arrival')} note={useArrivalNote(notes, now)}>
          {arrived === null ? null : yuan(arrived)}
        </Part>
        <Equals state={units === null ? 'is-open' : equals} />
        <Part kind={say('units')} note={useUnitsNote(sums, notes)}>
          {units === null ? null : (
            <Figure label={explain(yuan(units.total))} onExplain={toggle}>
              {grouped(units.units, 4)} × {grouped(units.unitNav, 4)}{' '}
              <span className="is-residue">+ {grouped(units.residue)}</span>
            </Figure>
          )}
        </Part>
        <div className="match-verdict">
          <Verdict sums={sums} comparison={notes.comparison} />
          <p className="match-note">
            <Agreement recomputations={recomputations} />
            {recomputations.length === 0 ? null : (
              <>
                {' · '}
                <button
                  type="button"
                  className="match-link"
                  aria-expanded={isOpen}
                  onClick={toggle}
                >
                  {say(isOpen ? 'close' : 'records')}
                </button>
              </>
            )}
          </p>
        </div>
      </div>
      <NotBooked billed={billed} arrived={arrived} />
      {isOpen ? <Recomputations sums={sums} recomputations={recomputations} now={now} /> : null}
    </section>
  )
}

function Part({
  kind,
  note,
  children,
}: {
  readonly kind: string
  readonly note: string
  readonly children: ReactNode
}) {
  const say = useWords(matchWords)
  return (
    <div>
      <div className="match-kind">{kind}</div>
      <div className={`match-amount${children === null ? ' is-absent' : ''}`}>
        {children ?? say('notYet')}
      </div>
      <div className="match-note">{note}</div>
    </div>
  )
}

function Equals({ state }: { readonly state: string }) {
  const say = useWords(matchWords)
  return (
    <div className={`match-equals ${state}`}>
      <span aria-hidden="true">{state === 'is-unequal' ? '≠' : '='}</span>
      <span className="visually-hidden">{say('equals')}</span>
    </div>
  )
}

function useBillNote({ count, signedAt }: MatchNotes): string {
  const say = useWords(matchWords)
  const people = count === null ? null : say('people', { count: grouped(String(count)) })
  const signed =
    signedAt === null ? say('unsigned') : say('signed', { day: isoDay(signedAt).slice(5) })
  return people === null ? say('notComputed') : `${people} · ${signed}`
}

function useArrivalNote(
  { arrivedAt, receipts, expected, custodian }: MatchNotes,
  now: number,
): string {
  const say = useWords(matchWords)
  if (arrivedAt !== null) {
    return say('receipts', { at: listMoment(arrivedAt, now), count: receipts })
  }
  return expected === null
    ? say('expected', { who: custodian })
    : say('expectedOf', { amount: yuan(expected), who: custodian })
}

function useUnitsNote(
  { units }: MatchSums,
  { carried, unitNav, accountManager }: MatchNotes,
): string {
  const say = useWords(matchWords)
  if (units === null) {
    return unitNav === null
      ? say('unitsAfter')
      : say('navKnown', { nav: grouped(unitNav, 4), who: accountManager })
  }
  if (units.wholeFen === null) return say('residueCarried')
  const fen = yuan(units.wholeFen)
  return carried === null
    ? say('residueNamed', { fen })
    : say('residueWhole', { fen, rest: grouped(carried) })
}

const TONES: Readonly<Record<MatchSums['state'], Tone>> = {
  waiting: 'neutral',
  partly: 'verified',
  equal: 'verified',
  unequal: 'failure',
}

function Verdict({
  sums: { state, difference },
  comparison,
}: {
  readonly sums: MatchSums
  readonly comparison: NumberToExplain | null
}) {
  const say = useWords(matchWords)
  const isWell = state === 'equal' || state === 'partly'
  const icon = isWell ? 'check' : state === 'unequal' ? 'cross' : 'dash'
  if (difference === null) return <Tag icon={icon}>{say('waiting')}</Tag>
  const amount = yuan(difference)
  return (
    <Tag tone={TONES[state]} icon={icon}>
      {say(state)}
      {comparison === null ? amount : <Explained number={comparison}>{amount}</Explained>}
    </Tag>
  )
}

/** Whether all who recomputed came to the same. */
function Agreement({ recomputations }: { readonly recomputations: readonly Recomputation[] }) {
  const say = useWords(matchWords)
  const open = recomputations.find(({ waitsFor }) => waitsFor.length > 0)
  const disputed = recomputations.find(({ isSame }) => !isSame)
  if (recomputations.length === 0) return <>{say('notComputed')}</>
  if (disputed !== undefined) {
    return <>{say('disputed', { names: disputed.by.map(({ name }) => name).join('、') })}</>
  }
  if (open !== undefined) {
    const who = open.by.map(({ name }) => name).join('、')
    return <Fragment>{say('oneSoFar', { who, others: open.waitsFor.join('、') })}</Fragment>
  }
  return <>{say('recomputed')}</>
}
