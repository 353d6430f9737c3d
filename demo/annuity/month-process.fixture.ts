/*
 * The demonstration's host as a process of its own, for the test that kills it:
 *
 *   node --import tsx demo/annuity/month-process.fixture.ts FOLDER
 *
 * It goes on with the month from wherever it stands, tells every acknowledged transaction and every step as a
 * line of JSON, and ends when the month is over.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Host } from '@renshe/node'
import { openMonth, tellMonth } from './month.fixture.ts'
import { ResumingStory, type StoryEvent } from './resuming-story.fixture.ts'

/** A line that the process tells. */
export type MonthLine =
  | { readonly kind: 'open' }
  | { readonly kind: 'acknowledged'; readonly txId: string; readonly height: number }
  | ({ readonly kind: 'step' } & StoryEvent)
  | { readonly kind: 'over'; readonly contribution: string }
  | { readonly kind: 'notice'; readonly notice: string }

const PROGRAM = fileURLToPath(import.meta.url)

/** How the process ended, and what it or its bank wrote to standard error: a bank whose host dies complains. */
export interface MonthEnd {
  readonly end: NodeJS.Signals | number | null
  readonly complaints: string
}

/** Starts the process; `onLine` hears each line as it comes. */
export function startMonthProcess(
  folder: string,
  onLine: (line: MonthLine) => void,
): { readonly child: ChildProcess; readonly ended: Promise<MonthEnd> } {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const child = spawn(process.execPath, ['--import', tsx, PROGRAM, folder], {
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

/** Synchronous: a line that was written is told, whatever happens to the process next. */
function say(line: MonthLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

/** Has every member tell what the ledger acknowledged to it, be it to its people or to its relays. */
function tellAcknowledged(host: Host): void {
  for (const { ledger } of host.members) {
    const submit = ledger.submit.bind(ledger)
    ledger.submit = async (bundle) => {
      const outcomes = await submit(bundle)
      for (const outcome of outcomes) {
        if (!outcome.included) continue
        say({ kind: 'acknowledged', txId: outcome.txId, height: outcome.height })
      }
      return outcomes
    }
  }
}

async function carry(folder: string): Promise<void> {
  const month = await openMonth(folder, (notice) => say({ kind: 'notice', notice }))
  tellAcknowledged(month.host)
  say({ kind: 'open' })
  const story = new ResumingStory(month, (event) => say({ kind: 'step', ...event }))
  const contribution = await tellMonth(month, story)
  await month.stop()
  say({ kind: 'over', contribution })
}

if (process.argv[1] === PROGRAM) await carry(process.argv[2] ?? '')
