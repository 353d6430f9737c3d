/* Reads that were opened a moment ago: pages of one read are answered from the first opening. */
import type { OpenedRead } from '../vault/open-read.ts'
import { API_LIMITS } from './limits.ts'

interface Kept {
  readonly at: number
  readonly opened: Promise<OpenedRead>
}

/** Keeps few reads for a short while, in memory only. */
export class OpenedReads {
  readonly #kept = new Map<string, Kept>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /**
   * The read as it was opened, or opened now.
   *
   * @param key  of the session's owner and the read: nobody is given what another opened
   */
  once(key: string, open: () => Promise<OpenedRead>): Promise<OpenedRead> {
    const now = this.#now()
    for (const [name, { at }] of this.#kept) {
      const isOver = now - at > API_LIMITS.openedReadMs || this.#kept.size > API_LIMITS.openedReads
      if (isOver) this.#kept.delete(name)
    }
    const known = this.#kept.get(key)
    if (known !== undefined) return known.opened
    const opened = open()
    this.#kept.set(key, { at: now, opened })
    // What failed is asked anew: the owner may answer by then.
    opened.catch(() => this.#kept.delete(key))
    return opened
  }
}
