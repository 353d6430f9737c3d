/* The sequence of one batch as a drawing; its table twin says the same in words. */
import { useId } from 'react'
import { isoDay } from '../../format/moments.ts'
import { PARTY_COLOURS } from '../../theme/tokens.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { partyInWords } from '../step-clock/party-words.ts'
import { FLOW, type FlowPlan, laneX, nameLines, placeLabel, planFlow, rowY } from './flow-layout.ts'
import { LANES, type Lane } from './flow-messages.ts'
import type { FlowHop, FlowRow, FlowState } from './flow-rows.ts'
import { measuredWidth } from './measure-text.ts'
import { flowWords } from './words.ts'

const NAME_SIZE = 11.5

/** What is drawn. */
export interface FlowDrawingProps {
  readonly rows: readonly FlowRow[]
  /** Lanes of this session. */
  readonly ours: readonly string[]
  /** Names of the members of a lane. */
  readonly namesOf: (lane: Lane) => readonly string[]
  /** Block time, UTC ms. */
  readonly now: number
  /** Room that there is, CSS pixels. */
  readonly room: { readonly width: number; readonly height: number }
}

/** Draws the sequence; hidden from screen readers, who get the table. */
export function FlowDrawing({ rows, ours, namesOf, now, room }: FlowDrawingProps) {
  const hatch = useId()
  const pitch = (Math.max(FLOW.least, room.width) - FLOW.margin) / LANES.length
  const names = LANES.map((lane) =>
    nameLines(namesOf(lane), pitch, (text) => measuredWidth(text, NAME_SIZE)),
  )
  const plan = planFlow(rows.length, Math.max(...names.map((lines) => lines.length)), room)
  const { width, height } = plan
  return (
    <svg className="flow-svg" width={width} height={height} aria-hidden="true" focusable="false">
      <Hatch id={hatch} />
      {LANES.filter((lane) => ours.includes(lane)).map((lane) => (
        <rect
          key={lane}
          className="flow-ours"
          x={laneX(lane, plan) - pitch / 2}
          width={pitch}
          height={height}
          rx="8"
        />
      ))}
      {rows.map((row, index) =>
        row.state === 'current' ? (
          <rect
            key={row.key}
            className="flow-now"
            y={rowY(index, plan) - plan.row / 2 + 1}
            width={width}
            height={plan.row - 2}
            rx="6"
          />
        ) : null,
      )}
      {LANES.map((lane, index) => (
        <LaneHead
          key={lane}
          lane={lane}
          isOurs={ours.includes(lane)}
          lines={names[index] ?? []}
          plan={plan}
        />
      ))}
      {rows.map((row, index) => (
        <RowDrawing
          key={row.key}
          row={row}
          y={rowY(index, plan)}
          plan={plan}
          hatch={hatch}
          day={dayLabel(rows, index, now)}
          isFirst={index === 0}
          now={now}
        />
      ))}
    </svg>
  )
}

function Hatch({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern
        id={id}
        width="6"
        height="6"
        patternTransform="rotate(45)"
        patternUnits="userSpaceOnUse"
      >
        <rect width="6" height="6" fill="#f1eff4" />
        <rect width="3" height="6" fill="#e0dbe8" />
      </pattern>
    </defs>
  )
}

/** The date of a row, told once a day. */
function dayLabel(rows: readonly FlowRow[], index: number, now: number): number | null {
  const row = rows[index]
  if (row === undefined || row.state === 'later') return null
  const day = (one: FlowRow | undefined): string | null =>
    one === undefined || one.state === 'later' ? null : isoDay(one.at ?? now)
  return day(rows[index - 1]) === day(row) ? null : (row.at ?? now)
}

function LaneHead({
  lane,
  isOurs,
  lines,
  plan,
}: {
  readonly lane: Lane
  readonly isOurs: boolean
  readonly lines: readonly string[]
  readonly plan: FlowPlan
}) {
  const say = useWords(flowWords)
  const { locale } = useLocale()
  const x = laneX(lane, plan)
  const name = partyInWords(lane, locale)
  const head = isOurs ? say('ours', { party: name }) : name
  // Long names of a narrow drawing are set smaller, never cut.
  const fit = (plan.pitch - 4) / measuredWidth(head, 13, 600)
  const size = Math.max(10, Math.min(13, 13 * fit))
  return (
    <g>
      <line
        x1={x}
        x2={x}
        y1={plan.head - 6}
        y2={plan.height}
        stroke={PARTY_COLOURS[lane]}
        strokeOpacity="0.32"
        strokeWidth="1.5"
      />
      <text className="flow-lane" x={x} y="17" fill={PARTY_COLOURS[lane]} fontSize={size}>
        {head}
      </text>
      {lines.map((line, index) => (
        <text className="flow-member" key={`${index} ${line}`} x={x} y={34 + index * FLOW.line}>
          {line}
        </text>
      ))}
    </g>
  )
}

