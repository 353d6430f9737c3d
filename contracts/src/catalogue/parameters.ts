/* Published, dated numbers of the law, as rules ask for them. */
import type { StateView } from '@renshe/kernel'
import { type ParameterSource, parseDate, parseNumber, type Value } from '@renshe/rules'
import { isCivilDate } from '../vocabulary/civil-date.ts'
import { isDecimal } from '../vocabulary/scaled.ts'
import { type ParameterRecord, parameters } from './records.ts'

/** What a lookup assumes where the rule does not say. */
export interface ParameterDefaults {
  /** Legal day, usually the case's law date. */
  readonly day?: string
  readonly region?: string
  /** Only what was published at or below this height: the law as known then. */
  readonly knownAt?: number
}

/** Where a value holds that names no narrower region. */
export const WHOLE_COUNTRY = 'CN'

/** The value of a parameter on a day in a region, or undefined; a region falls back to the country. */
export function findParameter(
  view: StateView,
  name: string,
  day: string,
  region: string = WHOLE_COUNTRY,
  knownAt: number = Number.MAX_SAFE_INTEGER,
): ParameterRecord | undefined {
  const newest = { prefix: [name, region], from: [day], reverse: true }
  for (const [, record] of view.state(parameters).range(newest)) {
    if (record.publishedHeight > knownAt) continue
    if (record.effectiveTo !== null && record.effectiveTo < day) break
    return record
  }
  return region === WHOLE_COUNTRY
    ? undefined
    : findParameter(view, name, day, WHOLE_COUNTRY, knownAt)
}

/** Answers `parameter("name")` of rules from what is published in this state. */
export function parameterLookup(
  view: StateView,
  defaults: ParameterDefaults = {},
): ParameterSource {
  return (name, on, region) => {
    const day = on ?? defaults.day
    if (day === undefined || !isCivilDate(day)) return undefined
    const found = findParameter(view, name, day, region ?? defaults.region, defaults.knownAt)
    return found === undefined ? undefined : parameterValue(found.value)
  }
}

/** The FEEL value of a parameter's text: a number, a truth value, a date, else the text itself. */
export function parameterValue(text: string): Value {
  if (isDecimal(text)) return parseNumber(text) ?? text
  if (text === 'true' || text === 'false') return text === 'true'
  return parseDate(text) ?? text
}
