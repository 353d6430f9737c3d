/* The holder's side of Read: everything that opens is compared with what the chain says. */
import {
  batches,
  findGrant,
  type Grant,
  type Read,
  reads,
  type SealedBatch,
  sections,
} from '@renshe/contracts'
import {
  type BatchKey,
  type Bytes,
  batchLeaf,
  createBatchKey,
  fromHex,
  openSealed,
  openSection,
  type PrivateKey,
  type RegisteredSection,
  SealBroken,
  type SuiteId,
  unwrap,
} from '@renshe/crypto'
import { leafHash } from '@renshe/proof'
import type { LedgerView } from '../ledger-port.ts'
import type { Opening, ReleaseAnswer, ReleasedSection } from '../peer.ts'
import { isErasedHalf } from './own-sections.ts'
import { verifyRange } from './range-proof.ts'
import { headerHashOf } from './sealed-bytes.ts'

/** What a release is opened with. */
export interface ReadToOpen {
  /** The holder's own replica. */
  readonly view: LedgerView
  /** Suite of wraps and boxes: the first that the chain allows. */
  readonly suite: SuiteId
  /** Suites that sections may have. */
  readonly suites: readonly SuiteId[]
  /** The holder's encryption key, and its name on chain. */
  readonly key: PrivateKey
  readonly holderKey: string
  readonly read: string
  readonly answer: ReleaseAnswer
  /** Halves B that releasers' shares gave, by commitment. */
  readonly panelHalves?: ReadonlyMap<string, Bytes>
}

/** A read with everything opened and compared. */
export interface OpenedRead {
  readonly read: Read
  readonly grant: Grant
  /** In the order of the read; null where erased. */
  readonly openings: readonly (Opening | null)[]
  readonly commitments: readonly string[]
  /** What each is by the chain, or by its leaf under the root that the chain holds. */
  readonly registered: readonly RegisteredSection[]
  /** For a read of rows: hashes that lead from them to the root; as the owner gave and as was verified. */
  readonly rangeProof: readonly Bytes[] | null
}

const HALF_BYTES = 32

/**
 * Opens what the owner released.
 *
 * @throws SealBroken if one byte is not what grant, read, key and chain together demand
 */
export function openRead(given: ReadToOpen): OpenedRead {
  const { view, answer } = given
  const read = view.state(reads).find(given.read)
  const grant = read === undefined ? undefined : findGrant(view, read.grant)
  if (read === undefined || grant === undefined) throw new SealBroken('read')
  const registered = registeredSections(view, read, answer)
  const underGrant = openGrantKey(given, grant)
  const halves = openHalves(given, registered.length)
  const batchKey = openBatchKey(given, grant, underGrant, read)
  const openings = registered.map((section, index) => {
    const released = answer.sections[index] as ReleasedSection
    const halfB =
      given.panelHalves?.get(section.commitment) ??
      halves.subarray(index * HALF_BYTES, (index + 1) * HALF_BYTES)
    if (isErasedHalf(halfB)) return null
    const halfA = halfAOf(given, grant, underGrant, batchKey, released)
    const { sealed } = released
    return openSection({ sealed, halfA, halfB, registered: section, suites: given.suites })
  })
  const commitments = registered.map(({ commitment }) => commitment)
  return { read, grant, openings, commitments, registered, rangeProof: answer.rangeProof }
}

function openGrantKey({ suite, key, view, holderKey, answer }: ReadToOpen, grant: Grant): Bytes {
  const context = { use: 'grant', chain: view.chain, grant: grant.id, holderKey } as const
  return openSealed(suite, key, context, answer.grantKey)
}

function openHalves({ suite, key, view, holderKey, answer, read }: ReadToOpen, count: number) {
  const context = { use: 'release', chain: view.chain, read, holderKey } as const
  const halves = openSealed(suite, key, context, answer.halves)
  if (halves.length !== count * HALF_BYTES) throw new SealBroken('halves')
  return halves
}

function openBatchKey(
  { suite, view, answer }: ReadToOpen,
  grant: Grant,
  underGrant: Bytes,
  { rows }: Read,
): BatchKey | undefined {
  if (rows === null || answer.batchHalf === null) return undefined
  const { batch, section } = rows
  const { chain } = view
  const context = { use: 'half-a-batch', chain, grant: grant.id, batch, section } as const
  return createBatchKey(suite, unwrap(suite, underGrant, context, answer.batchHalf))
}

function halfAOf(
  { suite, view }: ReadToOpen,
  grant: Grant,
  underGrant: Bytes,
  batchKey: BatchKey | undefined,
  { halfA, commitment, sealed }: ReleasedSection,
): Bytes {
  if (halfA !== null) {
    const context = { use: 'half-a', chain: view.chain, grant: grant.id, commitment } as const
    return unwrap(suite, underGrant, context, halfA)
  }
  if (batchKey === undefined) throw new SealBroken('half a')
  return batchKey.rowHalf(headerHashOf(suite, sealed))
}

/** What the chain registered of each section of the read, in its order. */
function registeredSections(
  view: LedgerView,
  read: Read,
  answer: ReleaseAnswer,
): RegisteredSection[] {
  if (read.rows !== null) return registeredRows(view, read.rows, answer)
  if (answer.sections.length !== read.items.length) throw new SealBroken('sections')
  return read.items.map(({ record, version, section, commitment, batch: root }) => {
    const found =
      root === null
        ? view.state(sections).find([record, section, version])
        : view.state(batches).find(root)
    if (found === undefined) throw new SealBroken('registered')
    const { owner, level, entry } = found
    return {
      chain: view.chain,
      owner,
      record,
      version,
      section,
      level,
      entryHash: entry,
      commitment,
    }
  })
}

function registeredRows(
  view: LedgerView,
  { batch: root, section, from, count }: NonNullable<Read['rows']>,
  answer: ReleaseAnswer,
): RegisteredSection[] {
  const batch = view.state(batches).find(root)
  if (batch === undefined || answer.sections.length !== count) throw new SealBroken('rows')
  const { owner, level, entry } = batch
  const leaves = answer.sections.map((released) => leafOf(batch, section, released))
  const range = { from, count, size: batch.count }
  if (!verifyRange(leaves, range, answer.rangeProof ?? [], fromHex(root))) {
    throw new SealBroken('range')
  }
  return answer.sections.map(({ record, version, commitment }) => ({
    chain: view.chain,
    owner,
    record,
    version,
    section,
    level,
    entryHash: entry,
    commitment,
  }))
}

function leafOf(
  { tree, level }: SealedBatch,
  name: string,
  { record, version, commitment }: ReleasedSection,
): Bytes {
  const one = [{ name, level, commitment }]
  return leafHash(tree, batchLeaf({ record, version, sections: one }))
}
