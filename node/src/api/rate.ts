/* How often one may do something within a while. */

const MOST_KEYS = 10_000

/** Counts by key within a window that slides. */
export class Rate {
  readonly #times = new Map<string, readonly number[]>()
  readonly #most: number
  readonly #windowMs: number
  readonly #now: () => number

  /** @param now  UTC ms of a real clock */
  constructor(most: number, windowMs: number, now: () => number) {
    this.#most = most
    this.#windowMs = windowMs
    this.#now = now
  }

  /** Counts one more; false if there were too many lately, and then it does not count. */
  take(key: string): boolean {
    const now = this.#now()
    const lately = (this.#times.get(key) ?? []).filter((at) => now - at < this.#windowMs)
    if (lately.length >= this.#most) return false
    this.#times.delete(key)
    if (this.#times.size >= MOST_KEYS) this.#times.delete(this.#times.keys().next().value as string)
    this.#times.set(key, [...lately, now])
    return true
  }
}
