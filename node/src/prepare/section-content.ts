/* Content of sealed sections: read once, at the edge, into what cannot be wrong. */
import type { Field } from '@renshe/contracts'
import { findFieldFault } from '@renshe/contracts'
import {
  type Bytes,
  canonicalJson,
  EncodingRefused,
  type Json,
  type JsonObject,
  JsonRefused,
  type PersonName,
  parseCanonicalJson,
} from '@renshe/crypto'

/** What is wrong with a content: a member, and what was expected there; never the value. */
export interface ContentFault {
  /** Null where the bytes as a whole are meant. */
  readonly field: string | null
  readonly expected: string
}

/** Most bytes of one content of fields; files are sections of their own kind. */
export const CONTENT_BYTES = 65_536

/** Spells the fields of one section or row; members that are absent stay absent. */
export function contentOf(fields: JsonObject): Bytes {
  return canonicalJson(fields)
}

/** The first fault of values against their fields; undefined if they fit. */
export function findFieldsFault(
  fields: Readonly<Record<string, Field>>,
  values: JsonObject,
): ContentFault | undefined {
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(fields, name)) return { field: name, expected: 'no such field' }
  }
  for (const [name, field] of Object.entries(fields)) {
    const expected = findFieldFault(field, values[name] as Json | undefined)
    if (expected !== undefined) return { field: name, expected }
  }
  return undefined
}

/** Reads a content that came from outside; its fault, or its values. */
export function readContent(
  fields: Readonly<Record<string, Field>>,
  content: Bytes,
): { readonly values: JsonObject } | { readonly fault: ContentFault } {
  try {
    const values = parseCanonicalJson(content, { maxBytes: CONTENT_BYTES })
    const fault = findFieldsFault(fields, values)
    return fault === undefined ? { values } : { fault }
  } catch (error) {
    if (!(error instanceof JsonRefused || error instanceof EncodingRefused)) throw error
    return { fault: { field: null, expected: 'canonical JSON' } }
  }
}

/**
 * Whom the values are about, for the owner's blind index: the field that identifies the person, or the
 * first one that holds an ID number.
 */
export function personOf(
  fields: Readonly<Record<string, Field>>,
  values: JsonObject,
  unique?: string,
): PersonName | null {
  const names = unique === undefined ? Object.keys(fields) : [unique, ...Object.keys(fields)]
  const name = names.find((candidate) => fields[candidate]?.type === 'resident-id')
  const id = name === undefined ? undefined : values[name]
  return typeof id === 'string' && id.length > 0 ? { idType: 'cn-id', id } : null
}
