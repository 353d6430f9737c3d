import type { TSchema } from 'typebox'

/** A schema as the plain JSON Schema object that it is. */
export type SchemaObject = Record<string, unknown>

const SCHEMA_MAPS = ['properties', 'patternProperties', '$defs']
const SCHEMA_LISTS = ['anyOf', 'oneOf', 'prefixItems']

/**
 * The same schema with every object closed: a member that is not declared is refused, unless the
 * schema itself says what else may come. Parts of an `allOf` stay open, since each sees the members
 * of the others.
 */
export function closedSchema(schema: TSchema): TSchema {
  return closed(schema as unknown as SchemaObject) as unknown as TSchema
}

function closed(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  // Marks such as `~refine` are not enumerable and must stay.
  const copy = Object.create(
    Object.getPrototypeOf(schema) as object | null,
    Object.getOwnPropertyDescriptors(schema),
  ) as SchemaObject
  for (const name of SCHEMA_MAPS) {
    const map = copy[name]
    if (typeof map === 'object' && map !== null) replace(copy, name, mapOf(map as SchemaObject))
  }
  for (const name of SCHEMA_LISTS) {
    const list = copy[name]
    if (Array.isArray(list)) replace(copy, name, list.map(closed))
  }
  const { items } = copy
  if (Array.isArray(items)) replace(copy, 'items', items.map(closed))
  else if (items !== undefined) replace(copy, 'items', closed(items))
  if (copy.type === 'object' && copy.additionalProperties === undefined) {
    replace(copy, 'additionalProperties', false)
  }
  return copy
}

function mapOf(map: SchemaObject): SchemaObject {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, closed(value)]))
}

function replace(copy: SchemaObject, name: string, value: unknown): void {
  Object.defineProperty(copy, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  })
}
