/* Where things stand in the drawing. Widths of texts are estimated: the drawing must not move once it is painted. */
import { LANES, type Lane } from './flow-messages.ts'

/** Sizes in CSS pixels. */
export const FLOW = {
  /** Left of the lanes: date and number. */
  margin: 46,
  /** Above the rows: names of lanes. */
  head: 50,
  /** One more line of names. */
  line: 15,
  /** Least and most height of a row. */
  row: 30,
  tallest: 48,
  foot: 8,
  /** Narrower than this the drawing scrolls. */
  least: 560,
} as const

/** Where everything stands. */
export interface FlowPlan {
  readonly width: number
  readonly height: number
  readonly head: number
  readonly row: number
  readonly pitch: number
}

/**
 * Plans a drawing.
 *
 * @param rows    how many there are
 * @param lines   most lines of names above a lane
 * @param height  room that there is; rows grow into it up to a limit
 */
export function planFlow(
  rows: number,
  lines: number,
  { width, height }: { readonly width: number; readonly height: number },
): FlowPlan {
  const head = FLOW.head + (lines - 1) * FLOW.line
  const room = (height - head - FLOW.foot) / Math.max(1, rows)
  const row = Math.min(FLOW.tallest, Math.max(FLOW.row, Math.floor(room)))
  const wide = Math.max(FLOW.least, width)
  const pitch = (wide - FLOW.margin) / LANES.length
  return { width: wide, height: head + row * rows + FLOW.foot, head, row, pitch }
}

/** Middle of a lane. */
export function laneX(lane: Lane, { pitch }: FlowPlan): number {
  return FLOW.margin + pitch * (LANES.indexOf(lane) + 0.5)
}

/** Middle of a row. */
export function rowY(index: number, { head, row }: FlowPlan): number {
  return head + row * (index + 0.5)
}

/** Estimated width of a text: an ideograph is as wide as the type is high, other signs about half of it. */
export function textWidth(text: string, size: number): number {
  let width = 0
  for (const sign of text) width += widthOfSign(sign) * size
  return width
}

function widthOfSign(sign: string): number {
  if ((sign.codePointAt(0) ?? 0) > 0x2e80) return 1
  if (sign === ' ' || sign === ',' || sign === '.') return 0.28
  if (sign === '%' || sign === 'm' || sign === 'w') return 0.92
  return 0.555
}

/** Distances inside a row. */
const [DOT, TIP, GAP] = [5, 7, 8]

/** Where a label stands. */
export interface LabelPlace {
  readonly left: number
}

/**
 * Places a label: in the middle of the first hop if it fits, else beside the row, where nothing is drawn.
 *
 * @param needed  width of the label, CSS pixels
 */
export function placeLabel(path: readonly Lane[], plan: FlowPlan, needed: number): LabelPlace {
  const from = laneX(path[0] as Lane, plan)
  const next = path[1]
  if (next === undefined) return { left: from + 22 }
  const to = laneX(next, plan)
  if (Math.abs(to - from) - 2 * (DOT + TIP + GAP) >= needed) {
    return { left: (from + to) / 2 - needed / 2 }
  }
  const first = Math.min(...path.map((lane) => laneX(lane, plan)))
  const last = Math.max(...path.map((lane) => laneX(lane, plan)))
  const before = first - 14 - needed
  return { left: before > FLOW.margin + 24 ? before : last + 14 }
}

/**
 * Names of a lane on lines that fit; a name is never cut.
 *
 * @param pitch    distance from lane to lane, CSS pixels
 * @param widthOf  measures a text
 */
export function nameLines(
  names: readonly string[],
  pitch: number,
  widthOf: (text: string) => number,
): readonly string[] {
  return names.flatMap((name) => broken(name, pitch - 4, widthOf))
}

/** A line that is too long goes on in the next one: at a space if it has one. */
function broken(line: string, most: number, widthOf: (text: string) => number): readonly string[] {
  if (widthOf(line) <= most) return [line]
  const words = line.includes(' ') ? line.split(/(?<= )/) : [...line]
  const lines: string[] = ['']
  for (const word of words) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && widthOf((last + word).trim()) > most) lines.push(word)
    else lines[lines.length - 1] = last + word
  }
  return lines
}
