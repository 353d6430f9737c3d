import type { PersonName } from '@renshe/crypto'
import { placesOfRoot } from './subledger-trees.ts'
import type { Vault } from './vault.ts'

/**
 * Where a person lies in a tree of this vault: what the owner answers to a warrant that seeks a person
 * (`supervision.nameWarrantRows`). Only the vault's own key K finds it, nothing is opened for it.
 *
 * @param root  of a batch, or of a tree of a sub-ledger
 * @returns     places from 0 in the order of the leaves, ascending; empty: the person is not there;
 *              undefined if this vault does not have the tree
 * @source security/sealed-data.md section 9
 */
export function findPersonRows(
  vault: Vault,
  root: string,
  person: PersonName,
): number[] | undefined {
  const places = placesOfRoot(vault, root)
  if (places === undefined) return undefined
  const found = vault.store.placesOfPerson(vault.indexOf(person))
  const known = new Set(found.map(({ sealing, row }) => `${sealing} ${row}`))
  const rows: number[] = []
  places.forEach(({ sealing, row }, place) => {
    if (known.has(`${sealing.n} ${row}`)) rows.push(place)
  })
  return rows
}
