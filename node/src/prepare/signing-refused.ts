import type { Json } from '@renshe/crypto'

/** Which part of a transaction is not what the signer meant. */
export type SigningPart =
  | 'body'
  | 'chain'
  | 'action'
  | 'signer'
  | 'expiresAt'
  | 'input'
  | 'header'
  | 'content'
  | 'commitment'
  | 'count'
  | 'root'
  | 'package'

/**
 * Nothing is signed: one thing is not what the signer typed, uploaded or recomputed. What was expected and
 * what came is for the signer's screen alone.
 */
export class SigningRefused extends Error {
  readonly part: SigningPart
  /** Where, for example `batch/17/header.owner`, `input.fields.fee`. */
  readonly place: string
  readonly expected: Json
  readonly came: Json

  constructor(part: SigningPart, place: string, expected: Json = null, came: Json = null) {
    super(`not signed: ${part} at ${place}`)
    this.name = 'SigningRefused'
    this.part = part
    this.place = place
    this.expected = expected
    this.came = came
  }
}
