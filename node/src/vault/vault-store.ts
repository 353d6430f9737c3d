// budget: one store and all its tables; what is deleted, locked and wrapped anew must be seen beside what is put
import { setImmediate } from 'node:timers/promises'
import { MOST_RELEASERS } from '@renshe/contracts'
import {
  type Bytes,
  concatBytes,
  type JsonObject,
  type RandomSource,
  toHex,
  u32,
  type WrapContext,
} from '@renshe/crypto'
import { type AtCrashPoint, NO_CRASH } from './crash-points.ts'
import { openRenewableFile, type RenewableFile } from './renewable-file.ts'
import { type Sealing, type StoredLeaf, sealingOf } from './sealing.ts'
import type { StoreTable, TableKey } from './store-tables.ts'
import {
  CHUNK_ROWS,
  chunkWithout,
  LEAF_BYTES,
  leavesOfBytes,
  personKeys,
  rowChunks,
  rowOfChunk,
  type SealedRows,
} from './stored-rows.ts'
import type { WrappingKey } from './wrapping-key.ts'

/** Leaves are written in pages of so many. */
const PAGE_LEAVES = 1000
const EDITION_BYTES = 16

/** What is stored of a sealing beside its own record. */
export interface SealingParts {
  readonly rows: readonly SealedRows[]
  /** As {@link leafBytes} writes them. */
  readonly leaves: Bytes
  /** A of each section, or A\* alone, with what its wrap is for. */
  readonly halves: readonly { readonly context: WrapContext; readonly secret: Bytes }[]
  /** Blind index of the person of each row, 32 bytes; zeros where it has none. */
  readonly persons: Bytes
}

/** How a vault's store begins. */
export interface VaultStoreSettings {
  readonly folder: string
  readonly chain: string
  /** V, with those it replaced. */
  readonly key: WrappingKey
  readonly random: RandomSource
  readonly atCrashPoint?: AtCrashPoint
}

/** Places where a person's data lies. */
export interface PersonPlace {
  readonly sealing: number
  readonly row: number
}

/** Rows of one sealing that are to go. */
export interface RowsToErase {
  readonly sealing: Sealing
  /** Places in the sealing. */
  readonly rows: readonly number[]
  /** Whether no row of it is left: then A\\* of a batch goes as well. */
  readonly isLast: boolean
}

/** Tables of small records, each locked under V. */
export type LockedTable =
  | 'grant'
  | 'release'
  | 'copy'
  | 'draft'
  | 'draft-rows'
  | 'note'
  | 'upload'
  | 'upload-piece'
  | 'subject'
  | 'share'
  | 'share-release'

/**
 * The owner's sealed sections, halves A under V, who is whose, and everything else that a member keeps to
 * itself. Without V and without the release store nothing of it opens.
 */
export class VaultStore {
  readonly #file: RenewableFile
  readonly #settings: VaultStoreSettings
  readonly #atCrashPoint: AtCrashPoint
  #key: WrappingKey
  readonly #sealings: StoreTable
  readonly #rows: StoreTable
  readonly #leaves: StoreTable
  readonly #halves: StoreTable
  readonly #roots: StoreTable
  readonly #places: StoreTable
  readonly #persons: StoreTable
  /** Sealings that are not known to be final, each with the blind indexes of its rows. */
  readonly #unsettled: StoreTable
  readonly #locked: StoreTable
  #chunk: { readonly n: number; readonly chunk: number; readonly bytes: Bytes } | undefined

  constructor(settings: VaultStoreSettings) {
    this.#settings = settings
    this.#atCrashPoint = settings.atCrashPoint ?? NO_CRASH
    this.#key = settings.key
    this.#file = openRenewableFile(settings.folder)
    this.#sealings = this.#file.table('sealings')
    this.#rows = this.#file.table('rows')
    this.#leaves = this.#file.table('leaves')
    this.#halves = this.#file.table('halves')
    this.#roots = this.#file.table('roots')
    this.#places = this.#file.table('places')
    this.#persons = this.#file.table('persons')
    this.#unsettled = this.#file.table('unsettled')
    this.#locked = this.#file.table('locked')
  }

