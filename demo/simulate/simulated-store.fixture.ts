/* What an LMDB environment holds: ordered tables, commits that are whole or not there, flushed or not. */
import { type Chance, wholeOf } from './chance.fixture.ts'

/** A row: its key as it was given, and its value. */
export interface StoredRow<Key = unknown> {
  readonly key: Key
  readonly value: Buffer
}

/** What a row was before a commit changed it. */
interface Undo {
  readonly table: SimulatedTable
  readonly sortKey: string
  readonly before: StoredRow | undefined
}

/** One table in the order of its keys. */
export class SimulatedTable {
  readonly rows = new Map<string, StoredRow>()
  #order: string[] = []

  /** Sort keys with `from ≤ key < end`, or with the borders as told. */
  between(from: string | null, end: string | null, isEndIn: boolean, isFromIn: boolean): string[] {
    const first = from === null ? 0 : this.#placeOf(from, !isFromIn)
    const last = end === null ? this.#order.length : this.#placeOf(end, isEndIn)
    return this.#order.slice(first, last)
  }

  set(sortKey: string, row: StoredRow | undefined): StoredRow | undefined {
    const before = this.rows.get(sortKey)
    if (row === undefined) {
      if (before !== undefined) this.#order.splice(this.#placeOf(sortKey, false), 1)
      this.rows.delete(sortKey)
    } else {
      if (before === undefined) this.#order.splice(this.#placeOf(sortKey, false), 0, sortKey)
      this.rows.set(sortKey, row)
    }
    return before
  }

  copy(): SimulatedTable {
    const table = new SimulatedTable()
    for (const [key, row] of this.rows) table.rows.set(key, row)
    table.#order = [...this.#order]
    return table
  }

  /** Index of the first key that is not below, or, with `isBehind`, above. */
  #placeOf(key: string, isBehind: boolean): number {
    let low = 0
    let high = this.#order.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#order[middle] as string
      if (other < key || (isBehind && other === key)) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Commits that may wait for their flush: LMDB flushes one while the next is made. */
const UNFLUSHED_MOST = 2

/** Tables of one environment, and what of them the disk would keep. */
export class SimulatedStore {
  readonly tables = new Map<string, SimulatedTable>()
  #open: Undo[] | undefined
  #unflushed: Undo[][] = []

  table(name: string): SimulatedTable {
    const known = this.tables.get(name)
    if (known !== undefined) return known
    const made = new SimulatedTable()
    this.tables.set(name, made)
    return made
  }

  get isInTransaction(): boolean {
    return this.#open !== undefined
  }

  begin(): void {
    this.#open = []
  }

  put(table: SimulatedTable, sortKey: string, row: StoredRow | undefined): void {
    const before = table.set(sortKey, row)
    this.#open?.push({ table, sortKey, before })
  }

  /** @param isFlushed  whether the commit is on disk when this returns */
  commit(isFlushed: boolean): void {
    if (this.#open !== undefined) this.#unflushed.push(this.#open)
    this.#open = undefined
    if (isFlushed) this.#unflushed = []
    else if (this.#unflushed.length > UNFLUSHED_MOST) this.#unflushed.shift()
  }

  abort(): void {
    if (this.#open !== undefined) undo(this.#open)
    this.#open = undefined
  }

  flush(): void {
    this.#unflushed = []
  }

  losePower(chance: Chance): void {
    this.abort()
    const lost = wholeOf(chance, 0, this.#unflushed.length)
    for (let each = 0; each < lost; each++) undo(this.#unflushed.pop() ?? [])
    this.#unflushed = []
  }

  copy(): SimulatedStore {
    const store = new SimulatedStore()
    for (const [name, table] of this.tables) store.tables.set(name, table.copy())
    return store
  }
}

function undo(changes: readonly Undo[]): void {
  for (const { table, sortKey, before } of changes.toReversed()) table.set(sortKey, before)
}
