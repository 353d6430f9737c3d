/* Reading: a committed read for what is another's, the own stores for what is one's own. */
import {
  coversCase,
  findBatch,
  type Grant,
  grants,
  reads,
  type SealedBatch,
} from '@renshe/contracts'
import type { JsonObject, PrivateKey, SuiteId } from '@renshe/crypto'
import type { LedgerPort, LedgerView, SubmitOutcome } from '../ledger-port.ts'
import { type Opening, PeerRefused, type Peers } from '../peer.ts'
import { findRowCopies, keepCopies } from './copies.ts'
import { type OpenedRead, openRead } from './open-read.ts'
import { HalfReader, openOwn } from './own-sections.ts'
import { collectShares } from './share-collection.ts'
import { placesOfRoot } from './subledger-trees.ts'
import type { Vault } from './vault.ts'

/** Most rows of one read (sealed-data section 8, Read 1). */
export const READ_ROWS = 10_000

/** What a member reads with. */
export interface Reading {
  readonly ledger: LedgerPort
  readonly peers: Peers
  /** The reader's own vault: copies under `STORE` are kept there. */
  readonly vault: Vault
  /** Suites that sections may have. */
  readonly suites: readonly SuiteId[]
  readonly encryption: PrivateKey
  readonly holderKey: string
  /** Signs an act as the officer or system that reads, and waits until it is final. */
  readonly act: (action: string, input: JsonObject) => Promise<SubmitOutcome>
}

/** A read that the contract refused: the reader may not see this. */
export class ReadRefused extends Error {
  readonly code: string
  readonly facts: JsonObject

  constructor(code: string, facts: JsonObject) {
    super(`read refused: ${code}`)
    this.name = 'ReadRefused'
    this.code = code
    this.facts = facts
  }
}

/** What is to be read, as the chain registered it. */
export interface PlaceToRead {
  readonly owner: string
  readonly section: string
  /** Case that it came with. */
  readonly case: string
  /** Root of a batch or tree. */
  readonly root?: string
  readonly record?: string
}

/** The grant in force under which a member may read something; undefined if there is none. */
export function findGrantFor(
  view: LedgerView,
  member: string,
  place: PlaceToRead,
): Grant | undefined {
  for (const [, grant] of view.state(grants).index('byHolder', { prefix: [member] })) {
    if (grant.owner !== place.owner || !grant.sections.includes(place.section)) continue
    const isNamed =
      (place.root !== undefined && grant.batches.includes(place.root)) ||
      (place.record !== undefined && grant.records.includes(place.record))
    const isOver = grant.notAfter !== null && grant.notAfter <= view.time
    const isHeld = grant.revokedAt !== null || grant.suspendedAt !== null
    const isInForce = !isOver && !isHeld && grant.notBefore <= view.time
    if (isInForce && (isNamed || coversCase(grant, place.case))) return grant
  }
  return undefined
}

/**
 * Opens every row of a batch or tree, in the order of its leaves: one's own without a read, a kept copy
 * without another one, else by as many reads as it takes.
 *
 * @param root  registered on chain
 * @returns     null where a row is erased
 * @throws ReadRefused without a grant, or as the contract refuses; PeerRefused as the owner refuses;
 *         SealBroken if what comes is not what the chain says
 */
export async function readBatch(reading: Reading, root: string): Promise<(Opening | null)[]> {
  const { vault } = reading
  const batch = getBatch(reading, root)
  if (batch.owner === vault.member) return openOwnBatch(vault, batch)
  const copies = findRowCopies(vault, root, batch.count)
  if (copies !== undefined) return copies
  const rows: (Opening | null)[] = []
  for (const input of readsOfBatch(reading, batch)) {
    const { openings } = await readCommitted(reading, input)
    rows.push(...openings)
  }
  return rows
}

/**
 * Inputs of the reads that {@link readBatch} would commit, so that somebody else can sign them first.
 *
 * @returns none for what is one's own or kept
 * @throws ReadRefused without a grant
 */
