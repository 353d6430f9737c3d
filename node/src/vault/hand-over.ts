/*
 * Hand over (sealed-data section 8): the new owner opened the content under a grant and seals the same
 * content as its own; the old owner recomputes the new commitments from its own content. Only what both
 * computed alike is signed.
 */
import {
  batches,
  encryptionKeys,
  findBatch,
  findHandOver,
  findSectionEntry,
  getPackage,
  type HandOver,
  type Read,
  reads,
  type SealedBatch,
  sections,
} from '@renshe/contracts'
import {
  type Bytes,
  batchLeaf,
  canonicalJson,
  canonicalText,
  fromBase64Url,
  importPublicKey,
  type JsonObject,
  openSealed,
  type PersonName,
  type PrivateKey,
  parseCanonicalJson,
  SectionRefused,
  type SuiteId,
  sealTo,
  sectionCommitment,
  toHex,
} from '@renshe/crypto'
import { leafHash, treeRoot } from '@renshe/proof'
import type { LedgerView } from '../ledger-port.ts'
import { type HandOverList, type HandOverRequest, type Opening, PeerRefused } from '../peer.ts'
import { personOf, readContent } from '../prepare/section-content.ts'
import type { OpenedRead } from './open-read.ts'
import { type HeaderAndSeed, headersAndSeedsBytes, headersAndSeedsOf } from './opening-bytes.ts'
import { HalfReader, openOwn } from './own-sections.ts'
import {
  findGrantFor,
  READ_ROWS,
  type Reading,
  ReadRefused,
  readItems,
  readRange,
} from './read-sections.ts'
import { placesForRead } from './release.ts'
import {
  beginBatch,
  type RowToSeal,
  type SealPurpose,
  type SectionTerms,
  sealRecord,
} from './seal.ts'
import type { Vault } from './vault.ts'

/** How long what a new owner sealed is kept while its hand-over is not ordered any more. */
const LIFE_MS = 6 * 3_600_000

/** One read of the old owner's content and what was sealed of it. */
interface TakenRead {
  readonly opened: OpenedRead
  readonly sealed: readonly HeaderAndSeed[]
}

/**
 * The new owner's part: reads, seals, has the old owner compare.
 *
 * @returns the list to be signed with `access.handOver`; the old owner signs the same
 * @throws ReadRefused, PeerRefused, SealBroken as reading does; PeerRefused `HAND_OVER_DIFFERS` if the old
 *         owner computed another list
 */
export async function takeOver(reading: Reading, handOver: string): Promise<HandOverList> {
  const { ledger, vault, peers } = reading
  const view = ledger.view()
  const order = findHandOver(view, handOver)
  if (order === undefined || order.to !== vault.member) {
    throw new PeerRefused('HAND_OVER_NOT_FOUND', { handOver })
  }
  const before = takenBefore(vault, handOver)
  if (before !== undefined) return before
  const purpose: SealPurpose = {
    case: order.case,
    step: handOver,
    expiresAt: view.time + LIFE_MS,
  }
  const taken: TakenRead[] = []
  const items: HandOverList['items'][number][] = []
  for (const place of order.sections) items.push(await takeSection(reading, purpose, place, taken))
  const rows: HandOverList['batches'][number][] = []
  for (const root of order.batches) rows.push(await takeBatch(reading, purpose, root, taken))
  const list: HandOverList = { items, batches: rows }
  const theirs = await peers(order.from).handOver(requestOf(reading, order, taken))
  if (canonicalText(listJson(theirs)) !== canonicalText(listJson(list))) {
    throw new PeerRefused('HAND_OVER_DIFFERS', { handOver })
  }
  vault.store.lock('note', [[`taken ${handOver}`, canonicalJson(listJson(list))]])
  return list
}

/** What was taken over and compared already: after a crash the same list is signed, not another one. */
function takenBefore(vault: Vault, handOver: string): HandOverList | undefined {
  const note = vault.store.unlock('note', `taken ${handOver}`)
  if (note === undefined) return undefined
  const list = parseCanonicalJson(note) as unknown as HandOverList
  const isKept =
    list.items.every(({ new: made }) => vault.store.placeOfCommitment(made) !== undefined) &&
    list.batches.every(({ new: root }) => vault.store.sealingOfRoot(root) !== undefined)
  return isKept ? list : undefined
}

/** The input of `access.handOver`. */
export function handOverInput(handOver: string, list: HandOverList): JsonObject {
  return { handOver, ...listJson(list) }
}

function listJson({ items, batches: rows }: HandOverList): JsonObject {
  return {
    items: items.map(({ old, new: made, record }) => ({ old, new: made, record })),
    batches: rows.map(({ old, new: made, count }) => ({ old, new: made, count })),
  }
}

