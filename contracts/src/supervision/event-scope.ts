import type { Json, JsonObject } from '@renshe/crypto'
import { FeelContext, parseNumber, type Scope, type Value } from '@renshe/rules'
import type { PublicJson } from '../vocabulary/schemas.ts'

/**
 * An event's data as FEEL reads it: names as they are, integers as numbers, text as text. Money and
 * decimals are text in events; a rule writes `number(amount)`.
 */
export function eventScope(data: JsonObject): Scope {
  return contextOf(data)
}

function contextOf(data: JsonObject): FeelContext {
  return new FeelContext(new Map(Object.entries(data).map(([name, json]) => [name, feelOf(json)])))
}

function feelOf(json: Json): Value {
  if (typeof json === 'number') return parseNumber(`${json}`) ?? null
  if (Array.isArray(json)) return json.map(feelOf)
  if (json !== null && typeof json === 'object') return contextOf(json)
  return json
}

/** What of an event an alert repeats: its single values; lists and the case's own id stay behind. */
export function eventFacts(data: JsonObject): Record<string, PublicJson> {
  const facts: Record<string, PublicJson> = {}
  for (const [name, json] of Object.entries(data)) {
    if (name !== 'case' && (json === null || typeof json !== 'object')) facts[name] = json
  }
  return facts
}
