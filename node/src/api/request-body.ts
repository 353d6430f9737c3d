/* From bytes to a body that its route takes: type, length, strict JSON, shape; in this order. */
import {
  type Bytes,
  type Json,
  type JsonObject,
  JsonRefused,
  parseStrictJson,
} from '@renshe/crypto'
import { findInputFault } from '@renshe/kernel'
import type { TObject } from 'typebox'
import { API_LIMITS } from './limits.ts'
import { ProblemThrown } from './problem.ts'
import type { ApiRoute } from './route.ts'

const JSON_TYPE = /^application\/json(;\s*charset=utf-8)?$/i

/** A body as its route takes it. */
export interface RequestBody {
  readonly body: JsonObject
  readonly bytes: Bytes | null
}

/**
 * Reads a body.
 *
 * @throws ProblemThrown MEDIA_TYPE, BODY_TOO_LARGE, BODY_MALFORMED, INPUT_INVALID
 */
export function readBody(route: ApiRoute, type: string | undefined, content: Bytes): RequestBody {
  const { body: schema, media = [] } = route
  if (schema === undefined && media.length === 0) {
    if (content.length > 0) {
      throw new ProblemThrown('INPUT_INVALID', { path: '', expected: 'no body' })
    }
    return { body: {}, bytes: null }
  }
  const bare = (type ?? '').split(';')[0]?.trim() ?? ''
  if (media.includes(bare)) return { body: {}, bytes: content }
  if (schema === undefined || !JSON_TYPE.test(type ?? '')) {
    const expected = [...(schema === undefined ? [] : ['application/json']), ...media]
    throw new ProblemThrown('MEDIA_TYPE', { expected })
  }
  const body = parse(content, route)
  requireShape(schema, body)
  return { body, bytes: null }
}

function parse(content: Bytes, { mostTextBytes = API_LIMITS.textBytes }: ApiRoute): JsonObject {
  const { jsonDepth, jsonMembers, jsonElements, jsonNameBytes, bodyBytes } = API_LIMITS
  try {
    const body = parseStrictJson(content, {
      maxDepth: jsonDepth,
      maxMembers: jsonMembers,
      maxElements: jsonElements,
      maxNameBytes: jsonNameBytes,
      maxBytes: bodyBytes,
    })
    refuseLongTexts(body, mostTextBytes)
    return body
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error
    const { code: reason, position } = error
    throw new ProblemThrown('BODY_MALFORMED', { reason, position })
  }
}

function refuseLongTexts(json: Json, most: number): void {
  if (typeof json === 'string') {
    if (json.length > most || Buffer.byteLength(json) > most) {
      throw new ProblemThrown('BODY_TOO_LARGE', { most })
    }
  } else if (json !== null && typeof json === 'object') {
    for (const part of Object.values(json)) refuseLongTexts(part, most)
  }
}

/**
 * Refuses what a schema does not take; members that it does not name too.
 *
 * @throws ProblemThrown INPUT_INVALID with the first place and what was expected there
 */
export function requireShape(schema: TObject, value: unknown): void {
  const fault = findInputFault(schema, value)
  if (fault === undefined) return
  throw new ProblemThrown('INPUT_INVALID', { path: fault.path, expected: fault.expected })
}
