/* Transactions that were handed in here: what became of them, also for who asks later with a ticket. */
import type { Bytes } from '@renshe/crypto'
import type { SubmitOutcome } from '../ledger-port.ts'
import type { Member } from '../member.ts'
import { API_LIMITS } from './limits.ts'
import { ProblemThrown } from './problem.ts'

interface Pending {
  readonly member: string
  outcome: SubmitOutcome | null
  failed: boolean
}

/** Where a transaction stands that no block has yet. */
export type Standing =
  | { readonly status: 'pending' }
  | { readonly status: 'not-included'; readonly code: string }

/** Keeps tickets. */
export class PendingTransactions {
  readonly #byId = new Map<string, Pending>()
  /** How many of each member wait for their outcome. */
  readonly #waiting = new Map<string, number>()

  /**
   * Hands in a bundle and waits for a while.
   *
   * @returns its outcomes, or undefined if they are not known yet
   * @throws ProblemThrown TOO_MANY
   */
  async submit(
    member: Member,
    txIds: readonly string[],
    bundle: Bytes,
    waitMs: number,
  ): Promise<readonly SubmitOutcome[] | undefined> {
    this.#makeRoom(member.id, txIds.length)
    const own = txIds.map((txId): [string, Pending] => [
      txId,
      { member: member.id, outcome: null, failed: false },
    ])
    for (const [txId, pending] of own) this.#byId.set(txId, pending)
    this.#count(member.id, own.length)
    const work = member.ledger.submit(bundle).then(
      (outcomes) => {
        this.#count(member.id, -own.length)
        own.forEach(([, pending], index) => {
          pending.outcome = outcomes[index] ?? null
        })
        return outcomes
      },
      (error: unknown) => {
        this.#count(member.id, -own.length)
        for (const [, pending] of own) pending.failed = true
        throw error
      },
    )
    // A failure after the answer is told to whoever asks with the ticket.
    work.catch(() => undefined)
    return Promise.race([work, pause(waitMs)])
  }

  /** Where a transaction stands that this member handed in here. */
  standing(txId: string, member: string): Standing | undefined {
    const pending = this.#byId.get(txId)
    if (pending === undefined || pending.member !== member) return undefined
    const { outcome, failed } = pending
    if (failed) return { status: 'not-included', code: 'UNAVAILABLE' }
    if (outcome === null) return { status: 'pending' }
    return outcome.included ? { status: 'pending' } : { status: 'not-included', code: outcome.code }
  }

  #count(member: string, more: number): void {
    const count = (this.#waiting.get(member) ?? 0) + more
    if (count > 0) this.#waiting.set(member, count)
    else this.#waiting.delete(member)
  }

  #makeRoom(member: string, count: number): void {
    const { pendingOfMember: limit } = API_LIMITS
    if ((this.#waiting.get(member) ?? 0) + count > limit) {
      throw new ProblemThrown('TOO_MANY', { limit: 'transactions of a member', retryAfterMs: 1000 })
    }
    for (const [txId, { outcome, failed }] of this.#byId) {
      if (this.#byId.size + count <= API_LIMITS.pendingTransactions) return
      if (outcome !== null || failed) this.#byId.delete(txId)
    }
    if (this.#byId.size + count > API_LIMITS.pendingTransactions) {
      throw new ProblemThrown('TOO_MANY', { limit: 'transactions', retryAfterMs: 1000 })
    }
  }
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref()
  })
}
