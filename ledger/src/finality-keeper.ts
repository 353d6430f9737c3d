import { canonicalJson, type JsonObject, toHex } from '@renshe/crypto'
import {
  type EngineProof,
  type FinalityProof,
  type Policy,
  parsePolicy,
  policyHash,
} from '@renshe/proof'
import type { BlockLog } from './block-log.ts'
import { LedgerFault } from './fault.ts'
import type { StateStore } from './state-store.ts'

/**
 * The proofs that blocks are final. The newest one proves every older block, so beside it only those
 * matter at which the policy changes: a reader walks over them from the policy that it trusts.
 */
export class FinalityKeeper {
  readonly #store: StateStore
  readonly #log: BlockLog
  readonly #firstPolicy: Policy
  #newest: FinalityProof | undefined

  /** @param firstPolicy  policy of the genesis document: it makes block 0 final */
  constructor(store: StateStore, log: BlockLog, firstPolicy: Policy) {
    this.#store = store
    this.#log = log
    this.#firstPolicy = firstPolicy
    const height = store.newestProof
    if (height !== undefined && height <= (store.head?.height ?? -1)) {
      this.#newest = this.#stored(height)
    }
  }

  /** Proof of the newest final block; undefined before the first. */
  get newest(): FinalityProof | undefined {
    return this.#newest
  }

  /** The policy that must make the block at a height final. */
  policyOf(height: number): Policy {
    if (height <= 0) return this.#firstPolicy
    const before = this.#store.header(height - 1)
    const bytes = before && this.#store.policy(before.finality)
    if (bytes === undefined) throw new LedgerFault('HEIGHT_UNKNOWN', { height })
    return parsePolicy(Uint8Array.from(bytes))
  }

  /** Keeps a proof that was verified. */
  async keep(proof: FinalityProof): Promise<void> {
    const { height, finality } = proof.tip
    if (height <= (this.#newest?.tip.height ?? -1)) return
    this.#newest = proof
    if (finality !== toHex(policyHash(proof.policy))) this.#put(proof)
    // Witnesses have it too, so a disk that refuses is no reason to stop.
    await this.#log.appendFinality(height, bytesOf(proof)).catch(() => undefined)
  }

  /**
   * Proofs of the heights below `tip` at which the policy changed, oldest first: each names the policy
   * of the next, the last that of the tip.
   */
  walkTo(tip: number): FinalityProof[] {
    const steps: FinalityProof[] = []
    for (const height of this.#store.proofHeights()) {
      if (height >= tip) break
      const step = this.#stored(height)
      if (step.tip.finality !== toHex(policyHash(step.policy))) steps.push(step)
    }
    return steps
  }

  /** Stores the newest proof, so that the next start knows it. */
  flush(): void {
    if (this.#newest !== undefined) this.#put(this.#newest)
  }

  #put(proof: FinalityProof): void {
    this.#store.putProof(proof.tip.height, bytesOf(proof))
  }

  #stored(height: number): FinalityProof {
    const proof = this.#store.proof(height) as unknown as EngineProof
    const tip = this.#store.header(height)
    if (tip === undefined) throw new LedgerFault('HEIGHT_UNKNOWN', { height })
    return { policy: this.policyOf(height), proof, tip }
  }
}

function bytesOf({ proof }: FinalityProof) {
  return canonicalJson(proof as unknown as JsonObject)
}
