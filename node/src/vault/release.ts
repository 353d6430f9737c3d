/* The owner's side of Read: nothing is given that the owner's own replica does not say it owes. */
import {
  checkRelease,
  coversWholeBatch,
  type Grant,
  type OpenedPanel,
  type Read,
  reads,
  type SealedBatch,
  tombstones,
} from '@renshe/contracts'
import {
  type Bytes,
  canonicalJson,
  concatBytes,
  fromBase64Url,
  importPublicKey,
  type JsonObject,
  parseCanonicalJson,
  sealTo,
  sha256,
  toHex,
  utf8,
  wrap,
} from '@renshe/crypto'
import type { LedgerView } from '../ledger-port.ts'
import {
  PeerRefused,
  type ReleaseAnswer,
  type ReleasedSection,
  type ReleaseRequest,
} from '../peer.ts'
import { grantKey, grantKeyBox, type HolderKey } from './grant-keys.ts'
import {
  ERASED_HALF,
  HalfReader,
  hashOfLeaf,
  isErasedHalf,
  type LeafPlace,
  PANEL_HALF,
} from './own-sections.ts'
import { rangeProof } from './range-proof.ts'
import { isOfSubjects } from './subjects.ts'
import { placesOfRoot } from './subledger-trees.ts'
import type { Vault } from './vault.ts'

/** What the owner will say on chain of one read. */
export interface ReleaseNote {
  readonly outcome: 'RELEASED' | 'REFUSED' | 'FAILED'
  readonly digest: string
  readonly erased: number
}

/** Faults that will not heal: the owner confirms them at once. */
const FINAL_FAULTS: ReadonlySet<string> = new Set(['READ_TOO_OLD', 'GRANT_REVOKED'])

/**
 * Answers a committed read. The same again within the window gives the same answer.
 *
 * @param caller  member that asks, as its connection proved
 * @throws PeerRefused for an unknown, refused, unfinal, foreign or old read, a grant that is not in force
 *         now, another holder key, or sections that this vault does not have
 * @source sealed-data section 8, Read 3 and 4; threats 3 and 22
 */
export function releaseRead(
  vault: Vault,
  view: LedgerView,
  caller: string,
  request: ReleaseRequest,
): ReleaseAnswer {
  const { read, grant, batch, key, panels, places } = admitRelease(vault, view, caller, request)
  if (read.fields !== null || read.question !== null || read.find !== null) {
    throw new PeerRefused('READ_OF_A_PART', { read: read.read })
  }
  const isGone = erasedRows(view, read, batch)
  return answer(vault, { read, grant, places, key, isGone, panels })
}

/** A read that its owner owes an answer, and where what it names lies. */
export interface AdmittedRead {
  readonly read: Read
  readonly grant: Grant
  /** The grant and all above it, itself first. */
  readonly chain: readonly Grant[]
  readonly batch: SealedBatch | null
  readonly key: HolderKey
  /** Commitments of sections whose half B comes from releasers. */
  readonly panels: ReadonlySet<string>
  readonly places: RunOfPlaces
}

/**
 * Decides whether a read is answered; see {@link releaseRead}.
 *
 * @throws PeerRefused
 */
export function admitRelease(
  vault: Vault,
  view: LedgerView,
  caller: string,
  request: ReleaseRequest,
): AdmittedRead {
  const found = view.state(reads).find(request.read)
  // A stranger learns nothing of a read, not even that there is one.
  if (found?.owner !== vault.member || found.member !== caller) {
    throw new PeerRefused('READ_NOT_FOUND', { read: request.read })
  }
  const check = checkRelease(view, request.read, view.time)
  if (!check.ok) {
    if (FINAL_FAULTS.has(check.code)) noteOnce(vault, request.read, refusedNote(check.code))
    throw new PeerRefused(check.code, { read: request.read })
  }
  const { read, grant, chain, batch, holderKey } = check
  if (read.height > view.finalHeight) throw new PeerRefused('READ_NOT_FINAL', { read: read.read })
  if (request.holderKey !== read.holderKey) {
    throw new PeerRefused('HOLDER_KEY_OTHER', { read: read.read })
  }
  const places = placesForRead(vault, read, batch)
  if (places === undefined) {
    noteOnce(vault, read.read, failedNote(read.read))
    throw new PeerRefused('SECTION_MISSING', { read: read.read })
  }
  if (!places.places.every((place) => isOfSubjects(vault, chain, place))) {
    throw new PeerRefused('SUBJECT_OTHER', { read: read.read })
  }
  const key = {
    holderKey: read.holderKey,
    publicKey: importPublicKey(fromBase64Url(holderKey.spki)),
  }
  const panels = new Set(check.panels.map((panel) => commitmentOf(read, panel)))
  return { read, grant, chain, batch, key, panels, places }
}

