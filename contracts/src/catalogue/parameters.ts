/* Published, dated numbers of the law, as rules ask for them. */
import type { StateView } from '@renshe/kernel'
import type { ParameterLookup } from '@renshe/rules'
import { legalDay } from '../vocabulary/civil-date.ts'
import type { ParameterValue } from './package-document.ts'
import { findPackageRecord } from './packages.ts'
import { type ParameterRecord, parameters } from './records.ts'

/** Region of values that hold in the whole country. */
export const WHOLE_COUNTRY = '000000'

/**
 * The value published for exactly that region and in force on that day, or undefined. The newest
 * publication decides that was in force on that day: one that takes effect later changes nothing
 * before its date. For days before the first publication the first one decides.
 *
 * @param knownAt  UTC ms; publications of that instant and after are left out: the law as known when its
 * block began
 */
export function findParameter(
  view: StateView,
  name: string,
  day: string,
  region: string = WHOLE_COUNTRY,
  knownAt?: number,
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
  knownAt: number | undefined,
): ParameterRecord | undefined {
  let first: ParameterRecord | undefined
  for (const [, record] of view
    .state(parameters)
    .range({ prefix: [name, region], reverse: true })) {
    if (knownAt !== undefined && !wasKnown(view, record, knownAt)) continue
    if (record.inForceFrom <= day) return record
    first = record
  }
  return first
}

function wasKnown(
  view: StateView,
  { inForceFrom, package: hash }: ParameterRecord,
  knownAt: number,
): boolean {
  // Nothing is in force before the day of its publication, so most need no second read.
  if (inForceFrom < legalDay(knownAt)) return true
  const publishedAt = findPackageRecord(view, hash)?.publishedAt ?? null
  return publishedAt !== null && publishedAt < knownAt
}

/**
 * For `evaluateRule`: what is published in this state.
 *
 * @param knownAt  UTC ms; a case gives the instant of its opening, so that no publication of its block
 * or later changes what it computes
 */
export function publishedParameters(view: StateView, knownAt?: number): ParameterLookup {
  return { find: (parameter, region, on) => findParameter(view, parameter, on, region, knownAt) }
}
