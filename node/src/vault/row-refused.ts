/** A row that is not as its columns demand: the batch is given up. */
export class RowRefused extends Error {
  /** From 0. */
  readonly row: number
  /** Null where the row as a whole is meant. */
  readonly column: string | null
  readonly expected: string

  constructor(row: number, column: string | null, expected: string) {
    super(`row ${row}: expected ${expected}`)
    this.name = 'RowRefused'
    this.row = row
    this.column = column
    this.expected = expected
  }
}
