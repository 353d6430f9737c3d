import type { Json, JsonObject } from '@renshe/crypto'
import type { Scope, Value } from '@renshe/rules'
import type { Check, Compute } from '../catalogue/package-document.ts'
import { type Evaluator, evaluateText, isTrue } from './feel.ts'
import { findFieldFault, spellFact, spellValue, toFeel, type ValueType } from './field-values.ts'
import { ownMember } from './own-member.ts'
import { refuse } from './refusals.ts'

/** A rule that made a value: which version, and the digest of its trace. */
export interface UsedRule {
  readonly name: string
  readonly rule: string
  readonly hash: string
  readonly trace: string
}

/** Answers a rule call: outputs as FEEL and as JSON, or refuses. */
export type RuleCaller = (
  name: string,
  rule: string,
  facts: ReadonlyMap<string, Value>,
) => { readonly value: Value; readonly json: Json; readonly used: UsedRule }

/** Values under way in one act: as FEEL for what comes next, as JSON for the record. */
export interface ActValues {
  readonly locals: Map<string, Value>
  readonly json: JsonObject
  readonly rules: UsedRule[]
}

/** Nothing yet. */
export function noValues(): ActValues {
  return { locals: new Map(), json: {}, rules: [] }
}

/** Takes form fields into the values; refuses `FIELD_UNKNOWN`, `FIELD_INVALID`. */
export function takeFields(
  evaluator: Evaluator,
  fields: Readonly<Record<string, ValueType>>,
  given: JsonObject,
  values: ActValues,
): void {
  for (const name of Object.keys(given).sort()) {
    if (!Object.hasOwn(fields, name)) refuse(evaluator, { code: 'FIELD_UNKNOWN', field: name })
  }
  for (const name of Object.keys(fields).sort()) {
    const field = fields[name] as ValueType
    const json = ownMember(given, name)
    const expected = findFieldFault(field, json)
    if (expected !== undefined) {
      refuse(evaluator, { code: 'FIELD_INVALID', field: name, expected })
    }
    values.locals.set(name, toFeel(field, json))
    values.json[name] = json ?? null
  }
}

/** Computes values in order; each sees those before. Refuses `VALUE_UNFIT`, `RULE_REFUSED`. */
export function computeValues(
  evaluator: Evaluator,
  computes: readonly Compute[],
  scope: Scope,
  values: ActValues,
  callRule: RuleCaller,
): void {
  for (const compute of computes) {
    const { name } = compute
    if ('rule' in compute) {
      const facts = new Map<string, Value>()
      for (const [fact, text] of Object.entries(compute.facts)) {
        facts.set(fact, evaluateText(evaluator, text, scope))
      }
      const { value, json, used } = callRule(name, compute.rule, facts)
      values.locals.set(name, value)
      values.json[name] = json
      values.rules.push(used)
    } else {
      const json = spellValue(compute, evaluateText(evaluator, compute.is, scope))
      if (json === undefined) {
        refuse(evaluator, { code: 'VALUE_UNFIT', name, expected: describeType(compute) })
      }
      values.locals.set(name, toFeel(compute, json))
      values.json[name] = json
    }
  }
}

/** What a computed value should have been. */
export function describeType({ type, places, many }: ValueType): string {
  const single = type === 'decimal' && places !== undefined ? `decimal of ${places} places` : type
  return many ? `list of ${single}` : single
}

/** The first check that does not hold, with the facts it tells; undefined if all hold. */
export function findFailedCheck(
  evaluator: Evaluator,
  checks: readonly Check[],
  scope: Scope,
): { readonly check: Check; readonly facts: JsonObject } | undefined {
  for (const check of checks) {
    if (isTrue(evaluator, check.unless, scope)) continue
    const facts: JsonObject = {}
    for (const [name, text] of Object.entries(check.facts ?? {})) {
      const fact = spellFact(evaluateText(evaluator, text, scope))
      if (fact !== undefined) facts[name] = fact
    }
    return { check, facts }
  }
  return undefined
}

/** Refuses with the package's own code if a check does not hold. */
export function refuseUnlessChecked(
  evaluator: Evaluator,
  checks: readonly Check[],
  scope: Scope,
  step: string | null,
): void {
  const failed = findFailedCheck(evaluator, checks, scope)
  if (failed === undefined) return
  const { check, facts } = failed
  refuse(evaluator, { code: check.refuse, step, clause: check.clause ?? null, facts })
}
