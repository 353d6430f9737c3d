import type { Bytes, JsonObject } from '@renshe/crypto'
import type { Action } from './action.ts'
import type { AnyCollection } from './collection.ts'
import type { Context } from './context.ts'
import type { Query } from './query.ts'
import type { SignerResolution } from './signer.ts'
import type { StateView } from './state-view.ts'

/** Published parameters that the ledger itself obeys, as of one state. */
export interface LedgerParameters {
  /** How far `expiresAt` may lie after block time. */
  readonly horizonMs: number
  /** A snapshot becomes pending at heights that are a multiple of this. */
  readonly snapshotEvery: number
  /** Blocks between a snapshot height and the header that carries its root. */
  readonly snapshotDelay: number
  /** Signature suites of the chain, for example `RS-INTL-1`. */
  readonly suites: readonly string[]
}

/**
 * The contract code of one protocol version, as the kernel and the ledger see it. The rule books
 * implement it; the ledger is handed one per version and switches at the enacted height.
 */
export interface Contracts {
  readonly protocol: number
  readonly actions: ReadonlyMap<string, Action<never>>
  readonly queries: ReadonlyMap<string, Query<never>>
  /** Every collection, so that the store knows names, schemas and indexes. */
  readonly collections: readonly AnyCollection[]
  /**
   * Block 0: writes the initial state from the genesis document, modules in fixed order.
   *
   * @param packages  bytes beside the genesis file, by the hashes that its `packages` name
   */
  found(ctx: Context, genesis: JsonObject, packages: ReadonlyMap<string, Bytes>): void
  resolveSigner(view: StateView, fingerprint: string, time: number): SignerResolution
  parameters(view: StateView): LedgerParameters
  /** The finality policy (JCS object) that must finalise the next block. */
  policy(view: StateView): JsonObject
  /** Protocol version in force for the next height. */
  protocolFor(view: StateView, height: number): number
}
