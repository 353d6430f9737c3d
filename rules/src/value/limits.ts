/**
 * What an evaluation may use at most. Equal on every member: the defaults are part of consensus.
 */
export interface Limits {
  /** Loop rounds, function calls and list items visited. */
  readonly steps: number
  /** Nested calls times the height of the called expressions. */
  readonly depth: number
  /** Items of one list. */
  readonly listLength: number
  /** UTF-16 units of one string. */
  readonly stringLength: number
  /** UTF-16 units of one expression's text. */
  readonly expressionLength: number
  /** Nested brackets, operators and function bodies of one expression. */
  readonly expressionDepth: number
  /** Instructions of one pattern of `matches`, `replace`, `split`; fixed. */
  readonly patternSize: number
  /** Lists and contexts within each other; fixed. */
  readonly valueDepth: number
}

/** The limits used when none are given. */
export const DEFAULT_LIMITS: Limits = {
  steps: 1_000_000,
  depth: 500,
  listLength: 100_000,
  stringLength: 1_000_000,
  expressionLength: 65_536,
  expressionDepth: 200,
  patternSize: 5_000,
  valueDepth: 200,
}

/**
 * Thrown when an evaluation or a text is larger than allowed; `limit` names the field of {@link
 * Limits}.
 */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded'
  readonly limit: keyof Limits
  readonly allowed: number

  /** `allowed` is the limit's value. */
  constructor(limit: keyof Limits, allowed: number) {
    super(`more than ${allowed} of ${limit}`)
    this.limit = limit
    this.allowed = allowed
  }
}
