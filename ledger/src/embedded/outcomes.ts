import type { Bytes } from '@renshe/crypto'
import type { Admission } from '../port.ts'

/** What became of a transaction. */
export type Outcome =
  | {
      readonly included: true
      readonly txId: string
      readonly height: number
      readonly index: number
      /** JCS bytes of the result. */
      readonly result: Bytes
    }
  | {
      readonly included: false
      readonly txId: string
      /** Why no block will include these bytes. */
      readonly code: Admission['code']
    }

/** How many transactions that were not included stay remembered for those who ask late. */
const REMEMBERED = 10_000

/** Who waits for what became of a transaction. */
export class Outcomes {
  readonly #waiting = new Map<string, ((outcome: Outcome) => void)[]>()
  readonly #dropped = new Map<string, Outcome>()

  /** Waits until the transaction is settled; at once if it was dropped before. */
  wait(txId: string): Promise<Outcome> {
    const dropped = this.#dropped.get(txId)
    if (dropped !== undefined) return Promise.resolve(dropped)
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(txId)
      if (waiting === undefined) this.#waiting.set(txId, [resolve])
      else waiting.push(resolve)
    })
  }

  /** Tells everyone who waits. */
  settle(outcome: Outcome): void {
    const { txId } = outcome
    if (outcome.included) this.#dropped.delete(txId)
    else this.#remember(outcome)
    const waiting = this.#waiting.get(txId) ?? []
    this.#waiting.delete(txId)
    for (const resolve of waiting) resolve(outcome)
  }

  /** Ids of transactions that somebody waits for. */
  get waitedFor(): readonly string[] {
    return [...this.#waiting.keys()]
  }

  /** Forgets that a transaction was dropped: it was submitted again. */
  reopen(txId: string): void {
    this.#dropped.delete(txId)
  }

  #remember(outcome: Outcome): void {
    this.#dropped.set(outcome.txId, outcome)
    if (this.#dropped.size > REMEMBERED) {
      this.#dropped.delete(this.#dropped.keys().next().value!)
    }
  }
}
