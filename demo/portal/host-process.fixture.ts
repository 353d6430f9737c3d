/*
 * The demonstration's server as a process of its own, for the test that kills it:
 *
 *   node --import tsx demo/portal/host-process.fixture.ts FOLDER PEOPLE
 *
 * Tells its port as a line when it is ready, and serves until it dies.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { annuityPackages } from './packages.fixture.ts'
import { serveDemonstration } from './serve-demonstration.ts'

const PROGRAM = fileURLToPath(import.meta.url)

/** A process that serves. */
export interface HostProcess {
  readonly child: ChildProcess
  readonly port: number
  /** What it and its bank wrote to standard error until both were gone. */
  readonly ended: Promise<string>
}

/** Starts the process and waits until it is ready. */
export async function startHostProcess(folder: string, people: number): Promise<HostProcess> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const words = ['--import', tsx, PROGRAM, folder, String(people)]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += String(chunk)
  })
  const ended = new Promise<string>((resolve) => child.once('close', () => resolve(complaints)))
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => resolve(Number(line)))
    child.once('exit', () => reject(new Error(`it ended: ${complaints}`)))
  })
  return { child, port, ended }
}

if (process.argv[1] === PROGRAM) {
  const [folder = '', people = ''] = process.argv.slice(2)
  const packages = annuityPackages()
  const served = await serveDemonstration({ folder, port: 0, packages, people: Number(people) })
  process.stdout.write(`${served.port}\n`)
  setInterval(() => {}, 60_000)
}
