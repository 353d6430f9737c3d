/*
 * A store file that can be written anew while it is used. LMDB leaves deleted values in free pages, where whoever
 * has the file and V would still find them: only a fresh file without them is a deletion.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { AtCrashPoint } from './crash-points.ts'
import { currentName, removeOthers, removeStore, setCurrent } from './current-file.ts'
import { openStoreFile, type StoreFile, type StoreTable, type TableKey } from './store-tables.ts'

const FIRST = 'vault.mdb'
const NAMES = /^vault(-[0-9]{6})?\.mdb$/
/** Entries that are copied before anybody else has a turn: chunks of rows have some 40 KB. */
const COPIED_AT_ONCE = 64

/** Opens the store file of a folder; what a renewal that was cut short left behind is removed. */
export function openRenewableFile(folder: string): RenewableFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const name = currentName(folder) ?? FIRST
  removeOthers(folder, NAMES, name)
  return new RenewableFile(folder, name)
}

interface Pair {
  current: StoreTable
  fresh: StoreTable | undefined
}

/** A {@link StoreFile} that {@link RenewableFile.renew} writes anew. */
export class RenewableFile implements StoreFile {
  readonly #folder: string
  readonly #tables = new Map<string, Pair>()
  #name: string
  #current: StoreFile
  #fresh: StoreFile | undefined

  constructor(folder: string, name: string) {
    this.#folder = folder
    this.#name = name
    this.#current = openStoreFile(folder, join(folder, name))
  }

  table(name: string): StoreTable {
    const pair: Pair = { current: this.#current.table(name), fresh: undefined }
    this.#tables.set(name, pair)
    return {
      get: (key) => pair.current.get(key),
      has: (key) => pair.current.has(key),
      put: (key, value) => {
        pair.current.put(key, value)
        pair.fresh?.put(key, value)
      },
      remove: (key) => {
        pair.current.remove(key)
        pair.fresh?.remove(key)
      },
      range: (prefix, from) => pair.current.range(prefix, from),
      after: (key, most) => pair.current.after(key, most),
      lastKey: () => pair.current.lastKey(),
      getJson: (key) => pair.current.getJson(key),
      putJson: (key, value) => {
        pair.current.putJson(key, value)
        pair.fresh?.putJson(key, value)
      },
    }
  }

  write<Result>(change: () => Result): Result {
    const fresh = this.#fresh
    return this.#current.write(() => (fresh === undefined ? change() : fresh.write(change)))
  }

  /**
   * Copies every entry into a fresh file and deletes the old one. What is written meanwhile goes to both:
   * an entry that is copied later is copied as it is then.
   */
  async renew(atCrashPoint: AtCrashPoint): Promise<void> {
    const number = Number(/[0-9]{6}/.exec(this.#name)?.[0] ?? 1) + 1
    const name = `vault-${String(number).padStart(6, '0')}.mdb`
    removeStore(this.#folder, name)
    const fresh = openStoreFile(this.#folder, join(this.#folder, name))
    for (const [table, pair] of this.#tables) pair.fresh = fresh.table(table)
    this.#fresh = fresh
    try {
      for (const pair of this.#tables.values()) await copyTable(pair, fresh)
    } catch (error) {
      for (const pair of this.#tables.values()) pair.fresh = undefined
      this.#fresh = undefined
      await fresh.close()
      throw error
    }
    atCrashPoint('renewal-copied')
    setCurrent(this.#folder, name)
    const [old, oldName] = [this.#current, this.#name]
    for (const pair of this.#tables.values()) {
      pair.current = pair.fresh as StoreTable
      pair.fresh = undefined
    }
    this.#current = fresh
    this.#name = name
    this.#fresh = undefined
    atCrashPoint('renewal-switched')
    await old.close()
    removeStore(this.#folder, oldName)
  }

  close(): Promise<void> {
    return this.#current.close()
  }
}

async function copyTable({ current, fresh }: Pair, file: StoreFile): Promise<void> {
  for (let last: TableKey | undefined; ; ) {
    const entries = current.after(last, COPIED_AT_ONCE)
    if (entries.length === 0) return
    file.write(() => {
      for (const [key, value] of entries) fresh?.put(key, value)
    })
    last = entries.at(-1)?.[0]
    await setImmediate()
  }
}
