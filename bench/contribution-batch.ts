/*
 * A contribution month of 100,000 people from the CSV file to a final act on the chain, without and with seals,
 * beside PostgreSQL that takes the same rows with the same checks and an audit hash chain; then a million rows
 * as ten such months. Rounds are interleaved, so that a busy moment of the machine hits all alike.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { writeCsv } from '@renshe/node'
import { generatePayroll, PAYROLL_COLUMNS } from '../demo/payroll.ts'
import type { BatchAsked, BatchCost } from './contribution-process.ts'
import { type Measured, median } from './measure.ts'
import { hasPostgres, type PostgresCluster, startPostgres } from './postgres-cluster.ts'
import { PostgresPayroll, type PostgresRound } from './postgres-payroll.ts'

const ROWS = 100_000
/** The first round of everything warms up and does not count. */
const WARM_UP = 1
const MONTHS_OF_MILLION = 10
const PROCESS = fileURLToPath(new URL('./contribution-process.ts', import.meta.url))
const MOST_MIB = 1536
const KIB_OF_MIB = 1024
const SAMPLE_MS = 20

type Way = 'unsealed' | 'sealed'
type Cost = PostgresRound

/** Measures the batch; without PostgreSQL what it is compared with is left out, and said. */
export async function measureContributionBatch(rounds: number): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'renshe-contribution-'))
  // PostgreSQL runs as another user where the bench runs as root.
  chmodSync(folder, 0o755)
  let cluster: PostgresCluster | undefined
  let table: PostgresPayroll | undefined
  const ways: Partial<Record<Way, BatchProcess>> = {}
  try {
    const files = await writePayrolls(folder)
    if (hasPostgres()) cluster = await startPostgres(join(folder, 'postgres'))
    else console.error(NO_POSTGRES)
    const unsealed = await BatchProcess.start('unsealed', join(folder, 'unsealed'))
    ways.unsealed = unsealed
    const sealed = await BatchProcess.start('sealed', join(folder, 'sealed'))
    ways.sealed = sealed
    const postgres = cluster === undefined ? undefined : await PostgresPayroll.create(cluster)
    table = postgres
    const runs: Record<string, (path: string) => Promise<Cost>> = {
      unsealed: (path) => unsealed.carry(path),
      sealed: (path) => sealed.carry(path),
      ...(postgres === undefined ? {} : { postgres: (path) => postgres.insert(path, ROWS) }),
    }
    const costs = await interleavedCosts(runs, files[0] as string, rounds)
    await table?.checkChain()
    const peaks = { unsealed: unsealed.peakMiB, sealed: sealed.peakMiB }
    const millions = {
      unsealed: await carryAll(unsealed, files),
      sealed: await carryAll(sealed, files),
    }
    return [
      ...(['unsealed', 'sealed'] as const).flatMap((way) => [
        ...ratesOf(way, costs[way] ?? []),
        peakOf(`100,000 rows ${way}: peak memory of the process`, peaks[way]),
        ...millionOf(way, millions[way], ways[way]),
      ]),
      ...comparedWith(costs),
    ]
  } finally {
    for (const way of Object.values(ways)) await way.end()
    await table?.end()
    await cluster?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const NO_POSTGRES =
  'PostgreSQL 15 IS NOT INSTALLED: nothing below is compared with it. apt-get install postgresql-15'

/** A month of its own for each of ten employers. */
async function writePayrolls(folder: string): Promise<string[]> {
  const paths: string[] = []
  for (let at = 1; at <= MONTHS_OF_MILLION; at++) {
    const path = join(folder, `payroll-${at}.csv`)
    const rows = generatePayroll({ people: ROWS, period: '2026-01', seed: at })
    await pipeline(Readable.from(writeCsv(PAYROLL_COLUMNS, rows)), createWriteStream(path))
    paths.push(path)
  }
  return paths
}

async function interleavedCosts(
  runs: Readonly<Record<string, (path: string) => Promise<Cost>>>,
  path: string,
  rounds: number,
): Promise<Readonly<Record<string, readonly Cost[]>>> {
  const costs = Object.fromEntries(Object.keys(runs).map((name) => [name, [] as Cost[]]))
  for (let round = 0; round < WARM_UP + rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const cost = await run(path)
      if (round >= WARM_UP) costs[name]?.push(cost)
    }
  }
  return costs
}

async function carryAll(process: BatchProcess, files: readonly string[]): Promise<Cost> {
  let [seconds, processorSeconds] = [0, 0]
  for (const path of files) {
    const cost = await process.carry(path)
    seconds += cost.seconds
    processorSeconds += cost.processorSeconds
  }
  return { seconds, processorSeconds }
}