function commitmentOf({ items }: Read, { record, section, version }: Omit<OpenedPanel, 'shares'>) {
  const item = items.find(
    (one) => one.record === record && one.section === section && one.version === version,
  )
  return item?.commitment ?? ''
}

interface Releasing {
  readonly read: Read
  readonly grant: Grant
  readonly places: RunOfPlaces
  readonly key: HolderKey
  readonly isGone: (at: number) => boolean
  readonly panels: ReadonlySet<string>
}

/** Rows of a read that the chain says are erased, whatever the stores still have: they may be a backup's. */
function erasedRows(view: LedgerView, { rows, owner }: Read, batch: SealedBatch | null) {
  const gone = new Set<number>()
  if (rows === null) return () => false
  const places = { prefix: [batch?.origin ?? rows.batch], from: [rows.from] }
  for (const [, stone] of view.state(tombstones).index('byPlace', places)) {
    const at = (stone.index ?? 0) - rows.from
    if (at >= rows.count) break
    if (stone.state === 'ERASED' && stone.owner === owner) gone.add(at)
  }
  return (at: number) => gone.has(at)
}

/** Places of a read. */
export interface RunOfPlaces {
  readonly places: readonly LeafPlace[]
  /** Leaf hashes of the whole tree, for a read of rows. */
  readonly leaves: readonly Bytes[] | null
}

/** Places of everything that a read names, in its order; undefined if this vault does not have it all. */
export function placesForRead(
  vault: Vault,
  { items, rows }: Read,
  batch: SealedBatch | null,
): RunOfPlaces | undefined {
  if (rows !== null) {
    const all = placesOfRoot(vault, rows.batch)
    if (all === undefined || all.length !== batch?.count) return undefined
    const places = all.slice(rows.from, rows.from + rows.count)
    return { places, leaves: all.map(hashOfLeaf) }
  }
  const trees = new Map<string, LeafPlace[] | undefined>()
  const places = items.map(({ batch: root, index, commitment, record, version }) => {
    if (root === null) return placeOfSection(vault, commitment, record, version)
    if (!trees.has(root)) trees.set(root, placesOfRoot(vault, root))
    const place = trees.get(root)?.[index ?? -1]
    return place?.leaf.commitment === commitment ? place : undefined
  })
  const found = places.filter((place) => place !== undefined)
  return found.length === items.length ? { places: found, leaves: null } : undefined
}

function placeOfSection(
  vault: Vault,
  commitment: string,
  record: string,
  version: number,
): LeafPlace | undefined {
  const place = vault.store.placeOfCommitment(commitment)
  const sealing = place === undefined ? undefined : vault.store.sealing(place.sealing)
  if (place === undefined || sealing === undefined || sealing.record !== record) return undefined
  return { sealing, row: place.row, leaf: { record, version, commitment } }
}

function answer(
  vault: Vault,
  { read, grant, places: run, key, isGone, panels }: Releasing,
): ReleaseAnswer {
  const { chain, suite } = vault
  const halves = new HalfReader(vault)
  const given = run.places.map((place, at) => {
    if (isGone(at)) return ERASED_HALF
    return panels.has(place.leaf.commitment) ? PANEL_HALF : halves.halfB(place)
  })
  const sections = new Array<ReleasedSection>(given.length)
  const underGrant = grantKey(vault, grant.id)
  // A* opens half A of every row: a warrant over named rows gets the half of each one instead.
  const ownRoot = read.rows !== null && coversWholeBatch(grant) ? read.rows.batch : null
  run.places.forEach((place, index) => {
    const { record, version, commitment } = place.leaf
    const isErased = isErasedHalf(given[index] as Bytes)
    const stored = isErased ? undefined : vault.store.row(place.sealing.n, place.row)
    if (!isErased && stored === undefined) throw new PeerRefused('SECTION_MISSING', {})
    const sealed = stored ?? new Uint8Array(0)
    const context = { use: 'half-a', chain, grant: grant.id, commitment } as const
    const isOfBatch = ownRoot !== null && place.sealing.root === ownRoot
    const halfA =
      isErased || isOfBatch ? null : wrap(suite, underGrant, context, halves.halfA(place, sealed))
    const section = place.sealing.root === null ? nameAt(place) : place.sealing.section
    sections[index] = { sealed, record, version, section, commitment, halfA }
  })
  const erased = given.filter(isErasedHalf).length
  const digest = releaseDigest(read, sections, given)
  return {
    read: read.read,
    grant: grant.id,
    grantKey: grantKeyBox(vault, grant, key),
    halves: halvesBox(vault, read, { digest, erased, given, key }),
    sections,
    batchHalf: batchHalfOf(vault, run.places, ownRoot, grant.id, halves),
    rangeProof:
      run.leaves === null || read.rows === null
        ? null
        : rangeProof(run.leaves, read.rows.from, read.rows.count),
    digest,
  }
}

