/*
 * What growing costs: a step where the state is a thousand times as large, a start where the chain is long, running
 * load while a snapshot of everything is computed beside it, and the disk.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cpuUsage } from 'node:process'
import type { OpenLedger } from '@renshe/ledger'
import { snapshotFile } from '../ledger/src/snapshot-builder.ts'
import { ThreadedSnapshot } from '../ledger/src/state-threads.ts'
import { addSteps, filledChain } from './filled-chain.ts'
import { CHAIN_TIME, type LibraryChain, openCopy, StepMaker, systemOf } from './library-chain.ts'
import { longChain } from './long-chain.ts'
import { type Measured, median } from './measure.ts'

/** How large things are. */
export interface GrowthSizes {
  readonly smallEntries: number
  readonly largeEntries: number
  readonly transactions: number
}

/** What a plain run measures, and what `--full` does. */
export const GROWTH_SIZES: Readonly<Record<'plain' | 'full', GrowthSizes>> = {
  plain: { smallEntries: 10_000, largeEntries: 300_000, transactions: 20_000 },
  full: { smallEntries: 10_000, largeEntries: 10_000_000, transactions: 1_000_000 },
}

const BLOCK_STEPS = 100
const BLOCKS_OF_ROUND = 10

/** A ledger at work, and steps for it that were signed before any clock runs. */
interface Side {
  readonly open: OpenLedger
  readonly maker: StepMaker
}

/** What the steps of one round cost. */
interface Spent {
  readonly wallMs: number
  readonly cpuMs: number
}

/** Measures all of it; the folders are built first where no earlier run did. */
export async function measureGrowth(rounds: number, sizes: GrowthSizes): Promise<Measured[]> {
  const small = await sideOf(await filledChain(sizes.smallEntries))
  const large = await sideOf(await filledChain(sizes.largeEntries))
  try {
    const checkMs = await checkedWithin(large.open)
    const steps = await stepsOf(small, large, rounds)
    const snapshot = await besideSnapshot(large, rounds)
    const whole = await wholeSnapshot(large)
    return [
      ...steps,
      {
        name: 'growth: all rows of the larger state checked beside the start',
        value: checkMs / 1e3,
        unit: 's',
      },
      ...snapshot,
      ...whole,
      ...(await measureStart(rounds, sizes.transactions)),
    ]
  } finally {
    await small.open.close()
    await large.open.close()
  }
}

async function sideOf(folder: string): Promise<Side> {
  const open = await openCopy(folder)
  const { genesisInfo: genesis, height } = open.ledger
  const school = await systemOf(folder, 'school')
  const chain: LibraryChain = { folder, genesis, school }
  return { open, maker: new StepMaker(chain, `at ${height}`.replaceAll(' ', '-')) }
}

async function checkedWithin(open: OpenLedger): Promise<number> {
  const began = performance.now()
  const fault = await open.rowsChecked
  if (fault !== null) throw fault
  return performance.now() - began
}

