/* The machine around a node: how fast its disk is, whether its clock is right, backups, TLS. */
import { X509Certificate } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { askClock } from '../connectors/peer/ask-clock.ts'
import { dataLayout } from '../found/data-layout.ts'
import { readNodeFile } from '../found/node-file.ts'
import { MANIFEST, readManifest } from './backup-manifest.ts'
import { endOf } from './examine-folder.ts'
import { type Finding, finding } from './finding.ts'

/** A block waits for one `fdatasync`: above this, half of the promised 50 ms goes into it. */
const SLOW_SYNC_MS = 20
const PROBES = 11
const PROBE_BYTES = 4096
const CLOCK_MS = 10_000
/** A day, and two hours for a timer that waits its turn. */
const BACKUP_MS = 26 * 3_600_000

/**
 * Writes a small file a few times and times its way to the disk; the file is removed.
 *
 * @returns median milliseconds of write and `fdatasync`
 */
export function measureSync(folder: string): number {
  const path = join(folder, `.probe-${process.pid}`)
  const file = openSync(path, 'w', 0o600)
  const block = new Uint8Array(PROBE_BYTES)
  const times: number[] = []
  try {
    for (let probe = 0; probe < PROBES; probe++) {
      const start = performance.now()
      writeSync(file, block)
      fdatasyncSync(file)
      times.push(performance.now() - start)
    }
  } finally {
    closeSync(file)
    rmSync(path, { force: true })
  }
  return times.sort((a, b) => a - b)[PROBES >> 1] as number
}

/** Whether the data folder can be written, and how fast that is durable. */
export function examineDisk(dataFolder: string, measure = measureSync): Finding[] {
  try {
    const ms = measure(dataFolder)
    return ms > SLOW_SYNC_MS ? [finding('DISK_SLOW', null, { medianMs: Math.round(ms) })] : []
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? ''
    return [finding('DISK_READ_ONLY', null, { reason })]
  }
}

/** Signs that a time service runs and is synchronised. @source systemd-timesyncd(8), chronyd(8), ntpd(8) */
const TIME_SIGNS = [
  '/run/systemd/timesync/synchronized',
  '/run/chrony/chronyd.pid',
  '/run/chronyd.pid',
  '/run/ntpd.pid',
  '/var/run/ntpd.pid',
]

/** Whether this machine's clock is kept right, as far as a file tells; demonstrations have none. */
export function examineTimeService(dataFolder: string, signs = TIME_SIGNS): Finding[] {
  const { clock } = readNodeFile(dataLayout(dataFolder).nodeFile)
  if (clock === 'scripted' || signs.some((path) => existsSync(path))) return []
  return [finding('CLOCK_UNSYNCHRONISED', null)]
}

/** Asks the nodes of other members what time it is there. */
export async function examinePeerClocks(
  dataFolder: string,
  now: () => number,
  ask = askClock,
): Promise<Finding[]> {
  const { members } = readNodeFile(dataLayout(dataFolder).nodeFile)
  const asked = members.flatMap(({ id, url }) => (url === null ? [] : [{ id, url }]))
  const found = await Promise.all(
    asked.map(async ({ id, url }): Promise<Finding[]> => {
      const before = now()
      try {
        const theirs = await ask(url)
        if (theirs === undefined) return [finding('PEER_SILENT', id, { url, reason: 'no date' })]
        const aheadMs = Math.round(theirs - (before + now()) / 2)
        const isFar = Math.abs(aheadMs) > CLOCK_MS
        return isFar ? [finding('CLOCK_DIFFERS', id, { aheadMs })] : []
      } catch (error) {
        return [finding('PEER_SILENT', id, { url, reason: (error as Error).name })]
      }
    }),
  )
  return found.flat()
}

/**
 * Looks at a folder of backups, each in a folder of its own.
 *
 * @param now  UTC ms by this machine
 */
export function examineBackups(dataFolder: string, backups: string, now: number): Finding[] {
  const { chain } = readNodeFile(dataLayout(dataFolder).nodeFile)
  const names = existsSync(backups) ? readdirSync(backups) : []
  const times = names
    .filter((name) => existsSync(join(backups, name, MANIFEST)))
    .map((name) => readManifest(join(backups, name)))
    .filter((manifest) => manifest.chain === chain)
    .map(({ madeAt }) => madeAt)
  if (times.length === 0) return [finding('BACKUP_MISSING', null, { folder: backups })]
  const ageMs = now - Math.max(...times)
  const isSameDisk = statSync(backups).dev === statSync(dataFolder).dev
  return [
    ...(ageMs > BACKUP_MS
      ? [finding('BACKUP_OLD', null, { hours: Math.floor(ageMs / 3_600_000) })]
      : []),
    ...(isSameDisk ? [finding('BACKUP_SAME_DISK', null, { folder: backups })] : []),
  ]
}

/**
 * Looks at the end of the certificate with which a node is served.
 *
 * @param path  PEM, the server's certificate first
 * @param now   UTC ms by this machine
 */
export function examineTls(path: string, now: number): Finding[] {
  const { validTo } = new X509Certificate(readFileSync(path))
  return endOf(path, Date.parse(validTo), now, null)
}
