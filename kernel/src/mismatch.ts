import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { SchemaObject } from './closed-schema.ts'

/** Where an input does not fit, as a JSON pointer, and what was expected there. */
export interface Mismatch {
  readonly path: string
  readonly expected: string
}

/**
 * The first place where a value does not fit its schema, in the order of the schema.
 *
 * Our own walk instead of the library's error list: the answer is part of a result that every node
 * must compute alike, so it must not change with the wording of a library.
 */
export function explainMismatch(schema: TSchema, value: unknown): Mismatch | undefined {
  return explain(schema as unknown as SchemaObject, value, '')
}

function fits(schema: SchemaObject, value: unknown): boolean {
  return Value.Check(schema as unknown as TSchema, value)
}

function explain(schema: SchemaObject, value: unknown, path: string): Mismatch | undefined {
  if (fits(schema, value)) return undefined
  if (Array.isArray(schema.anyOf)) return explainUnion(schema, value, path)
  for (const part of (schema.allOf ?? []) as SchemaObject[]) {
    const inner = explain(part, value, path)
    if (inner !== undefined) return inner
  }
  if (schema.type === 'object' && isObject(value)) return explainObject(schema, value, path)
  if (schema.type === 'array' && Array.isArray(value)) return explainArray(schema, value, path)
  return { path, expected: describe(schema) }
}

function isObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function explainObject(schema: SchemaObject, value: SchemaObject, path: string) {
  const properties = (schema.properties ?? {}) as Record<string, SchemaObject>
  for (const name of (schema.required ?? []) as string[]) {
    if (!Object.hasOwn(value, name)) {
      return { path: child(path, name), expected: `present: ${describe(properties[name] ?? {})}` }
    }
  }
  for (const [name, member] of Object.entries(properties)) {
    if (!Object.hasOwn(value, name)) continue
    const inner = explain(member, value[name], child(path, name))
    if (inner !== undefined) return inner
  }
  const hasPatterns = schema.patternProperties !== undefined
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(properties, name)) continue
    if (schema.additionalProperties === false && !hasPatterns) {
      return { path: child(path, name), expected: 'no such member' }
    }
    for (const member of Object.values((schema.patternProperties ?? {}) as SchemaObject)) {
      const inner = explain(member as SchemaObject, value[name], child(path, name))
      if (inner !== undefined) return inner
    }
  }
  return { path, expected: describe(schema) }
}

function explainArray(schema: SchemaObject, value: readonly unknown[], path: string): Mismatch {
  for (let i = 0; i < value.length; i++) {
    const { items } = schema
    const item = (Array.isArray(items) ? items[i] : items) as SchemaObject | undefined
    if (item === undefined) continue
    const inner = explain(item, value[i], child(path, `${i}`))
    if (inner !== undefined) return inner
  }
  return { path, expected: describe(schema) }
}

/** Goes into the one form whose constant members fit the value; else names the forms. */
function explainUnion(schema: SchemaObject, value: unknown, path: string): Mismatch {
  const forms = schema.anyOf as SchemaObject[]
  const meant = isObject(value) ? forms.filter((form) => constantsFit(form, value)) : []
  const inner = meant.length === 1 ? explain(meant[0]!, value, path) : undefined
  return inner ?? { path, expected: describe(schema) }
}

function constantsFit(form: SchemaObject, value: SchemaObject): boolean {
  const properties = (form.properties ?? {}) as Record<string, SchemaObject>
  const constants = Object.entries(properties).filter(([, member]) => member.const !== undefined)
  return constants.length > 0 && constants.every(([name, member]) => member.const === value[name])
}

function child(path: string, name: string): string {
  return `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

const BOUNDS: readonly (readonly [string, string])[] = [
  ['minLength', 'characters ≥'],
  ['maxLength', 'characters ≤'],
  ['minimum', '≥'],
  ['maximum', '≤'],
  ['exclusiveMinimum', '>'],
  ['exclusiveMaximum', '<'],
  ['multipleOf', 'multiple of'],
  ['minItems', 'elements ≥'],
  ['maxItems', 'elements ≤'],
  ['minProperties', 'members ≥'],
  ['maxProperties', 'members ≤'],
  ['pattern', 'matching'],
]

/** What a schema asks for, in a few words that never depend on the value. */
function describe(schema: SchemaObject): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.map(quoted).join(', ')}`
  if (Array.isArray(schema.anyOf)) {
    const forms = (schema.anyOf as SchemaObject[]).map(describe)
    return `one of ${[...new Set(forms)].join(', ')}`
  }
  const words = [typeof schema.description === 'string' ? schema.description : `${schema.type}`]
  for (const [keyword, word] of BOUNDS) {
    if (schema[keyword] !== undefined) words.push(`${word} ${schema[keyword]}`)
  }
  if (schema.uniqueItems === true) words.push('each element once')
  return words.join(', ')
}

function quoted(value: unknown): string {
  return JSON.stringify(value)
}
