/* The figures of the overview, each with the block that it was counted at; none of them is a part of a total. */

import { isOpenTooLong } from '../../../patterns/match-table/match-lines.ts'
import { Asked } from '../../../patterns/states/states.tsx'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useAsk } from '../../../session/asking.ts'
import { Icon } from '../../../shell/icons.tsx'
import { useWords } from '../../../words/locale.tsx'
import { AsOfHeight } from '../as-of.tsx'
import { supervisionWords } from '../words.ts'
import { useMatches } from './use-matches.ts'
import { usePunctuality } from './use-punctuality.ts'

/** What the strip shows. */
export function useFigures() {
  const summary = useAsk('supervision.getSupervisionSummary', {})
  const matches = useMatches()
  const now = useChainTime()
  const punctuality = usePunctuality()
  const data = summary.data?.data
  const tooLong = matches.lines?.filter((line) => isOpenTooLong(line, now)).length ?? null
  const toLook =
    data === undefined || tooLong === null
      ? null
      : data.alerts.open +
        data.alerts.acknowledged +
        tooLong +
        data.lateSteps.count +
        data.alerts.missed
  return { summary, matches, tooLong, punctuality, toLook }
}

/** Five figures; each leads to its list. */
export function FigureStrip({ figures }: { readonly figures: ReturnType<typeof useFigures> }) {
  const say = useWords(supervisionWords)
  const { summary, matches, tooLong, punctuality } = figures
  const rows = punctuality.rows ?? []
  const inTime = rows.reduce((sum, row) => sum + row.inTime, 0)
  const ended = rows.reduce((sum, row) => sum + row.inTime + row.late, 0)
  return (
    <section className="card figure-strip" aria-label={say('figures')}>
      <Asked of={summary} rows={2}>
        {({ height, data: { alerts, lateSteps, matches: sums, unpublished } }) => (
          <>
            <Figure
              to="alerts"
              label={say('figAlerts')}
              value={alerts.open + alerts.acknowledged}
              isBad={alerts.grave > 0}
              note={say('figAlertsOf', { grave: alerts.grave, acknowledged: alerts.acknowledged })}
              height={height}
            />
            <Figure
              to="money"
              label={say('figMoney')}
              value={tooLong}
              isBad={(tooLong ?? 0) > 0}
              note={say('figMoneyOf', { open: sums.open, matched: sums.matched })}
              height={matches.height ?? height}
            />
            <Figure
              to="missed"
              label={say('figMissed')}
              value={alerts.missed}
              isBad={alerts.missed > 0}
              note={say('figMissedOf')}
              height={height}
            />
            <Figure
              to="late"
              label={say('figLate')}
              value={lateSteps.count}
              isBad={lateSteps.count > 0}
              note={say('figLateOf', { unpublished: unpublished.count, late: unpublished.late })}
              height={height}
            />
            <Figure
              to="punctuality"
              label={say('figPunctual')}
              value={punctuality.rows === null ? null : inTime}
              isBad={false}
              note={say('figPunctualOf', { all: ended })}
              height={height}
            />
          </>
        )}
      </Asked>
    </section>
  )
}

function Figure({
  to,
  label,
  value,
  isBad,
  note,
  height,
}: {
  readonly to: string
  readonly label: string
  /** Null: not read, or only in part. */
  readonly value: number | null
  readonly isBad: boolean
  readonly note: string
  readonly height: number
}) {
  const say = useWords(supervisionWords)
  return (
    <a className={isBad ? 'figure is-bad' : 'figure'} href={`#${to}`}>
      <span className="figure-label">{label}</span>
      <b className="figure-value">
        {value ?? '—'}
        {isBad ? <Icon name="alert" size={16} /> : null}
      </b>
      <span className="figure-note">{value === null ? say('notCounted') : note}</span>
      <AsOfHeight height={height} />
    </a>
  )
}