/** Signed beforehand; read, verified, executed, in the log with fdatasync, in the state: all of that counts. */
async function round({ open, maker }: Side, blocks = BLOCKS_OF_ROUND): Promise<Spent> {
  const first = open.ledger.height + 1
  const bundles = Array.from({ length: blocks }, (_, n) =>
    maker.bundle(BLOCK_STEPS, CHAIN_TIME + 1_000 * (first + n)),
  )
  const [wall, cpu] = [performance.now(), cpuUsage()]
  for (const bundle of bundles) {
    await addSteps(open, bundle)
    // A node's loop turns between two blocks; so does this one.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { user, system } = cpuUsage(cpu)
  return { wallMs: performance.now() - wall, cpuMs: (user + system) / 1e3 }
}

async function stepsOf(small: Side, large: Side, rounds: number): Promise<Measured[]> {
  const spent: { small: Spent; large: Spent }[] = []
  const before = bytesOf(small)
  for (let n = 0; n <= rounds; n++) {
    const one = { small: await round(small), large: await round(large) }
    if (n > 0) spent.push(one)
  }
  const after = bytesOf(small)
  const steps = (rounds + 1) * BLOCKS_OF_ROUND * BLOCK_STEPS
  const perStep = (part: (one: (typeof spent)[number]) => number): number[] =>
    spent.map((one) => (part(one) * 1e3) / (BLOCKS_OF_ROUND * BLOCK_STEPS))
  const row = (name: string, values: number[], unit: string): Measured => ({
    name: `growth: ${name}`,
    value: median(values),
    unit,
    rounds: values,
  })
  return [
    row(
      'processor time of a step, smaller state',
      perStep((one) => one.small.cpuMs),
      'µs',
    ),
    row(
      'processor time of a step, larger state',
      perStep((one) => one.large.cpuMs),
      'µs',
    ),
    {
      ...row(
        'a step in the larger state, times the smaller, processor',
        spent.map((one) => one.large.cpuMs / one.small.cpuMs),
        '×',
      ),
      demanded: { most: 1.3 },
    },
    row(
      'the same by the clock',
      spent.map((one) => one.large.wallMs / one.small.wallMs),
      '×',
    ),
    row('disk of a step: the log', [(after.log - before.log) / steps], 'bytes'),
    row(
      'disk of a step: the state, with what it keeps of 4,096 blocks',
      [(after.state - before.state) / steps],
      'bytes',
    ),
  ]
}

function bytesOf({ open }: Side): { log: number; state: number } {
  const stateFolder = open.ledger.store.folder
  const logFolder = join(stateFolder, '..', 'log')
  const log = readdirSync(logFolder)
    .map((name) => statSync(join(logFolder, name)).size)
    .reduce((sum, size) => sum + size, 0)
  return { log, state: statSync(join(stateFolder, 'data.mdb')).size }
}

/** Rounds with and without a snapshot of everything computed beside them, in turn. */
async function besideSnapshot(side: Side, rounds: number): Promise<Measured[]> {
  const lost: { wall: number; cpu: number }[] = []
  for (let n = 0; n <= rounds; n++) {
    const alone = await round(side)
    const job = snapshotJob(side)
    job.runInBackground()
    // The thread is at work when its file grows.
    await untilGrows(side)
    const beside = await round(side)
    await job.stop()
    if (n > 0)
      lost.push({ wall: 1 - alone.wallMs / beside.wallMs, cpu: beside.cpuMs / alone.cpuMs })
  }
  return [
    {
      name: 'growth: steps a second that a snapshot beside them costs',
      value: 100 * median(lost.map(({ wall }) => wall)),
      unit: '%',
      demanded: { most: 20 },
      rounds: lost.map(({ wall }) => 100 * wall),
    },
    {
      name: 'growth: processor time with the snapshot, times without',
      value: median(lost.map(({ cpu }) => cpu)),
      unit: '×',
      rounds: lost.map(({ cpu }) => cpu),
    },
  ]
}

function snapshotJob({ open }: Side): ThreadedSnapshot {
  const { store, snapshots, height } = open.ledger
  const task = { stateFolder: store.folder, path: snapshotFile(snapshots.folder, height), height }
  return new ThreadedSnapshot({ ...task, time: open.ledger.header(height).time }, () => {
    throw new Error('the thread did not take it')
  })
}

async function untilGrows({ open }: Side): Promise<void> {
  const path = snapshotFile(open.ledger.snapshots.folder, open.ledger.height)
  const size = (name: string): number => statSync(name, { throwIfNoEntry: false })?.size ?? 0
  while (size(`${path}.part`) + size(path) === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** One snapshot to its end, with nothing else to do, and a proof out of it. */
async function wholeSnapshot(side: Side): Promise<Measured[]> {
  const job = snapshotJob(side)
  const [wall, cpu] = [performance.now(), cpuUsage()]
  job.runInBackground()
  await untilGrows(side)
  const { count } = job.finish()
  const { user, system } = cpuUsage(cpu)
  const seconds = (performance.now() - wall) / 1e3
  await job.stop()
  return [
    { name: `growth: snapshot of ${count} entries, alone`, value: seconds, unit: 's' },
    { name: 'growth: its processor time', value: (user + system) / 1e6, unit: 's' },
  ]
}

/** Starts of the long chain, each in a process of its own. */
async function measureStart(rounds: number, transactions: number): Promise<Measured[]> {
  const folder = await longChain(transactions)
  const script = new URL('./start-chain.ts', import.meta.url).pathname
  const started = Array.from({ length: rounds + 1 }, () => {
    const { stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, script, folder], {
      encoding: 'utf8',
    })
    if (!stdout.startsWith('{')) throw new Error(`the chain did not start: ${stderr}`)
    return JSON.parse(stdout) as { ms: number; cpuMs: number; rssMb: number }
  }).slice(1)
  const seconds = started.map(({ ms }) => ms / 1e3)
  const bytes = (part: string): number =>
    readdirSync(join(folder, part))
      .map((name) => statSync(join(folder, part, name)).size)
      .reduce((sum, size) => sum + size, 0)
  return [
    {
      name: `growth: start of a chain with ${transactions} transactions`,
      value: median(seconds),
      unit: 's',
      demanded: { most: 3 },
      rounds: seconds,
    },
    {
      name: 'growth: its processor time',
      value: median(started.map(({ cpuMs }) => cpuMs / 1e3)),
      unit: 's',
    },
    { name: 'growth: its log, per transaction', value: bytes('log') / transactions, unit: 'bytes' },
    {
      name: 'growth: its state, per transaction',
      value: bytes('state') / transactions,
      unit: 'bytes',
    },
  ]
}
