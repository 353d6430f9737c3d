import type { Policy } from './policy.ts'

/** A chain that the reader trusts, and why: its genesis hash, and policies known to be its own. */
export type TrustedChain = {
  readonly chain: string
  /** Hash of the genesis document (hex). Trusting a chain is trusting this hash. */
  readonly genesisHash?: string
  /** Policies, or their hashes (hex), under which a walk may begin. */
  readonly policies: readonly (Policy | string)[]
}

/** A head that the reader kept from an earlier visit: size of the header log, and its root (hex). */
export type SavedHead = { readonly chain: string; readonly size: number; readonly root: string }

/** What a reader who is online learned about amendments of the file's subject. */
export type OnlineStatus = {
  /** UTC ms up to which the answer speaks. */
  readonly asOf: number
  /** What corrected, revoked, reversed, erased or replaced the subject; null: nothing did. */
  readonly amendment: { readonly kind: string; readonly at: number; readonly by: string } | null
}

/** What the reader brings: nothing in the file can add to it. */
export type Reader = {
  readonly trusted: readonly TrustedChain[]
  readonly savedHeads?: readonly SavedHead[]
  readonly online?: OnlineStatus
}
