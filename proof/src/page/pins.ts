import type { Words } from '../facts.ts'
import type { SavedHead, TrustedChain } from '../trust.ts'

/** A ledger that a verifier page trusts, and how it calls its members. */
export type PinnedChain = TrustedChain & {
  readonly genesisHash: string
  /** Names of members by their id, from the genesis document. */
  readonly members?: { readonly [member: string]: Words }
}

/** What is embedded when a verifier page is written: nothing can be added to it later. */
export type VerifierPins = {
  readonly chains: readonly PinnedChain[]
  /** UTC ms at which the page was written, by the writer's clock. */
  readonly madeAt: number
  /** Heads that whoever wrote the page had seen: files must not contradict them. */
  readonly heads?: readonly SavedHead[]
}