/** A path of the product in a process of its own. */
class BatchProcess {
  readonly #child: ChildProcess
  readonly #sampling: NodeJS.Timeout
  /** Most memory of its own so far, and most with the pages of its files that were mapped. */
  peakMiB = 0
  peakWithFilesMiB = 0

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#sampling = setInterval(() => this.#sample(), SAMPLE_MS)
  }

  /** Pages of mapped files are the kernel's: it takes them back whenever it wants memory. */
  #sample(): void {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'latin1')
    const mib = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) / KIB_OF_MIB
    this.peakMiB = Math.max(this.peakMiB, mib('RssAnon'))
    this.peakWithFilesMiB = Math.max(this.peakWithFilesMiB, mib('VmRSS'))
  }

  static async start(way: Way, folder: string): Promise<BatchProcess> {
    const child = fork(PROCESS, [way, folder], { execArgv: ['--import', 'tsx'] })
    const own = new BatchProcess(child)
    await own.#answer()
    return own
  }

  async carry(path: string): Promise<BatchCost> {
    const asked: BatchAsked = { path, rows: ROWS }
    this.#child.send(asked)
    const cost = (await this.#answer()) as BatchCost
    return cost
  }

  async end(): Promise<void> {
    clearInterval(this.#sampling)
    if (this.#child.exitCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.send('end')
    await ended
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (run: () => void): void => {
        this.#child.off('message', onMessage).off('exit', onExit)
        run()
      }
      const onMessage = (message: unknown): void => settle(() => resolve(message))
      const onExit = (): void => settle(() => reject(new Error('a process of the bench has ended')))
      this.#child.on('message', onMessage).on('exit', onExit)
    })
  }
}

const LEAST: Readonly<Record<Way, number>> = { unsealed: 60_000, sealed: 20_000 }

function ratesOf(way: Way, costs: readonly Cost[]): Measured[] {
  const rates = costs.map(({ seconds }) => ROWS / seconds)
  const spent = costs.map(({ processorSeconds }) => (processorSeconds / ROWS) * 1e6)
  return [
    {
      name: `100,000 rows ${way}, from CSV to final`,
      value: median(rates),
      unit: 'rows/s',
      demanded: { least: LEAST[way] },
      rounds: rates,
    },
    {
      name: `100,000 rows ${way}: processor time of all threads`,
      value: median(spent),
      unit: 'µs per row',
      rounds: spent,
    },
  ]
}

function peakOf(name: string, value: number): Measured {
  return { name, value, unit: 'MiB', demanded: { most: MOST_MIB } }
}

function millionOf(
  way: Way,
  { seconds, processorSeconds }: Cost,
  process: BatchProcess | undefined,
): Measured[] {
  const rows = ROWS * MONTHS_OF_MILLION
  const name = `1,000,000 rows ${way} as ten batches`
  return [
    { name, value: rows / seconds, unit: 'rows/s', demanded: { least: LEAST[way] } },
    {
      name: `${name}: processor time of all threads`,
      value: (processorSeconds / rows) * 1e6,
      unit: 'µs per row',
    },
    peakOf(`${name}: peak memory of the process`, process?.peakMiB ?? 0),
    {
      name: `${name}: the same with mapped pages of its files`,
      value: process?.peakWithFilesMiB ?? 0,
      unit: 'MiB',
    },
  ]
}

/** How many times as fast as PostgreSQL in the same round; beside it the same by processor time. */
function comparedWith(costs: Readonly<Record<string, readonly Cost[]>>): Measured[] {
  const theirs = costs.postgres
  if (theirs === undefined) return []
  const rates = theirs.map(({ seconds }) => ROWS / seconds)
  const spent = theirs.map(({ processorSeconds }) => (processorSeconds / ROWS) * 1e6)
  const least: Readonly<Record<Way, number>> = { unsealed: 2.5, sealed: 1 }
  return [
    { name: '100,000 rows in PostgreSQL 15', value: median(rates), unit: 'rows/s', rounds: rates },
    {
      name: '100,000 rows in PostgreSQL 15: processor time of server and client',
      value: median(spent),
      unit: 'µs per row',
      rounds: spent,
    },
    ...(['unsealed', 'sealed'] as const).flatMap((way): Measured[] => {
      const times = theirs.map(({ seconds }, at) => seconds / (costs[way]?.[at]?.seconds ?? 0))
      const byProcessor = theirs.map(
        (cost, at) => cost.processorSeconds / (costs[way]?.[at]?.processorSeconds ?? 0),
      )
      return [
        {
          name: `${way}: times as fast as PostgreSQL 15`,
          value: median(times),
          unit: '×',
          demanded: { least: least[way] },
          rounds: times,
        },
        {
          name: `${way}: rows for a second of processor time, times those of PostgreSQL 15`,
          value: median(byProcessor),
          unit: '×',
          rounds: byProcessor,
        },
      ]
    }),
  ]
}
