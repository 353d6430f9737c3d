/* What a backup says of itself, and reading it back: file by file, with the place of the first fault. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type JsonObject, parseCanonicalJson } from '@renshe/crypto'
import { readGenesisFile } from '@renshe/ledger'
import { dataLayout } from '../found/data-layout.ts'

/** Why a backup is not made or not restored; `facts` say where. */
export type BackupRefusalCode =
  | 'TARGET_NOT_EMPTY'
  | 'TARGET_INSIDE'
  | 'MEMBER_UNKNOWN'
  | 'KEY_IN_CLEAR'
  | 'CHANGED_MEANWHILE'
  | 'MANIFEST_MISSING'
  | 'MANIFEST_FORM'
  | 'CHAIN_OTHER'
  | 'FILE_MISSING'
  | 'FILE_DIFFERS'
  | 'LEDGER_DIFFERS'
  | 'LEDGER_SHORTER'

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

/** A copy of the ledger in a backup: how far its log reached when it was read back. */
export interface LedgerInBackup {
  readonly member: string
  readonly height: number
  readonly headerHash: string
}

/** One file of a backup. */
export interface FileInBackup {
  readonly path: string
  readonly size: number
  readonly sha256: string
}

/** What a backup holds. */
export interface BackupManifest {
  readonly v: 1
  readonly chain: string
  /** UTC ms by the clock of whoever made it. */
  readonly madeAt: number
  /** Members with a ledger of their own. */
  readonly ledgers: readonly LedgerInBackup[]
  readonly members: readonly string[]
  readonly files: readonly FileInBackup[]
}

/** File that makes a folder a whole backup: it is written last. */
export const MANIFEST = 'manifest.json'

const MANIFEST_BYTES = 16 * 1024 * 1024

/**
 * Reads a manifest and compares every file with it.
 *
 * @param chain  chain that it must be of; any if left out
 * @throws BackupRefused naming the first file that is missing or differs, and where
 */
export async function checkBackup(folder: string, chain?: string): Promise<BackupManifest> {
  const manifest = readManifest(folder)
  if (chain !== undefined && manifest.chain !== chain) {
    throw new BackupRefused('CHAIN_OTHER', { expected: chain, came: manifest.chain })
  }
  for (const file of manifest.files) await compareFile(folder, file)
  const genesis = genesisOf(folder)
  if (genesis !== manifest.chain) {
    throw new BackupRefused('CHAIN_OTHER', {
      file: 'genesis.json',
      expected: manifest.chain,
      came: genesis,
    })
  }
  return manifest
}

/**
 * Reads what a backup says of itself, without looking at its files.
 *
 * @throws BackupRefused `MANIFEST_MISSING`, `MANIFEST_FORM`
 */
export function readManifest(folder: string): BackupManifest {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) throw new BackupRefused('MANIFEST_MISSING', { folder })
  return manifestOf(new Uint8Array(readFileSync(path)))
}

async function compareFile(folder: string, file: FileInBackup): Promise<void> {
  const full = join(folder, file.path)
  if (!existsSync(full)) throw new BackupRefused('FILE_MISSING', { file: file.path })
  const { size } = statSync(full)
  if (size !== file.size) {
    throw new BackupRefused('FILE_DIFFERS', { file: file.path, bytes: size, expected: file.size })
  }
  if ((await digestOf(full)) !== file.sha256) {
    throw new BackupRefused('FILE_DIFFERS', { file: file.path, bytes: size })
  }
}

function genesisOf(folder: string): string {
  const { genesisFile } = dataLayout(folder)
  if (!existsSync(genesisFile)) throw new BackupRefused('FILE_MISSING', { file: 'genesis.json' })
  return readGenesisFile(new Uint8Array(readFileSync(genesisFile))).chain
}

function manifestOf(bytes: Uint8Array<ArrayBuffer>): BackupManifest {
  let json: JsonObject
  try {
    json = parseCanonicalJson(bytes, { maxBytes: MANIFEST_BYTES })
  } catch (error) {
    // A cut or edited manifest is told as what it is, not as a fault of the program.
    throw new BackupRefused('MANIFEST_FORM', { reason: (error as Error).message })
  }
  const { v, chain, files, members, ledgers, madeAt } = json
  const isRight =
    v === 1 &&
    typeof chain === 'string' &&
    typeof madeAt === 'number' &&
    [files, members, ledgers].every(Array.isArray) &&
    (files as JsonObject[]).every(isFile)
  if (!isRight) throw new BackupRefused('MANIFEST_FORM', { expected: 'version 1' })
  return json as unknown as BackupManifest
}

/** A manifest of a stranger must not lead out of its folder. */
function isFile({ path, size, sha256 }: JsonObject): boolean {
  return (
    typeof path === 'string' &&
    typeof size === 'number' &&
    typeof sha256 === 'string' &&
    path !== '' &&
    !path.startsWith('/') &&
    !path.split(/[/\\]/).includes('..')
  )
}

/** Hex SHA-256 of a file, read in pieces. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part as Uint8Array)
  return hash.digest('hex')
}
