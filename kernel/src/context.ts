import type { JsonObject } from '@renshe/crypto'
import type { Collection } from './collection.ts'
import type { Refusal } from './refusal.ts'
import type { Signer } from './signer.ts'
import type { CollectionState } from './state-view.ts'

/**
 * All that contract code may touch: no clock, randomness, environment or I/O exists beside it.
 *
 * Annotate the parameter (`run(ctx: Context, …)`): only then does the compiler know that code after
 * `ctx.refuse` is not reached.
 */
export interface Context {
  /** Chain id, `<name>-<8 hex of the genesis hash>`. */
  readonly chain: string
  readonly height: number
  /** Block time, UTC ms; the only time there is. */
  readonly time: number
  /** Hex id of the executing transaction; in block 0 the genesis hash. */
  readonly txId: string
  readonly signer: Signer
  state<Key, Value>(collection: Collection<Key, Value>): CollectionState<Key, Value>
  /** A fresh id, 26 characters; each label once per transaction. */
  newId(label: string): string
  /** Tells the world; ordered, part of the result. Data holds no personal data and no free text. */
  emit(name: string, data: JsonObject): void
  /** Ends the transaction without writes and events. */
  refuse(reason: Refusal): never
}
