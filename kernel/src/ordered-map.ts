import type { KeyText } from './key.ts'
import { SortedKeys } from './sorted-keys.ts'

/** A map from keys to texts that can be walked in key order. */
export interface OrderedMap {
  get(key: KeyText): string | undefined
  /** Entries with `from ≤ key < end`, ascending, or descending if `reverse`. */
  range(from: KeyText, end: KeyText, reverse: boolean): Iterable<readonly [KeyText, string]>
}

/** The map without entries. */
export const EMPTY_MAP: OrderedMap = { get: () => undefined, range: () => [] }

/** Changes over another map that stays as it is; reads see the changes. */
export class LayeredMap implements OrderedMap {
  readonly #base: OrderedMap
  /** `null` stands for a removed entry. */
  readonly #staged = new Map<KeyText, string | null>()
  /** Changed keys by what stands before their first zero byte, the collection. */
  readonly #groups = new Map<string, KeyGroup>()

  constructor(base: OrderedMap) {
    this.#base = base
  }

  /** How many keys were changed. */
  get changeCount(): number {
    return this.#staged.size
  }

  /** Changed keys in the order of their first change; `null` where the entry was removed. */
  changes(): IterableIterator<[KeyText, string | null]> {
    return this.#staged.entries()
  }

  get(key: KeyText): string | undefined {
    const staged = this.#staged.get(key)
    if (staged === undefined) return this.#base.get(key)
    return staged ?? undefined
  }

  set(key: KeyText, text: string): void {
    this.#stage(key, text)
  }

  remove(key: KeyText): void {
    this.#stage(key, null)
  }

  #stage(key: KeyText, text: string | null): void {
    const { size } = this.#staged
    this.#staged.set(key, text)
    if (this.#staged.size === size) return
    const name = groupOf(key)
    const group = this.#groups.get(name)
    if (group === undefined) this.#groups.set(name, new KeyGroup(key))
    else group.add(key)
  }

  /** Whether the key was changed here. */
  isChanged(key: KeyText): boolean {
    return this.#staged.has(key)
  }

  *range(
    from: KeyText,
    end: KeyText,
    reverse: boolean,
  ): IterableIterator<readonly [KeyText, string]> {
    const below = this.#base.range(from, end, reverse)[Symbol.iterator]()
    const next = this.#nextIn(from, end, reverse)
    try {
      let base = below.next()
      let staged = next(reverse ? end : from)
      for (;;) {
        if (staged !== undefined && (reverse ? staged < from : staged >= end)) staged = undefined
        const baseKey = base.done === true ? undefined : base.value[0]
        if (staged === undefined && baseKey === undefined) return
        const stagedFirst =
          staged !== undefined &&
          (baseKey === undefined || (reverse ? staged >= baseKey : staged <= baseKey))
        const key = (stagedFirst ? staged : baseKey) as KeyText
        const text = this.#staged.get(key)
        if (text !== null) {
          if (text !== undefined) yield [key, text]
          else if (base.done !== true) yield base.value
        }
        if (baseKey === key) base = below.next()
        // Asked again each time: the one who walks may have written meanwhile.
        staged = next(reverse ? key : `${key}\u0000`)
      }
    } finally {
      below.return?.()
    }
  }

  /** Gives the changed key that comes next at or after a place (before it, if `reverse`) of a range. */
  #nextIn(from: KeyText, end: KeyText, reverse: boolean): (place: KeyText) => KeyText | undefined {
    const find = reverse ? lastBelow : firstFrom
    const name = groupOf(from)
    // Nearly every range lies inside one collection; then the others need not be put in order.
    if (name !== '' && end.startsWith(name)) {
      return (place) => find(this.#groups.get(name), place)
    }
    return (place) => {
      let best: KeyText | undefined
      for (const group of this.#groups.values()) {
        const key = find(group, place)
        if (key === undefined) continue
        if (best === undefined || (reverse ? key > best : key < best)) best = key
      }
      return best
    }
  }
}

/** Changed keys of one collection: put in order only when somebody walks there. */
class KeyGroup {
  readonly #sorted = new SortedKeys()
  #unsorted: KeyText[]

  constructor(first: KeyText) {
    this.#unsorted = [first]
  }

  add(key: KeyText): void {
    this.#unsorted.push(key)
  }

  inOrder(): SortedKeys {
    if (this.#unsorted.length > 0) {
      for (const key of this.#unsorted) this.#sorted.add(key)
      this.#unsorted = []
    }
    return this.#sorted
  }
}

function firstFrom(group: KeyGroup | undefined, place: KeyText): KeyText | undefined {
  return group?.inOrder().firstFrom(place)
}

function lastBelow(group: KeyGroup | undefined, place: KeyText): KeyText | undefined {
  return group?.inOrder().lastBelow(place)
}

/** A key up to and with its first zero byte; empty if it has none. */
function groupOf(key: KeyText): string {
  return key.slice(0, key.indexOf('\u0000') + 1)
}
