/* The document of the API and the types of the client, both from the declarations of the routes. */
import { createContracts } from '@renshe/contracts'
import { closedSchema } from '@renshe/kernel'
import { allRoutes } from '../node/src/api/all-routes.ts'
import { openApiText } from '../node/src/api/openapi.ts'

/** The OpenAPI document. */
export async function makeOpenApi(): Promise<string> {
  return openApiText(allRoutes(createContracts()))
}

type Schema = { readonly [name: string]: unknown }

/** Types of the inputs and answers of all actions and queries, by their names. */
export async function makeClientOperations(): Promise<string> {
  const { actions, queries } = createContracts()
  const lines = [
    '// Made by tools/api-files.ts from the schemas of the contracts; not to be edited.',
    '',
  ]
  lines.push('/** Inputs of actions, by name. */', 'export interface ActionInputs {')
  for (const { name, summary, input } of actions.values()) {
    lines.push(`  /** ${summary} */`, `  '${name}': ${typeOf(plain(input), '  ')}`)
  }
  lines.push(
    '}',
    '',
    '/** Inputs and answers of queries, by name. */',
    'export interface Queries {',
  )
  for (const { name, summary, input, output } of queries.values()) {
    lines.push(`  /** ${summary} */`, `  '${name}': {`)
    lines.push(`    input: ${typeOf(plain(input), '    ')}`)
    lines.push(`    output: ${typeOf(plain(output), '    ')}`, '  }')
  }
  lines.push('}', '')
  return lines.join('\n')
}

function plain(schema: Parameters<typeof closedSchema>[0]): Schema {
  return JSON.parse(JSON.stringify(closedSchema(schema))) as Schema
}

/** A JSON Schema as a TypeScript type; what a type cannot say (patterns, limits) the node checks. */
function typeOf(schema: Schema, indent: string): string {
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return schema.enum.map((each) => JSON.stringify(each)).join(' | ')
  const options = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined
  if (options !== undefined) return options.map((each) => typeOf(each, indent)).join(' | ')
  switch (schema.type) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return arrayOf(schema, indent)
    case 'object':
      return objectOf(schema, indent)
    default:
      return 'unknown'
  }
}

function arrayOf({ items }: Schema, indent: string): string {
  if (Array.isArray(items)) {
    return `readonly [${items.map((each: Schema) => typeOf(each, indent)).join(', ')}]`
  }
  return `readonly (${items === undefined ? 'unknown' : typeOf(items as Schema, indent)})[]`
}

function objectOf(schema: Schema, indent: string): string {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  const required = (schema.required ?? []) as readonly string[]
  const { additionalProperties: more, patternProperties } = schema
  if (properties.length === 0) {
    const [pattern] = Object.values((patternProperties ?? {}) as Record<string, Schema>)
    const other = typeof more === 'object' && more !== null ? (more as Schema) : pattern
    if (other !== undefined) return `Readonly<Record<string, ${typeOf(other, indent)}>>`
    return more === false ? 'Readonly<Record<string, never>>' : 'Readonly<Record<string, unknown>>'
  }
  const inner = `${indent}  `
  const members = properties.map(([name, own]) => {
    const spelled = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
    return `${inner}readonly ${spelled}${required.includes(name) ? '' : '?'}: ${typeOf(own, inner)}`
  })
  return `{\n${members.join('\n')}\n${indent}}`
}
