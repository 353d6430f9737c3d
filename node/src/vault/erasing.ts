/* What the chain says is erased is erased here: half B, the sealed section with half A, copies of others' data. */
import { batches, erasures, reads, type SealedBatch, sections, tombstones } from '@renshe/contracts'
import type { LedgerView } from '../ledger-port.ts'
import { dropCopy, dropRowCopy } from './copies.ts'
import { HalfReader, isErasedHalf, type LeafPlace } from './own-sections.ts'
import { PAGE_HALVES } from './release-store.ts'
import type { Sealing } from './sealing.ts'
import { placesOfRoot } from './subledger-trees.ts'
import type { Vault } from './vault.ts'

/** What was still there, and is gone now. */
export interface ErasedHere {
  /** Halves B of sections and rows of this owner. */
  readonly halves: number
  /** Sealed sections and rows of this owner. */
  readonly sections: number
  /** Copies of other owners' sections that were kept under a grant with `STORE`. */
  readonly copies: number
}

/** A record that is erased, as its erasure names it. */
interface ErasedPlace {
  readonly owner: string
  readonly record: string
  readonly batch: string | null
  readonly index: number | null
}

/**
 * Erases whatever the chain says is erased and this member still has. Run at every start, before anything is
 * answered: a restored backup holds what was erased after it was made. Twice changes nothing.
 *
 * @source security/sealed-data.md section 8, Erase 3
 */
export function replayErasures(vault: Vault, view: LedgerView): Promise<ErasedHere> {
  const places: ErasedPlace[] = []
  for (const [, stone] of view.state(tombstones).range()) {
    if (stone.state === 'ERASED' && stone.height <= view.finalHeight) places.push(stone)
  }
  return erase(vault, view, places)
}

/** One line of `access.confirmErasure`. */
export interface ErasureDone {
  readonly erasure: string
  readonly part: 'RELEASE' | 'VAULT' | 'COPY'
}

/**
 * Carries out the erasures that this member has not confirmed.
 *
 * @returns what it may confirm: everything of it is deleted when this returns
 */
export async function carryOutErasures(vault: Vault, view: LedgerView): Promise<ErasureDone[]> {
  const places: ErasedPlace[] = []
  const done: ErasureDone[] = []
  const owed = view.state(erasures).index('unconfirmed', { prefix: [vault.member] })
  const seen = new Set<string>()
  for (const [id, { owner, records, height, expected, confirmations }] of owed) {
    if (height > view.finalHeight || seen.has(id)) continue
    seen.add(id)
    for (const record of records) places.push({ owner, ...record })
    for (const { member, part } of expected) {
      const isConfirmed = confirmations.some((one) => one.member === member && one.part === part)
      if (member === vault.member && !isConfirmed) done.push({ erasure: id, part })
    }
  }
  await erase(vault, view, places)
  return done
}

async function erase(
  vault: Vault,
  view: LedgerView,
  places: readonly ErasedPlace[],
): Promise<ErasedHere> {
  if (places.length === 0) return { halves: 0, sections: 0, copies: 0 }
  const roots = rootsByOrigin(view)
  const own = places.filter(({ owner }) => owner === vault.member)
  const copies = places
    .filter(({ owner }) => owner !== vault.member)
    .reduce((sum, place) => sum + dropCopies(vault, view, place, roots), 0)
  const found = findOwn(vault, view, own, roots)
  // Half B first: with it gone nothing opens, whatever a crash leaves.
  const halves = await eraseHalves(vault, found)
  vault.atCrashPoint('halves-erased')
  const erased = eraseSealed(vault, found)
  vault.atCrashPoint('sections-erased')
  forgetBoxes(vault, view, own, roots)
  if (erased > 0) {
    const gone = new Set(
      [...found.values()].flatMap(({ sealing, rows }) => [...rows].map((r) => `${sealing.n} ${r}`)),
    )
    await vault.store.forgetPersons((n, row) => gone.has(`${n} ${row}`))
  }
  return { halves, sections: erased, copies }
}

/** Rows of one sealing that are erased. */
interface ErasedRows {
  readonly sealing: Sealing
  readonly rows: Set<number>
}

