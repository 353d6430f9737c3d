/* What a backup holds, file by file, and in which order it is copied. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { open } from 'lmdb'
import type { DataLayout, MemberLayout } from '../found/data-layout.ts'

/** Copies one file as it is. */
export interface FileToCopy {
  readonly from: string
  /** Inside the backup, parts joined by `/`. */
  readonly to: string
  /** An LMDB store is copied as of one moment, also while it is written to. */
  readonly isStore: boolean
}

/** R is never in a backup: what was erased must stay erased when its key has rotated out. */
const RELEASE_KEY = /^release(-[0-9a-f]+)?\.(json|next)$/

/** Genesis, packages and `node.json`. */
export function sharedFiles(layout: DataLayout): FileToCopy[] {
  return [
    ...one(layout, layout.genesisFile),
    ...one(layout, layout.nodeFile),
    ...filesIn(layout, layout.packagesFolder),
  ]
}

/**
 * Files of a member in the order in which they are copied: the checkpoint before the log that it speaks of,
 * the log before the vault, so that the vault has everything that the log says is sealed.
 */
export function memberFiles(layout: DataLayout, member: MemberLayout): FileToCopy[] {
  const ledger = (name: string): string => join(member.ledger, name)
  return [
    ...one(layout, ledger('checkpoint')),
    ...one(layout, ledger('genesis.json')),
    ...filesIn(layout, ledger('packages')),
    ...filesIn(layout, ledger('conflicts')),
    ...filesIn(layout, ledger('log')),
    ...filesIn(layout, member.keys).filter(({ from }) => !RELEASE_KEY.test(nameOf(from))),
    ...filesIn(layout, member.release),
    ...filesIn(layout, member.vault),
    ...filesIn(layout, member.bank),
    ...filesIn(layout, member.relays),
  ]
}

/** Copies one file; durable when the folder is synced with the manifest. */
export async function copyInto(folder: string, { from, to, isStore }: FileToCopy): Promise<void> {
  const path = join(folder, to)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (!isStore) {
    copyFileSync(from, path)
    return
  }
  const store = open({ path: from, noSubdir: true, readOnly: true, encoding: 'binary' })
  try {
    await store.backup(path, false)
  } finally {
    await store.close()
  }
}

function one(layout: DataLayout, path: string): FileToCopy[] {
  if (!existsSync(path)) return []
  const to = relative(layout.folder, path).split('\\').join('/')
  return [{ from: path, to, isStore: path.endsWith('.mdb') }]
}

function filesIn(layout: DataLayout, folder: string): FileToCopy[] {
  if (!existsSync(folder)) return []
  const paths = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
  return paths.flatMap((path) => {
    if (statSync(path).isDirectory()) return filesIn(layout, path)
    // Locks belong to a process; what LMDB locks with is made anew.
    return isPassing(path) ? [] : one(layout, path)
  })
}

function isPassing(path: string): boolean {
  return path.endsWith('-lock') || path.endsWith('.part') || nameOf(path) === 'lock'
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? ''
}
