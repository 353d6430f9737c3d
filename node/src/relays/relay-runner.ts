import { type Json, parseCanonicalJson } from '@renshe/crypto'
import type { MemberLedger } from '../real-ledger.ts'
import type { Cursor } from './cursor.ts'
import type { LedgerEvent, Relay } from './relay.ts'

/** What a runner works with. */
export interface RunnerParts {
  readonly ledger: MemberLedger
  readonly relays: readonly Relay[]
  readonly cursor: Cursor
  /** Hears why a relay could not do its work. */
  readonly onNotice: (notice: string) => void
}

/** How a relay is doing. */
export interface RelayStatus {
  readonly name: string
  /** Why its newest run failed; null if it did not. */
  readonly failure: string | null
}

/** First pause before a relay that failed runs again; doubled each time up to the most. */
const RETRY_MS = 250
const RETRY_MOST_MS = 30_000
/** The cursor is written when it lies so many blocks behind, and at the end. */
const CURSOR_BLOCKS = 64

interface Failure {
  readonly reason: string
  readonly timer: NodeJS.Timeout
  readonly pauseMs: number
}

/** Runs the relays of one member, one after the other, whenever blocks or time give them work. */
export class RelayRunner {
  readonly #parts: RunnerParts
  readonly #due = new Set<Relay>()
  readonly #failures = new Map<Relay, Failure>()
  readonly #pauses = new Map<Relay, number>()
  readonly #stopListening: () => void
  #scanned: number
  #running: Promise<void> | undefined
  #isStopped = false

  constructor(parts: RunnerParts) {
    this.#parts = parts
    // Every relay looks at the whole of what is owed once: nothing depends on the cursor.
    for (const relay of parts.relays) this.#due.add(relay)
    this.#scanned = Math.max(parts.cursor.height, parts.ledger.finalHeight)
    this.#stopListening = parts.ledger.onFinal(() => this.wake())
  }

  /** Looks at what became final, and works. */
  wake(): void {
    if (this.#isStopped) return
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined
      // What came while the last relay ended is not left lying.
      if (this.#hasWork()) this.wake()
    })
  }

  /**
   * Time has passed.
   *
   * @param only  name of the one relay that it has passed for; null: for all
   */
  tick(only: string | null = null): void {
    for (const relay of this.#parts.relays) {
      const isMeant = only === null || relay.name === only
      if (isMeant && relay.followsTime && !this.#failures.has(relay)) this.#due.add(relay)
    }
    if (only !== null && this.#due.size === 0) return
    this.wake()
  }

  /** Resolves when nothing is owed that could be done now. */
  async quiet(): Promise<void> {
    while (this.#running !== undefined || this.#hasWork()) {
      this.wake()
      await this.#running
    }
  }

  /** Whether nothing is under way or due. */
  get isQuiet(): boolean {
    return this.#running === undefined && !this.#hasWork()
  }

  status(): RelayStatus[] {
    return this.#parts.relays.map((relay) => ({
      name: relay.name,
      failure: this.#failures.get(relay)?.reason ?? null,
    }))
  }

  /** Ends after the relay that is at work. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#stopListening()
    await this.#running
    for (const { timer } of this.#failures.values()) clearTimeout(timer)
    this.#failures.clear()
    for (const relay of this.#parts.relays) await relay.close?.()
    this.#parts.cursor.move(this.#scanned)
  }

  #hasWork(): boolean {
    if (this.#isStopped) return false
    return this.#due.size > 0 || this.#scanned < this.#parts.ledger.finalHeight
  }

  async #work(): Promise<void> {
    while (this.#hasWork()) {
      this.#scan()
      for (const relay of this.#parts.relays) {
        if (this.#isStopped) return
        if (this.#due.delete(relay)) await this.#run(relay)
      }
    }
  }

  /** Wakes the relays that events since the last look give work. */
  #scan(): void {
    const { ledger, relays, cursor } = this.#parts
    while (this.#scanned < ledger.finalHeight) {
      this.#scanned += 1
      for (const event of eventsAt(ledger, this.#scanned)) {
        for (const relay of relays) {
          if (!this.#due.has(relay) && relay.wakes(event)) this.#due.add(relay)
        }
      }
    }
    if (this.#scanned - cursor.height >= CURSOR_BLOCKS) cursor.move(this.#scanned)
  }

  async #run(relay: Relay): Promise<void> {
    this.#forget(relay)
    try {
      if (await relay.run()) this.#due.add(relay)
      this.#pauses.delete(relay)
    } catch (error) {
      this.#retryLater(relay, error as Error)
    }
  }

  #retryLater(relay: Relay, error: Error): void {
    if (this.#isStopped) return
    const reason = error.message
    const pauseMs = this.#pauses.get(relay) ?? RETRY_MS
    this.#pauses.set(relay, Math.min(RETRY_MOST_MS, pauseMs * 2))
    this.#parts.onNotice(`relay ${relay.name}: ${reason}`)
    const timer = setTimeout(() => {
      this.#failures.delete(relay)
      this.#due.add(relay)
      this.wake()
    }, pauseMs)
    timer.unref()
    this.#failures.set(relay, { reason, timer, pauseMs })
  }

  #forget(relay: Relay): void {
    const failure = this.#failures.get(relay)
    if (failure === undefined) return
    clearTimeout(failure.timer)
    this.#failures.delete(relay)
  }
}

/** Events of a final block, in their order. */
export function eventsAt(ledger: MemberLedger, height: number): LedgerEvent[] {
  return ledger.copy.store.results(height).flatMap(({ events }) =>
    events.map((bytes) => {
      const { name, data } = parseCanonicalJson(Uint8Array.from(bytes)) as Record<string, Json>
      return { height, name: String(name), data: data as LedgerEvent['data'] }
    }),
  )
}
