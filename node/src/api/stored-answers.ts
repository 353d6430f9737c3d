/* Answers that were given under an `Idempotency-Key`: the same key and content gives the same answer. */
import { createHash } from 'node:crypto'
import { API_LIMITS } from './limits.ts'
import { ProblemThrown } from './problem.ts'
import type { Reply } from './route.ts'

interface Stored {
  readonly digest: string
  readonly at: number
  readonly reply: Promise<Reply>
}

/** Keeps answers by owner, operation and key. */
export class StoredAnswers {
  readonly #stored = new Map<string, Stored>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /**
   * The stored answer, or a new one.
   *
   * @throws ProblemThrown KEY_REUSED for other content under the same key
   */
  async once(key: string, content: Uint8Array, run: () => Promise<Reply>): Promise<Reply> {
    const digest = createHash('sha256').update(content).digest('hex')
    this.#sweep()
    const stored = this.#stored.get(key)
    if (stored !== undefined) {
      if (stored.digest !== digest) throw new ProblemThrown('KEY_REUSED')
      return stored.reply
    }
    const reply = run()
    this.#stored.set(key, { digest, at: this.#now(), reply })
    try {
      return await reply
    } catch (error) {
      // Nothing was done: the same key may try again.
      this.#stored.delete(key)
      throw error
    }
  }

  #sweep(): void {
    const now = this.#now()
    for (const [key, { at }] of this.#stored) {
      const isOld = now - at > API_LIMITS.idempotencyMs
      if (!isOld && this.#stored.size < API_LIMITS.idempotencyKeys) return
      this.#stored.delete(key)
    }
  }
}
