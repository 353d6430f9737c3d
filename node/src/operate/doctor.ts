/* What `renshe doctor` looks at: a data folder without opening a key, and a host at work. */
import { existsSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { batches, reads, sections } from '@renshe/contracts'
import { describeKeyFile, parseCertificate } from '@renshe/crypto'
import { type Genesis, readGenesisFile } from '@renshe/ledger'
import { type DataLayout, dataLayout, type MemberLayout } from '../found/data-layout.ts'
import { type NodeFile, readNodeFile } from '../found/node-file.ts'
import type { Host } from '../host.ts'
import { findSharedAdministrator } from '../keys/key-store.ts'
import type { Member } from '../member.ts'
import { readHeight } from '../relays/cursor.ts'
import { type Finding, finding } from './finding.ts'

const DAY_MS = 86_400_000
/** Days before a certificate's end at which it is told, each louder. */
const CERTIFICATE_DAYS = [1, 7, 30, 90] as const
const LEAST_BYTES = 1024 ** 3
const OTHERS_MAY = 0o077
const CLOCK_MS = 10_000
/** Keys without which a member does not start. */
const NEEDED_KEYS = ['system', 'encryption', 'vault', 'index', 'release'] as const

/**
 * Looks at a data folder; no key is opened, nothing is changed, a host may be at work there.
 *
 * @param now  UTC ms
 */
export function examineFolder(dataFolder: string, now: number): Finding[] {
  const layout = dataLayout(dataFolder)
  const genesis = readOr(() => readGenesisFile(new Uint8Array(readFileSync(layout.genesisFile))))
  if (genesis === undefined) return [finding('GENESIS_UNREADABLE', null)]
  const node = readOr(() => readNodeFile(layout.nodeFile))
  if (node === undefined || node.chain !== genesis.chain) return [finding('NODE_FILE_WRONG', null)]
  const found = examineDisk(layout)
  for (const { id, hosted } of node.members) {
    if (hosted) found.push(...examineMember(layout.member(id), id, { node, genesis, now }))
  }
  return found
}

interface Known {
  readonly node: NodeFile
  readonly genesis: Genesis
  readonly now: number
}

function examineDisk({ folder }: DataLayout): Finding[] {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  return free < LEAST_BYTES ? [finding('DISK_LOW', null, { freeBytes: free })] : []
}

function examineMember(place: MemberLayout, id: string, known: Known): Finding[] {
  return [
    ...examineKeys(place, id, known),
    ...examineCertificates(place, id, known),
    ...examineLedgerFolder(place, id),
  ]
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
  }
  return found
}

function examineCertificates({ keys }: MemberLayout, id: string, { now }: Known): Finding[] {
  return listed(keys).flatMap((file): Finding[] => {
    // Officers' certificates live for hours and are issued anew when they sign in.
    if (!file.endsWith('.cer') || file.startsWith('officer-')) {
      if (file !== 'officer-ca.cer') return []
    }
    const certificate = file.slice(0, -'.cer'.length)
    const { notAfter } = parseCertificate(new Uint8Array(readFileSync(join(keys, file))))
    if (notAfter <= now) return [finding('CERTIFICATE_ENDED', id, { certificate })]
    const days = CERTIFICATE_DAYS.find((limit) => notAfter - now <= limit * DAY_MS)
    if (days === undefined) return []
    const left = Math.floor((notAfter - now) / DAY_MS)
    return [finding('CERTIFICATE_ENDS', id, { certificate, withinDays: days, daysLeft: left })]
  })
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

/**
 * Looks at a host at work: who opened which key, whether vault and chain agree, what relays owe.
 *
 * @param now  UTC ms by this machine
 */
export function examineHost(host: Host, now: number): Finding[] {
  const found = examineEngine(host, now)
  for (const member of host.members) {
    const { id } = member
    const administrator = findSharedAdministrator(member.keys)
    if (administrator !== undefined) found.push(finding('ONE_ADMINISTRATOR', id))
    found.push(...examineVault(member), ...examineReads(member), ...examineRelays(host, id))
  }
  return found
}

function examineEngine(host: Host, now: number): Finding[] {
  const { state, reason, height } = host.engine.status()
  const found: Finding[] = []
  if (state === 'waiting' || state === 'failed') {
    found.push(finding('ENGINE_WAITS', null, { state, reason: reason ?? '' }))
  }
  const [member] = host.members
  if (member === undefined || host.clock.isScripted || height < 0) return found
  const aheadMs = member.ledger.copy.header(height).time - now
  if (aheadMs > CLOCK_MS) found.push(finding('CLOCK_BEHIND', null, { aheadMs }))
  return found
}

/** Everything that the chain says this member owns must lie in its vault. */
function examineVault({ id, ledger, vault }: Member): Finding[] {
  const view = ledger.view()
  let rows = 0
  let records = 0
  for (const [root, batch] of view.state(batches).range()) {
    if (batch.owner === id && vault.store.sealingOfRoot(root) === undefined) rows += 1
  }
  for (const [, section] of view.state(sections).range()) {
    if (section.owner !== id) continue
    if (vault.store.placeOfCommitment(section.commitment) === undefined) records += 1
  }
  return rows + records === 0
    ? []
    : [finding('VAULT_LACKS', id, { batches: rows, sections: records })]
}

function examineReads(member: Member): Finding[] {
  const { id, ledger, clock } = member
  const { items } = member.ask('governance.listSettings') as {
    items: { name: string; value: number }[]
  }
  const withinMs = items.find(({ name }) => name === 'access.confirmWithinMs')?.value ?? DAY_MS
  const late = [...ledger.view().state(reads).index('unconfirmed')].filter(
    ([, { owner, at }]) => owner === id && clock.now() - at > withinMs,
  )
  return late.length === 0 ? [] : [finding('READS_UNCONFIRMED', id, { reads: late.length })]
}

function examineRelays(host: Host, id: string): Finding[] {
  const failing = host.relaysOf(id).filter(({ failure }) => failure !== null)
  const found = failing.map(({ name, failure }) =>
    finding('RELAY_FAILING', id, { relay: name, reason: failure ?? '' }),
  )
  const cursor = readHeight(join(host.layout.member(id).relays, 'cursor.json'))
  const behind = host.member(id).ledger.finalHeight - cursor
  if (behind > RELAYS_BEHIND) found.push(finding('RELAYS_BEHIND', id, { blocks: behind }))
  return found
}

/** The cursor is written every 64 blocks: twice that is a sign. */
const RELAYS_BEHIND = 128

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
