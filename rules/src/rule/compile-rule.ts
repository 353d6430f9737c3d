import { type Compiled, type CompileOptions, compile } from '../compile/compile.ts'
import type { TableResult } from '../compile/compile-table.ts'
import type { Run } from '../runtime/run.ts'
import { FeelSyntaxError } from '../syntax/syntax-error.ts'
import type { Node, TableTree } from '../syntax/tree.ts'
import { compileTable, type DecisionTable } from '../table/decision-table.ts'
import { LimitExceeded } from '../value/limits.ts'
import { checkDocument } from './check-document.ts'
import { checkShape } from './check-shape.ts'
import type {
  FactCheck,
  FieldSchema,
  OutputSchema,
  RoundingSchema,
  RuleDocument,
  RuleStep,
} from './rule-document.ts'
import { RULE_FUNCTIONS } from './rule-functions.ts'
import { type RuleProblem, RuleRefused } from './rule-problems.ts'

/** Names that every rule can read beside its facts and steps. */
export const REQUEST_NAMES: readonly string[] = ['on', 'region']

/** A step ready to be evaluated. */
export interface CompiledStep {
  readonly step: RuleStep
  /** FEEL text, or undefined for a table: then the trace names its rows. */
  readonly text: string | undefined
  /** The parsed text. */
  readonly tree: Node | undefined
  readonly names: readonly string[]
  /** The output that the step is, or undefined for one that is only on the way. */
  readonly output: OutputSchema | undefined
  run(run: Run): TableResult
  readonly rounding:
    | { readonly schema: RoundingSchema; readonly places: Compiled | number }
    | undefined
}

/** A rule ready to be evaluated any number of times. */
export interface CompiledRule {
  readonly document: RuleDocument
  readonly steps: readonly CompiledStep[]
  readonly checks: readonly { readonly check: FactCheck; readonly condition: Compiled }[]
  /** Days for which published values of facts are looked up, by fact. */
  readonly parameterDays: ReadonlyMap<string, Compiled>
  readonly warnings: readonly RuleProblem[]
}

/** The parts of a document that were compiled, and what was wrong with the others. */
export interface RuleParts {
  readonly steps: CompiledStep[]
  readonly checks: { check: FactCheck; condition: Compiled }[]
  readonly parameterDays: Map<string, Compiled>
  /** Every FEEL text with its place, for the static checks. */
  readonly trees: { path: string; tree: Node; text: string }[]
  readonly tables: { path: string; tree: TableTree }[]
  readonly problems: RuleProblem[]
}

/**
 * Checks a rule document and makes it ready.
 *
 * @throws RuleRefused with every error and its place; warnings are kept in the result
 */
export function compileRule(document: RuleDocument): CompiledRule {
  const { parts, problems } = checkedDocument(document)
  if (parts === undefined) throw new RuleRefused(idOf(document), problems)
  if (problems.some((problem) => problem.severity === 'error')) {
    throw new RuleRefused(document.id, problems)
  }
  const { steps, checks, parameterDays } = parts
  return { document, steps, checks, parameterDays, warnings: problems }
}

/** Every problem of a document, errors and warnings, without refusing it. */
export function checkRule(document: RuleDocument): RuleProblem[] {
  return [...checkedDocument(document).problems]
}

interface CheckedDocument {
  /** Undefined where the shape is wrong: the rest would be guesses. */
  readonly parts: RuleParts | undefined
  readonly problems: readonly RuleProblem[]
}

/** A package is checked and then compiled, both from the same documents: published ones never change. */
const checkedDocuments = new WeakMap<RuleDocument, CheckedDocument>()

function checkedDocument(document: RuleDocument): CheckedDocument {
  // Bytes from outside may be anything, also no object.
  const isKey = typeof document === 'object' && document !== null
  const known = isKey ? checkedDocuments.get(document) : undefined
  if (known !== undefined) return known
  const made = checkOnce(document)
  if (isKey) checkedDocuments.set(document, made)
  return made
}

function checkOnce(document: RuleDocument): CheckedDocument {
  const shape = checkShape(document)
  if (shape.length > 0) return { parts: undefined, problems: shape }
  const parts = compileParts(document)
  return { parts, problems: [...parts.problems, ...checkDocument(document, parts)] }
}

function idOf(document: RuleDocument | null): string {
  return typeof document?.id === 'string' ? document.id : 'without an id'
}

