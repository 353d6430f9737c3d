import { BUILTINS } from '../builtins/builtin-table.ts'
import { type CompileOptions, declaredNames, parseOptions } from '../compile/compile.ts'
import { makeCompiler } from '../compile/compile-node.ts'
import { compileTableTree, type TableResult } from '../compile/compile-table.ts'
import { StaticScope } from '../compile/static-scope.ts'
import { Frame, type Run } from '../runtime/run.ts'
import { type ParseOptions, parseExpression, parseUnaryTests } from '../syntax/parse.ts'
import type { HitPolicy, Node, TableTree } from '../syntax/tree.ts'

/** A decision table as data; every text is FEEL. */
export interface DecisionTable {
  readonly hitPolicy: HitPolicy
  readonly inputs: readonly TableInput[]
  readonly outputs: readonly TableOutput[]
  readonly rows: readonly TableRow[]
}

/** A column that is tested. */
export interface TableInput {
  readonly expression: string
  /** Unary tests that every value must pass. */
  readonly values?: string
}

/** A column that is given. */
export interface TableOutput {
  /** May be left out when there is one output. */
  readonly name?: string
  /** Expressions of the allowed values, the most important first (Priority, Output order). */
  readonly values?: readonly string[]
  /** Given when no row matches. */
  readonly default?: string
}

/** One rule: a test for every input, an expression for every output. */
export interface TableRow {
  readonly when: readonly string[]
  readonly give: readonly string[]
  readonly clause?: string
}

/** A table ready to be evaluated. */
export interface CompiledTable {
  readonly tree: TableTree
  /** Names of the outside that the table reads. */
  readonly names: readonly string[]
  run(run: Run): TableResult
}

/** Told where in a table a text stands (`rows[2].when[0]`) before it is parsed. */
export type Locate = (path: string) => void

/**
 * Parses every text of a table.
 *
 * @throws FeelSyntaxError, LimitExceeded for a text that is not FEEL; RangeError for a row of the
 * wrong width
 */
export function parseTable(table: DecisionTable, options: ParseOptions, locate: Locate): TableTree {
  const parse = (path: string, text: string, read: typeof parseExpression): Node => {
    locate(path)
    const body = read(text, options)
    return { kind: 'text', text, body, at: 0, height: body.height + 1 }
  }
  return {
    hitPolicy: table.hitPolicy,
    inputs: table.inputs.map(({ expression, values }, at) => ({
      expression: parse(`inputs[${at}].expression`, expression, parseExpression),
      ...(values === undefined
        ? {}
        : { values: parse(`inputs[${at}].values`, values, parseUnaryTests) }),
    })),
    outputs: table.outputs.map((output, at) => ({
      ...(output.name === undefined ? {} : { name: output.name }),
      ...(output.values === undefined
        ? {}
        : {
            values: output.values.map((value, index) =>
              parse(`outputs[${at}].values[${index}]`, value, parseExpression),
            ),
          }),
      ...(output.default === undefined
        ? {}
        : { default: parse(`outputs[${at}].default`, output.default, parseExpression) }),
    })),
    rows: table.rows.map((row, at) => {
      locate(`rows[${at}]`)
      checkWidth(table, row, at)
      return {
        when: row.when.map((text, column) =>
          parse(`rows[${at}].when[${column}]`, text, parseUnaryTests),
        ),
        give: row.give.map((text, column) =>
          parse(`rows[${at}].give[${column}]`, text, parseExpression),
        ),
      }
    }),
  }
}

function checkWidth(table: DecisionTable, row: TableRow, at: number): void {
  if (row.when.length === table.inputs.length && row.give.length === table.outputs.length) return
  throw new RangeError(
    `row ${at + 1} needs ${table.inputs.length} tests and ${table.outputs.length} results`,
  )
}

/**
 * Makes a decision table ready.
 *
 * @throws FeelSyntaxError, LimitExceeded, RangeError as {@link parseTable}
 */
export function compileTable(
  table: DecisionTable,
  options: CompileOptions = {},
  locate: Locate = () => {},
): CompiledTable {
  const tree = parseTable(table, parseOptions(options), locate)
  const compiler = makeCompiler('', options.functions ?? BUILTINS, declaredNames(options))
  const code = compileTableTree(compiler, tree, StaticScope.EMPTY, { text: '', at: 0 })
  return {
    tree,
    names: [...compiler.used],
    run: (run) => code(new Frame(run, null, undefined)),
  }
}
