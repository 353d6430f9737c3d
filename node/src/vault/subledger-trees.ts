/* The trees of a sub-ledger over what this vault sealed journal by journal. */
import { EMPTY_TREE } from '@renshe/contracts'
import type { LeafPlace } from './own-sections.ts'
import type { Vault } from './vault.ts'

/**
 * Places of all leaves of a tree or batch, in the order of its leaves; undefined if this vault did not
 * seal it. A tree of balances grew journal by journal: an account that a journal did not touch keeps
 * the leaf of an earlier one.
 */
export function placesOfRoot(vault: Vault, root: string): LeafPlace[] | undefined {
  if (root === EMPTY_TREE.root) return []
  const sealing = vault.store.sealingOfRoot(root)
  if (sealing === undefined) return undefined
  const own = vault.store.leaves(sealing.n).map((leaf, row) => ({ sealing, row, leaf }))
  if (sealing.kind !== 'balance') return own
  return balancePlaces(vault, root)
}

function balancePlaces(vault: Vault, newest: string): LeafPlace[] | undefined {
  const places = new Map<string, LeafPlace>()
  for (let root: string | null = newest; root !== null && root !== EMPTY_TREE.root; ) {
    const sealing = vault.store.sealingOfRoot(root)
    if (sealing === undefined) return undefined
    vault.store.leaves(sealing.n).forEach((leaf, row) => {
      // Newest journal first: what is there already is newer.
      if (!places.has(leaf.record)) places.set(leaf.record, { sealing, row, leaf })
    })
    root = sealing.previous
  }
  return [...places.values()].sort(({ leaf: a }, { leaf: b }) => (a.record < b.record ? -1 : 1))
}
