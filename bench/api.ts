/*
 * Steps over HTTP: a real node of the member that orders the blocks, with its API on the loopback, and fifty
 * keep-alive connections from another process. Each request brings one signed step, is itself signed by the
 * school's system (RFC 9421), and is answered when its step is durable and final.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuUsage } from 'node:process'
import { serve } from '../node/src/api/serve.ts'
import { openHost } from '../node/src/host.ts'
import type { ClientOrder, ClientTold } from './api-clients.ts'
import { foundLibrary, StepMaker } from './library-chain.ts'
import { type Measured, median } from './measure.ts'

const CLIENTS = 50

/** Measures steps a second, and how long a client waits for its answer. */
export async function measureApi(rounds: number, steps = 4_000): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'renshe-bench-api-'))
  // Witnesses of other members work on machines of their own.
  const chain = await foundLibrary(folder, { witnesses: [], threshold: 0, clock: 'wall' })
  const host = await openHost({ dataFolder: folder, blockDelayMs: 0, runsRelays: false })
  const served = await serve(host, { port: 0 })
  const clients = fork(new URL('./api-clients.ts', import.meta.url), { execArgv: process.execArgv })
  const told: (ClientTold & { nodeMs: number })[] = []
  try {
    for (let round = 0; round <= rounds; round++) {
      const maker = new StepMaker(chain, `api-${round}`)
      const frames = Array.from({ length: steps }, () =>
        Buffer.from(maker.step(Date.now())).toString('base64'),
      )
      const order = { url: served.url, folder, frames, clients: CLIENTS }
      const began = cpuUsage()
      const one = await ordered(clients, order)
      const { user, system } = cpuUsage(began)
      // The first round warms up and does not count.
      if (round > 0) told.push({ ...one, nodeMs: (user + system) / 1e3 })
    }
  } finally {
    clients.kill()
    await served.stop()
    await host.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return measuredOf(told, steps)
}

async function ordered(clients: ChildProcess, order: ClientOrder): Promise<ClientTold> {
  clients.send(order)
  const [told] = (await once(clients, 'message')) as [ClientTold | { readonly failed: string }]
  if ('failed' in told) throw new Error(`a client ended: ${told.failed}`)
  return told
}

function measuredOf(told: readonly (ClientTold & { nodeMs: number })[], steps: number): Measured[] {
  const at = (share: number) =>
    told.map(({ answersMs }) => answersMs[Math.floor(answersMs.length * share)] ?? 0)
  const rates = told.map(({ seconds }) => steps / seconds)
  const perCore = told.map(({ nodeMs }) => (steps * 1e3) / nodeMs)
  const clientMs = told.map((one) => (one.clientMs * 1e3) / steps)
  const row = (name: string, rounds: readonly number[], unit: string): Measured => ({
    name,
    value: median(rounds),
    unit,
    rounds,
  })
  return [
    {
      ...row('api: steps over HTTP, 50 clients, answered when final', rates, '/s'),
      demanded: { least: 2_000 },
    },
    row('api: the same by processor time of the node, one core', perCore, '/s'),
    row('api: half of the answers within', at(0.5), 'ms'),
    row('api: 99 of 100 answers within', at(0.99), 'ms'),
    row('api: processor time of the clients per step', clientMs, 'µs'),
  ]
}
