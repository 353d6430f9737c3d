import type { Bytes } from '@renshe/crypto'
import type { StateLayer } from '@renshe/kernel'
import type { ClosedNode, LogFrontier } from '@renshe/proof'
import type { BlockChange } from './block-changes.ts'
import type { SpentEntry } from './spent-set.ts'
import type { StoredResult } from './state-rows.ts'

/** A snapshot that is being computed: of the state after `height`, carried by header `carrier`. */
export interface PendingSnapshot {
  readonly height: number
  readonly carrier: number
}

/** Where the state stands; stored with every block. */
export interface StateHead {
  readonly height: number
  readonly time: number
  readonly headerHash: string
  readonly protocol: number
  /** Height of the engine's newest block, decimal. */
  readonly engineHeight: string
  readonly pending: PendingSnapshot | null
  /** Newest height whose snapshot root a header carries, and that header. */
  readonly snapshot: PendingSnapshot | null
  /** Height of the snapshot that this ledger began with; −1 if it began with block 0. */
  readonly base: number
  /** Protocol version whose index declarations the index table follows. */
  readonly indexedFor: string
}

/** All that one block adds to the store. */
export interface BlockCommit {
  readonly head: StateHead
  readonly headerBytes: Bytes
  readonly layer: StateLayer
  /** Ascending by key, each with its value hash; of a base, all that is there. */
  readonly changes: readonly (BlockChange & { readonly hash: Bytes })[]
  readonly results: readonly (StoredResult & { readonly txId: Bytes })[]
  readonly spent: readonly SpentEntry[]
  readonly closedNodes: readonly ClosedNode[]
  readonly frontier: LogFrontier
  /** Policy that must finalise the next block, if it changed: its hash and JCS. */
  readonly policy: { readonly hash: Bytes; readonly bytes: Bytes } | null
  /** Undo records below this height are dropped. */
  readonly oldestUndo: number
  /** Spent nonces that ended at or before this time are dropped. */
  readonly spentUntil: number
}
