/* A backup of members' data while they work, read back before it is called one. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { canonicalJson, type JsonObject, toHex } from '@renshe/crypto'
import { openLedger } from '@renshe/ledger'
import { type DataLayout, dataLayout } from '../found/data-layout.ts'
import { readNodeFile } from '../found/node-file.ts'
import { rulesByProtocol } from '../host-parts.ts'
import {
  BACKUP_STAGES,
  copyInto,
  type FileToCopy,
  fingerprintOf,
  syncPath,
} from './backup-files.ts'
import {
  type BackupManifest,
  BackupRefused,
  digestOf,
  type FileInBackup,
  type LedgerInBackup,
  MANIFEST,
} from './backup-manifest.ts'
import { noteBackup } from './last-backup.ts'

/** What is to be backed up, and where to. */
export interface BackupTerms {
  readonly dataFolder: string
  /** A folder that is empty or not there, outside the data folder. */
  readonly target: string
  /** All hosted members if left out. */
  readonly members?: readonly string[]
  /** UTC ms. */
  readonly now: number
  readonly onProgress?: (done: number, total: number) => void
}

/** What lies in a backup, for whoever finds one. */
const README = new URL('./backup-readme.md', import.meta.url)

/** How often copying begins anew where a key was rotated meanwhile. */
const TRIES = 3

/**
 * Copies genesis, keys but R, logs, vaults and journals; members may be at work meanwhile. Each log is then
 * read back and executed: a backup that was not read is none.
 *
 * @throws BackupRefused `TARGET_NOT_EMPTY`, `TARGET_INSIDE`, `MEMBER_UNKNOWN`, `KEY_IN_CLEAR`,
 *         `CHANGED_MEANWHILE`; LedgerFault if a log does not read back
 */
export async function makeBackup(terms: BackupTerms): Promise<BackupManifest> {
  const { dataFolder, target } = terms
  refuseFull(target)
  const layout = dataLayout(dataFolder)
  refuseInside(dataFolder, target)
  const node = readNodeFile(layout.nodeFile)
  const members = membersOf(terms, node.members)
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const copied = await copyAll(layout, members, terms)
  const ledgers: LedgerInBackup[] = []
  for (const id of members) {
    const read = await readBack(target, id)
    if (read !== undefined) ledgers.push(read)
  }
  writeFileSync(join(target, 'README.md'), readFileSync(README), { flush: true })
  const files: FileInBackup[] = []
  for (const path of [...copied, 'README.md'].sort()) files.push(await entryOf(target, path))
  const { chain } = node
  const manifest: BackupManifest = { v: 1, chain, madeAt: terms.now, members, ledgers, files }
  // Last: a folder with a manifest is a whole backup.
  const bytes = canonicalJson(manifest as unknown as JsonObject)
  writeFileSync(join(target, MANIFEST), bytes, { flush: true })
  syncPath(target)
  noteBackup(dataFolder, terms.now)
  return manifest
}

function membersOf(
  { members }: BackupTerms,
  known: readonly { readonly id: string; readonly hosted: boolean }[],
): string[] {
  const hosted = known.filter((member) => member.hosted).map(({ id }) => id)
  const asked = [...(members ?? hosted)].sort()
  const stranger = asked.find((id) => !hosted.includes(id))
  if (stranger !== undefined) throw new BackupRefused('MEMBER_UNKNOWN', { member: stranger })
  return asked
}

/** Copies stage by stage; begins anew where a rotation of keys came between. */
async function copyAll(
  layout: DataLayout,
  members: readonly string[],
  { target, onProgress }: BackupTerms,
): Promise<readonly string[]> {
  const places = members.map((id) => layout.member(id))
  for (let attempt = 1; ; attempt++) {
    const before = fingerprintOf(places)
    const copied: string[] = []
    let other: string | undefined
    try {
      for (const { files } of BACKUP_STAGES) await copyStage(target, files(layout, places), copied)
    } catch (error) {
      // The file of R's store goes when R has rotated, one of the bank when it was taken in.
      const { code, path = layout.folder } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT') throw error
      other = path
    }
    other ??= differing(before, fingerprintOf(places))
    if (other === undefined) {
      onProgress?.(copied.length, copied.length)
      return copied
    }
    for (const name of readdirSync(target)) rmSync(join(target, name), { recursive: true })
    if (attempt === TRIES) {
      const file = relative(layout.folder, other)
      throw new BackupRefused('CHANGED_MEANWHILE', { file })
    }
  }

  async function copyStage(folder: string, files: FileToCopy[], copied: string[]): Promise<void> {
    for (const file of files) {
      await copyInto(folder, file)
      copied.push(file.to)
      onProgress?.(copied.length, copied.length + 1)
    }
  }
}

function differing(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string | undefined {
  const paths = new Set([...before.keys(), ...after.keys()])
  return [...paths].find((path) => before.get(path) !== after.get(path))
}

/** Executes the copied log in the copy; the state that this makes is not part of the backup. */
async function readBack(folder: string, member: string): Promise<LedgerInBackup | undefined> {
  const ledgerFolder = dataLayout(folder).member(member).ledger
  const log = join(ledgerFolder, 'log')
  if (!existsSync(log)) return undefined
  try {
    const opened = await openLedger({ folder: ledgerFolder, contracts: rulesByProtocol() })
    const { height, headerHash } = opened.ledger.info()
    await opened.close()
    return { member, height, headerHash: toHex(headerHash) }
  } finally {
    for (const name of ['state', 'snapshots']) {
      rmSync(join(ledgerFolder, name), { recursive: true, force: true })
    }
    // A record that was being written while it was copied is no damage, and is not kept.
    for (const name of readdirSync(log)) if (name.startsWith('torn-')) rmSync(join(log, name))
  }
}

async function entryOf(folder: string, path: string): Promise<FileInBackup> {
  const full = join(folder, path)
  syncPath(full)
  return { path, size: statSync(full).size, sha256: await digestOf(full) }
}

/** A backup or a restored folder is never mixed with what lies there. */
export function refuseFull(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new BackupRefused('TARGET_NOT_EMPTY', { folder })
  }
}

/** A backup inside what it backs up would hold itself, and go with it. */
function refuseInside(dataFolder: string, target: string): void {
  const path = relative(resolve(dataFolder), resolve(target))
  if (path === '' || !path.startsWith('..')) throw new BackupRefused('TARGET_INSIDE', { target })
}