async function takeSection(
  reading: Reading,
  purpose: SealPurpose,
  place: HandOver['sections'][number],
  taken: TakenRead[],
): Promise<HandOverList['items'][number]> {
  const view = reading.ledger.view()
  const { record, section, version } = place
  const registered = view.state(sections).get([record, section, version])
  const grant = findGrantFor(view, reading.vault.member, registered)
  if (grant === undefined) throw new ReadRefused('GRANT_NOT_FOUND', { section })
  const opened = await readItems(reading, grant, [place])
  const [opening] = opened.openings
  if (opening === null || opening === undefined)
    throw new PeerRefused('SECTION_ERASED', { section })
  const {
    openings,
    sealing,
    record: own,
  } = await sealRecord(reading.vault, {
    ...purpose,
    sections: [
      {
        name: section,
        level: registered.level as SectionTerms['level'],
        entry: registered.entry,
        content: opening.content,
        kind: opening.header.kind,
        person: personIn(view, registered.entry, opening.content),
      },
    ],
  })
  taken.push({ opened, sealed: openings })
  const commitment = sealing.sections[0]?.commitment as string
  return { old: registered.commitment, new: commitment, record: own }
}

async function takeBatch(
  reading: Reading,
  purpose: SealPurpose,
  root: string,
  taken: TakenRead[],
): Promise<HandOverList['batches'][number]> {
  const view = reading.ledger.view()
  const batch = view.state(batches).get(root)
  const grant = findGrantFor(view, reading.vault.member, batch)
  if (grant === undefined) throw new ReadRefused('GRANT_NOT_FOUND', { section: batch.section })
  const { section: name, level, entry, tree } = batch
  const section = { name, level: level as SectionTerms['level'], entry }
  const sealer = beginBatch(reading.vault, { ...purpose, kind: tree, section })
  for (let from = 0; from < batch.count; from += READ_ROWS) {
    const count = Math.min(READ_ROWS, batch.count - from)
    const opened = await readRange(reading, grant, batch, from, count)
    const sealed = sealer.add(opened.openings.map((opening) => rowOf(view, batch, opening)))
    taken.push({ opened, sealed })
  }
  const sealing = await sealer.finish()
  return { old: root, new: sealing.root as string, count: batch.count }
}

/** Rows of a batch become new records; an account stays the account that it is. */
function rowOf(view: LedgerView, { tree, entry }: SealedBatch, opening: Opening | null): RowToSeal {
  if (opening === null) throw new PeerRefused('SECTION_ERASED', {})
  const { content, header } = opening
  if (tree !== 'batch') return { content, record: header.record, version: header.version }
  return { content, person: personIn(view, entry, content) }
}

/** Whom a content is about, by the fields that its catalogue entry declares. */
function personIn(view: LedgerView, entry: string, content: Bytes): PersonName | null {
  const record = findSectionEntry(view, entry)
  if (record === undefined) return null
  const section = getPackage(view, record.package).findSection(record.section)
  const fields = section?.row?.columns ?? section?.definition.fields ?? {}
  const read = readContent(fields, content)
  return 'values' in read ? personOf(fields, read.values, section?.row?.unique) : null
}

function requestOf(
  { ledger, vault }: Reading,
  { id, from }: HandOver,
  taken: readonly TakenRead[],
): HandOverRequest {
  const view = ledger.view()
  let newest: { readonly holderKey: string; readonly spki: string } | undefined
  for (const [holderKey, key] of view.state(encryptionKeys).index('byMember', { prefix: [from] })) {
    const isInForce = key.revokedAt === null && view.time < key.notAfter
    if (isInForce) newest = { holderKey, spki: key.spki }
  }
  if (newest === undefined) throw new PeerRefused('HOLDER_KEY_UNKNOWN', { member: from })
  const publicKey = importPublicKey(fromBase64Url(newest.spki))
  const ownerKey = newest.holderKey
  const { chain, suite, random } = vault
  return {
    handOver: id,
    ownerKey,
    reads: taken.map(({ opened, sealed }) => {
      const { read } = opened.read
      const context = { use: 'hand-over', chain, read, holderKey: ownerKey } as const
      const secret = headersAndSeedsBytes(sealed)
      return { read, box: sealTo(suite, publicKey, context, secret, random) }
    }),
  }
}

/** What the old owner compares with. */
export interface OldOwner {
  readonly vault: Vault
  readonly view: LedgerView
  readonly suites: readonly SuiteId[]
  readonly encryption: PrivateKey
  readonly holderKey: string
}

/**
 * The old owner's part: recomputes every new commitment from its own content. What it returns is noted,
 * and is what this member will sign.
 *
 * @throws PeerRefused if anything is not the same content, or not of this hand-over
 */
