import type { Bytes } from '@renshe/crypto'

/** A bundle that waits for a block. */
export interface QueuedBundle {
  readonly bundle: Bytes
  readonly txIds: readonly string[]
  /** Member of the first signer. */
  readonly member: string
}

/** Most bundles of one member that wait: a flood of one does not starve the others. */
const MEMBER_BUNDLES = 50_000

/** Bundles that wait for a block, one queue per member, taken in turns. */
export class TransactionQueue {
  readonly #queues = new Map<string, QueuedBundle[]>()
  readonly #txIds = new Set<string>()

  /** How many transactions wait. */
  get size(): number {
    return this.#txIds.size
  }

  has(txId: string): boolean {
    return this.#txIds.has(txId)
  }

  /** Adds a bundle; false if too many of its member wait already. */
  add(queued: QueuedBundle): boolean {
    const queue = this.#queues.get(queued.member) ?? []
    if (queue.length >= MEMBER_BUNDLES) return false
    queue.push(queued)
    this.#queues.set(queued.member, queue)
    for (const txId of queued.txIds) this.#txIds.add(txId)
    return true
  }

  /** Takes bundles in turns between members, while `fits` accepts the next one. */
  take(fits: (bundle: QueuedBundle) => boolean): QueuedBundle[] {
    const taken: QueuedBundle[] = []
    const turns = [...this.#queues.values()].map((queue) => ({ queue, next: 0 }))
    let open = turns
    while (open.length > 0) {
      const still: typeof turns = []
      for (const turn of open) {
        const bundle = turn.queue[turn.next]
        if (bundle === undefined || !fits(bundle)) continue
        taken.push(bundle)
        turn.next += 1
        still.push(turn)
      }
      open = still
    }
    for (const { queue, next } of turns) queue.splice(0, next)
    for (const [member, queue] of this.#queues) if (queue.length === 0) this.#queues.delete(member)
    for (const { txIds } of taken) for (const txId of txIds) this.#txIds.delete(txId)
    return taken
  }
}
