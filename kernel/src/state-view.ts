import type { Collection } from './collection.ts'
import type { KeyPart } from './key.ts'

/** Which part of a collection (or of one of its indexes) to walk, and in which direction. */
export interface Range {
  /** Only keys that begin with these parts. */
  readonly prefix?: readonly KeyPart[]
  /** Start at the first key ≥ these parts (after the prefix); with `reverse`, at the last key ≤ them. */
  readonly from?: readonly KeyPart[]
  /** Leave out the key that equals `from`: how a cursor goes on. */
  readonly after?: boolean
  readonly reverse?: boolean
  readonly limit?: number
}

/** Read access to one collection. */
export interface CollectionView<Key, Value> {
  /** The value, or `undefined`. */
  find(key: Key): Value | undefined
  /**
   * The same value as a frozen one that others hold too: for what is read far more often than it changes
   * and never changed by its reader.
   */
  read(key: Key): Readonly<Value> | undefined
  /** The value; throws if absent: use it where an earlier check or invariant guarantees presence. */
  get(key: Key): Value
  has(key: Key): boolean
  range(range?: Range): Iterable<readonly [Key, Value]>
  /** Walks a declared index; yields the primary key and the value. */
  index(name: string, range?: Range): Iterable<readonly [Key, Value]>
}

/** A contract's own maximum for one value. */
export interface ValueBound {
  /** UTF-8 bytes of the canonical JSON. */
  readonly bytes: number
  exceeded(): never
}

/** Read and write access to one collection inside a transaction; reads see the own writes. */
export interface CollectionState<Key, Value> extends CollectionView<Key, Value> {
  /** @param bound  a maximum of the contract itself, asked before the kernel's own */
  put(key: Key, value: Value, bound?: ValueBound): void
  delete(key: Key): void
}

/** The state at one height, as queries and inclusion checks see it. */
export interface StateView {
  state<Key, Value>(collection: Collection<Key, Value>): CollectionView<Key, Value>
}
