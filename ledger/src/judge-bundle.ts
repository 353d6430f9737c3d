import type { Bytes } from '@renshe/crypto'
import {
  type Contracts,
  judgeInclusion,
  type LedgerParameters,
  LIMITS,
  type ResolvedTransaction,
  type StateView,
  stateViewOf,
  type Transaction,
} from '@renshe/kernel'
import { readOnce } from './block-reads.ts'
import type { BundleMemo, ReadMember } from './bundle-memo.ts'
import type { Admission, EngineBlock } from './port.ts'
import type { StateStore } from './state-store.ts'

/** A transaction that only waits for its signature to be verified. */
export interface OpenSignature {
  readonly transaction: Transaction
  readonly resolved: ResolvedTransaction
}

/** What was said about a transaction before its signature was looked at. */
export interface Judgement {
  readonly admission: Admission
  /** Signer's member, for fair queues; null if the signer is not known. */
  readonly member: string | null
  readonly open: OpenSignature | null
}

/** What holds for everything that is judged between two blocks. */
export interface JudgementBase {
  readonly contracts: Contracts
  readonly view: StateView
  readonly parameters: LedgerParameters
}

/** The committed state as judgements of the next block read it: each record once. */
export function judgementBase(contracts: Contracts, store: StateStore): JudgementBase {
  const view = stateViewOf(readOnce(store.source))
  return { contracts, view, parameters: contracts.parameters(view) }
}

/** What a bundle is judged against: the committed state, as of the next block. */
export interface JudgementWorld extends JudgementBase {
  readonly chain: string
  readonly time: number
  isSpent(signer: string, nonce: string): boolean
}

/** Judges the transactions of a bundle, all but their signatures. */
export function judgeBundle(
  members: readonly ReadMember[] | null,
  world: JudgementWorld,
): Judgement[] {
  if (members === null) {
    return [{ admission: { txId: null, code: 'TX_MALFORMED' }, member: null, open: null }]
  }
  const { contracts, chain, time, view, parameters } = world
  return members.map(({ transaction }) => {
    const { txId } = transaction
    if ('code' in transaction) {
      return { admission: { txId, code: transaction.code }, member: null, open: null }
    }
    const inclusion = judgeInclusion(transaction, {
      contracts,
      chain,
      time,
      parameters,
      view,
      isSpent: (signer, nonce) => world.isSpent(signer, nonce),
      holds: () => true,
    })
    if (!inclusion.included) {
      return { admission: { txId, code: inclusion.code }, member: null, open: null }
    }
    const { included: _included, ...resolved } = inclusion
    const open = { transaction, resolved }
    return { admission: { txId, code: 'OK' }, member: resolved.signer.member, open }
  })
}

/** The first bundles that fit into one block. */
export function cutToBlock(bundles: readonly Bytes[], maxBytes: number, memo: BundleMemo): Bytes[] {
  const chosen: Bytes[] = []
  let bytes = 0
  let transactions = 0
  for (const bundle of bundles) {
    bytes += bundle.length
    transactions += memo.read(bundle)?.length ?? 0
    if (bytes > Math.min(maxBytes, LIMITS.blockBytes)) break
    if (transactions > LIMITS.blockTransactions) break
    chosen.push(bundle)
  }
  return chosen
}

/** Whether a block has an allowed structure; never a matter of clock or settings. */
export function isBlockOfRightSize(block: EngineBlock, memo: BundleMemo): boolean {
  let bytes = 0
  let transactions = 0
  for (const bundle of block.bundles) {
    if (bundle.length > LIMITS.bundleBytes) return false
    bytes += bundle.length
    transactions += memo.read(bundle)?.length ?? 0
  }
  const isSmall = bytes <= LIMITS.blockBytes && transactions <= LIMITS.blockTransactions
  return isSmall && Number.isSafeInteger(block.timeMs) && block.timeMs >= 0
}