interface RowProps {
  readonly row: FlowRow
  readonly y: number
  readonly plan: FlowPlan
  readonly hatch: string
  readonly day: number | null
  readonly isFirst: boolean
  readonly now: number
}

function RowDrawing({ row, y, plan, hatch, day, isFirst, now }: RowProps) {
  const say = useWords(flowWords)
  const isToday = day !== null && isoDay(day) === isoDay(now)
  const first = row.path[0] as Lane
  const line = y - plan.row / 2
  return (
    <g className={`flow-row is-${row.state}${row.isSealed ? ' is-sealed' : ''}`}>
      {day === null || isFirst ? null : (
        <line className="flow-rule" x2={plan.width} y1={line} y2={line} />
      )}
      {day === null ? null : (
        <text className={isToday ? 'flow-today' : 'flow-day'} x="4" y={y + 4}>
          {isToday ? say('today') : isoDay(day).slice(5)}
        </text>
      )}
      <text className="flow-no" x="66" y={y + 4}>
        {row.no ?? ''}
      </text>
      {row.hops.map((hop) => (
        <Hop key={`${hop.from}${hop.to}`} hop={hop} y={y} plan={plan} isSealed={row.isSealed} />
      ))}
      {row.hops.length === 0 ? <Loop row={row} y={y} x={laneX(first, plan)} /> : null}
      <circle cx={laneX(first, plan)} cy={y} r="4" fill={PARTY_COLOURS[first]} />
      <RowLabel row={row} y={y} plan={plan} hatch={hatch} />
      {row.isTold ? (
        <circle className="flow-told" cx={laneX('supervisor', plan)} cy={y} r="3" />
      ) : null}
    </g>
  )
}

const [DOT, TIP] = [5, 7]

function Hop({
  hop,
  y,
  plan,
  isSealed,
}: {
  readonly hop: FlowHop
  readonly y: number
  readonly plan: FlowPlan
  readonly isSealed: boolean
}) {
  const [from, to] = [laneX(hop.from, plan), laneX(hop.to, plan)]
  const way = Math.sign(to - from)
  const tip = to - way * DOT
  const sealed = isSealed && hop.state === 'done' ? ' is-sealed' : ''
  return (
    <g className={`flow-hop is-${hop.state}${sealed}`}>
      <path className="flow-line" d={`M${from + way * DOT} ${y}H${tip - way}`} />
      <path className="flow-tip" d={`M${tip} ${y}l${-way * TIP} -4v8z`} />
    </g>
  )
}

function Loop({ row, y, x }: { readonly row: FlowRow; readonly y: number; readonly x: number }) {
  return (
    <g className={`flow-hop is-${row.state}`}>
      <path className="flow-line" d={`M${x} ${y - 8}h16v12h-9`} />
      <path className="flow-tip" d={`M${x + 5} ${y + 4}l7 -4v8z`} />
    </g>
  )
}

function RowLabel({ row, y, plan, hatch }: Pick<RowProps, 'row' | 'y' | 'plan' | 'hatch'>) {
  const { locale } = useLocale()
  const value = row.state === 'later' || row.isSealed ? null : row.value
  const text = value === null ? row.label[locale] : `${row.label[locale]} ${value}`
  const size = row.state === 'current' ? 12.5 : 12
  const lock = row.isSealed ? 15 : 0
  const weight = row.state === 'current' && !row.isSealed ? 600 : 400
  const needed = measuredWidth(text, size, weight) + lock
  const { left } = placeLabel(row.path, plan, needed)
  const ground = row.state === 'current' ? '#e7f0f5' : '#fff'
  return (
    <g>
      <rect
        x={left - 6}
        y={y - 9}
        width={needed + 12}
        height="18"
        rx="4"
        fill={row.isSealed ? `url(#${hatch})` : ground}
      />
      {row.isSealed ? (
        <g className="flow-lock" transform={`translate(${left - 1} ${y - 6.5}) scale(.75)`}>
          <rect x="3" y="7" width="10" height="7" rx="1.8" />
          <path d="M5.300 7V5a2.700 2.700 0 015.400 0v2" />
        </g>
      ) : null}
      <text className="flow-label" x={left + lock} y={y + 4.5} fontSize={size}>
        {text}
      </text>
    </g>
  )
}

/** Line and arrow of the legend. */
export function LegendLine({ state }: { readonly state: FlowState }) {
  return (
    <svg width="20" height="8" viewBox="0 0 20 8" aria-hidden="true" focusable="false">
      <g className={`flow-hop is-${state}`}>
        <path className="flow-line" d="M0 4H20" />
      </g>
    </svg>
  )
}
