/* LMDB as both stores use it: bytes in, bytes out, durable when a call returns. */
import { chmodSync, mkdirSync } from 'node:fs'
import { type Bytes, canonicalJson, type JsonObject, parseCanonicalJson } from '@renshe/crypto'
import { type Database, open, type RootDatabase } from 'lmdb'

/** A key: one text, or numbers and texts in order. */
export type TableKey = string | number | readonly (string | number)[]

/** One table of a store. */
export interface StoreTable {
  get(key: TableKey): Bytes | undefined
  has(key: TableKey): boolean
  put(key: TableKey, value: Bytes): void
  remove(key: TableKey): void
  /** Entries whose key begins with these parts, ascending; `from` is the first next part. */
  range(prefix: readonly (string | number)[], from?: number): Iterable<readonly [TableKey, Bytes]>
  /** The first entries whose keys come after one, ascending; from the beginning without one. */
  after(key: TableKey | undefined, most: number): readonly (readonly [TableKey, Bytes])[]
  /** The greatest key. */
  lastKey(): TableKey | undefined
  getJson(key: TableKey): JsonObject | undefined
  putJson(key: TableKey, value: JsonObject): void
}

/** An LMDB environment in a file of its own. */
export interface StoreFile {
  table(name: string): StoreTable
  /** Runs a write transaction; it is on disk when this returns. */
  write<Result>(change: () => Result): Result
  close(): Promise<void>
}

type LmdbKey = string | number | (string | number)[]

/** Sorts after every number and text in a key. */
const LAST = '\u{10ffff}'

/**
 * Opens a store file; makes it if there is none.
 *
 * @param path  the file itself, so that it can be replaced by a rename
 */
export function openStoreFile(folder: string, path: string): StoreFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const env: RootDatabase<Buffer, LmdbKey> = open<Buffer, LmdbKey>({
    path,
    noSubdir: true,
    maxDbs: 24,
    encoding: 'binary',
    // A commit that overlaps its sync is visible before it is durable: sealing counts on the order.
    overlappingSync: false,
  })
  chmodSync(path, 0o600)
  return {
    table: (name) => tableOf(env.openDB<Buffer, LmdbKey>({ name, encoding: 'binary' })),
    write: (change) => env.transactionSync(change),
    close: () => env.close(),
  }
}

function tableOf(db: Database<Buffer, LmdbKey>): StoreTable {
  const get = (key: TableKey): Bytes | undefined => {
    const value = db.get(key as LmdbKey)
    return value === undefined ? undefined : Uint8Array.from(value)
  }
  return {
    get,
    has: (key) => db.doesExist(key as LmdbKey),
    put: (key, value) => {
      db.putSync(key as LmdbKey, Buffer.from(value.buffer, value.byteOffset, value.length))
    },
    remove: (key) => {
      db.removeSync(key as LmdbKey)
    },
    *range(prefix, from) {
      const start = from === undefined ? [...prefix] : [...prefix, from]
      for (const { key, value } of db.getRange({ start, end: [...prefix, LAST] })) {
        yield [key as TableKey, Uint8Array.from(value)]
      }
    },
    after: (from, most) => {
      const start = from === undefined ? {} : { start: from as LmdbKey, exclusiveStart: true }
      return [...db.getRange({ ...start, limit: most })].map(
        ({ key, value }) => [key as TableKey, Uint8Array.from(value)] as const,
      )
    },
    lastKey: () => {
      for (const key of db.getKeys({ reverse: true, limit: 1 })) return key as TableKey
      return undefined
    },
    getJson: (key) => {
      const bytes = get(key)
      return bytes === undefined ? undefined : parseCanonicalJson(bytes)
    },
    putJson: (key, value) => {
      db.putSync(key as LmdbKey, Buffer.from(canonicalJson(value)))
    },
  }
}
