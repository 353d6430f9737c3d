/* What the chain says is erased is erased here too, before anything is answered: a backup may be older. */
import { batches, erasures, sections, type Tombstone, tombstones } from '@renshe/contracts'
import type { LedgerView } from '../ledger-port.ts'
import { dropCopy, dropRowCopy } from '../vault/copies.ts'
import { HalfReader, isErasedHalf } from '../vault/own-sections.ts'
import { placesOfRoot } from '../vault/subledger-trees.ts'
import type { Vault } from '../vault/vault.ts'

/** What was still there, and is gone now. */
export interface ReplayedErasures {
  /** Halves B of sections and rows of this owner. */
  readonly halves: number
  /** Copies of other owners' sections that were kept under a grant with `STORE`. */
  readonly copies: number
}

/**
 * Erases in the release store every half B whose record the chain says is erased, and drops kept copies
 * that an erasure of another owner orders away. Run at every start, before a member's service answers:
 * a restored backup holds what was erased after it was made. Without B nothing opens, whatever the vault
 * still has; running it twice changes nothing.
 *
 * @source security/sealed-data.md section 8, Erase 3
 */
export async function replayErasures(vault: Vault, view: LedgerView): Promise<ReplayedErasures> {
  let halves = 0
  let copies = 0
  const rows = new Map<string, number[]>()
  for (const [[owner], stone] of view.state(tombstones).range()) {
    if (stone.state !== 'ERASED' || stone.height > view.finalHeight) continue
    if (owner === vault.member) {
      halves += await eraseSections(vault, view, stone)
      if (stone.batch !== null && stone.index !== null) {
        rows.set(stone.batch, [...(rows.get(stone.batch) ?? []), stone.index])
      }
    } else if (isOrdered(view, stone, vault.member)) copies += dropCopies(vault, view, stone)
  }
  for (const [origin, places] of rows) halves += await eraseRows(vault, view, origin, places)
  return { halves, copies }
}

/** Halves of every version of every section that the chain lists of a record. */
async function eraseSections(
  vault: Vault,
  view: LedgerView,
  { record }: Tombstone,
): Promise<number> {
  let erased = 0
  for (const [, { commitment, owner }] of view.state(sections).range({ prefix: [record] })) {
    if (owner !== vault.member || vault.release.findHalf(commitment) === undefined) continue
    await vault.release.eraseHalf(commitment)
    erased += 1
  }
  return erased
}

async function eraseRows(
  vault: Vault,
  view: LedgerView,
  origin: string,
  places: readonly number[],
): Promise<number> {
  let erased = 0
  for (const root of rootsOf(view, origin)) {
    const { section } = view.state(batches).get(root)
    const kept = placesOfRoot(vault, root)
    const halves = new HalfReader(vault)
    const left = places.filter((row) => {
      const place = kept?.[row]
      return place !== undefined && !isErasedHalf(halves.halfB(place))
    })
    if (left.length === 0) continue
    await vault.release.eraseRows(root, section, left)
    erased += left.length
  }
  return erased
}

function isOrdered(view: LedgerView, { erasure }: Tombstone, member: string): boolean {
  const { expected } = view.state(erasures).get(erasure)
  return expected.some((one) => one.member === member && one.part === 'COPY')
}

function dropCopies(vault: Vault, view: LedgerView, { record, batch, index }: Tombstone): number {
  let dropped = 0
  for (const [, { commitment }] of view.state(sections).range({ prefix: [record] })) {
    if (dropCopy(vault, commitment)) dropped += 1
  }
  if (batch === null || index === null) return dropped
  for (const root of rootsOf(view, batch)) if (dropRowCopy(vault, root, index)) dropped += 1
  return dropped
}

/** Rows keep their places when a batch is sealed anew: they lie under each of its roots. */
function rootsOf(view: LedgerView, origin: string): string[] {
  const all = [...view.state(batches).range()]
  return all
    .filter(([root, batch]) => root === origin || batch.origin === origin)
    .map(([root]) => root)
}
