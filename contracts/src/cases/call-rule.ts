import { canonicalJson, type Json, type JsonObject, toHex } from '@renshe/crypto'
import {
  evaluateRule,
  type ParameterLookup,
  type RuleAnswer,
  type Value,
  type WorkingCalendar,
} from '@renshe/rules'
import type { PackageRule } from '../catalogue/compiled-package.ts'
import { getRule } from '../catalogue/packages.ts'
import { publishedParameters } from '../catalogue/parameters.ts'
import type { CaseWork } from './case-work.ts'
import type { RuleCaller } from './compute-values.ts'
import { caseDigest } from './digests.ts'
import { CASE_LIMITS } from './limits.ts'
import { refuse } from './refusals.ts'
import { factToJson, ruleOutputsToFeel } from './rule-values.ts'

/** Where and when a rule is asked. */
export interface RulePlace {
  readonly on: string
  readonly region: string
  /** UTC ms. */
  readonly now: number
  readonly parameters: ParameterLookup
  readonly calendar: WorkingCalendar
}

/** Rules of the case's lock, evaluated at its law date. */
export function ruleCallerOf(work: CaseWork): RuleCaller {
  const { ctx, serviceCase, calendar } = work
  const place: RulePlace = {
    on: serviceCase.lawDate,
    region: serviceCase.region,
    now: ctx.time,
    parameters: publishedParameters(ctx),
    calendar,
  }
  return (name, id, facts) => {
    const hash = serviceCase.lock.rules[id]
    if (hash === undefined) throw new Error(`rule ${id} is not in the case's lock`)
    const rule = getRule(ctx, hash)
    const { answer, trace } = askRule(rule, place, facts, true)
    if (!answer.ok) {
      const { code, field } = answer.error
      return refuse(ctx, { code: 'RULE_REFUSED', name, rule: id, reason: code, field })
    }
    const json = answer.outputs as JsonObject
    const value = ruleOutputsToFeel(rule.rule.document, json)
    return { value, json, used: { name, rule: id, hash, trace } }
  }
}

/** Asks one rule. The digest of its trace is empty where none is asked for. */
export function askRule(
  { rule }: PackageRule,
  place: RulePlace,
  facts: ReadonlyMap<string, Value>,
  withTrace: boolean,
): { readonly answer: RuleAnswer; readonly trace: string } {
  const given: JsonObject = {}
  for (const [name, value] of facts) {
    if (value === null) continue
    given[name] = factToJson(
      rule.document.facts.find((fact) => fact.name === name),
      value,
    )
  }
  const answer = evaluateRule(rule, {
    ...place,
    facts: given,
    limits: { steps: CASE_LIMITS.feelSteps },
    trace: withTrace,
  })
  if (!answer.ok || !withTrace) return { answer, trace: '' }
  return {
    answer,
    trace: toHex(caseDigest('trace', canonicalJson(answer.trace as unknown as Json))),
  }
}
