import { type CompiledTests, compileUnaryTests } from '../compile/compile.ts'
import { Run } from '../runtime/run.ts'
import { parseTypeText } from '../syntax/parse.ts'
import { FeelSyntaxError } from '../syntax/syntax-error.ts'
import { LimitExceeded } from '../value/limits.ts'
import { ANY, type FeelType, isList, type Value } from '../value/values.ts'
import type { ModelType } from './decision-model.ts'

/** Types of a model by name, those of imports as `import.name`. */
export type ModelTypes = ReadonlyMap<string, FeelType>

/** Types may refer to types: this deep, so that a type that contains itself ends. */
const GREATEST_DEPTH = 20

/** Builds the types of a model. Unknown names are `Any`: a model is judged by its values. */
export function buildTypes(
  definitions: readonly ModelType[],
  imported: Iterable<readonly [string, FeelType]>,
): ModelTypes {
  const types = new Map<string, FeelType>(imported)
  const byName = new Map(definitions.map((definition) => [definition.name, definition]))
  const context: TypeContext = { byName, imported: new Map(types) }
  for (const definition of definitions)
    types.set(definition.name, buildType(definition, context, 0))
  return types
}

interface TypeContext {
  readonly byName: ReadonlyMap<string, ModelType>
  readonly imported: ModelTypes
}

function buildType(definition: ModelType, context: TypeContext, depth: number): FeelType {
  if (depth > GREATEST_DEPTH) return ANY
  const base = baseType(definition, context, depth)
  const item = definition.allowed === undefined ? base : allowedType(base, definition.allowed)
  return definition.isList === true ? { kind: 'list', item } : item
}

function baseType(definition: ModelType, context: TypeContext, depth: number): FeelType {
  const named = (name: string | undefined): FeelType =>
    name === undefined ? ANY : findType(name, context, depth + 1)
  if (definition.parameters !== undefined) {
    const parameters = definition.parameters.map(({ type }) => named(type))
    return { kind: 'function', parameters, result: named(definition.result) }
  }
  if (definition.fields !== undefined) {
    const entries = definition.fields.map((field) => ({
      name: field.name,
      type: buildType(field, context, depth + 1),
    }))
    return { kind: 'context', entries }
  }
  return named(definition.base)
}

function findType(name: string, context: TypeContext, depth: number): FeelType {
  const own = context.byName.get(name)
  if (own !== undefined) return buildType(own, context, depth)
  return context.imported.get(name) ?? feelType(name, context.imported)
}

/** A FEEL type by its text; `Any` for a name nobody declared. */
export function feelType(text: string, types: ModelTypes): FeelType {
  const known = types.get(text)
  if (known !== undefined) return known
  try {
    return parseTypeText(text, types)
  } catch (error) {
    if (error instanceof FeelSyntaxError || error instanceof LimitExceeded) return ANY
    throw error
  }
}

/** Allowed values that are not FEEL allow everything: a model is judged by its values. */
function readAllowed(allowed: string): CompiledTests | undefined {
  try {
    return compileUnaryTests(allowed)
  } catch (error) {
    if (error instanceof FeelSyntaxError || error instanceof LimitExceeded) return undefined
    throw error
  }
}

function allowedType(base: FeelType, allowed: string): FeelType {
  const tests = readAllowed(allowed)
  if (tests === undefined) return base
  const passes = (value: Value): boolean => {
    const run = new Run({ get: () => undefined }, { now: 0 })
    return value === null || tests.test(run, value) === true
  }
  // Allowed values of a list type are those of its items.
  const allows = (value: Value): boolean => (isList(value) ? value.every(passes) : passes(value))
  return { kind: 'allowed', base, allows }
}
