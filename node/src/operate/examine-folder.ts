/* What `renshe doctor` sees of a data folder without opening a key; a host may be at work there. */
import { existsSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describeKeyFile, parseCertificate } from '@renshe/crypto'
import { type Genesis, newestBlock, readGenesisFile } from '@renshe/ledger'
import { type DataLayout, dataLayout, type MemberLayout } from '../found/data-layout.ts'
import { type NodeFile, readNodeFile } from '../found/node-file.ts'
import { examineNodeFile } from './examine-settings.ts'
import { type Finding, finding } from './finding.ts'

const DAY_MS = 86_400_000
/** Days before a certificate's end at which it is told, each louder. */
const CERTIFICATE_DAYS = [1, 7, 30, 90] as const
const LEAST_BYTES = 1024 ** 3
const OTHERS_MAY = 0o077
const CLOCK_MS = 10_000
/** A copy that is so many blocks behind another one in the same folder. */
const LAG_BLOCKS = 100
/** Keys without which a member does not start. */
const NEEDED_KEYS = ['system', 'encryption', 'vault', 'index', 'release'] as const

/**
 * Looks at a data folder; no key is opened, nothing is changed, a host may be at work there.
 *
 * @param now  UTC ms, see {@link timeIn}
 */
export function examineFolder(dataFolder: string, now: number): Finding[] {
  const layout = dataLayout(dataFolder)
  const genesis = readOr(() => readGenesisFile(new Uint8Array(readFileSync(layout.genesisFile))))
  if (genesis === undefined) return [finding('GENESIS_UNREADABLE', null)]
  const node = readOr(() => readNodeFile(layout.nodeFile))
  if (node === undefined || node.chain !== genesis.chain) return [finding('NODE_FILE_WRONG', null)]
  const found = [
    ...examineNodeFile(layout, node, genesis),
    ...examineSpace(layout),
    ...examineCopies(layout, node, now),
  ]
  for (const { id, hosted } of node.members) {
    if (hosted) found.push(...examineMember(layout.member(id), id, { node, genesis, now }))
  }
  return found
}

/**
 * The time that a data folder is judged by: that of this machine, or where the scripted clock of a
 * demonstration stands, which may be years ago.
 *
 * @param wallMs  UTC ms by this machine
 */
export function timeIn(dataFolder: string, wallMs: number): number {
  const layout = dataLayout(dataFolder)
  const node = readOr(() => readNodeFile(layout.nodeFile))
  if (node?.clock !== 'scripted') return wallMs
  const { ledger } = layout.member(node.operator)
  return readOr(() => newestBlock(ledger))?.time ?? wallMs
}

interface Known {
  readonly node: NodeFile
  readonly genesis: Genesis
  readonly now: number
}

function examineSpace({ folder }: DataLayout): Finding[] {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  return free < LEAST_BYTES ? [finding('DISK_LOW', null, { freeBytes: free })] : []
}

/** How far each copy has come, and whether this machine's clock is behind what is written. */
function examineCopies(layout: DataLayout, node: NodeFile, now: number): Finding[] {
  const copies = node.members.flatMap(({ id }) => {
    const newest = readOr(() => newestBlock(layout.member(id).ledger))
    return newest === undefined ? [] : [{ id, ...newest }]
  })
  const height = Math.max(...copies.map((copy) => copy.height))
  const found = copies
    .filter((copy) => height - copy.height > LAG_BLOCKS)
    .map((copy) => finding('COPY_LAGS', copy.id, { blocks: height - copy.height }))
  const aheadMs = Math.max(...copies.map(({ time }) => time)) - now
  if (node.clock === 'wall' && aheadMs > CLOCK_MS) {
    found.push(finding('CLOCK_BEHIND', null, { aheadMs }))
  }
  return found
}

function examineMember(place: MemberLayout, id: string, known: Known): Finding[] {
  return [
    ...examineFolders(place, id),
    ...examineKeys(place, id, known),
    ...examineCertificates(place, id, known),
    ...examineLedgerFolder(place, id),
  ]
}

function examineFolders({ keys, vault, release }: MemberLayout, id: string): Finding[] {
  const open = Object.entries({ keys, vault, release }).filter(
    ([, path]) => existsSync(path) && (statSync(path).mode & OTHERS_MAY) !== 0,
  )
  return open.map(([folder]) => finding('FOLDER_READABLE', id, { folder }))
}

function examineKeys({ keys }: MemberLayout, id: string, { node, genesis }: Known): Finding[] {
  const found: Finding[] = []
  const needed = [...NEEDED_KEYS, ...(id === node.operator ? (['consensus'] as const) : [])]
  for (const key of needed) {
    if (!existsSync(join(keys, `${key}.json`))) found.push(finding('KEY_MISSING', id, { key }))
  }
  for (const file of listed(keys)) {
    if (!file.endsWith('.json')) continue
    const path = join(keys, file)
    const key = file.slice(0, -'.json'.length)
    if ((statSync(path).mode & OTHERS_MAY) !== 0) found.push(finding('KEY_READABLE', id, { key }))
    const described = readOr(() => describeKeyFile(new Uint8Array(readFileSync(path))))
    if (described?.demonstration === true && !genesis.isDemonstration) {
      found.push(finding('KEY_DEMONSTRATION', id, { key }))
    }
    const certificate = readOr(() => certificateIn(join(keys, `${key}.cer`)))
    if (certificate !== undefined && certificate.publicKey.fingerprint !== described?.keyId) {
      found.push(finding('KEY_OTHER_THAN_CERTIFICATE', id, { key }))
    }
  }
  return found
}

function certificateIn(path: string) {
  return parseCertificate(new Uint8Array(readFileSync(path)))
}

function examineCertificates(place: MemberLayout, id: string, { now }: Known): Finding[] {
  return listed(place.keys).flatMap((file): Finding[] => {
    // Officers' certificates live for hours and are issued anew when they sign in.
    if (!file.endsWith('.cer') || file.startsWith('officer-')) {
      if (file !== 'officer-ca.cer') return []
    }
    const certificate = file.slice(0, -'.cer'.length)
    const parsed = readOr(() => certificateIn(join(place.keys, file)))
    return parsed === undefined ? [] : endOf(certificate, parsed.notAfter, now, id)
  })
}

/** Tells the end of a certificate: ended, or within 1, 7, 30 or 90 days. */
export function endOf(
  certificate: string,
  notAfter: number,
  now: number,
  member: string | null,
): Finding[] {
  if (notAfter <= now) return [finding('CERTIFICATE_ENDED', member, { certificate })]
  const days = CERTIFICATE_DAYS.find((limit) => notAfter - now <= limit * DAY_MS)
  if (days === undefined) return []
  const daysLeft = Math.floor((notAfter - now) / DAY_MS)
  return [finding('CERTIFICATE_ENDS', member, { certificate, withinDays: days, daysLeft })]
}

function examineLedgerFolder({ ledger }: MemberLayout, id: string): Finding[] {
  const torn = listed(join(ledger, 'log')).filter((file) => file.startsWith('torn-'))
  const conflicts = listed(join(ledger, 'conflicts'))
  return [
    ...torn.map((file) => finding('TORN_TAIL', id, { file })),
    ...conflicts.map((file) => finding('CONFLICT_KEPT', id, { file })),
    ...(existsSync(join(ledger, 'lock')) ? [finding('LEDGER_IN_USE', id)] : []),
  ]
}

function readOr<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

function listed(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}
