/* Short FEEL texts in grants: compiled once, held to the names they may use and to few steps. */
import {
  type Compiled,
  compile,
  FeelContext,
  FeelSyntaxError,
  LimitExceeded,
  parseNumber,
  type Value,
} from '@renshe/rules'
import type { PublicJson } from '../vocabulary/schemas.ts'

/** Steps that a text of a grant may take: it is a sentence, not a program. */
export const GRANT_TEXT_STEPS = 10_000

/** Above this all are dropped. */
const CACHED_TEXTS = 4_096
const cache = new Map<string, Compiled>()

/**
 * The text, ready to be evaluated. A pure cache: the text alone decides what it becomes.
 *
 * @throws FeelSyntaxError, LimitExceeded of the rules room
 */
export function grantText(text: string): Compiled {
  let compiled = cache.get(text)
  if (compiled === undefined) {
    compiled = compile(text)
    if (cache.size >= CACHED_TEXTS) cache.clear()
    cache.set(text, compiled)
  }
  return compiled
}

/** What is wrong with a text that may only use some names, or undefined. */
export function findTextFault(
  text: string,
  names: readonly string[],
): { readonly fault: string } | undefined {
  try {
    const unknown = grantText(text).names.find((name) => !names.includes(name))
    return unknown === undefined ? undefined : { fault: 'NAME_UNKNOWN' }
  } catch (error) {
    if (error instanceof FeelSyntaxError) return { fault: 'NOT_FEEL' }
    if (error instanceof LimitExceeded) return { fault: 'TOO_LONG' }
    throw error
  }
}

/** A plain value as FEEL reads it: numbers exact, text as text, objects as contexts. */
export function feelValue(json: PublicJson): Value {
  if (typeof json === 'number') return parseNumber(`${json}`) ?? null
  if (Array.isArray(json)) return json.map(feelValue)
  if (json !== null && typeof json === 'object') return feelScope(json)
  return json
}

/** Members of an object as the names of a FEEL scope. */
export function feelScope(members: { readonly [name: string]: PublicJson }): FeelContext {
  return new FeelContext(
    new Map(Object.entries(members).map(([name, json]) => [name, feelValue(json)])),
  )
}