export function plannedReads(reading: Reading, root: string): JsonObject[] {
  const { vault } = reading
  const batch = getBatch(reading, root)
  const isHere =
    batch.owner === vault.member || findRowCopies(vault, root, batch.count) !== undefined
  return isHere ? [] : readsOfBatch(reading, batch)
}

function getBatch({ ledger }: Reading, root: string): SealedBatch {
  const batch = findBatch(ledger.view(), root)
  if (batch === undefined) throw new ReadRefused('BATCH_NOT_FOUND', { batch: root })
  return batch
}

function readsOfBatch(reading: Reading, batch: SealedBatch): JsonObject[] {
  const { ledger, vault } = reading
  const grant = findGrantFor(ledger.view(), vault.member, batch)
  if (grant === undefined) throw new ReadRefused('GRANT_NOT_FOUND', { section: batch.section })
  const inputs: JsonObject[] = []
  for (let from = 0; from < batch.count; from += READ_ROWS) {
    inputs.push(rowsInput(reading, grant, batch, from, Math.min(READ_ROWS, batch.count - from)))
  }
  return inputs
}

/** Opens the owner's own batch, for automatic processing that ends in a transaction naming it. */
export function openOwnBatch(vault: Vault, { root }: Pick<SealedBatch, 'root'>) {
  const places = placesOfRoot(vault, root)
  if (places === undefined) throw new PeerRefused('SECTION_MISSING', { batch: root })
  const halves = new HalfReader(vault)
  return places.map((place) => openOwn(vault, place, halves))
}

type BatchToRead = Pick<SealedBatch, 'root' | 'count' | 'section'>

/** Reads a run of rows of a batch: one read, at most {@link READ_ROWS}. */
export function readRange(
  reading: Reading,
  grant: Grant,
  batch: BatchToRead,
  from: number,
  count: number,
): Promise<OpenedRead> {
  return readCommitted(reading, rowsInput(reading, grant, batch, from, count))
}

function rowsInput(
  { holderKey }: Reading,
  { id, case: caseId }: Grant,
  { root, count: size, section }: BatchToRead,
  from: number,
  count: number,
): JsonObject {
  const rows = { section, from, count }
  return { grant: id, case: caseId, holderKey, batch: { root, count: size }, rows }
}

/** One section of a record that is to be read; `proof` where it is a row of a batch. */
export type ItemToRead = {
  readonly record: string
  readonly version: number
  readonly section: string
  readonly proof?: JsonObject
}

/** Reads single sections, at most 100. */
export function readItems(
  reading: Reading,
  grant: Grant,
  items: readonly ItemToRead[],
  batch?: { readonly root: string; readonly count: number },
): Promise<OpenedRead> {
  return readCommitted(reading, {
    grant: grant.id,
    case: grant.case,
    holderKey: reading.holderKey,
    items: items.map((item) => ({ ...item })) as unknown as JsonObject[],
    ...(batch === undefined ? {} : { batch: { ...batch } }),
  })
}

async function readCommitted(reading: Reading, input: JsonObject): Promise<OpenedRead> {
  const outcome = await reading.act('access.readSections', input)
  if (!outcome.included) throw new ReadRefused(outcome.code, {})
  if (outcome.code !== 'OK') throw new ReadRefused(outcome.code, (outcome.data ?? {}) as JsonObject)
  return openCommitted(reading, (outcome.data as { read: string }).read)
}

/** Has a committed read answered by its owner and opens the answer; again after a crash, in its window. */
export async function openCommitted(reading: Reading, read: string): Promise<OpenedRead> {
  const { ledger, peers, vault, suites, encryption: key, holderKey } = reading
  const owner = ownerOfRead(ledger.view(), read)
  const answer = await peers(owner).release({ read, holderKey })
  const view = ledger.view()
  const panelHalves = await collectShares(reading, read)
  const suite = vault.suite
  const opened = openRead({ view, suite, suites, key, holderKey, read, answer, panelHalves })
  keepCopies(vault, opened)
  return opened
}

function ownerOfRead(view: LedgerView, read: string): string {
  const found = view.state(reads).find(read)
  if (found === undefined) throw new ReadRefused('READ_NOT_FOUND', { read })
  return found.owner
}
