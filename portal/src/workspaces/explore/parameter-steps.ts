/* A parameter's values over time as a step line: each value holds from its first day until the next one. */

/** One published value. */
export interface ParameterRow {
  readonly value: string
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly basis: string
  readonly certainty?: string
  readonly source?: string
}

/** One level of the line, in drawing units. */
export interface Level {
  readonly row: ParameterRow
  readonly x1: number
  readonly x2: number
  readonly y: number
}

/** The drawing: levels, and the years and values at its edges. */
export interface StepLine {
  readonly levels: readonly Level[]
  readonly path: string
  readonly years: readonly { readonly label: string; readonly x: number }[]
}

const DAY_MS = 86_400_000
/** A value without an end is drawn to a year after its beginning, or to this day if that is later. */
const OPEN_DAYS = 365

const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS

/**
 * Lays a series out.
 *
 * @param today  `YYYY-MM-DD`
 * @returns      null where a value is no number: then the table says it all
 */
export function stepLine(
  rows: readonly ParameterRow[],
  today: string,
  { width, height }: { readonly width: number; readonly height: number },
): StepLine | null {
  const values = rows.map(({ value }) => Number(value))
  if (rows.length === 0 || values.some((value) => !Number.isFinite(value))) return null
  const ends = rows.map(({ effectiveFrom, effectiveTo }, at) => {
    const next = rows[at + 1]?.effectiveFrom
    const end = effectiveTo ?? next
    return end === undefined ? Math.max(dayOf(today), dayOf(effectiveFrom) + OPEN_DAYS) : dayOf(end)
  })
  const begin = dayOf(rows[0]?.effectiveFrom ?? today)
  const end = Math.max(...ends)
  const most = Math.max(...values, 0)
  const x = (day: number): number => round(((day - begin) / Math.max(1, end - begin)) * width)
  const y = (value: number): number => round(height - (most === 0 ? 0 : (value / most) * height))
  const levels = rows.map((row, at) => ({
    row,
    x1: x(dayOf(row.effectiveFrom)),
    x2: x(ends[at] ?? end),
    y: y(values[at] ?? 0),
  }))
  const path = levels
    .map(({ x1, x2, y: level }, at) => `${at === 0 ? 'M' : 'L'}${x1} ${level}L${x2} ${level}`)
    .join('')
  const years = levels.map(({ row, x1 }) => ({ label: row.effectiveFrom.slice(0, 4), x: x1 }))
  return { levels, path, years }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
