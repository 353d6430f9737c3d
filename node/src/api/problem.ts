import type { JsonObject } from '@renshe/crypto'
import { Type } from 'typebox'
import { statusOfCode } from './refusal-status.ts'

/** A problem document of RFC 9457, with the refusal's code and typed facts. */
export const ProblemDocument = Type.Object({
  type: Type.String({ description: 'urn:renshe:problem: and the code' }),
  title: Type.String(),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  code: Type.String(),
  facts: Type.Object({}, { additionalProperties: true }),
  txId: Type.Optional(Type.String()),
  height: Type.Optional(Type.Integer()),
})

/** Where a refused transaction lies, if a block has it. */
export interface RefusedPlace {
  readonly txId?: string
  readonly height?: number
}

/** Ends a request with a problem document; the facts hold nothing personal. */
export class ProblemThrown extends Error {
  readonly status: number
  readonly code: string
  readonly facts: JsonObject
  readonly place: RefusedPlace

  constructor(code: string, facts: JsonObject = {}, place: RefusedPlace = {}) {
    super(code)
    this.name = 'ProblemThrown'
    this.status = statusOfCode(code)
    this.code = code
    this.facts = facts
    this.place = place
  }
}

/** The answer to everything that is absent or not the asker's: always the same body. */
export function absent(): ProblemThrown {
  return new ProblemThrown('NOT_FOUND')
}

/** Spells a problem document. */
export function problemOf({ code, status, facts, place }: ProblemThrown): JsonObject {
  const title = code.toLowerCase().replaceAll('_', ' ')
  return { type: `urn:renshe:problem:${code}`, title, status, code, facts, ...place } as JsonObject
}