function nameAt({ sealing, row }: LeafPlace): string {
  return sealing.sections[row]?.name ?? ''
}

function batchHalfOf(
  vault: Vault,
  places: readonly LeafPlace[],
  root: string | null,
  grant: string,
  halves: HalfReader,
): Bytes | null {
  const own = root === null ? undefined : places.find(({ sealing }) => sealing.root === root)
  if (own === undefined || root === null) return null
  const { chain, suite } = vault
  const { section } = own.sealing
  const context = { use: 'half-a-batch', chain, grant, batch: root, section } as const
  return wrap(suite, grantKey(vault, grant), context, halves.batchHalf(own.sealing))
}

/**
 * Digest of what was given: which sections, in which order, and which of them are erased.
 *
 * @returns hex of 32 bytes
 */
export function releaseDigest(
  { read, grant, holderKey }: Pick<Read, 'read' | 'grant' | 'holderKey'>,
  sections: readonly { readonly commitment: string }[],
  halves: readonly Bytes[],
): string {
  const given = sections.map(({ commitment }, index) => [
    commitment,
    isErasedHalf(halves[index] as Bytes),
  ])
  const told = canonicalJson({ read, grant, holderKey, sections: given })
  return toHex(sha256(concatBytes(utf8('renshe/release/1'), Uint8Array.of(0), told)))
}

interface GivenHalves {
  readonly digest: string
  readonly erased: number
  readonly given: readonly Bytes[]
  readonly key: HolderKey
}

/** The box of all B's; the same again while the answer is the same. */
function halvesBox(vault: Vault, read: Read, { digest, erased, given, key }: GivenHalves): Bytes {
  const { chain, suite, store, random } = vault
  const boxName = `${read.read} box`
  const before = noteOf(vault, read.read)
  const known = before?.digest === digest ? store.unlock('release', boxName) : undefined
  if (known !== undefined) return known
  const context = { use: 'release', chain, read: read.read, holderKey: read.holderKey } as const
  const box = sealTo(suite, key.publicKey, context, concatBytes(...given), random)
  const note: ReleaseNote = { outcome: 'RELEASED', digest, erased }
  store.lock('release', [
    [read.read, canonicalJson({ ...note })],
    [boxName, box],
  ])
  return box
}

/** What was noted of a read. */
export function noteOf(vault: Vault, read: string): ReleaseNote | undefined {
  const bytes = vault.store.unlock('release', read)
  return bytes === undefined ? undefined : (parseCanonicalJson(bytes) as unknown as ReleaseNote)
}

/** The note of a read that is refused for good, or that nobody asked for in time. */
export function refusedNote(code: string): ReleaseNote {
  return { outcome: 'REFUSED', digest: digestOf({ refused: code }), erased: 0 }
}

function failedNote(read: string): ReleaseNote {
  return { outcome: 'FAILED', digest: digestOf({ failed: read }), erased: 0 }
}

function digestOf(told: JsonObject): string {
  return toHex(sha256(concatBytes(utf8('renshe/release/1'), Uint8Array.of(0), canonicalJson(told))))
}

/** Notes what was given once. */
export function noteOnce(vault: Vault, read: string, note: ReleaseNote): void {
  if (noteOf(vault, read) !== undefined) return
  vault.store.lock('release', [[read, canonicalJson({ ...note })]])
}
