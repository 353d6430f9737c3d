/* The exit kit: everything a member owns, in open formats with proofs, and what makes a node of it elsewhere. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { concatBytes, fromBase64Url, type JsonObject } from '@renshe/crypto'
import { buildVerifierPage } from '@renshe/proof'
import { pinOf } from '../evidence/save-evidence.ts'
import type { Host } from '../host.ts'
import type { Member } from '../member.ts'
import { allPages } from '../relays/bank-matching.ts'
import { makeBackup, refuseFull } from './backup.ts'
import { BackupRefused, digestOf, type LedgerInBackup } from './backup-manifest.ts'
import { packageEvidence, writeEvidence } from './kit-evidence.ts'
import { KitFolder } from './kit-folder.ts'
import { type OpenedCount, writeSealed } from './kit-sealed.ts'
import { tablesOf } from './kit-tables.ts'
import { kitReadme } from './kit-words.ts'

/** What is to be exported, and where to. */
export interface ExitKitTerms {
  readonly host: Host
  /** A folder that is empty or not there. */
  readonly target: string
  /** All hosted members if left out. */
  readonly members?: readonly string[]
  /**
   * Whether sealed sections are opened into readable files; without it they leave sealed, with V in its
   * key file and R by the hand that keeps it.
   */
  readonly opensSealed: boolean
  /** UTC ms. */
  readonly now: number
  readonly onProgress?: (what: string, done: number) => void
}

/** What a kit holds of one member. */
export interface KitOfMember {
  readonly member: string
  readonly tables: Readonly<Record<string, number>>
  readonly evidence: number
  /** Null where sealed sections stayed sealed. */
  readonly opened: OpenedCount | null
}

/** What a kit holds. */
export interface ExitKit {
  readonly v: 1
  readonly chain: string
  /** UTC ms by the clock of whoever made it. */
  readonly madeAt: number
  /** How far each copy of the ledger in it reaches: what a rebuilt node must come to. */
  readonly ledgers: readonly LedgerInBackup[]
  readonly members: readonly KitOfMember[]
}

/**
 * Writes an exit kit. Members may be at work meanwhile; what is opened is noted in each vault first. The
 * node's own files are a backup in it, hence without R.
 *
 * @throws BackupRefused, LedgerFault, EvidenceRefused
 */
export async function makeExitKit(terms: ExitKitTerms): Promise<ExitKit> {
  const { host, target, now } = terms
  refuseFull(target)
  const members = membersOf(terms)
  const [first] = members
  if (first === undefined) throw new BackupRefused('MEMBER_UNKNOWN', { member: '' })
  const kit = new KitFolder(target)
  await writePackages(kit, first)
  const told: KitOfMember[] = []
  for (const member of members) told.push(await writeMember(kit, member, terms))
  // After the looks were noted: the copies of the vaults have them.
  const { ledgers } = await makeBackup({
    dataFolder: host.layout.folder,
    target: join(target, 'node'),
    members: members.map(({ id }) => id),
    now,
  })
  const made: ExitKit = {
    v: 1,
    chain: host.chain,
    madeAt: now,
    ledgers,
    members: told,
  }
  const page = buildVerifierPage({ pins: { chains: [pinOf(host.report.genesis)], madeAt: now } })
  kit.put('verify-evidence.html', page)
  for (const script of ['verify.mjs', 'rebuild.sh']) {
    const text = readFileSync(new URL(`./kit-${script}`, import.meta.url), 'utf8')
    kit.put(script, text, script.endsWith('.sh') ? 0o700 : 0o600)
  }
  kit.put('kit.json', `${JSON.stringify(made, null, 2)}\n`)
  kit.put('README.md', kitReadme(made))
  await writeSums(kit)
  return made
}

function membersOf({ host, members }: ExitKitTerms): Member[] {
  const asked = members ?? host.members.map(({ id }) => id)
  return asked.map((id) => {
    const found = host.members.find((member) => member.id === id)
    if (found === undefined) throw new BackupRefused('MEMBER_UNKNOWN', { member: id })
    return found
  })
}

async function writeMember(
  kit: KitFolder,
  member: Member,
  { opensSealed, onProgress }: ExitKitTerms,
): Promise<KitOfMember> {
  const place = `members/${member.id}`
  const tables = tablesOf(member)
  for (const [name, rows] of tables) await kit.table(`${place}/${name}`, rows)
  let done = 0
  const evidence = writeEvidence(kit, place, member, tables, () => {
    done += 1
    onProgress?.(`${member.id} evidence`, done)
  })
  const opened = opensSealed ? await writeSealed(kit, place, member) : null
  const counts = Object.fromEntries([...tables].map(([name, rows]) => [name, rows.length]))
  return { member: member.id, tables: counts, evidence, opened }
}

/** Law, rules and services as published: without them a case of years ago could not be re-run. */
async function writePackages(kit: KitFolder, member: Member): Promise<void> {
  const packages = allPages<JsonObject & { hash: string; parts: string[] }>(
    member,
    'catalogue.listPackages',
    {},
  )
  await kit.table('packages/index', packages)
  for (const { hash, parts } of packages) {
    const bytes = parts.map((part) => {
      const { bytes: own } = member.ask('catalogue.getPart', { part }) as { bytes: string }
      return fromBase64Url(own)
    })
    kit.put(`packages/${hash}.json`, concatBytes(...bytes))
    const evidence = packageEvidence(member, hash)
    if (evidence !== undefined) kit.put(`packages/${hash}.renshe.json`, evidence.bytes)
  }
}

/** `SHA256SUMS` in the format of `sha256sum`, ascending by path. */
async function writeSums(kit: KitFolder): Promise<void> {
  const names = readdirSync(kit.path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(kit.path, name))
    .filter((path) => statSync(path).isFile())
    .sort()
  const lines: string[] = []
  for (const path of names) lines.push(`${await digestOf(path)}  ${relative(kit.path, path)}`)
  kit.put('SHA256SUMS', `${lines.join('\n')}\n`)
}