export function checkHandOver(
  owner: OldOwner,
  caller: string,
  request: HandOverRequest,
): HandOverList {
  const { view, vault } = owner
  const order = findHandOver(view, request.handOver)
  if (order === undefined || order.from !== vault.member || order.to !== caller) {
    throw new PeerRefused('HAND_OVER_NOT_FOUND', { handOver: request.handOver })
  }
  if (request.ownerKey !== owner.holderKey) throw new PeerRefused('HOLDER_KEY_OTHER', {})
  const found = request.reads.map((taken) => recompute(owner, caller, taken))
  const list: HandOverList = {
    items: order.sections.map(({ record, section, version }) => {
      const pair = found
        .flatMap(({ pairs }) => pairs)
        .find(({ old }) => old.record === record && old.section === section)
      if (pair === undefined || pair.old.version !== version) throw differs(order)
      return { old: pair.old.commitment, new: pair.commitment, record: pair.made.header.record }
    }),
    batches: order.batches.map((root) => recomputeBatch(owner, order, root, found)),
  }
  vault.store.lock('note', [[noteName(order.id), canonicalJson(listJson(list))]])
  return list
}

/** The list that this old owner compared and found the same; what it may sign. */
export function comparedHandOver(vault: Vault, handOver: string): HandOverList | undefined {
  const note = vault.store.unlock('note', noteName(handOver))
  return note === undefined ? undefined : (parseCanonicalJson(note) as unknown as HandOverList)
}

function noteName(handOver: string): string {
  return `hand-over ${handOver}`
}

interface RecomputedPair {
  readonly old: {
    readonly record: string
    readonly section: string
    readonly version: number
    readonly commitment: string
  }
  readonly made: HeaderAndSeed
  readonly commitment: string
}

interface RecomputedRead {
  readonly read: Read
  readonly pairs: readonly RecomputedPair[]
}

function recompute(
  { vault, view, encryption, holderKey, suites }: OldOwner,
  caller: string,
  { read: id, box }: HandOverRequest['reads'][number],
): RecomputedRead {
  const read = view.state(reads).find(id)
  if (read === undefined || read.owner !== vault.member || read.member !== caller) {
    throw new PeerRefused('READ_NOT_FOUND', { read: id })
  }
  const root = read.rows?.batch ?? null
  const run = placesForRead(vault, read, root === null ? null : (findBatch(view, root) ?? null))
  if (run === undefined) throw new PeerRefused('SECTION_MISSING', { read: id })
  const context = { use: 'hand-over', chain: vault.chain, read: id, holderKey } as const
  const made = headersAndSeedsOf(openSealed(vault.suite, encryption, context, box))
  if (made.length !== run.places.length) throw new PeerRefused('HAND_OVER_DIFFERS', { read: id })
  const halves = new HalfReader(vault)
  const pairs = run.places.map((place, index) => {
    const own = openOwn(vault, place, halves)
    const theirs = made[index] as HeaderAndSeed
    if (own === null || !isSameSection(own, theirs, caller, suites)) {
      throw new PeerRefused('HAND_OVER_DIFFERS', { read: id, index })
    }
    const { record, version, commitment: old } = place.leaf
    return {
      old: { record, version, commitment: old, section: own.header.section },
      made: theirs,
      commitment: recommit(theirs, own.content),
    }
  })
  return { read, pairs }
}

/** Everything but owner, record, salt and seed stays as it is. */
function isSameSection(
  own: Opening,
  { header }: HeaderAndSeed,
  caller: string,
  suites: readonly SuiteId[],
): boolean {
  const { chain, section, level, entryHash, kind } = own.header
  return (
    header.owner === caller &&
    header.chain === chain &&
    header.section === section &&
    header.level === level &&
    header.entryHash === entryHash &&
    header.kind === kind &&
    suites.includes(header.suite)
  )
}

function recommit({ header, seed }: HeaderAndSeed, content: Bytes): string {
  try {
    return sectionCommitment({ header, seed, content }).commitment
  } catch (error) {
    if (error instanceof SectionRefused) throw new PeerRefused('HAND_OVER_DIFFERS', {})
    throw error
  }
}

function recomputeBatch(
  { view }: OldOwner,
  order: HandOver,
  root: string,
  found: readonly RecomputedRead[],
): HandOverList['batches'][number] {
  const batch = findBatch(view, root)
  const parts = found
    .filter(({ read }) => read.rows?.batch === root)
    .sort((a, b) => (a.read.rows?.from ?? 0) - (b.read.rows?.from ?? 0))
  const leaves: Bytes[] = []
  for (const { read, pairs } of parts) {
    if (batch === undefined || read.rows?.from !== leaves.length) throw differs(order)
    for (const { made, commitment, old } of pairs) {
      const { record, version } = made.header
      const isAccount = batch.tree !== 'batch'
      // An account keeps its id and its version: statements go on across the change of owner.
      if (isAccount && (record !== old.record || version !== old.version)) throw differs(order)
      if (!isAccount && version !== 1) throw differs(order)
      const one = [{ name: batch.section, level: batch.level, commitment }]
      leaves.push(leafHash(batch.tree, batchLeaf({ record, version, sections: one })))
    }
  }
  if (batch === undefined || leaves.length !== batch.count) throw differs(order)
  return { old: root, new: toHex(treeRoot(leaves)), count: batch.count }
}

function differs({ id }: HandOver): PeerRefused {
  return new PeerRefused('HAND_OVER_DIFFERS', { handOver: id })
}
