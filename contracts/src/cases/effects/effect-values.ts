import type { Json, JsonObject } from '@renshe/crypto'
import { FeelNumber, formatPlaces, type Scope, type Value } from '@renshe/rules'
import { caseScope } from '../case-scope.ts'
import { type CaseWork, factsOf, membersOfParty } from '../case-work.ts'
import { describeType } from '../compute-values.ts'
import { evaluateText, scopeOver, textOf } from '../feel.ts'
import { spellValue, type ValueType, wholeNumber } from '../field-values.ts'
import { CASE_LIMITS } from '../limits.ts'
import { memberOf } from '../parties.ts'
import type { Step } from '../records.ts'
import { refuse } from '../refusals.ts'

/** Where effects come from: the step that was done, and the values its expressions see; or a withdrawal. */
export interface EffectOrigin {
  readonly step: Step | null
  readonly locals: ReadonlyMap<string, Value>
}

/** The scope of one effect: made anew for each, so that it sees what the effects before it wrote. */
export function effectScope(work: CaseWork, origin: EffectOrigin): Scope {
  return caseScope(factsOf(work), origin.locals)
}

/** Refuses an effect whose expression gave something else than it needs: the package is at fault. */
export function refuseEffect(
  work: CaseWork,
  effect: string,
  member: string,
  expected: string,
): never {
  return refuse(work.ctx, { code: 'EFFECT_VALUE', effect, member, expected })
}

/** A register key or account: one short text. */
export function keyOf(
  work: CaseWork,
  effect: string,
  member: string,
  text: string,
  scope: Scope,
): string {
  const key = textOf(evaluateText(work.evaluator, text, scope))
  if (key === undefined || key.length > CASE_LIMITS.keyCharacters) {
    return refuseEffect(work, effect, member, 'a key of 1–128 characters')
  }
  return key
}

/** Money in fen; a third place is refused. */
export function fenOf(
  work: CaseWork,
  effect: string,
  member: string,
  text: string,
  scope: Scope,
): bigint {
  const value = evaluateText(work.evaluator, text, scope)
  const yuan = value instanceof FeelNumber ? formatPlaces(value, 2) : undefined
  if (yuan === undefined) return refuseEffect(work, effect, member, 'yuan with two places')
  return BigInt(yuan.slice(0, -3) + yuan.slice(-2))
}

/** A member that takes part now. */
export function memberOfText(
  work: CaseWork,
  effect: string,
  member: string,
  text: string,
  scope: Scope,
): string {
  const value = evaluateText(work.evaluator, text, scope)
  if (typeof value !== 'string') return refuseEffect(work, effect, member, 'a member id')
  return memberOf(work, member, value)
}

/** The one member of a party. */
export function memberOfParty(work: CaseWork, effect: string, party: string): string {
  const [member] = membersOfParty(work.serviceCase, party)
  return member ?? refuseEffect(work, effect, party, 'a bound party')
}

/** Values of an effect's fields, spelled by their types; fields that are left out are not there. */
export function fieldsOf(
  work: CaseWork,
  effect: string,
  given: Readonly<Record<string, string>>,
  types: Readonly<Record<string, ValueType>>,
  scope: Scope,
): JsonObject {
  const fields: JsonObject = {}
  for (const name of Object.keys(given).sort()) {
    const type = types[name]
    if (type === undefined) return refuseEffect(work, effect, name, 'no such field')
    const json = spellValue(type, evaluateText(work.evaluator, given[name] as string, scope))
    if (json === undefined) return refuseEffect(work, effect, name, describeType(type))
    fields[name] = json as Json
  }
  return fields
}

/** One scope per element of a list, with `item` and `index` (from 1). */
export function scopesOfEach(
  work: CaseWork,
  effect: string,
  each: string | undefined,
  scope: Scope,
): Scope[] {
  if (each === undefined) return [scope]
  const list = evaluateText(work.evaluator, each, scope)
  if (!Array.isArray(list)) return refuseEffect(work, effect, 'each', 'a list')
  if (list.length > CASE_LIMITS.lines) {
    refuse(work.ctx, { code: 'CASE_LIMIT', limit: 'lines', most: CASE_LIMITS.lines })
  }
  return (list as readonly Value[]).map((item, at) =>
    scopeOver(
      new Map<string, Value>([
        ['item', item],
        ['index', wholeNumber(at + 1)],
      ]),
      scope,
    ),
  )
}
