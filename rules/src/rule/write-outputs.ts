import { type Json, makeJsonObject, toTypedJson } from '../value/json.ts'
import { FeelContext, isList, type Value } from '../value/values.ts'
import type { FieldSchema } from './rule-document.ts'

/** The JSON form of an output; undefined when the value does not fit its schema. */
export function outputJson(value: Value, schema: FieldSchema): Json | undefined {
  if (value === null) return null
  if (schema.type === 'list' && schema.items !== undefined) {
    if (!isList(value)) return undefined
    return allOf(value.map((item) => outputJson(item, schema.items as FieldSchema)))
  }
  if (schema.type === 'object' && schema.fields !== undefined) {
    if (!(value instanceof FeelContext)) return undefined
    const parts = allOf(
      schema.fields.map((field) => outputJson(value.get(field.name) ?? null, field)),
    )
    return parts === undefined
      ? undefined
      : makeJsonObject(
          schema.fields.map((field, at): [string, Json] => [field.name, parts[at] as Json]),
        )
  }
  const json = toTypedJson(value, schema.type)
  if (schema.codes !== undefined && !schema.codes.includes(json as string)) return undefined
  return json
}

function allOf(parts: readonly (Json | undefined)[]): Json[] | undefined {
  return parts.includes(undefined) ? undefined : (parts as Json[])
}
