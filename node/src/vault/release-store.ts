import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type Bytes, concatBytes, type JsonObject, type RandomSource, toHex } from '@renshe/crypto'
import { type AtCrashPoint, NO_CRASH } from './crash-points.ts'
import { currentName, removeOthers, removeStore, setCurrent } from './current-file.ts'
import { openStoreFile, type StoreFile, type StoreTable } from './store-tables.ts'
import type { WrappingKey } from './wrapping-key.ts'

/** B's in one page of a batch (sealed-data section 6a). */
export const PAGE_HALVES = 1000
const HALF_BYTES = 32
const EDITION_BYTES = 16

/** What a seal will be on chain, so that one that never becomes final can be swept. */
export interface Expected {
  /** Root of a batch or tree; null for sections of a record. */
  readonly root: string | null
  readonly record: string | null
  readonly sections: readonly { readonly name: string; readonly commitment: string }[]
  /** Rows, for a batch or tree. */
  readonly count: number
  readonly case: string
  readonly step: string
  /** UTC ms; never final after it. */
  readonly expiresAt: number
}

/** How a release store begins. */
export interface ReleaseStoreSettings {
  readonly folder: string
  readonly chain: string
  /** R, with those it replaced. */
  readonly key: WrappingKey
  readonly random: RandomSource
  readonly atCrashPoint?: AtCrashPoint
}

/**
 * The owner's halves B under R, in a folder, a file and under a key of their own: whoever has the vault
 * alone opens nothing, and deleting a B erases its section.
 */
export class ReleaseStore {
  readonly #settings: ReleaseStoreSettings
  readonly #atCrashPoint: AtCrashPoint
  #key: WrappingKey
  #file: StoreFile
  #halves: StoreTable
  #pages: StoreTable
  #waiting: StoreTable
  #turned: StoreTable
  #name: string
  #turn: Promise<void> = Promise.resolve()

  private constructor(settings: ReleaseStoreSettings, name: string) {
    this.#settings = settings
    this.#atCrashPoint = settings.atCrashPoint ?? NO_CRASH
    this.#key = settings.key
    this.#name = name
    this.#file = openStoreFile(settings.folder, join(settings.folder, name))
    this.#halves = this.#file.table('halves')
    this.#pages = this.#file.table('pages')
    this.#waiting = this.#file.table('waiting')
    this.#turned = this.#file.table('turned')
  }

  /** Opens the store; what a rotation that was cut short left behind is removed. */
  static open(settings: ReleaseStoreSettings): ReleaseStore {
    const { folder } = settings
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    let name = currentName(folder)
    if (name === undefined) {
      name = fileName(1)
      setCurrent(folder, name)
    }
    removeOthers(folder, STORE_FILE, name)
    return new ReleaseStore(settings, name)
  }

