/* Long lists are answered page by page; a cursor says where the next page begins. */
import {
  canonicalJson,
  EncodingRefused,
  fromBase64Url,
  JsonRefused,
  parseCanonicalJson,
  toBase64Url,
} from '@renshe/crypto'
import type { KeyPart, QueryView, Range } from '@renshe/kernel'
import { type TSchema, Type } from 'typebox'
import { Nullable } from './schemas.ts'

/** Items of a page unless the reader asks for fewer or more. */
const DEFAULT_ITEMS = 50
const MOST_ITEMS = 200

/** Members that every list takes. */
export const PageInput = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_ITEMS })),
  cursor: Type.Optional(Type.String({ maxLength: 1_024, description: 'next of the page before' })),
}

/** `{items, next}`; `next` is null on the last page. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item, { maxItems: MOST_ITEMS }),
    next: Nullable(Type.String({ maxLength: 1_024 })),
  })
}

/** One page of a list. */
export interface Page<Item> {
  items: Item[]
  next: string | null
}

/**
 * Where a walk goes on: to be spread into a range, beside its prefix. Refuses `CURSOR_INVALID`.
 *
 * @param cursor  `next` of the page before, whose parts follow the same prefix
 */
export function afterCursor(view: QueryView, cursor: string | undefined): Range {
  if (cursor === undefined) return {}
  try {
    const { parts } = parseCanonicalJson(fromBase64Url(cursor))
    if (Array.isArray(parts) && parts.every(isKeyPart)) return { from: parts, after: true }
  } catch (error) {
    if (!(error instanceof JsonRefused) && !(error instanceof EncodingRefused)) throw error
  }
  return view.refuse({ code: 'CURSOR_INVALID' })
}

function isKeyPart(part: unknown): part is KeyPart {
  return typeof part === 'string' || (Number.isSafeInteger(part) && (part as number) >= 0)
}

/**
 * Takes one page from a walk.
 *
 * @param found  each item with the parts, after the walk's prefix, that say where it stands
 */
export function page<Item>(
  view: QueryView,
  found: Iterable<readonly [readonly KeyPart[], Item]>,
  limit: number = DEFAULT_ITEMS,
): Page<Item> {
  const items: Item[] = []
  let last: readonly KeyPart[] = []
  for (const [parts, item] of found) {
    if (items.length === limit) {
      const cursor = { height: view.height, parts: [...last] }
      return { items, next: toBase64Url(canonicalJson(cursor)) }
    }
    items.push(item)
    last = parts
  }
  return { items, next: null }
}

/** Turns a walk of keys and values into what {@link page} takes. */
export function* placed<Key, Value, Item = Value>(
  walk: Iterable<readonly [Key, Value]>,
  partsOf: (key: Key, value: Value) => readonly KeyPart[] | undefined,
  itemOf: (value: Value, key: Key) => Item,
): Iterable<readonly [readonly KeyPart[], Item]> {
  for (const [key, value] of walk) {
    const parts = partsOf(key, value)
    if (parts !== undefined) yield [parts, itemOf(value, key)]
  }
}
