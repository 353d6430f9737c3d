import type { RowFault } from './row-check.ts'

/** The rows cannot give a determination: nothing may be submitted. */
export class DeterminationFailed extends Error {
  readonly code:
    | 'ROWS_COUNT'
    | 'VALUE_UNFIT'
    | 'ACCOUNT_MISSING'
    | 'ACCOUNT_NEGATIVE'
    | 'CASE_LIMIT'
  /** Name of a value, account or limit. */
  readonly subject: string
  /** What is wrong with the single rows, as far as they were computed. */
  rowResults: readonly (RowFault & { readonly record: string })[] = []

  constructor(code: DeterminationFailed['code'], subject: string, expected: string) {
    super(`${code} ${subject}: expected ${expected}`)
    this.name = 'DeterminationFailed'
    this.code = code
    this.subject = subject
  }
}
