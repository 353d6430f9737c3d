/*
 * A PostgreSQL 15 of our own in a temporary folder: made by initdb, reached over a Unix socket only, started
 * as a child process and ended by its id. Root may not run PostgreSQL, so root runs it as `postgres`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

const BINARIES = '/usr/lib/postgresql/15/bin'
const START_TRIES = 200
const TICKS_PER_SECOND = 100

/**
 * What PostgreSQL is given so that it is as fast as it can be while every commit is on disk: `fsync`,
 * `synchronous_commit` and `full_page_writes` are on. No replica, no archive, no checkpoint under way.
 */
export const POSTGRES_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "''",
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '1GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_buffers: '64MB',
  max_wal_size: '16GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
  jit: 'off',
}

/** A running cluster. */
export interface PostgresCluster {
  readonly version: string
  connect(): Promise<Client>
  /** Processor seconds of the server process of a connection. */
  processorSeconds(pid: number): number
  stop(): Promise<void>
}

/** Whether Debian's PostgreSQL 15 is installed. */
export function hasPostgres(): boolean {
  return existsSync(join(BINARIES, 'initdb'))
}

/** Makes and starts a cluster in a folder. */
export async function startPostgres(folder: string): Promise<PostgresCluster> {
  const user = runAs()
  mkdirSync(folder, { recursive: true })
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid as number)
  const store = join(folder, 'data')
  const words = ['-D', store, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C']
  execFileSync(join(BINARIES, 'initdb'), words, { ...user, cwd: folder, stdio: 'ignore' })
  const settings = Object.entries(POSTGRES_SETTINGS).map(([name, value]) => `${name} = ${value}`)
  appendFileSync(join(store, 'postgresql.conf'), `\n${settings.join('\n')}\n`)
  const server = spawn(join(BINARIES, 'postgres'), ['-D', store, '-k', folder], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  })
  const connect = async (): Promise<Client> => {
    const client = new Client({ host: folder, user: 'postgres', database: 'postgres' })
    await client.connect()
    return client
  }
  const version = await untilReady(server, connect)
  return {
    version,
    connect,
    processorSeconds,
    stop: async () => {
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
    },
  }
}

function runAs(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

async function untilReady(server: ChildProcess, connect: () => Promise<Client>): Promise<string> {
  for (let left = START_TRIES; ; left--) {
    try {
      const client = await connect()
      const { rows } = await client.query('SHOW server_version')
      await client.end()
      return String(rows[0]?.server_version)
    } catch (error) {
      if (left === 0 || server.exitCode !== null) throw error
      await sleep(100)
    }
  }
}

/** User and system time of a process, from Linux's own account of it. */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const parts = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(parts[11]) + Number(parts[12])) / TICKS_PER_SECOND
}
