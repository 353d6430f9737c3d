/* Short FEEL texts in grants: held to the names they may use and to few steps. */
import { FeelContext, FeelSyntaxError, LimitExceeded, parseNumber, type Value } from '@renshe/rules'
import { compileText } from '../catalogue/compiled-text.ts'
import type { PublicJson } from '../vocabulary/schemas.ts'

/** Steps that a text of a grant may take: it is a sentence, not a program. */
export const GRANT_TEXT_STEPS = 10_000

/** What is wrong with a text that may only use some names, or undefined. */
export function findTextFault(
  text: string,
  names: readonly string[],
): { readonly fault: string } | undefined {
  try {
    const unknown = compileText(text).names.find((name) => !names.includes(name))
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
