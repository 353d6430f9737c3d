import { canonicalJson, type Json, type JsonObject, toHex } from '@renshe/crypto'
import {
  evaluateRule,
  type FactSchema,
  type ParameterLookup,
  type RuleAnswer,
  type RuleDocument,
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
import { ownMember } from './own-member.ts'
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
    parameters: publishedParameters(ctx, serviceCase.openedAt),
    calendar,
  }
  return (name, id, facts) => {
    const hash = ownMember(serviceCase.lock.rules, id)
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

/** Schemas of a rule's facts by name: a batch asks one rule for each of its rows. */
const factsOfRules = new WeakMap<RuleDocument, ReadonlyMap<string, FactSchema>>()

function factsOfRule(document: RuleDocument): ReadonlyMap<string, FactSchema> {
  let facts = factsOfRules.get(document)
  if (facts === undefined) {
    facts = new Map(document.facts.map((fact) => [fact.name, fact]))
    factsOfRules.set(document, facts)
  }
  return facts
}

/** Asks one rule. The digest of its trace is empty where none is asked for. */
export function askRule(
  { rule }: PackageRule,
  place: RulePlace,
  facts: Iterable<readonly [string, Value]>,
  withTrace: boolean,
): { readonly answer: RuleAnswer; readonly trace: string } {
  const schemas = factsOfRule(rule.document)
  const given: JsonObject = {}
  for (const [name, value] of facts) {
    if (value !== null) given[name] = factToJson(schemas.get(name), value)
  }
  const { on, region, now, parameters, calendar } = place
  const answer = evaluateRule(rule, {
    on,
    region,
    now,
    parameters,
    calendar,
    facts: given,
    limits: RULE_LIMITS,
    trace: withTrace,
  })
  if (!answer.ok || !withTrace) return { answer, trace: '' }
  const bytes = canonicalJson(answer.trace as unknown as Json)
  return { answer, trace: toHex(caseDigest('trace', bytes)) }
}

const RULE_LIMITS = { steps: CASE_LIMITS.feelSteps }
