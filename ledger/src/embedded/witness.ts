import type { Bytes } from '@renshe/crypto'
import type { FinalityProof } from '@renshe/proof'

/** How far a witness's copy of the ledger reaches. */
export interface WitnessHead {
  /** Number of headers it has: its height + 1. */
  readonly size: number
  /** Newest checkpoint that it has stored, with the operator's lines; null before the first. */
  readonly checkpoint: string | null
}

/** What the operator asks a witness to cosign. */
export interface CosignRequest {
  /** Checkpoint note with the operator's lines alone. */
  readonly checkpoint: string
  /** Blocks from the witness's size on, up to the checkpoint's; empty if it has them. */
  readonly blocks: readonly Bytes[]
}

/** Why a witness does not cosign. */
export type CosignRefusalCode =
  /** It lacks blocks: `size` says from where on. */
  | 'BEHIND'
  /** It has stored another header at one of these heights; it keeps both checkpoints. */
  | 'CONFLICT'
  /** Executing the block gave it another header. */
  | 'DIVERGED'
  /** Block time is more than ten seconds from its own clock. */
  | 'CLOCK'
  /** The checkpoint is not spelled or signed as the policy wants. */
  | 'CHECKPOINT'
  /** Its disk refused, or it is stopping. */
  | 'UNAVAILABLE'

/** Answer of a witness: its signature lines (Ed25519, and SM2 in RS-GM-1), or why not. */
export type CosignAnswer =
  | { readonly ok: true; readonly lines: readonly string[] }
  | {
      readonly ok: false
      readonly code: CosignRefusalCode
      readonly size: number
      readonly detail: string
    }

/**
 * A member that keeps a copy of the ledger, executes every block again and cosigns what it finds
 * equal. In the same process, or behind a connection.
 */
export interface Witness {
  readonly member: string
  head(): Promise<WitnessHead>
  /** Payloads of at most `most` blocks from a height on: how an operator gets back what it lost. */
  blocks(from: number, most: number): Promise<readonly Bytes[]>
  cosign(request: CosignRequest): Promise<CosignAnswer>
  /** Hears the proof of a block that became final; it may be lost. */
  learn(proof: FinalityProof): Promise<void>
}
