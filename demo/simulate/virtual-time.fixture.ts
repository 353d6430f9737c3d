/* Time of the simulation: it stands until everything that is due now was done, then jumps to what is due next. */
import { type Chance, chanceFrom } from './chance.fixture.ts'

/** Whoever things are due for. */
export interface Owner {
  readonly isGone: boolean
}

/** Something that is due. */
interface Due {
  readonly at: number
  readonly order: number
  readonly owner: Owner | null
  readonly run: () => void
  isCancelled: boolean
}

/** What `setTimeout` gives back here. */
export interface SimulatedTimer {
  ref(): SimulatedTimer
  unref(): SimulatedTimer
  hasRef(): boolean
  cancel(): void
}

const realImmediate = setImmediate

/** Waits until no code of the simulation can go on without time passing. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    realImmediate(resolve)
  })
}

/** A clock with what is due on it; every order and delay follows from the seed. */
export class VirtualTime {
  /** Milliseconds since the simulation began: never steps back. */
  now = 0
  /** What the wall clock shows beyond that. */
  wallOffset = 0
  /** Who runs now: what becomes due belongs to it, and dies with it. */
  owner: Owner | null = null
  #due: Due[] = []
  #chance: Chance

  constructor(seed: number) {
    this.#chance = chanceFrom(seed)
  }

  /** Whether nothing is due, ever. */
  get isIdle(): boolean {
    return this.#due.length === 0
  }

  /** Has something done later, by whoever runs now; a little later than asked, as machines do. */
  after(ms: number, run: () => void): SimulatedTimer {
    const late = ms <= 0 ? 0 : this.#chance() * Math.min(20, ms * 0.5)
    return this.#add(this.now + Math.max(0, ms) + late, run)
  }

  /** Has something done again and again. */
  every(ms: number, run: () => void): SimulatedTimer {
    let timer: SimulatedTimer
    let isOver = false
    const again = (): void => {
      timer = this.after(ms, () => {
        run()
        if (!isOver) again()
      })
    }
    again()
    return handleOf(() => {
      isOver = true
      timer.cancel()
    })
  }

  /** Forgets what somebody wanted to do: it is gone. */
  drop(owner: Owner): void {
    this.#due = this.#due.filter((due) => due.owner !== owner)
  }

  /** Does what is due next, and everything that follows from it without time passing. */
  async step(): Promise<boolean> {
    const due = this.#due.shift()
    if (due === undefined) return false
    if (due.isCancelled) return true
    this.now = Math.max(this.now, due.at)
    this.owner = due.owner
    due.run()
    await settled()
    this.owner = null
    return true
  }

  /** UTC ms that the machine's wall clock shows. */
  wall(): number {
    return Math.floor(EPOCH + this.now + this.wallOffset)
  }

  #add(at: number, run: () => void): SimulatedTimer {
    const { owner } = this
    const due: Due = { at, order: this.#chance(), owner, run, isCancelled: false }
    // What somebody wants who is gone and does not know it yet never comes.
    if (owner?.isGone === true) return handleOf(() => undefined)
    let low = 0
    let high = this.#due.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#due[middle] as Due
      const isBefore = other.at < at || (other.at === at && other.order < due.order)
      if (isBefore) low = middle + 1
      else high = middle
    }
    this.#due.splice(low, 0, due)
    return handleOf(() => {
      due.isCancelled = true
    })
  }
}

/** 2026-09-04 11:00 in UTC+08:00: an hour after the fair was founded. */
export const EPOCH = Date.UTC(2026, 8, 4, 3)

function handleOf(cancel: () => void): SimulatedTimer {
  const timer: SimulatedTimer = {
    ref: () => timer,
    unref: () => timer,
    hasRef: () => true,
    cancel,
  }
  return timer
}
