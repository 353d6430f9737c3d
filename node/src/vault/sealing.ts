import type { JsonObject } from '@renshe/crypto'
import type { Expected } from './release-store.ts'

/** What one attempt to seal made: sections of a record, rows of a batch or of a sub-ledger, a file. */
export interface Sealing extends Expected {
  readonly v: 1
  /** Number in this vault: rows lie under it one after another. */
  readonly n: number
  readonly kind: 'record' | 'batch' | 'entry' | 'balance' | 'file'
  /** `SEALED` until what it made is final on chain; a file of the owner's own is `LIVE` at once. */
  readonly state: 'SEALED' | 'LIVE'
  readonly level: number
  /** Name of the section of rows; for a record, that of its first section. */
  readonly section: string
  /** Hash of the catalogue entry of each section, in the order of `sections`; one for rows. */
  readonly entries: readonly string[]
  /** Rows stored under `n`; a sub-ledger's tree may have more leaves, sealed earlier. */
  readonly rows: number
  /** For balances: the root that they grew from, null for the first ones. */
  readonly previous: string | null
}

/** A leaf of a batch or tree, as far as it is not the same for all. */
export interface StoredLeaf {
  /** Record id, 32 hex digits. */
  readonly record: string
  readonly version: number
  /** 64 hex digits. */
  readonly commitment: string
}

/** Reads a sealing back. */
export function sealingOf(json: JsonObject): Sealing {
  return json as unknown as Sealing
}
