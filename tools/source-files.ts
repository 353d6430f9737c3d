import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

/** One TypeScript file of the project, parsed. */
export interface SourceFile {
  /** Path from the project's root, with `/`. */
  readonly path: string
  readonly text: string
  readonly program: AstNode
  readonly comments: readonly {
    readonly type: string
    readonly value: string
    readonly end: number
  }[]
  /** Module names as written in import and export-from statements and `import()` calls. */
  readonly imports: readonly string[]
}

/** A node of the syntax tree, walked without knowing its kind. */
export interface AstNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

/** Absolute path of the project's root, with a slash at the end. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url))

/** Every file that git tracks or would track, by the end of its name. */
export function projectFiles(...endings: string[]): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  return listed
    .split('\n')
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .filter((path) => existsSync(projectRoot + path))
}

/** Reads and parses one file; throws with the parser's first message if it is not TypeScript. */
export function readSource(path: string): SourceFile {
  const text = readFileSync(projectRoot + path, 'utf8')
  const parsed = parseSync(path, text)
  const error = parsed.errors[0]
  if (error !== undefined) throw new Error(`${path}: ${error.message}`)
  const imports = [
    ...parsed.module.staticImports.map((entry) => entry.moduleRequest.value),
    ...parsed.module.staticExports.flatMap((entry) =>
      entry.entries.flatMap((one) => (one.moduleRequest ? [one.moduleRequest.value] : [])),
    ),
    ...parsed.module.dynamicImports.map((entry) =>
      text.slice(entry.moduleRequest.start + 1, entry.moduleRequest.end - 1),
    ),
  ]
  const program = parsed.program as unknown as AstNode
  return { path, text, program, comments: parsed.comments, imports }
}

/** Calls `visit` for every node below and including `node`, parents first. */
export function walk(node: AstNode, visit: (node: AstNode, parent?: AstNode) => void): void {
  const step = (current: AstNode, parent?: AstNode) => {
    visit(current, parent)
    for (const value of Object.values(current)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) step(child, current)
      }
    }
  }
  step(node)
}

/** Line number, from 1, of a position in a text. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && typeof (value as AstNode).type === 'string'
}
