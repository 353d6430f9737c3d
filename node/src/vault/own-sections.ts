/* The owner's own sections: where they lie, their leaves, and opening them. */
import {
  type BatchKey,
  type Bytes,
  batchLeaf,
  createBatchKey,
  openSection,
  type RegisteredSection,
  SealBroken,
} from '@renshe/crypto'
import { leafHash } from '@renshe/proof'
import type { Opening } from '../peer.ts'
import { PAGE_HALVES } from './release-store.ts'
import { headerHashOf } from './sealed-bytes.ts'
import type { Sealing, StoredLeaf } from './sealing.ts'
import type { Vault } from './vault.ts'

/** Where one leaf of a tree lies in the vault. */
export interface LeafPlace {
  readonly sealing: Sealing
  readonly row: number
  readonly leaf: StoredLeaf
}

const HALF_BYTES = 32

/** Half B that stands for an erased row. */
export const ERASED_HALF: Bytes = new Uint8Array(HALF_BYTES)

/** Stands in a release for the half B that releasers give: it is not erased, and opens nothing. */
export const PANEL_HALF: Bytes = new Uint8Array(HALF_BYTES).fill(0xff)

/** Whether a half B says that its section is erased. */
export function isErasedHalf(half: Bytes): boolean {
  return half.every((byte) => byte === 0)
}

/** Hash of a leaf in its tree. */
export function hashOfLeaf({ sealing, leaf }: LeafPlace): Bytes {
  const kind = sealing.kind === 'entry' || sealing.kind === 'balance' ? sealing.kind : 'batch'
  const { record, version, commitment } = leaf
  const sections = [{ name: sealing.section, level: sealing.level, commitment }]
  return leafHash(kind, batchLeaf({ record, version, sections }))
}

/** What the chain registered, or will, of one place: an opener compares all of it. */
export function registeredAt(vault: Vault, { sealing, row, leaf }: LeafPlace): RegisteredSection {
  const isRecord = sealing.root === null
  return {
    chain: vault.chain,
    owner: vault.member,
    record: leaf.record,
    version: leaf.version,
    section: isRecord ? (sealing.sections[row]?.name ?? '') : sealing.section,
    level: sealing.level,
    entryHash: sealing.entries[isRecord ? row : 0] ?? '',
    commitment: leaf.commitment,
  }
}

/** Reads halves of one vault, unwrapping each A\* and each page once. */
export class HalfReader {
  readonly #vault: Vault
  readonly #batchKeys = new Map<number, BatchKey>()
  readonly #pages = new Map<string, Bytes>()

  constructor(vault: Vault) {
    this.#vault = vault
  }

  /** A\* of a sealing of rows. */
  batchHalf(sealing: Sealing): Bytes {
    const { chain, store } = this.#vault
    const batch = sealing.root as string
    const context = { use: 'vault-a-batch', chain, batch, section: sealing.section } as const
    const half = store.half(sealing.n, 0, context)
    if (half === undefined) throw new SealBroken('half a')
    return half
  }

  /** A of a place; `sealed` is the section there. */
  halfA({ sealing, row, leaf }: LeafPlace, sealed: Bytes): Bytes {
    if (sealing.root === null) {
      const { chain, store } = this.#vault
      const context = { use: 'vault-a', chain, commitment: leaf.commitment } as const
      const half = store.half(sealing.n, row, context)
      if (half === undefined) throw new SealBroken('half a')
      return half
    }
    let key = this.#batchKeys.get(sealing.n)
    if (key === undefined) {
      key = createBatchKey(this.#vault.suite, this.batchHalf(sealing))
      this.#batchKeys.set(sealing.n, key)
    }
    return key.rowHalf(headerHashOf(this.#vault.suite, sealed))
  }

  /** B of a place; {@link ERASED_HALF} where it is erased. */
  halfB({ sealing, row, leaf }: LeafPlace): Bytes {
    const { release } = this.#vault
    if (sealing.root === null) return release.findHalf(leaf.commitment) ?? ERASED_HALF
    const page = Math.floor(row / PAGE_HALVES)
    const name = `${sealing.n} ${page}`
    let halves = this.#pages.get(name)
    if (halves === undefined) {
      halves = release.findPage(sealing.root, sealing.section, page) ?? new Uint8Array(0)
      this.#pages.set(name, halves)
    }
    const at = (row % PAGE_HALVES) * HALF_BYTES
    const half = halves.slice(at, at + HALF_BYTES)
    return half.length === HALF_BYTES ? half : ERASED_HALF
  }
}

/**
 * Opens the owner's own section: automatic processing that ends in a transaction naming it.
 *
 * @returns null where it is erased
 * @throws SealBroken if a store does not hold what was put there
 */
export function openOwn(vault: Vault, place: LeafPlace, halves: HalfReader): Opening | null {
  const halfB = halves.halfB(place)
  if (isErasedHalf(halfB)) return null
  const sealed = vault.store.row(place.sealing.n, place.row)
  if (sealed === undefined) throw new SealBroken('section')
  const halfA = halves.halfA(place, sealed)
  const registered = registeredAt(vault, place)
  return openSection({ sealed, halfA, halfB, registered, suites: [vault.suite] })
}
