/* What a backup holds, file by file, and in which order it is copied. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describeKeyFile } from '@renshe/crypto'
import { open } from 'lmdb'
import type { DataLayout, MemberLayout } from '../found/data-layout.ts'
import { BackupRefused } from './backup-manifest.ts'

/** Copies one file as it is. */
export interface FileToCopy {
  readonly from: string
  /** Inside the backup, parts joined by `/`. */
  readonly to: string
  /** An LMDB store is copied as of one moment, also while it is written to. */
  readonly isStore: boolean
}

/**
 * Parts of a backup in the order in which they are copied, each listed when its turn comes. What is sealed
 * goes to the release store first, then to the vault, then onto the chain: copied the other way round,
 * every section that the log knows lies in the vault, and every section of the vault has its half B.
 */
export const BACKUP_STAGES: readonly {
  readonly name: 'before' | 'chain' | 'vault' | 'release'
  readonly files: (layout: DataLayout, members: readonly MemberLayout[]) => FileToCopy[]
}[] = [
  {
    // A cursor or checkpoint that is older than the log costs a second look; a newer one would skip work.
    name: 'before',
    files: (layout, members) => [
      ...one(layout, layout.genesisFile),
      ...one(layout, layout.nodeFile),
      ...filesIn(layout, layout.packagesFolder),
      ...members.flatMap(({ ledger, relays, keys }) => [
        ...one(layout, join(ledger, 'checkpoint')),
        ...filesIn(layout, relays),
        ...keyFiles(layout, keys),
      ]),
    ],
  },
  {
    // Logs of all members before any vault: after a restore the longest one is everybody's.
    name: 'chain',
    files: (layout, members) =>
      members.flatMap(({ ledger }) => [
        ...one(layout, join(ledger, 'genesis.json')),
        ...['packages', 'base', 'conflicts', 'log'].flatMap((name) =>
          filesIn(layout, join(ledger, name)),
        ),
      ]),
  },
  {
    name: 'vault',
    files: (layout, members) =>
      members.flatMap(({ vault, bank }) => [...filesIn(layout, vault), ...filesIn(layout, bank)]),
  },
  {
    name: 'release',
    files: (layout, members) => members.flatMap(({ release }) => filesIn(layout, release)),
  },
]

/**
 * Key files and certificates, but R: what was erased must stay erased when its key has rotated out.
 *
 * @throws BackupRefused `KEY_IN_CLEAR` for a file there that is neither an encrypted key nor a certificate
 */
function keyFiles(layout: DataLayout, folder: string): FileToCopy[] {
  return filesIn(layout, folder).filter(({ from, to }) => {
    const name = nameOf(from)
    // What a rotation is writing belongs to R or will be there under its own name.
    if (/\.(next|new)$/.test(name)) return false
    if (name.endsWith('.cer')) return true
    return kindOf(from, to) !== 'release'
  })
}

function kindOf(from: string, to: string): string {
  try {
    return describeKeyFile(new Uint8Array(readFileSync(from))).kind
  } catch {
    throw new BackupRefused('KEY_IN_CLEAR', { file: to })
  }
}

/** What must not change while a backup is made, by file: V's and K's editions, and which files are the stores. */
export function fingerprintOf(members: readonly MemberLayout[]): ReadonlyMap<string, string> {
  const files = members.flatMap(({ keys, release, vault }) => [
    ...listed(keys)
      .filter((name) => /^(vault|index)[.-]/.test(name))
      .map((name) => join(keys, name)),
    ...[release, vault].map((folder) => join(folder, 'current')).filter((path) => existsSync(path)),
  ])
  return new Map(files.map((path) => [path, readFileSync(path, 'utf8')]))
}

/** Copies one file; it is on disk when this returns. */
export async function copyInto(folder: string, { from, to, isStore }: FileToCopy): Promise<void> {
  const path = join(folder, to)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (isStore) await copyStore(from, path)
  else copyFileSync(from, path)
  syncPath(path)
}

async function copyStore(from: string, path: string): Promise<void> {
  const store = open({ path: from, noSubdir: true, readOnly: true, encoding: 'binary' })
  try {
    await store.backup(path, false)
  } finally {
    await store.close()
  }
}

/** Puts a file, or the names in a folder, on disk. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function one(layout: DataLayout, path: string): FileToCopy[] {
  if (!existsSync(path)) return []
  const to = relative(layout.folder, path).split('\\').join('/')
  return [{ from: path, to, isStore: path.endsWith('.mdb') }]
}

function filesIn(layout: DataLayout, folder: string): FileToCopy[] {
  const paths = listed(folder).map((name) => join(folder, name))
  return paths.flatMap((path) => {
    if (!existsSync(path)) return []
    if (statSync(path).isDirectory()) return filesIn(layout, path)
    return isPassing(path) ? [] : one(layout, path)
  })
}

/** Locks belong to a process; what LMDB locks with is made anew. */
function isPassing(path: string): boolean {
  return path.endsWith('-lock') || path.endsWith('.part') || nameOf(path) === 'lock'
}

function listed(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? ''
}
