import { canonicalText } from '@renshe/crypto'
import { encodeKey, type KeyText, spentNonces } from '@renshe/kernel'

/** One spent nonce: it counts until block time ≥ `expiresAt`. */
export interface SpentEntry {
  readonly signer: string
  readonly nonce: string
  readonly expiresAt: number
  /** Height of the block that spent it. */
  readonly height: number
}

/** State key of a spent nonce. */
export function spentKey({ signer, nonce }: Pick<SpentEntry, 'signer' | 'nonce'>): KeyText {
  return encodeKey(spentNonces.name, [signer, nonce])
}

/** State value of a spent nonce, canonical. */
export function spentText({ expiresAt }: SpentEntry): string {
  return canonicalText({ v: 1, expiresAt })
}

/** Entries are forgotten together with others that end in the same minute. */
const BUCKET_MS = 60_000

/**
 * The replay set, in memory: asked for every transaction, so that a look-up must not cost a read of
 * the store. The store keeps it too, ordered by expiry.
 */
export class SpentSet {
  /** When the nonce of a signer is free again. */
  readonly #ends = new Map<string, number>()
  readonly #buckets = new Map<number, string[]>()

  get size(): number {
    return this.#ends.size
  }

  add({ signer, nonce, expiresAt }: SpentEntry): void {
    const name = signer + nonce
    this.#ends.set(name, expiresAt)
    const minute = Math.floor(expiresAt / BUCKET_MS)
    const bucket = this.#buckets.get(minute)
    if (bucket === undefined) this.#buckets.set(minute, [name])
    else bucket.push(name)
  }

  /** Whether the nonce is spent for a block of this time. */
  has(signer: string, nonce: string, time: number): boolean {
    const end = this.#ends.get(signer + nonce)
    return end !== undefined && time < end
  }

  /** Forgets what ended before this time. */
  forget(time: number): void {
    const now = Math.floor(time / BUCKET_MS)
    for (const [minute, names] of this.#buckets) {
      if (minute >= now) continue
      // The same nonce may have been spent again since: then its end lies ahead.
      for (const name of names) if ((this.#ends.get(name) ?? 0) <= time) this.#ends.delete(name)
      this.#buckets.delete(minute)
    }
  }
}
