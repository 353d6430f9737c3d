/* A backup of members' data, read back before it is called one; and the way back. */
import { createHash } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, type JsonObject, parseCanonicalJson, toHex } from '@renshe/crypto'
import { openLedger } from '@renshe/ledger'
import { dataLayout } from '../found/data-layout.ts'
import { readNodeFile } from '../found/node-file.ts'
import { rulesByProtocol } from '../host-parts.ts'
import { copyInto, type FileToCopy, memberFiles, sharedFiles } from './backup-files.ts'

/** Why a backup is not made or not restored; `facts` say where. */
export type BackupRefusalCode =
  | 'TARGET_NOT_EMPTY'
  | 'MEMBER_UNKNOWN'
  | 'MANIFEST_MISSING'
  | 'MANIFEST_FORM'
  | 'FILE_MISSING'
  | 'FILE_DIFFERS'
  | 'LEDGER_DIFFERS'

/** A backup or restore that was not done. */
export class BackupRefused extends Error {
  readonly code: BackupRefusalCode
  readonly facts: JsonObject

  constructor(code: BackupRefusalCode, facts: JsonObject = {}) {
    super([code, ...Object.entries(facts).map(([name, fact]) => `${name} ${fact}`)].join(' '))
    this.name = 'BackupRefused'
    this.code = code
    this.facts = facts
  }
}

/** What a backup holds. */
export interface BackupManifest {
  readonly v: 1
  readonly chain: string
  /** UTC ms by the clock of whoever made it. */
  readonly madeAt: number
  /** Members with a ledger of their own: how far their log reached when it was read back. */
  readonly ledgers: readonly {
    readonly member: string
    readonly height: number
    readonly headerHash: string
  }[]
  readonly members: readonly string[]
  readonly files: readonly {
    readonly path: string
    readonly size: number
    readonly sha256: string
  }[]
}

/** What is to be backed up, and where to. */
export interface BackupTerms {
  readonly dataFolder: string
  /** A folder that is empty or not there. */
  readonly target: string
  /** All hosted members if left out. */
  readonly members?: readonly string[]
  /** UTC ms. */
  readonly now: number
  readonly onProgress?: (done: number, total: number) => void
}

const MANIFEST = 'manifest.json'

/**
 * Copies genesis, keys but R, logs, vaults and journals; members may be at work meanwhile. Each log is then
 * read back and executed: a backup that was not read is none.
 *
 * @throws BackupRefused `TARGET_NOT_EMPTY`, `MEMBER_UNKNOWN`; LedgerFault if a log does not read back
 */
export async function makeBackup(terms: BackupTerms): Promise<BackupManifest> {
  const { dataFolder, target } = terms
  refuseFull(target)
  const layout = dataLayout(dataFolder)
  const node = readNodeFile(layout.nodeFile)
  const hosted = node.members.filter((member) => member.hosted).map(({ id }) => id)
  const members = [...(terms.members ?? hosted)].sort()
  const stranger = members.find((id) => !hosted.includes(id))
  if (stranger !== undefined) throw new BackupRefused('MEMBER_UNKNOWN', { member: stranger })
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const files: FileToCopy[] = sharedFiles(layout)
  for (const id of members) files.push(...memberFiles(layout, layout.member(id)))
  for (const [index, file] of files.entries()) {
    await copyInto(target, file)
    terms.onProgress?.(index + 1, files.length)
  }
  const ledgers: BackupManifest['ledgers'][number][] = []
  for (const id of members) {
    const read = await readBack(target, id)
    if (read !== undefined) ledgers.push(read)
  }
  const entries: BackupManifest['files'][number][] = []
  for (const { to } of files) entries.push(await entryOf(target, to))
  entries.sort((a, b) => (a.path < b.path ? -1 : 1))
  const { chain } = node
  const manifest: BackupManifest = {
    v: 1,
    chain,
    madeAt: terms.now,
    members,
    ledgers,
    files: entries,
  }
  // Last: a folder with a manifest is a whole backup.
  const bytes = canonicalJson(manifest as unknown as JsonObject)
  writeFileSync(join(target, MANIFEST), bytes, { flush: true })
  syncFolder(target)
  return manifest
}

