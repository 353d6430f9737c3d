import type { BuiltinTable } from '../builtins/builtin.ts'
import { BUILTINS } from '../builtins/builtin-table.ts'
import {
  type Code,
  type Environment,
  Frame,
  Run,
  type Scope,
  type Warning,
} from '../runtime/run.ts'
import { NameScope } from '../syntax/name-scope.ts'
import { type ParseOptions, parseExpression, parseUnaryTests } from '../syntax/parse.ts'
import type { TypeTable } from '../syntax/parse-type.ts'
import type { Node } from '../syntax/tree.ts'
import { DEFAULT_LIMITS, type Limits } from '../value/limits.ts'
import type { FeelType, Value } from '../value/values.ts'
import { makeCompiler } from './compile-node.ts'
import { StaticScope } from './static-scope.ts'

/**
 * Declared names, with their types when they are known; names may hold spaces, symbols, any script.
 */
export type NameTable = readonly string[] | ReadonlyMap<string, FeelType>

/** What a text is compiled against. */
export interface CompileOptions {
  /**
   * Names of the variables the scope will hold. Without it every name is looked up when evaluated.
   */
  readonly names?: NameTable
  /** Names of entries that are not told by types, for paths and filters. */
  readonly properties?: readonly string[]
  /** The function table; the built-in functions of FEEL when left out. */
  readonly functions?: BuiltinTable
  /** Named types for `instance of` and parameters. */
  readonly types?: TypeTable
  readonly limits?: Partial<Limits>
}

/** What an evaluation gives. */
export interface Evaluation {
  readonly value: Value
  /** Why something was null. */
  readonly warnings: readonly Warning[]
  /** The names that were read with their values, when the environment asked for a trace. */
  readonly trace: readonly TraceStep[]
}

/** A name of the outside and the value it had. */
export interface TraceStep {
  readonly name: string
  readonly value: Value
}

/** An expression ready to be evaluated any number of times. */
export interface Compiled {
  readonly text: string
  readonly tree: Node
  /** Names of the outside that the expression reads, in order of appearance. */
  readonly names: readonly string[]
  /** @throws LimitExceeded when the evaluation needs more than allowed */
  evaluate(scope: Scope, environment: Environment): Evaluation
  /** Evaluates within a run under way, sharing its budget and warnings. */
  run(run: Run): Value
}

/** Unary tests ready to be evaluated. */
export interface CompiledTests extends Compiled {
  /** Whether a value passes, within a run under way. */
  test(run: Run, tested: Value): Value
}

/**
 * Makes a FEEL expression ready to be evaluated.
 *
 * @throws FeelSyntaxError with code and position when the text is not FEEL
 * @throws LimitExceeded when the text is too long or too deeply nested
 */
export function compile(expression: string, options: CompileOptions = {}): Compiled {
  const { tree, names, code } = build(expression, options, parseExpression, StaticScope.EMPTY)
  const run = (under: Run): Value => code(new Frame(under, null, undefined))
  return { text: expression, tree, names, run, evaluate: evaluator(names, run) }
}

/**
 * Makes unary tests (a cell of a decision table) ready; the tested value is the variable `?` of the
 * scope.
 *
 * @throws FeelSyntaxError, LimitExceeded as {@link compile}
 */
export function compileUnaryTests(text: string, options: CompileOptions = {}): CompiledTests {
  const { tree, names, code } = build(text, options, parseUnaryTests, StaticScope.EMPTY.with('?'))
  const test = (under: Run, tested: Value): Value => code(new Frame(under, tested, undefined))
  const run = (under: Run): Value => test(under, under.scope.get('?') ?? null)
  return { text, tree, names, run, test, evaluate: evaluator(names, run) }
}

interface Built {
  readonly tree: Node
  readonly names: readonly string[]
  readonly code: Code
}

/** What the texts of these options are parsed against. */
export function parseOptions(options: CompileOptions): ParseOptions {
  return {
    names: namesOf(options.names ?? []),
    functions: functionNames(options.functions ?? BUILTINS),
    properties: [...PROPERTY_NAMES, ...(options.properties ?? []), ...propertiesOf(options.names)],
    types: options.types ?? new Map(),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  }
}

/** Tables of functions are few and texts are many. */
const scopesOfTables = new WeakMap<BuiltinTable, NameScope>()

function functionNames(table: BuiltinTable): NameScope {
  const known = scopesOfTables.get(table)
  if (known !== undefined) return known
  const scope = new NameScope(table.keys())
  scopesOfTables.set(table, scope)
  return scope
}

/** The names that were declared; undefined when none were. */
export function declaredNames(options: CompileOptions): ReadonlySet<string> | undefined {
  return options.names === undefined ? undefined : new Set(namesOf(options.names))
}

function build(
  text: string,
  options: CompileOptions,
  parse: typeof parseExpression,
  scope: StaticScope,
): Built {
  const tree = parse(text, parseOptions(options))
  const compiler = makeCompiler(text, options.functions ?? BUILTINS, declaredNames(options))
  const code = compiler.compile(tree, scope)
  return { tree, names: [...compiler.used], code }
}

function evaluator(names: readonly string[], run: (run: Run) => Value): Compiled['evaluate'] {
  return (scope, environment) => {
    const under = new Run(scope, environment)
    const value = run(under)
    const trace = environment.trace === true ? traceOf(names, scope) : NO_TRACE
    return { value, warnings: under.warnings, trace }
  }
}

/** Properties of FEEL's own types whose names have more than one word. */
const PROPERTY_NAMES = ['time offset', 'start included', 'end included']

function namesOf(names: NameTable): readonly string[] {
  return Array.isArray(names) ? names : [...(names as ReadonlyMap<string, FeelType>).keys()]
}

function propertiesOf(names: NameTable | undefined): string[] {
  if (names === undefined || Array.isArray(names)) return []
  const found: string[] = []
  for (const type of (names as ReadonlyMap<string, FeelType>).values()) collectEntries(type, found)
  return found
}

/** Names of the entries of contexts within a type. */
export function collectEntries(type: FeelType, found: string[]): void {
  if (type.kind === 'list' || type.kind === 'range') collectEntries(type.item, found)
  else if (type.kind === 'allowed') collectEntries(type.base, found)
  else if (type.kind === 'context') {
    for (const entry of type.entries) {
      found.push(entry.name)
      collectEntries(entry.type, found)
    }
  }
}

const NO_TRACE: readonly TraceStep[] = []

function traceOf(names: readonly string[], scope: Scope): TraceStep[] {
  return names.flatMap((name) => {
    const value = scope.get(name)
    return value === undefined ? [] : [{ name, value }]
  })
}
