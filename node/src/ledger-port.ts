import type { Bytes, Json } from '@renshe/crypto'
import type { Answer, Reader, Refusal, StateView } from '@renshe/kernel'

/**
 * A snapshot of this member's own replica. Nobody else is asked: what a release, a check of a body or a
 * sweep decides, it decides from here.
 */
export interface LedgerView extends StateView {
  readonly chain: string
  /** Height of the snapshot. */
  readonly height: number
  /** Block time at that height, UTC ms. */
  readonly time: number
  /** Newest height that is final; what was written above it may still be undone by nobody but must wait. */
  readonly finalHeight: number
  /** Throws `Refused` of the kernel: functions of the contracts need it. */
  refuse(reason: Refusal): never
}

/** What became of one transaction of a bundle. */
export type SubmitOutcome =
  /** Included and final: executed (`OK`) or refused by a contract, with the result's data. */
  | {
      readonly included: true
      readonly txId: string
      readonly height: number
      readonly code: string
      readonly data: Json
    }
  /** Not included: nothing of it is on chain, and `code` says why. */
  | { readonly included: false; readonly txId: string | null; readonly code: string }

/** What the rooms of a member need of the ledger; the same over every engine, and in tests in memory. */
export interface LedgerPort {
  readonly chain: string
  /**
   * Hands in a framed bundle and waits until every transaction in it is final or known not to be included.
   *
   * @returns one outcome per transaction, in their order
   */
  submit(bundle: Bytes): Promise<readonly SubmitOutcome[]>
  /** Asks a query of the contracts at the newest final height. */
  query(name: string, input: Json, reader: Reader): Answer
  /** The newest snapshot. */
  view(): LedgerView
}
