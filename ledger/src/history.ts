import {
  type AnyCollection,
  decodeKey,
  indexEntries,
  type KeyText,
  LayeredMap,
  type StateSource,
} from '@renshe/kernel'
import type { StateStore } from './state-store.ts'

/** How many older heights stay open for queries at the same time. */
const OPEN_VIEWS = 4

/**
 * The state at an older height: what later blocks changed is laid over the newest state. Follows the
 * store as it grows.
 */
class PastState implements StateSource {
  readonly values: LayeredMap
  readonly indexes: LayeredMap
  readonly #store: StateStore
  readonly #declared: ReadonlyMap<string, AnyCollection>
  #undoneUpTo: number

  constructor(store: StateStore, declared: ReadonlyMap<string, AnyCollection>, height: number) {
    this.#store = store
    this.#declared = declared
    this.values = new LayeredMap(store.source.values)
    this.indexes = new LayeredMap(store.source.indexes)
    this.#undoneUpTo = height
  }

  /** Undoes the blocks that came since. */
  follow(): void {
    const newest = this.#store.head?.height ?? -1
    while (this.#undoneUpTo < newest) {
      this.#undo(this.#undoneUpTo + 1)
      this.#undoneUpTo += 1
    }
  }

  #undo(height: number): void {
    const undone = this.#store.undo(height)
    if (undone === undefined) throw new RangeError(`block ${height} can no longer be undone`)
    const written = new Map(this.#store.writes(height).map(({ key, text }) => [key, text]))
    for (const { key, before } of undone) {
      for (const entry of this.#entries(key, written.get(key) ?? null)) this.indexes.remove(entry)
      // An earlier block that was undone knows better what the key held at this state's height.
      const held = this.values.isChanged(key) ? (this.values.get(key) ?? null) : before
      if (held === null) this.values.remove(key)
      else this.values.set(key, held)
      for (const entry of this.#entries(key, held)) this.indexes.set(entry, key)
    }
  }

  #entries(key: KeyText, text: string | null): readonly KeyText[] {
    if (text === null) return []
    const { collection: name, parts } = decodeKey(key)
    const collection = this.#declared.get(name)
    if (collection === undefined || Object.keys(collection.indexes).length === 0) return []
    return indexEntries(collection, parts, JSON.parse(text))
  }
}

/** States at older heights, as far back as undo records are kept. */
export class History {
  readonly #store: StateStore
  readonly #views = new Map<number, PastState>()
  #declared: ReadonlyMap<string, AnyCollection> = new Map()

  constructor(store: StateStore) {
    this.#store = store
  }

  /** Says which indexes exist; open views of other declarations are dropped. */
  declare(collections: readonly AnyCollection[]): void {
    this.#declared = new Map(collections.map((collection) => [collection.name, collection]))
    this.#views.clear()
  }

  /** Oldest height that can be asked for. */
  get oldestHeight(): number {
    return Math.max(0, this.#store.oldestUndo - 1)
  }

  /** The state at a height; undefined outside the heights that are kept. */
  at(height: number): StateSource | undefined {
    const newest = this.#store.head?.height ?? -1
    if (height === newest) return this.#store.source
    if (height > newest || height < this.oldestHeight) return undefined
    let view = this.#views.get(height)
    if (view === undefined) view = new PastState(this.#store, this.#declared, height)
    // The one used last is the last to go.
    this.#views.delete(height)
    this.#views.set(height, view)
    if (this.#views.size > OPEN_VIEWS) this.#views.delete(this.#views.keys().next().value!)
    view.follow()
    return view
  }
}
