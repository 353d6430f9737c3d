/* Openings for evidence, from the vault of the member that owns what is shown. */
import { toBase64Url, toHex } from '@renshe/crypto'
import { inclusionPath, type Opened } from '@renshe/proof'
import type { Opening } from '../peer.ts'
import { HalfReader, hashOfLeaf, type LeafPlace, openOwn } from '../vault/own-sections.ts'
import { placesOfRoot } from '../vault/subledger-trees.ts'
import type { Vault } from '../vault/vault.ts'
import { EvidenceRefused } from './evidence-refused.ts'

/** A section as an evidence file shows it whole. */
export function shownSection({ header, seed, content }: Opening) {
  return { header, seed: toHex(seed), content: toBase64Url(content) }
}

/** A tree of sealed leaves that this vault made: a batch, or one side of a sub-ledger posting. */
export class VaultTree {
  readonly places: readonly LeafPlace[]
  readonly #tree: 'batch' | 'entry' | 'balance'
  readonly #vault: Vault
  readonly #halves: HalfReader
  #hashes: ReturnType<typeof hashOfLeaf>[] | undefined

  private constructor(
    vault: Vault,
    tree: 'batch' | 'entry' | 'balance',
    places: readonly LeafPlace[],
  ) {
    this.#vault = vault
    this.#tree = tree
    this.places = places
    this.#halves = new HalfReader(vault)
  }

  /** Opens a tree by its root; refuses `SUBLEDGER_ELSEWHERE` if another member sealed it. */
  static of(vault: Vault, tree: 'batch' | 'entry' | 'balance', root: string): VaultTree {
    const places = placesOfRoot(vault, root)
    if (places === undefined) throw new EvidenceRefused('SUBLEDGER_ELSEWHERE', { root })
    return new VaultTree(vault, tree, places)
  }

  /** Place of a record's leaf, or −1. */
  indexOf(record: string): number {
    return this.places.findIndex(({ leaf }) => leaf.record === record)
  }

  /** The leaf at an index with its path and content. */
  show(of: string, index: number): Opened {
    const place = this.places[index]
    if (place === undefined) throw new EvidenceRefused('ROW_UNKNOWN', { row: index })
    const opening = openOwn(this.#vault, place, this.#halves)
    const { record, version, commitment } = place.leaf
    if (opening === null) throw new EvidenceRefused('SECTION_ERASED', { record })
    this.#hashes ??= this.places.map(hashOfLeaf)
    const { section: name, level } = place.sealing
    return {
      of,
      tree: this.#tree,
      index,
      leaf: { record, version, sections: [{ name, level, commitment }] },
      path: inclusionPath(this.#hashes, index).map(toHex),
      sections: [shownSection(opening)],
    }
  }
}

/**
 * Opens one section of a record that this member owns.
 *
 * @throws EvidenceRefused `SECTION_NOT_HERE`, `SECTION_ERASED`
 */
export function openOwnSection(vault: Vault, record: string, commitment: string): Opening {
  const place = vault.store.placeOfCommitment(commitment)
  const sealing = place === undefined ? undefined : vault.store.sealing(place.sealing)
  if (place === undefined || sealing?.record !== record) {
    throw new EvidenceRefused('SECTION_NOT_HERE', { record })
  }
  const leaf = { record, version: 1, commitment }
  const opening = openOwn(vault, { sealing, row: place.row, leaf }, new HalfReader(vault))
  if (opening === null) throw new EvidenceRefused('SECTION_ERASED', { record })
  return opening
}
