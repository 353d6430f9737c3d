import { statSync } from 'node:fs'
import {
  comparePackages,
  findLoosenings,
  type Loosening,
  type PackageChange,
  type PackageDocument,
  packageHash,
} from '@renshe/contracts'
import { type Json, JsonRefused, parseCanonicalJson } from '@renshe/crypto'
import { type ExitCode, type Given, textArgument } from '../shell/command.ts'
import { refused } from '../shell/failure.ts'
import { pathOf, readInput } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import { audienceOf, EVERYONE, NOBODY } from './audience.ts'
import { FolderArguments } from './package-folder-argument.ts'

interface Version {
  readonly document: PackageDocument
  readonly hash: string
}

interface ChangeForWhom extends PackageChange {
  readonly for: readonly string[]
}

/** Tells what a new version changes, and for whom. */
export async function compare(session: Session, given: Given): Promise<ExitCode> {
  const before = await readVersion(session, textArgument(given, 0) ?? '')
  const after = await readVersion(session, textArgument(given, 1) ?? '')
  const changes = comparePackages(before.document, after.document).map((change) => ({
    ...change,
    for: audienceOf(change.change === 'REMOVED' ? before.document : after.document, change.path),
  }))
  const loosenings = findLoosenings(before.document, after.document)
  if (session.isJson) {
    const [old, now] = [before, after].map(({ document: { name, version }, hash }) => ({
      name,
      version,
      hash,
    }))
    await session.json({ ok: true, before: old, after: now, loosenings, changes })
  } else await tell(session, before, after, loosenings, changes)
  return 0
}

const MOST_PACKAGE_BYTES = 8 << 20

/** A folder, or the document that `service build` made of one. */
async function readVersion(session: Session, path: string): Promise<Version> {
  const found = statSync(pathOf(session, path), { throwIfNoEntry: false })
  if (found?.isDirectory() !== false) {
    const { folders, folder } = new FolderArguments(session).one(path)
    return folders.build(folder)
  }
  const bytes = await readInput(session, path, MOST_PACKAGE_BYTES)
  try {
    const document = parseCanonicalJson(bytes) as unknown as PackageDocument
    return { document, hash: packageHash(bytes) }
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error
    throw refused(
      'NOT_A_PACKAGE',
      `${path}：应为服务包的文件夹或 service build 产生的文件；${error.code}，第 ${error.position} 字节。`,
      `${path}: expected the folder of a package or a file that service build made; ${error.code} at byte ${error.position}.`,
    )
  }
}

async function tell(
  session: Session,
  before: Version,
  after: Version,
  loosenings: readonly Loosening[],
  changes: readonly ChangeForWhom[],
): Promise<void> {
  const say = (zh: string, en: string) => session.say({ zh, en })
  for (const { document, hash } of [before, after]) {
    await session.line(`${document.name} ${document.version}  ${hash}`)
  }
  if (loosenings.length > 0) {
    await session.line(
      say(
        '放松的锁（须更高多数通过）：',
        'Locks that open further (these need the higher quorum):',
      ),
    )
    for (const { what, path } of loosenings) await session.line(`  ${what} ${path}`)
  }
  if (changes.length === 0) await session.line(say('没有变化。', 'Nothing changes.'))
  for (const [party, own] of byAudience(changes)) {
    await session.line(`${titleOf(session, after.document, party)}:`)
    for (const change of own)
      for (const line of changeLines(session, change)) await session.line(line)
  }
}

/** Changes by party; those for everyone first, those for nobody last. */
function byAudience(changes: readonly ChangeForWhom[]): [string, ChangeForWhom[]][] {
  const found = new Map<string, ChangeForWhom[]>()
  for (const change of changes) {
    for (const party of change.for) found.set(party, [...(found.get(party) ?? []), change])
  }
  const rank = (party: string): number => (party === EVERYONE ? 0 : party === NOBODY ? 2 : 1)
  return [...found].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

function titleOf(session: Session, document: PackageDocument, party: string): string {
  if (party === EVERYONE) return session.say({ zh: '各方', en: 'For everyone' })
  if (party === NOBODY) return session.say({ zh: '只改算例', en: 'Only worked examples' })
  const word = document.texts[session.locale][`party.${party}`] ?? party
  return session.say({ zh: word, en: `For ${word}` })
}

function changeLines(session: Session, { path, change, before, after }: PackageChange): string[] {
  const what = {
    ADDED: session.say({ zh: '新增', en: 'new' }),
    REMOVED: session.say({ zh: '删去', en: 'gone' }),
    CHANGED: session.say({ zh: '改为', en: 'changed' }),
  }[change]
  const place = path
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  const lines = [`  ${what}  ${place.join(' › ')}`]
  if (change !== 'ADDED') lines.push(`    − ${spell(before)}`)
  if (change !== 'REMOVED') lines.push(`    + ${spell(after)}`)
  return lines
}

function spell(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
