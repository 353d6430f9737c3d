/* Counters in the text format of Prometheus; labels are names of routes, never of people. */
import { readdirSync, readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { PROTOCOL, reads } from '@renshe/contracts'
import { parseCertificate } from '@renshe/crypto'
import type { Contracts } from '@renshe/kernel'
import type { Host } from '../host.ts'
import type { Member } from '../member.ts'
import { lastBackupAt } from '../operate/last-backup.ts'
import { METRICS, type MetricName } from './metric-names.ts'

/** Upper bounds of the histogram of requests, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const
/** Reads are counted to here: a scrape stays short however much is owed. */
const READS_MOST = 1_000
/** No chain reaches it. */
const FAR_HEIGHT = 2 ** 40
const MS = 1_000
const NS = 1e9

type Row = readonly [labels: string, value: number]

/** Counts requests and events, and reads the rest from the host when it is asked. */
export class ApiMetrics {
  readonly #requests = new Map<string, number>()
  readonly #seconds = new Map<string, { sum: number; readonly buckets: number[] }>()
  readonly #events = new Map<string, number>()
  readonly #loop: IntervalHistogram = monitorEventLoopDelay({ resolution: 20 })
  #faults = 0
  openStreams = 0

  readonly #contracts: Contracts

  /** @param contracts  of this release: they say what the chain has enacted */
  constructor(contracts: Contracts) {
    this.#contracts = contracts
    this.#loop.enable()
  }

  /** Counts one answered request. */
  count(route: string, status: number, ms: number): void {
    const name = `route="${route}",status="${status}"`
    this.#requests.set(name, (this.#requests.get(name) ?? 0) + 1)
    const taken = this.#seconds.get(route) ?? { sum: 0, buckets: [...BUCKETS, 0].map(() => 0) }
    taken.sum += ms / MS
    const bucket = BUCKETS.findIndex((bound) => ms / MS <= bound)
    const at = bucket < 0 ? BUCKETS.length : bucket
    taken.buckets[at] = (taken.buckets[at] ?? 0) + 1
    this.#seconds.set(route, taken)
  }

  /** Counts one security event, or one bug. */
  countEvent(event: string): void {
    if (event === 'fault') this.#faults += 1
    else this.#events.set(event, (this.#events.get(event) ?? 0) + 1)
  }

  /** Ends what measures by itself. */
  stop(): void {
    this.#loop.disable()
  }

  /** Everything as it stands. */
  text(host: Host, sessions: number): string {
    const lines: string[] = []
    const family = (name: MetricName, rows: readonly Row[]): void => {
      const { type, en } = METRICS[name]
      lines.push(`# HELP ${name} ${en}`, `# TYPE ${name} ${type}`)
      for (const [labels, value] of rows) lines.push(`${spelled(name, labels)} ${value}`)
    }
    family('renshe_info', [[`chain="${host.chain}",protocol="${PROTOCOL}"`, 1]])
    family('renshe_http_requests_total', [...this.#requests])
    this.#putSeconds(lines)
    family(
      'renshe_security_events_total',
      [...this.#events].map(([event, count]): Row => [`event="${event}"`, count]),
    )
    family('renshe_faults_total', [['', this.#faults]])
    family('renshe_sessions', [['', sessions]])
    family('renshe_event_streams', [['', this.openStreams]])
    for (const [name, rows] of ledgerRows(host)) family(name, rows)
    for (const [name, rows] of memberRows(host)) family(name, rows)
    for (const [name, rows] of machineRows(host, this.#contracts)) family(name, rows)
    family('renshe_event_loop_delay_seconds', [['', this.#loop.percentile(99) / NS || 0]])
    this.#loop.reset()
    const { user, system } = process.cpuUsage()
    family('renshe_process_resident_bytes', [['', process.memoryUsage.rss()]])
    family('renshe_process_cpu_seconds_total', [['', (user + system) / 1e6]])
    return `${lines.join('\n')}\n`
  }

  #putSeconds(lines: string[]): void {
    const name: MetricName = 'renshe_http_request_seconds'
    lines.push(`# HELP ${name} ${METRICS[name].en}`, `# TYPE ${name} histogram`)
    for (const [route, { sum, buckets }] of this.#seconds) {
      let count = 0
      buckets.forEach((own, at) => {
        count += own
        lines.push(`${name}_bucket{route="${route}",le="${BUCKETS[at] ?? '+Inf'}"} ${count}`)
      })
      lines.push(`${name}_sum{route="${route}"} ${sum}`, `${name}_count{route="${route}"} ${count}`)
    }
  }
}

function spelled(name: string, labels: string): string {
  return labels === '' ? name : `${name}{${labels}}`
}

function ledgerRows(host: Host): (readonly [MetricName, readonly Row[]])[] {
  const { state, reason, height, finalHeight, waiting } = host.engine.status()
  const copy = host.members[0]?.ledger.copy
  const time = copy === undefined || finalHeight < 0 ? 0 : copy.header(finalHeight).time
  return [
    ['renshe_engine_up', [['', state === 'running' && reason === null ? 1 : 0]]],
    ['renshe_ledger_height', [['', height]]],
    ['renshe_ledger_final_height', [['', finalHeight]]],
    ['renshe_ledger_waiting', [['', waiting]]],
    ['renshe_ledger_block_time_seconds', [['', time / MS]]],
  ]
}

function memberRows(host: Host): (readonly [MetricName, readonly Row[]])[] {
  const { members } = host
  const { finalHeight } = host.engine.status()
  const each = (value: (member: Member) => number): Row[] =>
    members.map((member): Row => [`member="${member.id}"`, value(member)])
  const owed = new Map(members.map((member) => [member.id, unconfirmedOf(member)]))
  return [
    ['renshe_copy_lag_blocks', each(({ ledger }) => Math.max(0, finalHeight - ledger.finalHeight))],
    ['renshe_conflicts_kept', each(({ id }) => conflictsOf(host, id))],
    [
      'renshe_relay_failing',
      members.flatMap(({ id }) =>
        host
          .relaysOf(id)
          .map(
            ({ name, failure }): Row => [
              `member="${id}",relay="${name}"`,
              failure === null ? 0 : 1,
            ],
          ),
      ),
    ],
    ['renshe_reads_unconfirmed', each(({ id }) => owed.get(id)?.count ?? 0)],
    ['renshe_reads_unconfirmed_oldest_seconds', each(({ id }) => owed.get(id)?.oldest ?? 0)],
    ['renshe_certificate_end_seconds', members.flatMap(({ id }) => certificateRows(host, id))],
  ]
}

function unconfirmedOf({ id, ledger }: Member): { count: number; oldest: number } {
  const view = ledger.view()
  let count = 0
  let oldest = 0
  for (const [, { owner, at }] of view.state(reads).index('unconfirmed')) {
    if (owner !== id) continue
    if (count === 0) oldest = (view.time - at) / MS
    count += 1
    if (count === READS_MOST) break
  }
  return { count, oldest }
}

function conflictsOf({ layout }: Host, id: string): number {
  return listed(join(layout.member(id).ledger, 'conflicts')).length
}

function certificateRows({ layout }: Host, member: string): Row[] {
  const { keys } = layout.member(member)
  // Officers' certificates live for hours and are issued anew when they sign in.
  const names = listed(keys).filter(
    (name) => name.endsWith('.cer') && !/^officer-(?!ca)/.test(name),
  )
  return names.map((name): Row => {
    const { notAfter } = parseCertificate(new Uint8Array(readFileSync(join(keys, name))))
    return [`member="${member}",certificate="${name.slice(0, -'.cer'.length)}"`, notAfter / MS]
  })
}

function machineRows(
  host: Host,
  { protocolFor }: Contracts,
): (readonly [MetricName, readonly Row[]])[] {
  const { bavail, blocks, bsize } = statfsSync(host.layout.folder)
  const view = host.members[0]?.ledger.view()
  const enacted = view === undefined ? PROTOCOL : protocolFor(view, FAR_HEIGHT)
  return [
    ['renshe_protocol_known', [['', PROTOCOL]]],
    ['renshe_protocol_enacted', [['', enacted]]],
    ['renshe_backup_made_seconds', [['', (lastBackupAt(host.layout.folder) ?? 0) / MS]]],
    ['renshe_disk_free_bytes', [['', bavail * bsize]]],
    ['renshe_disk_size_bytes', [['', blocks * bsize]]],
  ]
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // Most members have no such folder, and a scrape must not fail for one that went.
    return []
  }
}
