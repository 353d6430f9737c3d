/* Published, dated numbers of the law, as rules ask for them. */
import type { StateView } from '@renshe/kernel'
import {
  type ParameterLookup,
  type ParameterSource,
  parseDate,
  parseNumber,
  type Value,
} from '@renshe/rules'
import { isCivilDate } from '../vocabulary/civil-date.ts'
import { isDecimal } from '../vocabulary/scaled.ts'
import type { ParameterValue } from './package-document.ts'
import { type ParameterRecord, parameters } from './records.ts'

/** Region of values that hold in the whole country. */
export const WHOLE_COUNTRY = '000000'

/** What a lookup assumes where the expression does not say. */
export interface ParameterDefaults {
  /** Legal day, usually the case's law date. */
  readonly day?: string
  readonly region?: string
  /** Only what was published at or below this height: the law as known then. */
  readonly knownAt?: number
}

/**
 * The value published for exactly that region and in force on that day, or undefined. The newest
 * publication decides that was in force on that day: one that takes effect later changes nothing
 * before its date. For days before the first publication the first one decides.
 */
export function findParameter(
  view: StateView,
  name: string,
  day: string,
  region: string = WHOLE_COUNTRY,
  knownAt: number = Number.MAX_SAFE_INTEGER,
): ParameterValue | undefined {
  const series = findSeries(view, name, region, day, knownAt)
  const row = series?.rows.findLast(({ effectiveFrom }) => effectiveFrom <= day)
  if (row === undefined || (row.effectiveTo !== null && row.effectiveTo < day)) return undefined
  return { parameter: name, region, ...row }
}

function findSeries(
  view: StateView,
  name: string,
  region: string,
  day: string,
  knownAt: number,
): ParameterRecord | undefined {
  let first: ParameterRecord | undefined
  const back = { prefix: [name, region], from: [knownAt], reverse: true }
  for (const [, record] of view.state(parameters).range(back)) {
    if (record.inForceFrom <= day) return record
    first = record
  }
  return first
}

/** For `evaluateRule`: what is published in this state, at or below a height. */
export function publishedParameters(view: StateView, knownAt?: number): ParameterLookup {
  return { find: (parameter, region, on) => findParameter(view, parameter, on, region, knownAt) }
}

/** For FEEL outside rules: answers `parameter("name")`, falling back to the regions around. */
export function parameterLookup(
  view: StateView,
  defaults: ParameterDefaults = {},
): ParameterSource {
  return (name, on, region) => {
    const day = on ?? defaults.day
    if (day === undefined || !isCivilDate(day)) return undefined
    for (const place of regionsAround(region ?? defaults.region ?? WHOLE_COUNTRY)) {
      const found = findParameter(view, name, day, place, defaults.knownAt)
      if (found !== undefined) return parameterValue(found.value)
    }
    return undefined
  }
}

/** County, prefecture, province, country. */
function regionsAround(region: string): string[] {
  const chain = [region, `${region.slice(0, 4)}00`, `${region.slice(0, 2)}0000`, WHOLE_COUNTRY]
  return chain.filter((code, at) => chain.indexOf(code) === at)
}

/** The FEEL value of a parameter's text: a number, a truth value, a date, else the text itself. */
export function parameterValue(text: string): Value {
  if (isDecimal(text)) return parseNumber(text) ?? text
  if (text === 'true' || text === 'false') return text === 'true'
  return parseDate(text) ?? text
}
