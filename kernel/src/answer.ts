import { canonicalText, type Json, type JsonObject } from '@renshe/crypto'
import { stateViewOf } from './collection-access.ts'
import type { Contracts } from './contracts.ts'
import type { QueryView, Reader } from './query.ts'
import { type Refusal, Refused } from './refusal.ts'
import { EMPTY_STATE, type StateSource } from './state-source.ts'
import { findInputFault } from './validation.ts'

/** A state and where it stands. */
export interface QueryPlace {
  readonly chain: string
  readonly height: number
  /** Time of the block at `height`, UTC ms. */
  readonly time: number
}

/** Answer to a query: its data, or a refusal with facts. */
export type Answer =
  | { readonly ok: true; readonly height: number; readonly data: Json }
  | {
      readonly ok: false
      readonly height: number
      readonly code: string
      readonly data: JsonObject
      /** What a bug threw, for the log of this node alone; never sent. */
      readonly fault?: unknown
    }

/**
 * Answers one query on one state; never throws. What a reader may not read is answered by running
 * the query on an empty state: exactly as if the thing did not exist, whatever that looks like.
 */
export function answerQuery(
  contracts: Contracts,
  source: StateSource,
  place: QueryPlace,
  asked: { readonly name: string; readonly input: Json; readonly reader: Reader },
): Answer {
  const refusal = (code: string, data: JsonObject = {}): Answer => ({
    ok: false,
    height: place.height,
    code,
    data,
  })
  const declared = contracts.queries.get(asked.name)
  if (declared === undefined) return refusal('QUERY_UNKNOWN', { query: asked.name })
  const fault = findInputFault(declared.input, asked.input)
  if (fault !== undefined) return refusal('INPUT_INVALID', { ...fault })
  const input = asked.input as never
  try {
    const view = queryViewOf(source, place)
    const isAllowed = declared.mayRead(asked.reader, input, view)
    const seen = isAllowed ? view : queryViewOf(EMPTY_STATE, place)
    try {
      const data = declared.run(seen, input, asked.reader)
      // Also proves that the data is JSON, before anyone is told so.
      canonicalText(data)
      return { ok: true, height: place.height, data }
    } catch (error) {
      if (isAllowed || error instanceof Refused) throw error
      return refusal('NOT_FOUND')
    }
  } catch (error) {
    if (error instanceof Refused) return refusal(error.reason.code, factsOf(error.reason))
    return { ok: false, height: place.height, code: 'CONTRACT_FAULT', data: {}, fault: error }
  }
}

function queryViewOf(source: StateSource, place: QueryPlace): QueryView {
  return {
    ...place,
    ...stateViewOf(source),
    refuse: (reason) => {
      throw new Refused(reason)
    },
  }
}

function factsOf({ code: _code, ...facts }: Refusal): JsonObject {
  const told = Object.entries(facts).filter(([, fact]) => fact !== undefined)
  return Object.fromEntries(told) as JsonObject
}
