/* The ledger as one member's rooms see it: over the engine, from the member's own replica where it has one. */
import { type Bytes, type Json, parseStrictJson } from '@renshe/crypto'
import { type Answer, type Reader, Refused, stateViewOf } from '@renshe/kernel'
import type { EmbeddedEngine, Ledger, Unsubscribe } from '@renshe/ledger'
import type { LedgerPort, LedgerView, SubmitOutcome } from './ledger-port.ts'

/** A member's port to the chain. */
export interface MemberLedger extends LedgerPort {
  /** Whose copy it reads: its own, or the operator's where it keeps none. */
  readonly reads: 'own' | 'operator'
  /** Newest height that this copy knows to be final. */
  readonly finalHeight: number
  /** The copy itself: evidence is made from it. */
  readonly copy: Ledger
  /**
   * Asks a query of the contracts.
   *
   * @param asOf  height; the newest final one if left out
   */
  query(name: string, input: Json, reader: Reader, asOf?: number): Answer
  view(): LedgerView
  /** Hears each height that became final in this copy, once, in order. */
  onFinal(listener: (height: number) => void): Unsubscribe
  /** Waits until this copy has what is final already: another member may speak of it. */
  caughtUp(): Promise<void>
}

/** How often a copy that lags behind the engine is looked at. */
const LAG_POLL_MS = 5
/** Longest wait for a copy that lags, before it answers from what it has. */
const CAUGHT_UP_MS = 10_000
/** Times that a bundle is offered to an engine that has no room for it. */
const BUSY_TRIES = 50
const BUSY_PAUSE_MS = 100

/** Joins an engine and a copy of its ledger. */
export class RealLedger implements MemberLedger {
  readonly reads: 'own' | 'operator'
  readonly copy: Ledger
  readonly #engine: EmbeddedEngine
  readonly #listeners = new Set<(height: number) => void>()
  readonly #stopListening: Unsubscribe
  #told: number
  #isFollowing = false
  #isClosed = false

  constructor(engine: EmbeddedEngine, copy: Ledger, reads: 'own' | 'operator') {
    this.#engine = engine
    this.copy = copy
    this.reads = reads
    this.#told = this.finalHeight
    this.#stopListening = engine.onFinal(() => void this.#follow())
  }

  get chain(): string {
    return this.copy.chain
  }

  get finalHeight(): number {
    const proven = this.copy.finality.newest?.tip.height ?? -1
    return Math.min(proven, this.copy.height)
  }

  async submit(bundle: Bytes): Promise<readonly SubmitOutcome[]> {
    for (let attempt = 1; ; attempt++) {
      const outcomes = await this.#engine.submitAndWait(bundle)
      const isBusy = outcomes.some((each) => !each.included && each.code === 'ENGINE_BUSY')
      if (!isBusy || attempt === BUSY_TRIES || this.#isClosed) {
        const height = Math.max(-1, ...outcomes.map((each) => (each.included ? each.height : -1)))
        await this.#untilFinalHere(height)
        return outcomes.map(spoken)
      }
      await pause(BUSY_PAUSE_MS)
    }
  }

  query(name: string, input: Json, reader: Reader, asOf?: number): Answer {
    return this.copy.query(name, input, reader, asOf ?? Math.max(0, this.finalHeight))
  }

  view(): LedgerView {
    const { chain, copy, finalHeight } = this
    const height = Math.max(0, finalHeight)
    const source = copy.history.at(height)
    if (source === undefined) throw new RangeError(`height ${height} is not kept any more`)
    return {
      chain,
      height,
      time: copy.header(height).time,
      finalHeight,
      ...stateViewOf(source),
      refuse: (reason) => {
        throw new Refused(reason)
      },
    }
  }

  onFinal(listener: (height: number) => void): Unsubscribe {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async caughtUp(): Promise<void> {
    const end = Date.now() + CAUGHT_UP_MS
    const target = this.#engine.status().finalHeight
    while (!this.#isClosed && this.finalHeight < target && Date.now() < end) {
      await pause(LAG_POLL_MS)
    }
  }

  /** Stops telling; the engine and the copy are closed by whoever opened them. */
  close(): void {
    this.#isClosed = true
    this.#stopListening()
    this.#listeners.clear()
  }

  /** A replica may hear of a block a little later than the engine. */
  async #untilFinalHere(height: number): Promise<void> {
    while (!this.#isClosed && this.finalHeight < height) await pause(LAG_POLL_MS)
    this.#tell()
  }

  async #follow(): Promise<void> {
    if (this.#isFollowing) return
    this.#isFollowing = true
    await this.#untilFinalHere(this.#engine.status().finalHeight)
    this.#isFollowing = false
  }

  #tell(): void {
    while (this.#told < this.finalHeight) {
      this.#told += 1
      for (const listener of this.#listeners) listener(this.#told)
    }
  }
}

function spoken(outcome: Awaited<ReturnType<EmbeddedEngine['outcome']>>): SubmitOutcome {
  if (!outcome.included) return { included: false, txId: outcome.txId, code: outcome.code }
  const { txId, height, result } = outcome
  const { code, data } = parseStrictJson(result) as { code: string; data: Json }
  return { included: true, txId, height, code, data }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
