import { sha256 } from '@renshe/crypto'
import type { AnyCollection, IndexKeys } from './collection.ts'
import { encodeKey, encodeParts, type KeyPart, type KeyText, keyBytes, keyTextOf } from './key.ts'
import { EMPTY_MAP, LayeredMap, type OrderedMap } from './ordered-map.ts'

/**
 * A state as the kernel reads it: canonical JSON texts under state keys, and beside them the entries
 * of declared indexes, each holding the state key that it lists.
 */
export interface StateSource {
  readonly values: OrderedMap
  readonly indexes: OrderedMap
}

/** The state before anything was written. */
export const EMPTY_STATE: StateSource = { values: EMPTY_MAP, indexes: EMPTY_MAP }

/**
 * Thrown by a store that cannot read: not a result of the transaction that asked, so the kernel
 * lets it pass and the process stops before it commits anything.
 */
export class StoreFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreFault'
  }
}

/** Where entries of an index begin: `collection ‖ 00 ‖ index ‖ 00`. */
export function indexPrefix(collection: string, index: string): KeyText {
  return `${collection}\u0000${index}\u0000`
}

function manyKeys(keys: IndexKeys): readonly (readonly KeyPart[])[] {
  if (keys === undefined) return []
  return 'many' in keys ? keys.many : [keys]
}

/**
 * The index entries of one value: index parts, then the parts of its own key, so that no two values
 * share an entry.
 */
export function indexEntries(
  collection: AnyCollection,
  parts: readonly KeyPart[],
  value: unknown,
): KeyText[] {
  const entries: KeyText[] = []
  for (const [name, keysOf] of Object.entries(collection.indexes)) {
    const keys = keysOf(value as never, keyOfParts(collection, parts) as never)
    for (const indexParts of manyKeys(keys)) {
      entries.push(
        boundedEntry(
          indexPrefix(collection.name, name) + encodeParts(indexParts) + encodeParts(parts),
        ),
      )
    }
  }
  return entries
}

/** Stores take keys of limited length. */
const ENTRY_BYTES = 1024

/**
 * An entry that is too long for a store ends in its hash: it stays unique and near its place. Indexes are
 * local, so this must never be a refusal.
 */
function boundedEntry(entry: KeyText): KeyText {
  if (entry.length <= ENTRY_BYTES) return entry
  return entry.slice(0, ENTRY_BYTES - 32) + keyTextOf(sha256(keyBytes(entry)))
}

/** The key that a contract uses for these parts: one part alone, or the tuple. */
export function keyOfParts(collection: AnyCollection, parts: readonly KeyPart[]): unknown {
  const isTuple = (collection.keySchema as { type?: unknown }).type === 'array'
  return isTuple ? parts : parts[0]
}

/** Where a value lies: the parts of its key, and the whole key. */
export interface StatePlace {
  readonly parts: readonly KeyPart[]
  readonly key: KeyText
}

/** The place of a key in a collection. */
export function placeOf(collection: AnyCollection, parts: readonly KeyPart[]): StatePlace {
  return { parts, key: encodeKey(collection.name, parts) }
}

/** Changes of values and their index entries over another state. */
export class StateLayer implements StateSource {
  readonly values: LayeredMap
  readonly indexes: LayeredMap
  /** Index entries of values that were put here: what is replaced need not be read again. */
  readonly #entries = new Map<KeyText, readonly KeyText[]>()
  readonly #below: StateLayer | undefined

  constructor(base: StateSource = EMPTY_STATE) {
    this.values = new LayeredMap(base.values)
    this.indexes = new LayeredMap(base.indexes)
    this.#below = base instanceof StateLayer ? base : undefined
  }

  /**
   * Puts a value and moves its index entries.
   *
   * @param text   canonical JSON of the value
   * @param value  the same as an object; only read
   */
  put(collection: AnyCollection, place: StatePlace, text: string, value: unknown): void {
    const { key, parts } = place
    if (!hasIndexes(collection)) {
      this.values.set(key, text)
      return
    }
    this.#dropEntries(collection, place)
    this.values.set(key, text)
    const entries = indexEntries(collection, parts, value)
    this.#entries.set(key, entries)
    for (const entry of entries) this.indexes.set(entry, key)
  }

  /** Removes a value; an absent one leaves no trace. */
  delete(collection: AnyCollection, place: StatePlace): void {
    if (this.values.get(place.key) === undefined) return
    if (hasIndexes(collection)) {
      this.#dropEntries(collection, place)
      this.#entries.delete(place.key)
    }
    this.values.remove(place.key)
  }

  /** Takes over all changes of a layer that lies on this one. */
  absorb(upper: StateLayer): void {
    absorbMap(this.values, upper.values)
    absorbMap(this.indexes, upper.indexes)
    for (const [key, entries] of upper.#entries) this.#entries.set(key, entries)
  }

  #dropEntries(collection: AnyCollection, { key, parts }: StatePlace): void {
    const old = this.values.get(key)
    if (old === undefined) return
    const known = this.#knownEntries(key) ?? indexEntries(collection, parts, JSON.parse(old))
    for (const entry of known) this.indexes.remove(entry)
  }

  #knownEntries(key: KeyText): readonly KeyText[] | undefined {
    const own = this.#entries.get(key)
    return own === undefined && this.#below !== undefined ? this.#below.#knownEntries(key) : own
  }
}

function hasIndexes({ indexes }: AnyCollection): boolean {
  for (const _name in indexes) return true
  return false
}

function absorbMap(lower: LayeredMap, upper: LayeredMap): void {
  for (const [key, text] of upper.changes()) {
    if (text === null) lower.remove(key)
    else lower.set(key, text)
  }
}
