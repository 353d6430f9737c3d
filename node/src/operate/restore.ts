/* The way back from a backup: compared, executed, and what was erased since is erased again. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { toHex } from '@renshe/crypto'
import { type Ledger, openLedger } from '@renshe/ledger'
import { dataLayout } from '../found/data-layout.ts'
import { readNodeFile } from '../found/node-file.ts'
import { rulesByProtocol } from '../host-parts.ts'
import { refuseFull } from './backup.ts'
import { copyInto, syncPath } from './backup-files.ts'
import {
  type BackupManifest,
  BackupRefused,
  checkBackup,
  type LedgerInBackup,
} from './backup-manifest.ts'

/** How a backup is put back. */
export interface RestoreOptions {
  /** Chain that it must be of. */
  readonly chain?: string
  /**
   * Ledger folder of another copy that reaches further than the backup: what became final since, erasures
   * above all, is known before anything is answered.
   */
  readonly newerLedger?: string
  readonly onProgress?: (done: number, total: number) => void
}

/** What lies in the target now. */
export interface Restored {
  readonly manifest: BackupManifest
  /** Heights that the copies reach, by member; above those of the backup where a newer ledger was given. */
  readonly heights: Readonly<Record<string, number>>
}

/**
 * Puts a backup where a host can start from: every file compared, every log executed, and the digests that
 * the manifest names must come out. R is not in it: its file is put into `keys/` from where it is kept.
 * Erasures are replayed when a host opens the folder, before its release service answers anything.
 *
 * @throws BackupRefused, LedgerFault, both with the place; then the target holds nothing that a host would
 *         start from
 */
export async function restoreBackup(
  folder: string,
  target: string,
  { chain, newerLedger, onProgress }: RestoreOptions = {},
): Promise<Restored> {
  refuseFull(target)
  const manifest = await checkBackup(folder, chain)
  const node = 'node.json'
  const files = manifest.files.filter(({ path }) => path !== node && path !== 'README.md')
  for (const [index, { path }] of files.entries()) {
    await copyInto(target, { from: join(folder, path), to: path, isStore: false })
    onProgress?.(index + 1, files.length + 1)
  }
  const heights: Record<string, number> = {}
  for (const ledger of manifest.ledgers) {
    heights[ledger.member] = await executeLog(target, ledger)
  }
  if (newerLedger !== undefined) {
    const operator = readNodeFile(join(folder, node)).operator
    const longer = manifest.ledgers.find(({ member }) => member === operator) ?? manifest.ledgers[0]
    if (longer !== undefined) {
      await takeNewerLog(target, longer.member, newerLedger)
      heights[longer.member] = await executeLog(target, longer)
    }
  }
  // `node.json` comes last: without it no host starts here.
  await copyInto(target, { from: join(folder, node), to: node, isStore: false })
  syncPath(target)
  onProgress?.(files.length + 1, files.length + 1)
  return { manifest, heights }
}

/** Executes a log from its beginning, or on; at the height of the manifest its digest must come out. */
async function executeLog(
  target: string,
  { member, height, headerHash }: LedgerInBackup,
): Promise<number> {
  const { ledger: folder } = dataLayout(target).member(member)
  const opened = await openLedger({ folder, contracts: rulesByProtocol() })
  try {
    const { ledger } = opened
    const came = ledger.height < height ? undefined : hashAt(ledger, height)
    if (came === headerHash) return ledger.height
    if (came !== undefined)
      throw new BackupRefused('LEDGER_DIFFERS', { member, height, header: came })
    throw new BackupRefused('LEDGER_SHORTER', { member, height, came: ledger.height })
  } finally {
    await opened.close()
  }
}

function hashAt(ledger: Ledger, height: number): string {
  // The hash of a header stands in the one after it.
  if (height < ledger.height) return ledger.header(height + 1).parent
  return toHex(ledger.info().headerHash)
}

/** Puts the log of another copy in the place of the one from the backup. */
async function takeNewerLog(target: string, member: string, newerLedger: string): Promise<void> {
  const from = join(newerLedger, 'log')
  if (!existsSync(from)) throw new BackupRefused('FILE_MISSING', { file: from })
  const to = join(dataLayout(target).member(member).ledger, 'log')
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(from).filter((each) => each.endsWith('.rsl'))) {
    await copyInto(to, { from: join(from, name), to: name, isStore: false })
  }
}
