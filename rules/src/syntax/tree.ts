import type { FeelType, Value } from '../value/values.ts'

/** An operator between two expressions. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '**' | '=' | '!=' | '<' | '<=' | '>' | '>='

/**
 * The parsed form of an expression. `at` is the offset of its first character, `height` its
 * nesting.
 */
export type Node = { readonly at: number; readonly height: number } & NodeKind

/** Every kind of expression (DMN 1.5 §10.3.1.2). */
export type NodeKind =
  | { kind: 'literal'; value: Value }
  | { kind: 'name'; name: string }
  /** `@"…"` whose text is no date, time or duration: null with its reason. */
  | { kind: 'unreadable' }
  /** The value under test in unary tests, written `?`. */
  | { kind: 'tested' }
  | { kind: 'list'; items: readonly Node[] }
  | { kind: 'context'; entries: readonly ContextEntry[] }
  | { kind: 'range'; startIncluded: boolean; start: Node; end: Node; endIncluded: boolean }
  /** `< 5` where a value is expected: a range without one bound. */
  | { kind: 'comparison range'; operator: BinaryOperator; bound: Node }
  | { kind: 'binary'; operator: BinaryOperator; left: Node; right: Node }
  | { kind: 'logic'; operator: 'and' | 'or'; operands: readonly Node[] }
  | { kind: 'negate'; operand: Node }
  | { kind: 'between'; value: Node; low: Node; high: Node }
  | { kind: 'in'; value: Node; tests: readonly Node[] }
  | { kind: 'instance of'; value: Node; type: FeelType }
  | { kind: 'path'; source: Node; name: string }
  | { kind: 'filter'; source: Node; condition: Node }
  | { kind: 'call'; callee: Node; args: readonly Node[] }
  | { kind: 'named call'; callee: Node; args: readonly NamedArgument[] }
  | { kind: 'if'; condition: Node; then: Node; otherwise: Node }
  | { kind: 'for'; iterators: readonly Iterator[]; body: Node }
  | { kind: 'some' | 'every'; iterators: readonly Iterator[]; body: Node }
  | { kind: 'function'; parameters: readonly Parameter[]; body: Node; isExternal: boolean }
  /**
   * Unary tests: any of them, or with `isNegated` none of them. Without tests: always true (`-`).
   */
  | { kind: 'unary tests'; tests: readonly Node[]; isNegated: boolean }
  /** An expression with its own text within a boxed expression (DMN 1.5 §10.2). */
  | { kind: 'text'; text: string; body: Node }
  /** A value that must be, or be converted to, a type. */
  | { kind: 'typed'; value: Node; type: FeelType }
  /** A boxed context with a result: its last entry without a name. */
  | { kind: 'result'; entries: readonly ContextEntry[]; result: Node }
  | { kind: 'table'; table: TableTree }

/** A decision table whose texts are parsed. */
export interface TableTree {
  readonly hitPolicy: HitPolicy
  readonly inputs: readonly { readonly expression: Node; readonly values?: Node }[]
  readonly outputs: readonly {
    readonly name?: string
    readonly values?: readonly Node[]
    readonly default?: Node
  }[]
  readonly rows: readonly { readonly when: readonly Node[]; readonly give: readonly Node[] }[]
}

/**
 * Which of the matching rows counts: Unique, Any, Priority, First, Collect (with +, <, > or #),
 * Rule order, Output order.
 *
 * @source DMN 1.5 §8.2.10
 */
export type HitPolicy = 'U' | 'A' | 'P' | 'F' | 'C' | 'C+' | 'C<' | 'C>' | 'C#' | 'R' | 'O'

/** One `name: expression` of a context. */
export interface ContextEntry {
  readonly name: string
  readonly value: Node
}

/** One `name: expression` of a call with named parameters. */
export interface NamedArgument {
  readonly name: string
  readonly value: Node
}

/** One `name in source` or `name in source..end`. */
export interface Iterator {
  readonly name: string
  readonly source: Node
  readonly end?: Node
}

/** A formal parameter of a function. */
export interface Parameter {
  readonly name: string
  readonly type: FeelType
}

/** The expressions directly inside of a node. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
    case 'tested':
    case 'unreadable':
      return []
    case 'list':
      return node.items
    case 'context':
      return node.entries.map((entry) => entry.value)
    case 'range':
      return [node.start, node.end]
    case 'comparison range':
      return [node.bound]
    case 'binary':
      return [node.left, node.right]
    case 'logic':
      return node.operands
    case 'negate':
      return [node.operand]
    case 'between':
      return [node.value, node.low, node.high]
    case 'in':
      return [node.value, ...node.tests]
    case 'instance of':
      return [node.value]
    case 'path':
      return [node.source]
    case 'filter':
      return [node.source, node.condition]
    case 'call':
      return [node.callee, ...node.args]
    case 'named call':
      return [node.callee, ...node.args.map((arg) => arg.value)]
    case 'if':
      return [node.condition, node.then, node.otherwise]
    case 'for':
    case 'some':
    case 'every':
      return [
        ...node.iterators.flatMap(({ source, end }) =>
          end === undefined ? [source] : [source, end],
        ),
        node.body,
      ]
    case 'function':
      return [node.body]
    case 'unary tests':
      return node.tests
    case 'text':
      return [node.body]
    case 'typed':
      return [node.value]
    case 'result':
      return [...node.entries.map((entry) => entry.value), node.result]
    case 'table':
      return tableChildren(node.table)
  }
}

function tableChildren(table: TableTree): Node[] {
  return [
    ...table.inputs.flatMap(({ expression, values }) =>
      values === undefined ? [expression] : [expression, values],
    ),
    ...table.rows.flatMap(({ when, give }) => [...when, ...give]),
    ...table.outputs.flatMap((output) => [
      ...(output.values ?? []),
      ...(output.default === undefined ? [] : [output.default]),
    ]),
  ]
}
