import type { FieldType, Json } from '../value/json.ts'

/** One published value of a dated, regional series. */
export interface ParameterValue {
  readonly parameter: string
  /** As in JSON: money and decimals are strings. */
  readonly value: Json
  /** How `value` is to be read; without it decimals and dates are recognised by their form. */
  readonly type?: FieldType
  /** `000000` is the whole country. */
  readonly region: string
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  /** Clause or notice that sets the value. */
  readonly basis: string
}

/** Finds the value published for exactly that region and in force on that day. */
export interface ParameterLookup {
  find(parameter: string, region: string, on: string): ParameterValue | undefined
}

/**
 * A lookup over rows. Where rows of one region overlap, the later one wins.
 *
 * @throws RangeError when two rows of one parameter and region begin on the same day
 */
export function makeParameterTable(rows: readonly ParameterValue[]): ParameterLookup {
  const series = new Map<string, ParameterValue[]>()
  for (const row of rows) {
    const key = `${row.region} ${row.parameter}`
    const list = series.get(key) ?? []
    if (list.some((other) => other.effectiveFrom === row.effectiveFrom)) {
      throw new RangeError(`${row.parameter} of ${row.region} begins twice on ${row.effectiveFrom}`)
    }
    list.push(row)
    list.sort((left, right) => (left.effectiveFrom < right.effectiveFrom ? 1 : -1))
    series.set(key, list)
  }
  return {
    find: (parameter, region, on) =>
      series
        .get(`${region} ${parameter}`)
        ?.find(
          (row) => row.effectiveFrom <= on && (row.effectiveTo === null || on <= row.effectiveTo),
        ),
  }
}

/**
 * County, prefecture, province, country: where a value is looked for, in this order (determinations
 * §5).
 */
export function regionChain(region: string): string[] {
  const chain = [region, `${region.slice(0, 4)}00`, `${region.slice(0, 2)}0000`, '000000']
  return chain.filter((code, at) => chain.indexOf(code) === at)
}

/**
 * The value for a place and day, falling back to the regions around it; the row says where it came
 * from.
 */
export function lookUpParameter(
  lookup: ParameterLookup,
  parameter: string,
  region: string,
  on: string,
): ParameterValue | undefined {
  for (const code of regionChain(region)) {
    const row = lookup.find(parameter, code, on)
    if (row !== undefined) return row
  }
  return undefined
}