/** Executes the copied log in the copy; the state that this makes is not part of the backup. */
async function readBack(
  folder: string,
  member: string,
): Promise<BackupManifest['ledgers'][number] | undefined> {
  const ledgerFolder = dataLayout(folder).member(member).ledger
  if (!existsSync(join(ledgerFolder, 'log'))) return undefined
  try {
    const opened = await openLedger({ folder: ledgerFolder, contracts: rulesByProtocol() })
    const { height, headerHash } = opened.ledger.info()
    await opened.close()
    return { member, height, headerHash: toHex(headerHash) }
  } finally {
    for (const name of ['state', 'snapshots']) {
      rmSync(join(ledgerFolder, name), { recursive: true, force: true })
    }
  }
}

async function entryOf(folder: string, path: string): Promise<BackupManifest['files'][number]> {
  const full = join(folder, path)
  return { path, size: statSync(full).size, sha256: await digestOf(full) }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part as Uint8Array)
  return hash.digest('hex')
}

/**
 * Reads a manifest and compares every file with it.
 *
 * @throws BackupRefused naming the first file that is missing or differs
 */
export async function checkBackup(folder: string): Promise<BackupManifest> {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) throw new BackupRefused('MANIFEST_MISSING', { folder })
  const manifest = readManifest(new Uint8Array(readFileSync(path)))
  for (const file of manifest.files) {
    const full = join(folder, file.path)
    if (!existsSync(full)) throw new BackupRefused('FILE_MISSING', { file: file.path })
    const isSame = statSync(full).size === file.size && (await digestOf(full)) === file.sha256
    if (!isSame) throw new BackupRefused('FILE_DIFFERS', { file: file.path })
  }
  return manifest
}

function readManifest(bytes: Uint8Array<ArrayBuffer>): BackupManifest {
  const json = parseCanonicalJson(bytes, { maxBytes: 16 * 1024 * 1024 })
  const { v, chain, files, members, ledgers, madeAt } = json
  const isRight =
    v === 1 &&
    typeof chain === 'string' &&
    typeof madeAt === 'number' &&
    [files, members, ledgers].every(Array.isArray) &&
    (files as JsonObject[]).every(({ path }) => typeof path === 'string' && isInside(path))
  if (!isRight) throw new BackupRefused('MANIFEST_FORM')
  return json as unknown as BackupManifest
}

/** A manifest of a stranger must not lead out of its folder. */
function isInside(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..')
}

/**
 * Puts a backup where a host can start from: every file compared, every log executed, and the digests that
 * the manifest names must come out. R is not in it: its file is put into `keys/` from where it is kept.
 *
 * @throws BackupRefused, LedgerFault; then the target holds nothing that a host would start from
 */
export async function restoreBackup(
  folder: string,
  target: string,
  onProgress?: (done: number, total: number) => void,
): Promise<BackupManifest> {
  refuseFull(target)
  const manifest = await checkBackup(folder)
  const layout = dataLayout(target)
  const node = layout.nodeFile.slice(target.length + 1)
  // `node.json` comes last: without it no host starts here.
  const files = [...manifest.files].sort(
    (a, b) => Number(a.path === node) - Number(b.path === node),
  )
  for (const [index, { path }] of files.entries()) {
    if (path === node) await compareLedgers(target, manifest)
    await copyInto(target, { from: join(folder, path), to: path, isStore: false })
    onProgress?.(index + 1, files.length)
  }
  return manifest
}

async function compareLedgers(target: string, { ledgers }: BackupManifest): Promise<void> {
  for (const { member, height, headerHash } of ledgers) {
    const opened = await openLedger({
      folder: dataLayout(target).member(member).ledger,
      contracts: rulesByProtocol(),
    })
    const made = opened.ledger.info()
    await opened.close()
    if (made.height !== height || toHex(made.headerHash) !== headerHash) {
      throw new BackupRefused('LEDGER_DIFFERS', { member, height, came: made.height })
    }
  }
}

function refuseFull(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new BackupRefused('TARGET_NOT_EMPTY', { folder })
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