function compileParts(document: RuleDocument): RuleParts {
  const names = [...REQUEST_NAMES, ...document.facts.map((fact) => fact.name)]
  const parts: RuleParts = {
    steps: [],
    checks: [],
    parameterDays: new Map(),
    trees: [],
    tables: [],
    problems: [],
  }
  const options = (): CompileOptions => ({
    names,
    properties: propertyNames(document),
    functions: RULE_FUNCTIONS,
  })
  document.facts.forEach((fact, at) => {
    if (fact.parameterOn === undefined) return
    const text = fact.parameterOn
    const day = located(parts, `facts[${at}].parameterOn`, () => compile(text, options()))
    if (day !== undefined) parts.parameterDays.set(fact.name, day)
  })
  document.checks?.forEach((check, at) => {
    const condition = located(parts, `checks[${at}].condition`, () =>
      compile(check.condition, options()),
    )
    if (condition !== undefined) parts.checks.push({ check, condition })
  })
  document.steps.forEach((step, at) => {
    const output = document.outputs.find(({ name }) => name === step.name)
    const compiled = compileStep(parts, step, `steps[${at}]`, options(), output)
    if (compiled !== undefined) parts.steps.push(compiled)
    if (!names.includes(step.name)) names.push(step.name)
  })
  return parts
}

/**
 * Names of the fields of objects and lists of objects, so that those of several words are read as
 * one.
 */
function propertyNames(document: RuleDocument): string[] {
  const found: string[] = []
  const visit = (schema: FieldSchema): void => {
    for (const field of schema.fields ?? []) {
      found.push(field.name)
      visit(field)
    }
    if (schema.items !== undefined) visit(schema.items)
  }
  for (const fact of document.facts) visit(fact)
  for (const step of document.steps) {
    if ('table' in step)
      for (const { name } of step.table.outputs) if (name !== undefined) found.push(name)
  }
  return found
}

/** Runs a compilation; what it throws becomes a problem at that path. */
function located(parts: RuleParts, path: string, make: () => Compiled): Compiled | undefined {
  try {
    const made = make()
    parts.trees.push({ path, tree: made.tree, text: made.text })
    return made
  } catch (error) {
    parts.problems.push(problemOf(error, path))
    return undefined
  }
}

function problemOf(error: unknown, path: string): RuleProblem {
  if (error instanceof FeelSyntaxError) {
    const { message, position } = error
    return { code: 'SYNTAX', path, message, position, severity: 'error' }
  }
  if (error instanceof LimitExceeded) {
    return { code: 'LIMIT', path, message: error.message, severity: 'error' }
  }
  if (error instanceof RangeError) {
    return { code: 'TABLE_SHAPE', path, message: error.message, severity: 'error' }
  }
  throw error
}

function compileStep(
  parts: RuleParts,
  step: RuleStep,
  path: string,
  options: CompileOptions,
  output: OutputSchema | undefined,
): CompiledStep | undefined {
  const rounding = compileRounding(parts, step.rounding, `${path}.rounding.places`, options)
  if ('table' in step) return compileTableStep(parts, step, path, options, { rounding, output })
  const compiled = located(parts, `${path}.expression`, () => compile(step.expression, options))
  if (compiled === undefined) return undefined
  return {
    step,
    text: step.expression,
    tree: compiled.tree,
    names: withPlaces(compiled.names, rounding),
    output,
    run: (run) => ({ value: compiled.run(run), rows: [] }),
    rounding,
  }
}

function compileTableStep(
  parts: RuleParts,
  step: RuleStep & { table: DecisionTable },
  path: string,
  options: CompileOptions,
  result: Pick<CompiledStep, 'rounding' | 'output'>,
): CompiledStep | undefined {
  let place = `${path}.table`
  try {
    const table = compileTable(step.table, options, (inner) => {
      place = `${path}.table.${inner}`
    })
    parts.tables.push({ path: `${path}.table`, tree: table.tree })
    return {
      step,
      text: undefined,
      tree: undefined,
      names: withPlaces(table.names, result.rounding),
      run: (run) => table.run(run),
      ...result,
    }
  } catch (error) {
    parts.problems.push(problemOf(error, place))
    return undefined
  }
}

function compileRounding(
  parts: RuleParts,
  schema: RoundingSchema | undefined,
  path: string,
  options: CompileOptions,
): CompiledStep['rounding'] {
  if (schema === undefined) return undefined
  const { places } = schema
  if (typeof places === 'number') return { schema, places }
  const compiled = located(parts, path, () => compile(places, options))
  return compiled === undefined ? undefined : { schema, places: compiled }
}

function withPlaces(
  names: readonly string[],
  rounding: CompiledStep['rounding'],
): readonly string[] {
  if (rounding === undefined || typeof rounding.places === 'number') return names
  return [...new Set([...names, ...rounding.places.names])]
}
