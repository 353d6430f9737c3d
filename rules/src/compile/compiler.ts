import type { BuiltinTable } from '../builtins/builtin.ts'
import type { Code, Site } from '../runtime/run.ts'
import type { Node } from '../syntax/tree.ts'
import type { StaticScope } from './static-scope.ts'

/** What compiling the nodes of one expression shares. */
export interface Compiler {
  readonly text: string
  readonly builtins: BuiltinTable
  /** Declared names; undefined when nothing was declared and the scope decides at run time. */
  readonly declared: ReadonlySet<string> | undefined
  /** Names of the outside that the expression reads. */
  readonly used: Set<string>
  /** Work of evaluating everything compiled so far once: grows with every node. */
  readonly cost: { total: number }
  compile(node: Node, scope: StaticScope): Code
}

/** Something compiled, with the steps that one evaluation of it is charged where it is repeated. */
export interface Repeated<T> {
  readonly code: T
  readonly steps: number
}

/** Nodes per step: a step is about a loop round with a small body. */
const NODES_A_STEP = 16

/** Compiles a part that a loop, filter or function repeats, and weighs it. */
export function compileRepeated<T>(compiler: Compiler, compile: () => T): Repeated<T> {
  const before = compiler.cost.total
  const code = compile()
  return { code, steps: 1 + Math.floor((compiler.cost.total - before) / NODES_A_STEP) }
}

/** The place of a node. */
export function siteOf(compiler: Compiler, node: Node): Site {
  return { text: compiler.text, at: node.at }
}
