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
  readonly #keys = new SortedKeys()

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
    if (!this.#staged.has(key)) this.#keys.add(key)
    this.#staged.set(key, text)
  }

  remove(key: KeyText): void {
    if (!this.#staged.has(key)) this.#keys.add(key)
    this.#staged.set(key, null)
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
    try {
      let base = below.next()
      let staged = reverse ? this.#keys.lastBelow(end) : this.#keys.firstFrom(from)
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
        staged = reverse ? this.#keys.lastBelow(key) : this.#keys.firstFrom(`${key}\u0000`)
      }
    } finally {
      below.return?.()
    }
  }
}
