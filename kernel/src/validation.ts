import type { TObject, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { closedSchema } from './closed-schema.ts'
import { explainMismatch, type Mismatch } from './mismatch.ts'

interface CompiledSchema {
  readonly closed: TSchema
  readonly check: (value: unknown) => boolean
}

const compiled = new WeakMap<TSchema, CompiledSchema>()

function compile(schema: TSchema): CompiledSchema {
  let entry = compiled.get(schema)
  if (entry === undefined) {
    const closed = closedSchema(schema)
    const validator = Compile(closed)
    entry = { closed, check: (value) => validator.Check(value) }
    compiled.set(schema, entry)
  }
  return entry
}

/** Whether a value has the declared shape; members that the schema does not name are refused. */
export function isOfShape(schema: TSchema, value: unknown): boolean {
  return compile(schema).check(value)
}

/**
 * Checks an action's or query's input.
 *
 * @returns undefined if it fits, else the first place that does not and what was expected there
 */
export function findInputFault(schema: TObject, input: unknown): Mismatch | undefined {
  const { closed, check } = compile(schema)
  if (check(input)) return undefined
  return explainMismatch(closed, input) ?? { path: '', expected: 'the declared input' }
}
