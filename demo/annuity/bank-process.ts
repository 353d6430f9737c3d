import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Scenario } from '../bank/scenario.ts'

const SOURCE = fileURLToPath(new URL('../bank/main.ts', import.meta.url))

/** The demonstration's bank, a process of its own that is spoken to by files and by commands. */
export class BankProcess {
  readonly #child: ChildProcess
  readonly #waiting: ((line: Record<string, unknown>) => void)[] = []
  readonly #lines: Record<string, unknown>[] = []

  constructor(child: ChildProcess) {
    this.#child = child
    if (child.stdout === null) throw new Error('the bank has no output')
    createInterface({ input: child.stdout }).on('line', (line) => this.#take(line))
  }

  /**
   * Starts the bank in a folder and waits until it is ready.
   *
   * @param pollMs   how often it looks for order files by itself; 0: only when a command says so
   * @param program  where its program lies, if it was put together in one file
   */
  static async start(
    folder: string,
    scenario: Scenario,
    { pollMs = 20, program = SOURCE }: { readonly pollMs?: number; readonly program?: string } = {},
  ): Promise<BankProcess> {
    mkdirSync(folder, { recursive: true })
    const scenarioFile = join(folder, 'scenario.json')
    writeFileSync(scenarioFile, JSON.stringify(scenario))
    const arguments_ = [
      ...(program === SOURCE ? runnerArguments() : []),
      program,
      '--dir',
      folder,
      '--scenario',
      scenarioFile,
      '--poll-ms',
      String(pollMs),
    ]
    const child = spawn(process.execPath, arguments_, { stdio: ['pipe', 'pipe', 'inherit'] })
    const bank = new BankProcess(child)
    await bank.#next()
    return bank
  }

  /** Gives one command and waits for its answer. */
  async command(command: Record<string, unknown>): Promise<Record<string, unknown>> {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`)
    return this.#next()
  }

  /** Ends the process and waits for its end. */
  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()))
    this.#child.stdin?.end()
    await ended
  }

  #take(line: string): void {
    const value = JSON.parse(line) as Record<string, unknown>
    const waiting = this.#waiting.shift()
    if (waiting === undefined) this.#lines.push(value)
    else waiting(value)
  }

  #next(): Promise<Record<string, unknown>> {
    const line = this.#lines.shift()
    if (line !== undefined) return Promise.resolve(line)
    return new Promise((resolve, reject) => {
      const isOver = (code: number | null): void => reject(new Error(`the bank ended with ${code}`))
      this.#child.once('exit', isOver)
      this.#waiting.push((value) => {
        this.#child.off('exit', isOver)
        resolve(value)
      })
    })
  }
}

/** Node ≥ 22.18 runs TypeScript by itself; older ones through tsx. */
function runnerArguments(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18) ? [] : ['--import', 'tsx']
}
