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
  compile(node: Node, scope: StaticScope): Code
}

/** The place of a node. */
export function siteOf(compiler: Compiler, node: Node): Site {
  return { text: compiler.text, at: node.at }
}
