import type { Bytes } from '@renshe/crypto'

/** A bundle that waits for a block. */
export interface QueuedBundle {
  readonly bundle: Bytes
  readonly txIds: readonly string[]
  /** Member of the first signer. */
  readonly member: string
}

/**
 * Most of one member that waits or is being verified, in bundles and bytes: a flood of one starves no other and
 * fills no memory.
 */
const MEMBER_BUNDLES = 20_000
const MEMBER_BYTES = 64 * 1024 * 1024

/** What of one member is in the engine. */
interface Share {
  bundles: number
  bytes: number
}

/** Bundles that wait for a block, one queue per member, taken in turns. */
export class TransactionQueue {
  readonly #queues = new Map<string, QueuedBundle[]>()
  readonly #shares = new Map<string, Share>()
  readonly #txIds = new Set<string>()
  readonly #memberBundles: number

  /** @param memberBundles  most bundles of one member */
  constructor(memberBundles = MEMBER_BUNDLES) {
    this.#memberBundles = memberBundles
  }

  /** How many transactions wait. */
  get size(): number {
    return this.#txIds.size
  }

  has(txId: string): boolean {
    return this.#txIds.has(txId)
  }

  /**
   * Keeps room for a bundle before anything costly is done with it; false if its member has too much in here
   * already. What has room is then added or gives it back.
   */
  reserve(member: string, bytes: number): boolean {
    const share = this.#shares.get(member) ?? { bundles: 0, bytes: 0 }
    // A single bundle always has room: it may be larger than a share of bytes would be.
    const isFull = share.bundles >= this.#memberBundles || share.bytes + bytes > MEMBER_BYTES
    if (share.bundles > 0 && isFull) return false
    share.bundles += 1
    share.bytes += bytes
    this.#shares.set(member, share)
    return true
  }

  /** Gives back the room of a bundle that was not added. */
  giveBack(member: string, bytes: number): void {
    const share = this.#shares.get(member)
    if (share === undefined) return
    share.bundles -= 1
    share.bytes -= bytes
    if (share.bundles === 0) this.#shares.delete(member)
  }

  /** Adds a bundle that has room. */
  add(queued: QueuedBundle): void {
    const queue = this.#queues.get(queued.member)
    if (queue === undefined) this.#queues.set(queued.member, [queued])
    else queue.push(queued)
    for (const txId of queued.txIds) this.#txIds.add(txId)
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
    for (const { txIds, member, bundle } of taken) {
      for (const txId of txIds) this.#txIds.delete(txId)
      this.giveBack(member, bundle.length)
    }
    return taken
  }
}
