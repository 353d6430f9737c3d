import { canonicalText, type JsonObject } from '@renshe/crypto'
import type { TSchema } from 'typebox'
import type { AnyCollection, Collection } from './collection.ts'
import { decodeKey, encodeKey, encodeParts, endOfParts, type KeyText } from './key.ts'
import { LIMITS, type Meter } from './limits.ts'
import type { OrderedMap } from './ordered-map.ts'
import { sharedValue } from './shared-values.ts'
import {
  indexPrefix,
  keyOfParts,
  placeOf,
  type StateLayer,
  type StatePlace,
  type StateSource,
} from './state-source.ts'
import type { CollectionState, CollectionView, Range, StateView, ValueBound } from './state-view.ts'
import { isOfShape } from './validation.ts'

/** Walks the part of an ordered map that a range names, below a fixed beginning. */
function* walk(map: OrderedMap, head: KeyText, range: Range, meter: Meter | undefined) {
  const prefix = head + encodeParts(range.prefix ?? [])
  let start = prefix
  let end = endOfParts(prefix)
  if (range.from !== undefined) {
    const from = prefix + encodeParts(range.from)
    // A key that continues beyond `from` counts as equal to it, so that a cursor may be short.
    if (range.reverse === true) end = range.after === true ? from : endOfParts(from)
    else start = range.after === true ? endOfParts(from) : from
  }
  let left = range.limit ?? Number.POSITIVE_INFINITY
  if (left <= 0 || start >= end) return
  for (const entry of map.range(start, end, range.reverse === true)) {
    meter?.countRead()
    yield entry
    left -= 1
    if (left <= 0) return
  }
}

class ReadAccess<Key, Value> implements CollectionView<Key, Value> {
  protected readonly collection: Collection<Key, Value>
  protected readonly meter: Meter | undefined
  readonly #source: StateSource

  constructor(source: StateSource, collection: Collection<Key, Value>, meter: Meter | undefined) {
    this.#source = source
    this.collection = collection
    this.meter = meter
  }

  find(key: Key): Value | undefined {
    this.meter?.countRead()
    const text = this.#source.values.get(this.#keyText(key))
    return text === undefined ? undefined : (JSON.parse(text) as Value)
  }

  read(key: Key): Readonly<Value> | undefined {
    this.meter?.countRead()
    const text = this.#source.values.get(this.#keyText(key))
    return text === undefined ? undefined : (sharedValue(text) as Value)
  }

  get(key: Key): Value {
    const value = this.find(key)
    if (value === undefined) {
      throw new Error(`${this.collection.name} holds no ${JSON.stringify(key)}`)
    }
    return value
  }

  has(key: Key): boolean {
    this.meter?.countRead()
    return this.#source.values.get(this.#keyText(key)) !== undefined
  }

  *range(range: Range = {}): IterableIterator<readonly [Key, Value]> {
    const head = encodeKey(this.collection.name, [])
    for (const [key, text] of walk(this.#source.values, head, range, this.meter)) {
      yield this.#pair(key, text)
    }
  }

  *index(name: string, range: Range = {}): IterableIterator<readonly [Key, Value]> {
    if (!Object.hasOwn(this.collection.indexes, name)) {
      throw new Error(`${this.collection.name} declares no index ${name}`)
    }
    const head = indexPrefix(this.collection.name, name)
    for (const [, key] of walk(this.#source.indexes, head, range, this.meter)) {
      const text = this.#source.values.get(key)
      // Deleted or moved by the one who walks, after the entry was read.
      if (text !== undefined) yield this.#pair(key, text)
    }
  }

  #keyText(key: Key): KeyText {
    return encodeKey(this.collection.name, this.collection.partsOf(key))
  }

  #pair(key: KeyText, text: string): readonly [Key, Value] {
    const { parts } = decodeKey(key)
    const own = keyOfParts(this.collection as unknown as AnyCollection, parts) as Key
    return [own, JSON.parse(text) as Value]
  }
}

class WriteAccess<Key, Value>
  extends ReadAccess<Key, Value>
  implements CollectionState<Key, Value>
{
  readonly #layer: StateLayer

  constructor(layer: StateLayer, collection: Collection<Key, Value>, meter: Meter) {
    super(layer, collection, meter)
    this.#layer = layer
  }

  put(key: Key, value: Value, bound?: ValueBound): void {
    const place = this.#checkedPlace(key)
    this.#check('value', this.collection.valueSchema, value)
    const text = canonicalText(value as JsonObject)
    if (bound !== undefined && isLonger(text, bound.bytes)) bound.exceeded()
    if (isLonger(text, LIMITS.valueBytes)) this.meter?.exceed('valueBytes')
    this.#layer.put(this.#declaration(), place, text, value)
    this.meter?.checkWrites(this.#layer.values.changeCount)
  }

  delete(key: Key): void {
    this.#layer.delete(this.#declaration(), this.#checkedPlace(key))
    this.meter?.checkWrites(this.#layer.values.changeCount)
  }

  #declaration(): AnyCollection {
    return this.collection as unknown as AnyCollection
  }

  #checkedPlace(key: Key): StatePlace {
    this.#check('key', this.collection.keySchema, key)
    const place = placeOf(this.#declaration(), this.collection.partsOf(key))
    if (place.key.length > LIMITS.keyBytes) this.meter?.exceed('keyBytes')
    return place
  }

  /** A key or value of another shape than declared is a bug of the contract, never stored. */
  #check(what: string, schema: TSchema, value: unknown): void {
    if (isOfShape(schema, value)) return
    throw new TypeError(`a ${what} of ${this.collection.name} has another shape than declared`)
  }
}

function isLonger(text: string, bytes: number): boolean {
  // One UTF-16 unit makes at most three bytes, so most texts need no counting.
  return text.length * 3 > bytes && Buffer.byteLength(text, 'utf8') > bytes
}

/** The state as queries and inclusion checks see it. */
export function stateViewOf(source: StateSource, meter?: Meter): StateView {
  return { state: (collection) => new ReadAccess(source, collection, meter) }
}

/** Read and write access to one collection of a layer, counted by a meter. */
export function collectionStateOf<Key, Value>(
  layer: StateLayer,
  collection: Collection<Key, Value>,
  meter: Meter,
): CollectionState<Key, Value> {
  return new WriteAccess(layer, collection, meter)
}