  /** Stores everything of a sealing in one transaction; on disk when this returns. */
  putSealing(made: Omit<Sealing, 'n' | 'v' | 'rows'>, parts: SealingParts): Sealing {
    return this.#file.write(() => {
      const n = this.#nextNumber()
      const rows = parts.rows.reduce((sum, { ends }) => sum + ends.length, 0)
      const sealing: Sealing = { ...made, v: 1, n, rows }
      this.#sealings.putJson(n, sealing as unknown as JsonObject)
      let chunk = 0
      for (const bytes of rowChunks(parts.rows)) this.#rows.put([n, chunk++], bytes)
      const pageBytes = PAGE_LEAVES * LEAF_BYTES
      for (let page = 0; page * pageBytes < parts.leaves.length; page++) {
        const leaves = parts.leaves.subarray(page * pageBytes, (page + 1) * pageBytes)
        this.#leaves.put([n, page], leaves)
      }
      parts.halves.forEach(({ context, secret }, index) => {
        this.#halves.put([n, index], this.#key.wrap(context, secret))
      })
      this.#putPlaces(sealing)
      this.#putPersons(sealing, parts.persons)
      return sealing
    })
  }

  #nextNumber(): number {
    return ((this.#sealings.lastKey() as number | undefined) ?? 0) + 1
  }

  #putPlaces({ n, root, record, sections }: Sealing): void {
    if (root !== null) this.#roots.put(root, u32(n))
    if (record === null) return
    sections.forEach(({ commitment }, index) => {
      this.#places.put(commitment, concatBytes(u32(n), u32(index)))
    })
  }

  #putPersons({ n, state }: Sealing, persons: Bytes): void {
    if (state === 'SEALED') this.#unsettled.put(n, persons)
    // Ascending by index: pages of the table are filled one after another.
    for (const place of personKeys(n, persons)) this.#persons.put(place, NOTHING)
  }

  sealing(n: number): Sealing | undefined {
    const json = this.#sealings.getJson(n)
    return json === undefined ? undefined : sealingOf(json)
  }

  /** Every sealing, in the order in which they were made. */
  *sealings(): Iterable<Sealing> {
    for (const [key] of this.#sealings.range([])) {
      const sealing = this.sealing(key as number)
      if (sealing !== undefined) yield sealing
    }
  }

  /** The sealing of a batch or tree. */
  sealingOfRoot(root: string): Sealing | undefined {
    const number = this.#roots.get(root)
    return number === undefined ? undefined : this.sealing(numberAt(number, 0))
  }

  /** Where a section of a record lies. */
  placeOfCommitment(commitment: string): PersonPlace | undefined {
    const place = this.#places.get(commitment)
    return place === undefined
      ? undefined
      : { sealing: numberAt(place, 0), row: numberAt(place, 4) }
  }

  /** Everything that is not known to be final. */
  unsettled(): Sealing[] {
    return [...this.#unsettled.range([])].map(([key]) => this.sealing(key as number) as Sealing)
  }

  /** A sealed section as it was stored. */
  row(n: number, index: number): Bytes | undefined {
    const chunk = Math.floor(index / CHUNK_ROWS)
    // Rows are read one after another, so the chunk at hand most often holds the next one.
    if (this.#chunk?.n !== n || this.#chunk.chunk !== chunk) {
      const bytes = this.#rows.get([n, chunk])
      if (bytes === undefined) return undefined
      this.#chunk = { n, chunk, bytes }
    }
    return rowOfChunk(this.#chunk.bytes, index % CHUNK_ROWS)
  }

  /** Leaves of a sealing, in order. */
  leaves(n: number): StoredLeaf[] {
    const leaves: StoredLeaf[] = []
    for (const [, page] of this.#leaves.range([n])) leaves.push(...leavesOfBytes(page))
    return leaves
  }

  /** A of a section, or A\* of rows (`index` 0); undefined if it is gone. */
  half(n: number, index: number, context: WrapContext): Bytes | undefined {
    const stored = this.#halves.get([n, index])
    return stored === undefined ? undefined : this.#key.unwrap(context, stored)
  }

  /** It is final. */
  markLive(n: number): void {
    const sealing = this.sealing(n)
    if (sealing === undefined) return
    const live: Sealing = { ...sealing, state: 'LIVE' }
    this.#file.write(() => {
      this.#sealings.putJson(n, live as unknown as JsonObject)
      this.#unsettled.remove(n)
    })
  }

  /** It never became final. */
  remove(sealing: Sealing): void {
    const { n, root, sections } = sealing
    this.#chunk = undefined
    this.#file.write(() => {
      for (const table of [this.#rows, this.#leaves, this.#halves]) {
        const keys = [...table.range([n])].map(([key]) => key)
        for (const key of keys) table.remove(key)
      }
      if (root !== null) this.#roots.remove(root)
      for (const { commitment } of sections) {
        this.#places.remove(commitment)
        this.#forgetShares(commitment)
      }
      const persons = this.#unsettled.get(n) ?? NOTHING
      for (const place of personKeys(n, persons)) this.#persons.remove(place)
      this.#unsettled.remove(n)
      this.#sealings.remove(n)
    })
  }

  /**
   * Deletes sealed rows; A of each with them where every one has its own. Many sealings in one transaction:
   * each by itself would wait for the disk.
   *
   * @returns how many were still there
   */
  eraseRows(all: readonly RowsToErase[]): number {
    this.#chunk = undefined
    let erased = 0
    for (let from = 0; from < all.length; from += PAGE_LEAVES) {
      erased += this.#file.write(() =>
        all.slice(from, from + PAGE_LEAVES).reduce((sum, one) => sum + this.#eraseRows(one), 0),
      )
    }
    return erased
  }

  #eraseRows({ sealing, rows, isLast }: RowsToErase): number {
    const { n, root, sections } = sealing
    const byChunk = new Map<number, Set<number>>()
    for (const row of rows) {
      const chunk = Math.floor(row / CHUNK_ROWS)
      const places = byChunk.get(chunk) ?? new Set()
      byChunk.set(chunk, places.add(row % CHUNK_ROWS))
    }
    let erased = 0
    for (const [chunk, places] of byChunk) {
      const bytes = this.#rows.get([n, chunk])
      const left = bytes === undefined ? undefined : chunkWithout(bytes, places)
      if (left === undefined) continue
      this.#rows.put([n, chunk], left)
      erased += places.size
    }
    if (root !== null) {
      if (isLast) this.#halves.remove([n, 0])
      return erased
    }
    for (const row of rows) {
      this.#halves.remove([n, row])
      this.#forgetShares(sections[row]?.commitment ?? '')
    }
    return erased
  }

  #forgetShares(commitment: string): void {
    if (!this.#locked.has(['share', `${commitment} 1`])) return
    for (let index = 1; index <= MOST_RELEASERS; index++) {
      this.#locked.remove(['share', `${commitment} ${index}`])
    }
  }

  /** Forgets whose rows these were: there is no way from a row to its person but by looking at all. */
  async forgetPersons(isErased: (n: number, row: number) => boolean): Promise<void> {
    for (let last: TableKey | undefined; ; ) {
      const entries = this.#persons.after(last, 10_000)
      if (entries.length === 0) return
      const gone = entries.filter(([key]) => {
        const [, n, row] = key as readonly [string, number, number]
        return isErased(n, row)
      })
      if (gone.length > 0) this.#file.write(() => gone.map(([key]) => this.#persons.remove(key)))
      last = entries.at(-1)?.[0]
      await setImmediate()
    }
  }

  /**
   * Wraps under a new V, entry by entry: every wrap names its key, so a run that was cut short goes on
   * where it stopped.
   *
   * @param key  the new V, which also knows the old one
   * @returns how many wraps were made anew
   */
  async rewrap(key: WrappingKey): Promise<number> {
    this.#key = key
    let made = 0
    for (const table of [this.#halves, this.#locked]) {
      for (let last: TableKey | undefined; ; ) {
        const entries = table.after(last, 500)
        if (entries.length === 0) break
        made += this.#file.write(() => this.#rewrapSome(table, entries))
        this.#atCrashPoint('rewrapped')
        last = entries.at(-1)?.[0]
        await setImmediate()
      }
    }
    return made
  }

  #rewrapSome(table: StoreTable, entries: ReturnType<StoreTable['after']>): number {
    const isLocked = table === this.#locked
    const skipped = isLocked ? EDITION_BYTES : 0
    let made = 0
    for (const [key, stored] of entries) {
      if (this.#key.isCurrent(stored.subarray(skipped))) continue
      const context = isLocked ? this.#lockedContext(key, stored) : this.#halfContext(key)
      const secret = this.#key.unwrap(context, stored.subarray(skipped))
      const wrapped = this.#key.wrap(context, secret)
      table.put(key, concatBytes(stored.subarray(0, skipped), wrapped))
      made += 1
    }
    return made
  }

  #lockedContext(key: TableKey, stored: Bytes): WrapContext {
    const [table, id] = key as readonly [LockedTable, string]
    return this.#lockContext(table, id, stored.subarray(0, EDITION_BYTES))
  }

  #halfContext(key: TableKey): WrapContext {
    const { chain } = this.#settings
    const [n, row] = key as readonly [number, number]
    const { root, section, sections } = this.sealing(n) as Sealing
    if (root !== null) return { use: 'vault-a-batch', chain, batch: root, section }
    return { use: 'vault-a', chain, commitment: sections[row]?.commitment ?? '' }
  }

  /** Writes the whole store anew: what was deleted is in no file of it afterwards. */
  renew(): Promise<void> {
    return this.#file.renew(this.#atCrashPoint)
  }

  /** Where a person's sections lie, by blind index. */
  placesOfPerson(person: string): PersonPlace[] {
    return [...this.#persons.range([person])].map(([key]) => {
      const [, sealing, row] = key as readonly [string, number, number]
      return { sealing, row }
    })
  }

  /** Keeps bytes locked under V, each time anew, all in one transaction. */
  lock(table: LockedTable, contents: readonly (readonly [id: string, content: Bytes])[]): void {
    const locked = contents.map(([id, content]) => {
      const edition = this.#settings.random(EDITION_BYTES)
      const wrapped = this.#key.wrap(this.#lockContext(table, id, edition), content)
      return [id, concatBytes(edition, wrapped)] as const
    })
    this.#file.write(() => {
      for (const [id, bytes] of locked) this.#locked.put([table, id], bytes)
    })
  }

  /** What {@link VaultStore.lock} kept. Throws `SealBroken` if a byte of it was changed. */
  unlock(table: LockedTable, id: string): Bytes | undefined {
    const stored = this.#locked.get([table, id])
    if (stored === undefined) return undefined
    const context = this.#lockContext(table, id, stored.subarray(0, EDITION_BYTES))
    return this.#key.unwrap(context, stored.subarray(EDITION_BYTES))
  }

  /** Ids in a locked table, ascending, that begin with a text. */
  lockedIds(table: LockedTable, beginning = ''): string[] {
    return [...this.#locked.range([table])]
      .map(([key]) => (key as readonly string[])[1] as string)
      .filter((id) => id.startsWith(beginning))
  }

  /** Deletes from a locked table. */
  removeLocked(table: LockedTable, ids: readonly string[]): void {
    this.#file.write(() => {
      for (const id of ids) this.#locked.remove([table, id])
    })
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  /** A context of this store alone: what it locks never leaves the vault, so no other member spells it. */
  #lockContext(table: LockedTable, id: string, edition: Bytes): WrapContext {
    const { chain } = this.#settings
    const context = { use: 'vault-local', chain, table, id, edition: toHex(edition) }
    return context as unknown as WrapContext
  }
}

const NOTHING = new Uint8Array(0)

function numberAt(bytes: Bytes, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at)
}
