/* Shape and spelling of a package: every fault with its place, not only the first. */
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { PackageDocument } from '../package-document.ts'
import { PackageShape } from './package-shape.ts'
import { type Problems, pointer } from './problem.ts'
import { NAME_SPELLINGS, type NameSpelling } from './shapes.ts'

type SchemaObject = Record<string, unknown>

/** Whether parsed JSON has the shape of a package; what does not fit is told. */
export function checkShape(document: unknown, problems: Problems): document is PackageDocument {
  walk(PackageShape as unknown as SchemaObject, document, '', problems)
  return !problems.hasErrors
}

function isObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function walk(schema: SchemaObject, value: unknown, path: string, problems: Problems): void {
  if (Array.isArray(schema.anyOf)) {
    walkUnion(schema, value, path, problems)
  } else if (schema.type === 'object' && isObject(value)) {
    walkObject(schema, value, path, problems)
  } else if (schema.type === 'array' && Array.isArray(value)) {
    value.forEach((item, index) => {
      walk(schema.items as SchemaObject, item, pointer(path, index), problems)
    })
    tellCount(schema, 'minItems', 'maxItems', value.length, path, problems)
  } else if (!Value.Check(schema as unknown as TSchema, value)) {
    problems.error(path, 'SHAPE', describe(schema), value)
  }
}

function tellCount(
  schema: SchemaObject,
  least: string,
  most: string,
  count: number,
  path: string,
  problems: Problems,
): void {
  const from = (schema[least] as number | undefined) ?? 0
  const to = (schema[most] as number | undefined) ?? Number.MAX_SAFE_INTEGER
  if (count < from || count > to) {
    problems.error(path, 'SHAPE', `${from} to ${to} of them`, `${count}`)
  }
}

function walkObject(
  schema: SchemaObject,
  value: SchemaObject,
  path: string,
  problems: Problems,
): void {
  const properties = (schema.properties ?? {}) as Record<string, SchemaObject>
  const required = (schema.required ?? []) as string[]
  for (const name of required) {
    if (Object.hasOwn(value, name)) continue
    problems.error(pointer(path, name), 'MISSING', describe(properties[name] ?? {}))
  }
  const others = schema.additionalProperties as SchemaObject | undefined
  const names = schema.names as NameSpelling | undefined
  const spelling = names && NAME_SPELLINGS[names]
  for (const [name, member] of Object.entries(value)) {
    const own = Object.hasOwn(properties, name) ? properties[name] : others
    const at = pointer(path, name)
    if (own === undefined) {
      problems.error(at, 'UNKNOWN_MEMBER', `one of ${Object.keys(properties).join(', ')}`, name)
    } else {
      if (spelling !== undefined && !spelling.check(name)) {
        problems.error(at, 'NAME_SPELLING', spelling.expected, name)
      }
      walk(own, member, at, problems)
    }
  }
  tellCount(schema, 'minProperties', 'maxProperties', Object.keys(value).length, path, problems)
}

/** Goes into the form that the first member names; forms without a name are tried as a whole. */
function walkUnion(schema: SchemaObject, value: unknown, path: string, problems: Problems): void {
  const forms = schema.anyOf as SchemaObject[]
  if (forms.some((form) => Value.Check(form as unknown as TSchema, value))) {
    const fitting = forms.find((form) => isObject(value) && isNamed(form, value))
    if (fitting !== undefined) walk(fitting, value, path, problems)
    return
  }
  const meant = isObject(value) ? forms.filter((form) => isNamed(form, value)) : []
  const [only] = meant
  if (only !== undefined && meant.length === 1) walk(only, value, path, problems)
  else problems.error(path, 'SHAPE', describe(schema), value)
}

function isNamed(form: SchemaObject, value: SchemaObject): boolean {
  if (form.type !== 'object') return false
  const [first] = (form.required ?? []) as string[]
  return first === undefined || Object.hasOwn(value, first)
}

/** What a schema asks for, in a few words. */
function describe(schema: SchemaObject): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.anyOf)) {
    const forms = (schema.anyOf as SchemaObject[]).map((form) =>
      form.type === 'object'
        ? `{${((form.required ?? []) as string[])[0] ?? ''} …}`
        : describe(form),
    )
    return `one of ${[...new Set(forms)].join(', ')}`
  }
  if (typeof schema.description === 'string') return schema.description
  const words = [`${schema.type ?? 'a value'}`]
  for (const bound of ['minLength', 'maxLength', 'minimum', 'maximum']) {
    if (schema[bound] !== undefined) words.push(`${bound} ${schema[bound]}`)
  }
  return words.join(', ')
}
