/* Starts the demonstration as a visitor would, on a free port, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A demonstration at work. */
export interface DemonstrationHost {
  /** For example `http://127.0.0.1:4780`. */
  readonly url: string
  readonly folder: string
  /** Ends the process and waits for its end; SIGKILL: as a machine that loses its power. */
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

const PROGRAM = fileURLToPath(new URL('../../cli/bin/renshe.mjs', import.meta.url))

/**
 * Starts it and waits until it answers.
 *
 * @param place  an earlier folder and its port, to go on there; a fresh folder and a free port if left out
 */
export async function startDemonstration(
  place: { readonly folder?: string; readonly port?: number; readonly people?: number } = {},
): Promise<DemonstrationHost> {
  const folder = place.folder ?? mkdtempSync(join(tmpdir(), 'renshe-e2e-'))
  const people = place.people === undefined ? [] : ['--people', String(place.people)]
  const options = ['--data', folder, '--port', String(place.port ?? 0), '--no-open', '--json']
  const child = spawn(process.execPath, [PROGRAM, 'demo', 'portal', ...options, ...people], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await addressOf(child)
  const stop: DemonstrationHost['stop'] = async (signal = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  return { url, folder, stop }
}

function addressOf(child: ChildProcess): Promise<string> {
  const said: string[] = []
  child.stderr?.on('data', (bytes) => said.push(String(bytes)))
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said.join('')}`)))
    if (child.stdout === null) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return
      const { url } = JSON.parse(line) as { url?: string }
      if (url !== undefined) resolve(new URL(url).origin)
    })
  })
}

/** Throws a folder away. */
export function discard({ folder }: DemonstrationHost): void {
  rmSync(folder, { recursive: true, force: true })
}
