/* What `renshe doctor` sees of a host at work: keys against the chain, vault, reads, relays, protocol. */
import { join } from 'node:path'
import { batches, createContracts, PROTOCOL, reads, sections } from '@renshe/contracts'
import { certificates } from '@renshe/kernel'
import type { Host } from '../host.ts'
import { findSharedAdministrator } from '../keys/key-store.ts'
import type { LedgerView } from '../ledger-port.ts'
import type { Member } from '../member.ts'
import { readHeight } from '../relays/cursor.ts'
import { type Finding, finding } from './finding.ts'

const DAY_MS = 86_400_000
const CLOCK_MS = 10_000
/** The cursor is written every 64 blocks: twice that is a sign. */
const RELAYS_BEHIND = 128
/** A copy that hears of blocks late; a block or two is the way of things. */
const LAG_BLOCKS = 100
/** No chain reaches it. */
const FAR_HEIGHT = 2 ** 40

/**
 * Looks at a host at work: who opened which key, whether vault and chain agree, what relays owe.
 *
 * @param now  UTC ms by this machine
 */
export function examineHost(host: Host, now: number): Finding[] {
  const found = [...examineEngine(host, now), ...examineProtocol(host)]
  for (const member of host.members) {
    const { id } = member
    const administrator = findSharedAdministrator(member.keys)
    if (administrator !== undefined) found.push(finding('ONE_ADMINISTRATOR', id))
    found.push(
      ...examineOwnCertificate(member),
      ...examineLag(host, member),
      ...examineVault(member),
      ...examineReads(member),
      ...examineRelays(host, id),
    )
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

/** Whether the chain has taken, or will take, a protocol version into force that this release lacks. */
function examineProtocol(host: Host): Finding[] {
  const [member] = host.members
  if (member === undefined) return []
  const view = member.ledger.view()
  const { protocolFor } = createContracts()
  const protocol = protocolFor(view, FAR_HEIGHT)
  if (protocol <= PROTOCOL || host.knowsProtocol(protocol)) return []
  const height = firstHeightOf(protocol, view, protocolFor)
  const { reason } = host.engine.status()
  const isThere = reason?.includes('PROTOCOL_UNKNOWN') === true || height <= view.height + 1
  return [finding(isThere ? 'PROTOCOL_BEHIND' : 'PROTOCOL_AHEAD', null, { protocol, height })]
}

function firstHeightOf(
  protocol: number,
  view: LedgerView,
  protocolFor: (view: LedgerView, height: number) => number,
): number {
  let [low, high] = [0, FAR_HEIGHT]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (protocolFor(view, middle) >= protocol) high = middle
    else low = middle + 1
  }
  return low
}

/** The key that signs for this member's system must be one that the chain knows and has not revoked. */
function examineOwnCertificate({ id, keys, ledger }: Member): Finding[] {
  const { fingerprint } = keys.certificate('system')
  const known = ledger.view().state(certificates).find(fingerprint)
  const facts = { key: 'system', fingerprint }
  if (known === undefined) return [finding('KEY_NOT_ON_CHAIN', id, facts)]
  return known.revokedAt === null ? [] : [finding('KEY_REVOKED', id, facts)]
}

function examineLag({ engine }: Host, { id, ledger }: Member): Finding[] {
  const blocks = engine.status().finalHeight - ledger.finalHeight
  return blocks > LAG_BLOCKS ? [finding('COPY_LAGS', id, { blocks })] : []
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