  /** Keeps B of each section of a record, null where releasers have it; on disk when this returns. */
  async putHalves(halves: readonly (Bytes | null)[], expected: Expected): Promise<void> {
    await this.#exclusively(() =>
      this.#file.write(() => {
        expected.sections.forEach(({ commitment }, index) => {
          const half = halves[index] ?? null
          if (half === null) return
          const context = { use: 'half-b', chain: this.#settings.chain, commitment } as const
          this.#halves.put(commitment, this.#key.wrap(context, half))
        })
        this.#await(expected)
      }),
    )
  }

  /** Keeps the B's of a batch, in the order of its rows; on disk when this returns. */
  async putPages(halves: Bytes, section: string, expected: Expected): Promise<void> {
    const batch = expected.root as string
    await this.#exclusively(() =>
      this.#file.write(() => {
        const pageBytes = PAGE_HALVES * HALF_BYTES
        for (let page = 0; page * pageBytes < halves.length; page++) {
          const part = halves.subarray(page * pageBytes, (page + 1) * pageBytes)
          this.#putPage(this.#pages, this.#key, { batch, section, page }, 1, part)
        }
        this.#await(expected)
      }),
    )
  }

  /** B of a section; undefined if it is erased or was never here. */
  findHalf(commitment: string): Bytes | undefined {
    const stored = this.#halves.get(commitment)
    if (stored === undefined) return undefined
    return this.#key.unwrap({ use: 'half-b', chain: this.#settings.chain, commitment }, stored)
  }

  /** The B's of 1,000 rows; zeros where erased. Undefined if the page was never here. */
  findPage(batch: string, section: string, page: number): Bytes | undefined {
    let newest: Bytes | undefined
    for (const [, stored] of this.#pages.range([batch, section, page])) newest = stored
    return newest === undefined
      ? undefined
      : this.#openPage(this.#key, { batch, section, page }, newest)
  }

  /** Deletes B of a section. */
  async eraseHalf(commitment: string): Promise<void> {
    await this.eraseHalves([commitment])
  }

  /**
   * Deletes B of sections, all in one transaction.
   *
   * @returns how many were still there
   */
  async eraseHalves(commitments: readonly string[]): Promise<number> {
    const kept = commitments.filter((commitment) => this.#halves.has(commitment))
    if (kept.length === 0) return 0
    await this.#exclusively(() =>
      this.#file.write(() => {
        for (const commitment of kept) this.#halves.remove(commitment)
      }),
    )
    return kept.length
  }

  /**
   * Erases rows of a batch: their pages are written anew with zeros under a new edition, then the old
   * ones are deleted. A crash between leaves both, and the newer one counts.
   */
  async eraseRows(batch: string, section: string, rows: readonly number[]): Promise<void> {
    const byPage = new Map<number, number[]>()
    for (const row of rows) {
      const page = Math.floor(row / PAGE_HALVES)
      byPage.set(page, [...(byPage.get(page) ?? []), row % PAGE_HALVES])
    }
    for (const [page, places] of byPage) {
      await this.#exclusively(() => this.#erasePage({ batch, section, page }, places))
    }
  }

  /** What was sealed and is not known to be final. */
  waiting(): readonly Expected[] {
    return [...this.#waiting.range([])].map(([key]) => expectedOf(this.#waiting.getJson(key)))
  }

  /** It is final: it stays. */
  async keep(expected: Expected): Promise<void> {
    await this.#exclusively(() =>
      this.#file.write(() => this.#waiting.remove(waitingKey(expected))),
    )
  }

  /** It never became final: its B's go. */
  async drop(expected: Expected): Promise<void> {
    await this.#exclusively(() =>
      this.#file.write(() => {
        const { root, sections } = expected
        if (root === null) {
          for (const { commitment } of sections) this.#halves.remove(commitment)
        } else {
          const keys = [...this.#pages.range([root])].map(([key]) => key)
          for (const key of keys) this.#pages.remove(key)
        }
        this.#waiting.remove(waitingKey(expected))
      }),
    )
  }

  /**
   * Copies every live B into a fresh file under a new R and deletes the old file: B's deleted earlier
   * lie in free pages of the old one, and go with it.
   *
   * @param key  the new R, which also knows the old one
   * @param at   when, UTC ms: what {@link ReleaseStore.turnedAt} says from then on
   */
  async rotate(key: WrappingKey, at = 0): Promise<void> {
    await this.#exclusively(async () => {
      const { folder } = this.#settings
      const name = fileName(numberOf(this.#name) + 1)
      removeStore(folder, name)
      const fresh = openStoreFile(folder, join(folder, name))
      try {
        await this.#copyTo(fresh, key)
        fresh.write(() => fresh.table('turned').putJson('at', { v: 1, at }))
      } catch (error) {
        await fresh.close()
        throw error
      }
      this.#atCrashPoint('rotation-copied')
      setCurrent(folder, name)
      this.#atCrashPoint('rotation-switched')
      const [before, old] = [this.#file, this.#name]
      this.#file = fresh
      this.#name = name
      this.#key = key
      this.#halves = fresh.table('halves')
      this.#pages = fresh.table('pages')
      this.#waiting = fresh.table('waiting')
      this.#turned = fresh.table('turned')
      await before.close()
      removeStore(folder, old)
    })
  }

  /** Begins the week of an R that nobody noted the beginning of. */
  async noteTurn(at: number): Promise<void> {
    await this.#exclusively(() => this.#file.write(() => this.#turned.putJson('at', { v: 1, at })))
  }

  /** When R was last given a successor, UTC ms; undefined if nobody noted it. */
  turnedAt(): number | undefined {
    return this.#turned.getJson('at')?.at as number | undefined
  }

  async close(): Promise<void> {
    await this.#turn
    await this.#file.close()
  }

  /** Writers wait for each other: a rotation must not lose what is put while it copies. */
  #exclusively<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work)
    this.#turn = turn.then(
      () => undefined,
      () => undefined,
    )
    return turn
  }

  #await(expected: Expected): void {
    this.#waiting.putJson(waitingKey(expected), expected as unknown as JsonObject)
  }

  #erasePage(place: PagePlace, places: readonly number[]): void {
    const { batch, section, page } = place
    const editions = [...this.#pages.range([batch, section, page])]
    const [newest, stored] = editions.at(-1) ?? []
    if (newest === undefined || stored === undefined) return
    const halves = Uint8Array.from(this.#openPage(this.#key, place, stored))
    for (const at of places) halves.fill(0, at * HALF_BYTES, (at + 1) * HALF_BYTES)
    const sequence = (newest as readonly (string | number)[])[3] as number
    this.#file.write(() => this.#putPage(this.#pages, this.#key, place, sequence + 1, halves))
    this.#atCrashPoint('page-written')
    this.#file.write(() => {
      for (const [key] of editions) this.#pages.remove(key)
    })
  }

  async #copyTo(fresh: StoreFile, key: WrappingKey): Promise<void> {
    const [halves, pages, waiting] = ['halves', 'pages', 'waiting'].map(fresh.table)
    const { chain } = this.#settings
    const commitments = [...this.#halves.range([])].map(([commitment]) => commitment as string)
    for (let from = 0; from < commitments.length; from += PAGE_HALVES) {
      fresh.write(() => {
        for (const commitment of commitments.slice(from, from + PAGE_HALVES)) {
          const half = this.findHalf(commitment)
          if (half === undefined) continue
          halves?.put(commitment, key.wrap({ use: 'half-b', chain, commitment }, half))
        }
      })
      await setImmediate()
    }
    for (const place of this.#pagePlaces()) {
      const half = this.findPage(place.batch, place.section, place.page)
      if (half !== undefined)
        fresh.write(() => this.#putPage(pages as StoreTable, key, place, 1, half))
      await setImmediate()
    }
    fresh.write(() => {
      for (const [waitingFor, value] of this.#waiting.range([])) waiting?.put(waitingFor, value)
    })
  }

  #pagePlaces(): PagePlace[] {
    const places = new Map<string, PagePlace>()
    for (const [key] of this.#pages.range([])) {
      const [batch, section, page] = key as readonly [string, string, number]
      places.set(`${batch} ${section} ${page}`, { batch, section, page })
    }
    return [...places.values()]
  }

  #putPage(
    table: StoreTable,
    key: WrappingKey,
    place: PagePlace,
    sequence: number,
    halves: Bytes,
  ): void {
    const edition = this.#settings.random(EDITION_BYTES)
    const stored = key.wrap(this.#pageContext(place, edition), halves)
    const { batch, section, page } = place
    table.put([batch, section, page, sequence], concatBytes(edition, stored))
  }

  #openPage(key: WrappingKey, place: PagePlace, stored: Bytes): Bytes {
    const context = this.#pageContext(place, stored.subarray(0, EDITION_BYTES))
    return key.unwrap(context, stored.subarray(EDITION_BYTES))
  }

  #pageContext({ batch, section, page }: PagePlace, edition: Bytes) {
    const { chain } = this.#settings
    return { use: 'half-b-page', chain, batch, section, page, edition: toHex(edition) } as const
  }
}

interface PagePlace {
  readonly batch: string
  readonly section: string
  readonly page: number
}

function waitingKey({ expiresAt, root, sections }: Expected): readonly (string | number)[] {
  return [expiresAt, root ?? sections[0]?.commitment ?? '']
}

function expectedOf(json: JsonObject | undefined): Expected {
  return json as unknown as Expected
}

const STORE_FILE = /^release-([0-9]{6})\.mdb$/

function fileName(number: number): string {
  return `release-${String(number).padStart(6, '0')}.mdb`
}

function numberOf(name: string): number {
  return Number(STORE_FILE.exec(name)?.[1])
}
