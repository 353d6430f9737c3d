/** The clock of a host: what its engine, certificates and relays go by. */
export interface HostClock {
  readonly isScripted: boolean
  /** UTC ms. */
  now(): number
  /**
   * Moves a scripted clock; never backwards.
   *
   * @throws RangeError for the wall clock
   */
  advanceTo(ms: number): void
}

/** The wall clock of this machine. */
export function wallClock(): HostClock {
  return {
    isScripted: false,
    now: Date.now,
    advanceTo: () => {
      throw new RangeError('the wall clock cannot be moved')
    },
  }
}

/** A clock that stands until it is moved: a demonstration walks through months in seconds. */
export function scriptedClock(startMs: number): HostClock {
  let nowMs = startMs
  return {
    isScripted: true,
    now: () => nowMs,
    advanceTo: (ms) => {
      nowMs = Math.max(nowMs, ms)
    },
  }
}