function findOwn(
  vault: Vault,
  view: LedgerView,
  places: readonly ErasedPlace[],
  roots: RootsByOrigin,
): Map<number, ErasedRows> {
  const found = new Map<number, ErasedRows>()
  const add = ({ sealing, row }: Pick<LeafPlace, 'sealing' | 'row'>) => {
    const known = found.get(sealing.n) ?? { sealing, rows: new Set() }
    found.set(sealing.n, known)
    known.rows.add(row)
  }
  const trees = new Map<string, readonly LeafPlace[]>()
  for (const { record, batch, index } of places) {
    for (const [, { commitment, owner }] of view.state(sections).range({ prefix: [record] })) {
      const at = owner === vault.member ? vault.store.placeOfCommitment(commitment) : undefined
      const sealing = at === undefined ? undefined : vault.store.sealing(at.sealing)
      if (at !== undefined && sealing !== undefined) add({ sealing, row: at.row })
    }
    if (batch === null || index === null) continue
    for (const root of roots.of(batch)) {
      const tree = trees.get(root) ?? placesOfRoot(vault, root) ?? []
      trees.set(root, tree)
      const place = tree[index]
      if (place?.leaf.record === record) add(place)
    }
  }
  return found
}

async function eraseHalves(vault: Vault, found: Map<number, ErasedRows>): Promise<number> {
  let erased = 0
  const commitments: string[] = []
  for (const { sealing, rows } of found.values()) {
    if (sealing.root === null) {
      for (const row of rows) commitments.push(sealing.sections[row]?.commitment ?? '')
      continue
    }
    const left = rowsWithHalf(vault, sealing, [...rows])
    if (left.length === 0) continue
    await vault.release.eraseRows(sealing.root, sealing.section, left)
    erased += left.length
  }
  return erased + (await vault.release.eraseHalves(commitments))
}

function rowsWithHalf(vault: Vault, sealing: Sealing, rows: readonly number[]): number[] {
  const halves = new HalfReader(vault)
  const leaf = { record: '', version: 1, commitment: '' }
  return rows.filter((row) => !isErasedHalf(halves.halfB({ sealing, row, leaf })))
}

function eraseSealed(vault: Vault, found: Map<number, ErasedRows>): number {
  const all = [...found.values()].map(({ sealing, rows }) => ({
    sealing,
    rows: [...rows],
    isLast: isAllErased(vault, sealing),
  }))
  return vault.store.eraseRows(all)
}

/** Whether no row of a batch has its B any more: then A\* has nothing left to open. */
function isAllErased({ release }: Vault, { root, section, rows }: Sealing): boolean {
  if (root === null) return false
  for (let page = 0; page * PAGE_HALVES < rows; page++) {
    const halves = release.findPage(root, section, page)
    if (halves !== undefined && !isErasedHalf(halves)) return false
  }
  return true
}

/** Boxes of B's and of answers that were made for readers of what is erased. */
function forgetBoxes(
  vault: Vault,
  view: LedgerView,
  places: readonly ErasedPlace[],
  roots: RootsByOrigin,
): void {
  const made = vault.store.lockedIds('release').filter((id) => id.includes(' '))
  if (made.length === 0) return
  const records = new Set(places.map(({ record }) => record))
  const rows = new Map<string, number[]>()
  for (const { batch, index } of places) {
    if (batch === null || index === null) continue
    for (const root of roots.of(batch)) rows.set(root, [...(rows.get(root) ?? []), index])
  }
  const gone = made.filter((id) => {
    const read = view.state(reads).find(id.split(' ')[0] as string)
    if (read === undefined) return true
    if (read.items.some(({ record }) => records.has(record))) return true
    const run = read.rows
    if (run === null) return false
    return (rows.get(run.batch) ?? []).some((at) => at >= run.from && at < run.from + run.count)
  })
  vault.store.removeLocked('release', gone)
}

function dropCopies(
  vault: Vault,
  view: LedgerView,
  { record, batch, index, owner }: ErasedPlace,
  roots: RootsByOrigin,
): number {
  let dropped = 0
  for (const [, sealed] of view.state(sections).range({ prefix: [record] })) {
    if (sealed.owner === owner && dropCopy(vault, sealed.commitment)) dropped += 1
  }
  if (batch === null || index === null) return dropped
  for (const root of roots.of(batch)) if (dropRowCopy(vault, root, index)) dropped += 1
  return dropped
}

interface RootsByOrigin {
  of(origin: string): readonly string[]
}

/** Rows keep their places when a batch is sealed anew: they lie under each of its roots. */
function rootsByOrigin(view: LedgerView): RootsByOrigin {
  const later = new Map<string, string[]>()
  for (const [root, { origin }] of view.state(batches).range() as Iterable<
    readonly [string, SealedBatch]
  >) {
    if (origin !== undefined) later.set(origin, [...(later.get(origin) ?? []), root])
  }
  return { of: (origin) => [origin, ...(later.get(origin) ?? [])] }
}
