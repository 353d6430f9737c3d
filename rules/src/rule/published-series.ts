import type { Certainty, ParameterLookup, ParameterValue } from './parameters.ts'

/**
 * One publication of a parameter for one region, as the catalogue lists it. Every publication stays;
 * later ones come beside it.
 */
export interface PublishedSeries {
  readonly parameter: string
  readonly region: string
  /** Ascending by `effectiveFrom`; empty where a later version left the parameter out. */
  readonly rows: readonly {
    readonly value: string
    readonly effectiveFrom: string
    readonly effectiveTo: string | null
    readonly basis: string
    readonly certainty?: Certainty
    readonly source?: string
  }[]
  /** First day of the package that published it. */
  readonly inForceFrom: string
  readonly publishedHeight: number
}

/**
 * A lookup over publications, by the rule that contracts use: the newest publication decides whose first
 * day has come; before the first one's day the first one decides.
 */
export function publishedLookup(publications: readonly PublishedSeries[]): ParameterLookup {
  const series = new Map<string, PublishedSeries[]>()
  for (const one of publications) {
    const key = `${one.region} ${one.parameter}`
    series.set(key, [...(series.get(key) ?? []), one])
  }
  for (const all of series.values()) all.sort((a, b) => b.publishedHeight - a.publishedHeight)
  const made = new Map<PublishedSeries['rows'][number], ParameterValue>()
  return {
    find(parameter, region, on) {
      const newestFirst = series.get(`${region} ${parameter}`) ?? []
      const decides = newestFirst.find(({ inForceFrom }) => inForceFrom <= on) ?? newestFirst.at(-1)
      const row = decides?.rows.findLast(({ effectiveFrom }) => effectiveFrom <= on)
      if (row === undefined || (row.effectiveTo !== null && row.effectiveTo < on)) return undefined
      // The same row is the same value each time, as the tracer expects of rows.
      const known = made.get(row) ?? { parameter, region, ...row }
      made.set(row, known)
      return known
    },
  }
}
