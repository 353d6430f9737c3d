/* The demonstration at work: where the visitor's month stands, and what a page may ask of it. */
import type { Bytes } from '@renshe/crypto'
import type { Host } from '@renshe/node'
import { bookOrders, untilTaken, waitingOrders } from './bank-counter.ts'
import type { DemonstrationFolder, Founded } from './demonstration-folder.ts'
import { foundDemonstration, type OpenParts, openParts, rowsOf } from './found-demonstration.ts'
import { VISITORS_MONTH } from './months.ts'
import { comeTo, listScenes, nextScene, playScene, SceneNotNow } from './play-scene.ts'
import { SAMPLE_PEOPLE } from './sample-month.ts'
import type { Scene, Words } from './scene.ts'
import { SCENES } from './scenes.ts'
import { castOf, findContribution, type World } from './world.ts'

/** The packages that a demonstration is founded with; built only when they are needed. */
export interface PackageSource {
  /** Hash of what they are made of: when it changes, the demonstration is founded anew. */
  readonly hash: string
  /** Canonical bytes, libraries first. */
  readonly build: () => Promise<readonly Bytes[]>
}

/** How a demonstration is opened. */
export interface OpeningTerms {
  readonly folder: DemonstrationFolder
  readonly packages: PackageSource
  /** Fewer for a test. */
  readonly people?: number
  /** Throws away what lies there. */
  readonly fresh?: boolean
  readonly onProgress?: (words: Words) => void
  readonly onNotice?: (notice: string) => void
}

/** Too many calls wait for each other, or it is ending. */
export class DemonstrationBusy extends Error {
  constructor() {
    super('the demonstration does one thing after the other')
    this.name = 'DemonstrationBusy'
  }
}

/** Real time that passes is chain time; what a machine slept through is not. */
const TICK_MS = 1_000
const MOST_TICK_MS = 5_000
/** How often the relays are told that time has passed. */
const TICKS_FOR_RELAYS = 5
/** Most calls that may wait for each other. */
const MOST_OWED = 10

/** A founded demonstration whose host and bank are at work. */
export class Demonstration {
  readonly run: string
  readonly founded: Founded
  readonly world: World
  readonly #parts: OpenParts
  readonly #timer: NodeJS.Timeout
  readonly #onNotice: (notice: string) => void
  /** What is being done, and what waits for it. */
  #last: Promise<unknown> = Promise.resolve()
  #owed = 0
  #isEnding = false
  #stopping: Promise<void> | undefined

  constructor(
    parts: OpenParts,
    content: { readonly run: string; readonly founded: Founded },
    onNotice: (notice: string) => void,
  ) {
    const { host, bank } = parts
    const { run, founded } = content
    this.#parts = parts
    this.#onNotice = onNotice
    this.run = run
    this.founded = founded
    const rows = () => rowsOf(VISITORS_MONTH, founded.people)
    this.world = { host, bank, cast: castOf(host), month: VISITORS_MONTH, rows }
    this.#timer = this.#walk()
  }

  get host(): Host {
    return this.#parts.host
  }

  /** Moves the clock to a moment, or to that of the scene that is next; never back. */
  async advance(to: number | null): Promise<void> {
    await this.#alone(async () => {
      if (to !== null) await this.host.advanceTo(to)
      else {
        const scene = nextScene(this.world)
        if (scene !== undefined) await comeTo(this.world, scene)
      }
    })
  }

  /**
   * Has the bank book the orders that lie there.
   *
   * @returns how many; 0 if there was none
   */
  async book(isShort: boolean): Promise<number> {
    return this.#alone(async () => {
      const booked = await bookOrders(this.world, isShort)
      if (booked > 0) await untilTaken(this.world, () => this.#isArrived())
      return booked
    })
  }

  /**
   * Plays a scene in the name of its party; with `through`, everything that comes before it, too.
   *
   * @throws SceneNotNow, ActRefused
   */
  async standIn(
    scene: Scene,
    isThrough: boolean,
  ): Promise<{ readonly scene: string; readonly txId: string | null }[]> {
    return this.#alone(async () => {
      const done: { scene: string; txId: string | null }[] = []
      const wanted = (): boolean =>
        listScenes(this.world).some(
          ({ scene: { id }, place }) => id === scene.id && place.status === 'done',
        )
      if (wanted() && !isThrough) throw new SceneNotNow(scene.id, null)
      for (let steps = 0; isThrough && steps < SCENES.length * 2; steps++) {
        const next = nextScene(this.world)
        if (next === undefined || next.id === scene.id || wanted()) break
        done.push({ scene: next.id, txId: await playScene(this.world, next) })
      }
      if (!wanted()) done.push({ scene: scene.id, txId: await playScene(this.world, scene) })
      return done
    })
  }

  /** Orders that lie at the bank. */
  orders() {
    return waitingOrders(this.world)
  }

  /** Ends host and bank; what is under way is waited for. Again without effect. */
  stop(): Promise<void> {
    this.#stopping ??= this.#end()
    return this.#stopping
  }

  async #end(): Promise<void> {
    this.#isEnding = true
    clearInterval(this.#timer)
    await this.#last
    await this.#parts.stop()
  }

  /** The money of the newest order has reached the custodian, in whatever amount. */
  #isArrived(): boolean {
    const contribution = findContribution(this.world)
    if (contribution === undefined) return true
    const open = listScenes(this.world).filter(({ place }) => place.status === 'now')
    return !open.some(({ scene }) => scene.id === 'bank-pays' || scene.id === 'arrival')
  }

  /** One after the other: two stand-ins at once would do the same scene twice. */
  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#owed >= MOST_OWED || this.#isEnding) throw new DemonstrationBusy()
    this.#owed += 1
    const before = this.#last
    const working = before.then(work)
    this.#last = working.catch(() => {})
    try {
      return await working
    } finally {
      this.#owed -= 1
    }
  }

  /** The scripted clock walks at the speed of a real one. */
  #walk(): NodeJS.Timeout {
    let before = performance.now()
    let ticks = 0
    const timer = setInterval(() => {
      const now = performance.now()
      const { clock } = this.host
      clock.advanceTo(clock.now() + Math.round(Math.min(now - before, MOST_TICK_MS)))
      before = now
      ticks += 1
      if (ticks % TICKS_FOR_RELAYS !== 0 || this.#owed > 0) return
      this.#alone(() => this.host.advanceTo(clock.now())).catch((error: unknown) =>
        this.#onNotice(`clock: ${String(error)}`),
      )
    }, TICK_MS)
    timer.unref()
    return timer
  }
}

/**
 * Opens the demonstration of a folder; founds it first where that was not done.
 *
 * @throws RangeError where the folder holds something else
 */
export async function openDemonstration(terms: OpeningTerms): Promise<Demonstration> {
  const { folder, packages, people = SAMPLE_PEOPLE, onNotice = () => {} } = terms
  const onProgress = terms.onProgress ?? (() => {})
  let founded = terms.fresh === true ? undefined : folder.find(packages.hash, people)
  if (founded === undefined) {
    folder.clear(terms.fresh !== true)
    const built = await packages.build()
    founded = await folder.found(packages.hash, people, (path) =>
      foundDemonstration({ folder: path, packages: built, people, onProgress }),
    )
  }
  await folder.prepare()
  const parts = await openParts(folder.current, onNotice)
  return new Demonstration(parts, { run: folder.run, founded }, onNotice)
}
