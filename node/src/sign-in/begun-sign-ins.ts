/* Sign-ins that were begun and not yet finished, each bound to the browser that began it. */
import { createHash } from 'node:crypto'
import { API_LIMITS } from '../api/limits.ts'

/** Which of the two sessions of a browser. */
export type Slot = 'a' | 'b'

/** One sign-in under way. */
export interface BegunSignIn {
  readonly slot: Slot
  readonly returnTo: string
  readonly origin: string
  readonly verifier: string
  readonly nonce: string
  /** Digest of the id in the browser's own cookie: a state that was sent to somebody else is worthless. */
  readonly browser: string
  /** UTC ms. */
  readonly at: number
}

const MOST_BEGUN = 5_000

/** Sign-ins under way, by state; each is taken once. */
export class BegunSignIns {
  readonly #byState = new Map<string, BegunSignIn>()
  readonly #now: () => number

  /** @param now  UTC ms of a real clock */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Remembers one. */
  put(state: string, begun: Omit<BegunSignIn, 'at' | 'browser'>, browserId: string): void {
    const at = this.#now()
    for (const [old, { at: since }] of this.#byState) {
      if (at - since < API_LIMITS.signInMs && this.#byState.size < MOST_BEGUN) break
      this.#byState.delete(old)
    }
    this.#byState.set(state, { ...begun, browser: digestOf(browserId), at })
  }

  /** Takes the one of a state out, if this browser began it and it is not too old. */
  take(state: string, browserId: string): BegunSignIn | undefined {
    const begun = this.#byState.get(state)
    if (begun === undefined || begun.browser !== digestOf(browserId)) return undefined
    this.#byState.delete(state)
    return this.#now() - begun.at < API_LIMITS.signInMs ? begun : undefined
  }
}

function digestOf(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}
