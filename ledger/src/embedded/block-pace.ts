import { LIMITS } from '@renshe/kernel'

/** About how long a block may take from its making to its finality while others wait behind it, in ms. */
const TARGET_MS = 250
/** A block that is full by pace takes at least so many: what a block costs at all is shared by them. */
const LEAST = 128
/** Weight of the newest block against those before it. */
const NEWEST = 0.3

/**
 * How many transactions the next block takes. Members take turns within a block, so what another member waits
 * for is the block that is being made: under a flood it must not be a block of ten thousand.
 */
export class BlockPace {
  #msEach = TARGET_MS / LIMITS.blockTransactions

  /** Most transactions of the next block; a single bundle may have more. */
  get most(): number {
    const most = Math.floor(TARGET_MS / this.#msEach)
    return Math.min(LIMITS.blockTransactions, Math.max(LEAST, most))
  }

  /** Notes how long a block took; small ones say little of what each transaction costs. */
  note(transactions: number, ms: number): void {
    if (transactions < LEAST) return
    this.#msEach += NEWEST * (ms / transactions - this.#msEach)
  }
}
