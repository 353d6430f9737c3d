/* What the code under test gets when it imports `lmdb`: as much of it as both kinds of stores use. */
import { dirname, join } from 'node:path'
import { machine, ProcessGone } from './machine.fixture.ts'
import { SimulatedFile } from './simulated-disk.fixture.ts'
import { SimulatedStore, type SimulatedTable } from './simulated-store.fixture.ts'

interface OpenOptions {
  readonly path: string
  readonly noSubdir?: boolean
  readonly overlappingSync?: boolean
}

interface RangeOptions {
  readonly start?: unknown
  readonly end?: unknown
  readonly reverse?: boolean
  readonly exclusiveStart?: boolean
  readonly inclusiveEnd?: boolean
  readonly limit?: number
}

/** Opens an environment on the simulated disk. */
export function open(options: OpenOptions): Environment {
  machine().alive()
  const path = options.noSubdir === true ? options.path : join(options.path, 'data.mdb')
  const { disk } = machine()
  let file = disk.find(path)
  if (file === undefined) {
    file = new SimulatedFile()
    disk.makeFolder(dirname(path))
    disk.nameStore(path, file)
  }
  file.store ??= new SimulatedStore()
  return new Environment(path, file.store, options.overlappingSync === false)
}

class Environment {
  readonly path: string
  readonly store: SimulatedStore
  readonly isFlushedAtOnce: boolean

  constructor(path: string, store: SimulatedStore, isFlushedAtOnce: boolean) {
    this.path = path
    this.store = store
    this.isFlushedAtOnce = isFlushedAtOnce
  }

  get flushed(): Promise<void> {
    machine().alive()
    this.store.flush()
    return Promise.resolve()
  }

  openDB({ name }: { readonly name: string }): Table {
    return new Table(this, this.store.table(name))
  }

  transactionSync<Result>(change: () => Result): Result {
    if (this.store.isInTransaction) return change()
    machine().alive()
    this.store.begin()
    try {
      const result = change()
      // The commit happens or it does not: a crash in the middle leaves the state before.
      machine().change(this.path, true, () => this.store.commit(this.isFlushedAtOnce))
      return result
    } catch (error) {
      if (this.store.isInTransaction) this.store.abort()
      throw error instanceof ProcessGone || !('code' in (error as object)) ? error : refused(error)
    }
  }

  async close(): Promise<void> {
    machine().alive()
    this.store.flush()
  }
}

const ERROR_NUMBERS: Readonly<Record<string, number>> = { EIO: 5, ENOSPC: 28, EROFS: 30 }

/** LMDB tells errors of the system by their number. */
function refused(error: unknown): unknown {
  const { code, message } = error as { code: string; message: string }
  const number = ERROR_NUMBERS[code]
  return number === undefined ? error : Object.assign(new Error(message), { code: number })
}

class Table {
  readonly #env: Environment
  readonly #table: SimulatedTable

  constructor(env: Environment, table: SimulatedTable) {
    this.#env = env
    this.#table = table
  }

  get(key: unknown): Buffer | undefined {
    machine().alive()
    return this.#table.rows.get(sortKeyOf(key))?.value
  }

  doesExist(key: unknown): boolean {
    return this.get(key) !== undefined
  }

  put(key: unknown, value: Uint8Array): void {
    const own = Buffer.isBuffer(key) ? Buffer.from(key) : key
    this.#within(() => {
      const row = { key: own, value: Buffer.from(value) }
      this.#env.store.put(this.#table, sortKeyOf(key), row)
    })
  }

  remove(key: unknown): void {
    this.#within(() => this.#env.store.put(this.#table, sortKeyOf(key), undefined))
  }

  putSync(key: unknown, value: Uint8Array): void {
    this.put(key, value)
  }

  removeSync(key: unknown): void {
    this.remove(key)
  }

  clearSync(): void {
    const all = this.#table.between(null, null, false, true)
    if (all.length === 0) return
    this.#within(() => {
      for (const sortKey of all) this.#env.store.put(this.#table, sortKey, undefined)
    })
  }

  *getRange(options: RangeOptions = {}): IterableIterator<{ key: unknown; value: Buffer }> {
    machine().alive()
    const { start, end, reverse = false, exclusiveStart = false, inclusiveEnd = false } = options
    const text = (border: unknown): string | null =>
      border === undefined ? null : sortKeyOf(border)
    const keys = reverse
      ? this.#table.between(text(end), text(start), !exclusiveStart, inclusiveEnd).reverse()
      : this.#table.between(text(start), text(end), inclusiveEnd, !exclusiveStart)
    for (const sortKey of keys.slice(0, options.limit ?? keys.length)) {
      const row = this.#table.rows.get(sortKey)
      if (row !== undefined) yield { key: row.key, value: row.value }
    }
  }

  *getKeys(options: RangeOptions = {}): IterableIterator<unknown> {
    for (const { key } of this.getRange(options)) yield key
  }

  #within(change: () => void): void {
    this.#env.transactionSync(change)
  }
}

/** A text in the order of LMDB's keys: bytes as they are; numbers before texts, parts one after another. */
function sortKeyOf(key: unknown): string {
  if (key instanceof Uint8Array) return Buffer.from(key).toString('latin1')
  if (Array.isArray(key)) return key.map(partOf).join('')
  return partOf(key)
}

function partOf(part: unknown): string {
  if (typeof part === 'string') return `s${Buffer.from(part, 'utf8').toString('latin1')}\0`
  if (typeof part !== 'number' || part < 0) throw new RangeError(`no key of a store: ${part}`)
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(part)
  return `n${bytes.toString('latin1')}`
}
