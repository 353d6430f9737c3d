/** Why a member does not submit a determination; `subject` is a name, never a value of a row. */
export class DeterminingRefused extends Error {
  readonly code:
    | 'STEP_NOT_OPEN'
    | 'STEP_NOT_DETERMINED'
    | 'ROWS_ERASED'
    | 'OWNER_FIRST'
    | 'OWNER_UNBOUND'
    | 'BALANCES_UNKNOWN'
  readonly subject: string

  constructor(code: DeterminingRefused['code'], subject: string) {
    super(`${code} ${subject}`)
    this.name = 'DeterminingRefused'
    this.code = code
    this.subject = subject
  }
}
