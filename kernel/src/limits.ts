/**
 * Named maximums of one transaction and of what it makes.
 *
 * @source ledger-bytes.md section 15
 */
export const LIMITS = {
  bodyBytes: 196_608,
  signatureBytes: 4_096,
  bundleBytes: 262_144,
  bundleTransactions: 100,
  blockTransactions: 10_000,
  blockBytes: 4 * 1024 * 1024,
  keyBytes: 256,
  valueBytes: 196_608,
  resultDataBytes: 16_384,
  eventBytes: 4_096,
  events: 256,
  writes: 2_000,
  reads: 100_000,
  nameCharacters: 64,
} as const

/** What one transaction may still use, by the names that `LIMIT_EXCEEDED` tells. */
export interface Allowance {
  readonly writes: number
  readonly reads: number
  readonly events: number
}

/** The allowance of every transaction. */
export const TRANSACTION_ALLOWANCE: Allowance = {
  writes: LIMITS.writes,
  reads: LIMITS.reads,
  events: LIMITS.events,
}

/** Block 0 writes whatever the genesis document, itself limited in size, asks for. */
export const GENESIS_ALLOWANCE: Allowance = {
  writes: Number.MAX_SAFE_INTEGER,
  reads: Number.MAX_SAFE_INTEGER,
  events: Number.MAX_SAFE_INTEGER,
}

/** Thrown where a transaction meets a maximum; its result is `LIMIT_EXCEEDED {limit}`. */
export class LimitExceeded extends Error {
  readonly limit: string

  constructor(limit: string) {
    super(`limit exceeded: ${limit}`)
    this.name = 'LimitExceeded'
    this.limit = limit
  }
}

/** Counts what one transaction uses. What it once exceeded stays exceeded, even if caught. */
export class Meter {
  readonly #allowance: Allowance
  #reads = 0
  #exceeded: string | undefined

  constructor(allowance: Allowance) {
    this.#allowance = allowance
  }

  /** The first limit that was exceeded. */
  get exceeded(): string | undefined {
    return this.#exceeded
  }

  exceed(limit: string): never {
    this.#exceeded ??= limit
    throw new LimitExceeded(this.#exceeded)
  }

  countRead(): void {
    this.#reads += 1
    if (this.#reads > this.#allowance.reads) this.exceed('reads')
  }

  checkWrites(count: number): void {
    if (count > this.#allowance.writes) this.exceed('writes')
  }

  checkEvents(count: number): void {
    if (count > this.#allowance.events) this.exceed('events')
  }
}
