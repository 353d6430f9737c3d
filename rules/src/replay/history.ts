import type { CompiledRule } from '../rule/compile-rule.ts'
import {
  makeParameterTable,
  type ParameterLookup,
  type ParameterValue,
} from '../rule/parameters.ts'
import { type Json, type JsonObject, makeJsonObject } from '../value/json.ts'

/**
 * The three clocks of a determination, each a legal day `YYYY-MM-DD`: law and parameters in force on
 * the first, facts true on the second, and of all that only what was known by the end of the third.
 */
export interface Clocks {
  readonly lawDate: string
  readonly factDate: string
  readonly knowledgeDate: string
}

/** A version of a rule and the day on which it was published. */
export interface RuleVersion {
  readonly publishedOn: string
  readonly rule: CompiledRule
}

/** A published value and the day on which it was published. */
export interface ParameterPublication extends ParameterValue {
  readonly publishedOn: string
}

/** A fact that holds for a time, and the day on which it became known; null takes it back. */
export interface DatedFact {
  readonly name: string
  readonly value: Json
  readonly validFrom: string
  /** Last day; null = still. */
  readonly validTo: string | null
  readonly knownOn: string
}

/** Everything that was ever published and known; nothing in it is ever changed, only added to. */
export interface History {
  /** Versions of one rule. */
  readonly rules: readonly RuleVersion[]
  readonly parameters: readonly ParameterPublication[]
  readonly facts: readonly DatedFact[]
}

/**
 * The version that a determination uses: of those published by the knowledge date and in force on
 * the law date, the one that took effect last; of two that took effect together, the one published
 * later.
 */
export function ruleAt(
  versions: readonly RuleVersion[],
  { lawDate, knowledgeDate }: Clocks,
): CompiledRule | undefined {
  let found: RuleVersion | undefined
  for (const version of versions) {
    const { effectiveFrom, effectiveTo } = version.rule.document
    if (version.publishedOn > knowledgeDate) continue
    if (effectiveFrom !== null && effectiveFrom > lawDate) continue
    if (effectiveTo !== undefined && effectiveTo < lawDate) continue
    if (found === undefined || isNewer(version, found)) found = version
  }
  return found?.rule
}

function isNewer(version: RuleVersion, other: RuleVersion): boolean {
  const [own, its] = [version, other].map(({ rule }) => rule.document.effectiveFrom ?? '')
  return own === its ? version.publishedOn >= other.publishedOn : (own ?? '') > (its ?? '')
}

/**
 * Published values as known on a day: of several publications of one value, region and first day
 * the last one counts.
 */
export function parametersKnownOn(
  publications: readonly ParameterPublication[],
  knowledgeDate: string,
): ParameterLookup {
  const rows = new Map<string, ParameterPublication>()
  for (const row of publications) {
    if (row.publishedOn > knowledgeDate) continue
    const key = `${row.region} ${row.effectiveFrom} ${row.parameter}`
    const known = rows.get(key)
    if (known === undefined || known.publishedOn <= row.publishedOn) rows.set(key, row)
  }
  return makeParameterTable([...rows.values()])
}

/** Facts that hold on the fact date as known on the knowledge date: what was learnt last counts. */
export function factsAt(
  facts: readonly DatedFact[],
  { factDate, knowledgeDate }: Clocks,
): JsonObject {
  const found = new Map<string, DatedFact>()
  for (const fact of facts) {
    if (fact.knownOn > knowledgeDate || fact.validFrom > factDate) continue
    if (fact.validTo !== null && fact.validTo < factDate) continue
    const known = found.get(fact.name)
    if (known === undefined || known.knownOn <= fact.knownOn) found.set(fact.name, fact)
  }
  // By name, so that the order in which facts were told does not show in the answer.
  const names = [...found.keys()].sort()
  return makeJsonObject(names.map((name) => [name, found.get(name)?.value ?? null]))
}
