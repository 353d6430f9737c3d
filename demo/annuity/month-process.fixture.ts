/* Starts the demonstration's host as a process of its own; it and its bank are put together in one file each. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { buildProgram } from '../simulate/build-program.fixture.ts'
import type { MonthLine } from './month-run.fixture.ts'

/** How the process ended, and what it or its bank wrote to standard error: a bank whose host dies complains. */
export interface MonthEnd {
  readonly end: NodeJS.Signals | number | null
  readonly complaints: string
}

/** The host and the bank: a test that starts them often has each in one file. */
export interface MonthPrograms {
  readonly host: string
  readonly bank: string
}

/** Puts both programs together. */
export async function buildMonthPrograms(): Promise<MonthPrograms> {
  const host = await buildProgram({ entry: 'demo/annuity/month-run.fixture.ts', name: 'month' })
  const bank = await buildProgram({ entry: 'demo/bank/main.ts', name: 'bank' })
  return { host, bank }
}

/** Starts the host; `onLine` hears each line as it comes. */
export function startMonthProcess(
  { host, bank }: MonthPrograms,
  folder: string,
  onLine: (line: MonthLine) => void,
): { readonly child: ChildProcess; readonly ended: Promise<MonthEnd> } {
  // Threads that read tables are started from their sources.
  const child = spawn(process.execPath, ['--import', 'tsx', host, folder, bank], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += String(chunk)
  })
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => onLine(JSON.parse(line) as MonthLine))
  const drained = new Promise<void>((resolve) => lines.once('close', resolve))
  const exited = new Promise<MonthEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ end: signal ?? code, complaints }))
  })
  return { child, ended: drained.then(() => exited) }
}
