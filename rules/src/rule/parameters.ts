import type { FieldType, Json } from '../value/json.ts'

/**
 * How sure a number or clause is: S seen in the printed text; K-H, K-M, K-L known, to be checked, by
 * confidence; P our own design.
 */
export type Certainty = 'S' | 'K-H' | 'K-M' | 'K-L' | 'P'

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
  /** How sure the value is; without it as sure as its clause. */
  readonly certainty?: Certainty
  /** Where the value was read, such as a notice and its page; without it the clause itself. */
  readonly source?: string
}

/** A published value read for a region that has none of its own: told in the trace, never silent. */
export interface RegionFallback {
  readonly parameter: string
  /** Region that was asked for. */
  readonly asked: string
  /** Region around it whose value is used. */
  readonly used: string
}

/** Finds the value published for exactly that region and in force on that day. */
export interface ParameterLookup {
  find(parameter: string, region: string, on: string): ParameterValue | undefined
}

/**
 * A lookup over rows. The row that began last decides, also when it has ended: an older one never
 * comes back.
 *
 * @throws RangeError when two rows of one parameter and region begin on the same day
 */
export function makeParameterTable(rows: readonly ParameterValue[]): ParameterLookup {
  const series = new Map<string, Map<string, ParameterValue[]>>()
  for (const row of rows) {
    const regions = series.get(row.parameter) ?? new Map<string, ParameterValue[]>()
    series.set(row.parameter, regions)
    const list = regions.get(row.region) ?? []
    if (list.some((other) => other.effectiveFrom === row.effectiveFrom)) {
      throw new RangeError(`${row.parameter} of ${row.region} begins twice on ${row.effectiveFrom}`)
    }
    list.push(row)
    list.sort((left, right) => (left.effectiveFrom < right.effectiveFrom ? 1 : -1))
    regions.set(row.region, list)
  }
  return { find: (parameter, region, on) => inForce(series.get(parameter)?.get(region), on) }
}

function inForce(rows: readonly ParameterValue[] | undefined, on: string) {
  if (rows === undefined) return undefined
  for (const row of rows) {
    if (row.effectiveFrom > on) continue
    return row.effectiveTo !== null && row.effectiveTo < on ? undefined : row
  }
  return undefined
}

/**
 * County, prefecture, province, country: where a value is looked for, in this order (determinations
 * §5).
 */
export function regionChain(region: string): string[] {
  const chain = [region]
  for (const digits of [4, 2, 0]) {
    const around = region.slice(0, digits).padEnd(6, '0')
    if (around !== chain.at(-1)) chain.push(around)
  }
  return chain
}

/**
 * The value for a place and day, falling back to the regions around it; the row says where it came
 * from.
 *
 * @param chain  {@link regionChain} of the place
 */
export function lookUpParameter(
  lookup: ParameterLookup,
  parameter: string,
  chain: readonly string[],
  on: string,
): ParameterValue | undefined {
  for (const code of chain) {
    const row = lookup.find(parameter, code, on)
    if (row !== undefined) return row
  }
  return undefined
}
