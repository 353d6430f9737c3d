import type { Static, TObject, TSchema } from 'typebox'
import { type KeyPart, keyParts } from './key.ts'

/** Where an index puts a value: one key, several keys, or nowhere (`undefined`). */
export type IndexKeys =
  | readonly KeyPart[]
  | { readonly many: readonly (readonly KeyPart[])[] }
  | undefined

/** A typed set of state values under one name, for example `cases/case`. */
export interface Collection<Key = unknown, Value = unknown> {
  /** `<module>/<noun>`, lower case and hyphens, at most 64 characters; part of every state key. */
  readonly name: string
  readonly keySchema: TSchema
  readonly valueSchema: TObject
  /** Local orderings beside the key order; not committed, rebuilt from the values at any time. */
  readonly indexes: Readonly<Record<string, (value: Value, key: Key) => IndexKeys>>
  readonly partsOf: (key: Key) => readonly KeyPart[]
}

/** Any collection: for lists of them. */
export type AnyCollection = Collection<never, never>

/**
 * Declares a collection.
 *
 * @param name   `<module>/<noun>`
 * @param shape  `key`: schema of a string, an integer or a tuple of them; `value`: schema of an object that
 *               has its own `v`; `indexes`: functions from a value to the key parts it is listed under
 */
export function collection<
  const Key extends TSchema,
  const Value extends TObject,
  const Indexes extends Record<string, (value: Static<Value>, key: Static<Key>) => IndexKeys>,
>(
  name: string,
  shape: { key: Key; value: Value; indexes?: Indexes },
): Collection<Static<Key>, Static<Value>> {
  return {
    name,
    keySchema: shape.key,
    valueSchema: shape.value,
    indexes: shape.indexes ?? {},
    partsOf: (key) => keyParts(key),
  }
}
