import type { Bilingual } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import type { CellProblem } from '../files/column-spec.ts'
import type { CellTexts } from './draft-columns.ts'

/**
 * What is wrong with a row. `code` is one of a cell (`CellProblemCode`), `FIELD_INVALID`,
 * `BELOW_MINIMUM`, `ABOVE_MAXIMUM`, `ROW_TWICE`, `NO_ACCOUNT`, `CHECK_LIMIT`, or what the package's own
 * check refuses with.
 */
export interface RowProblem {
  readonly code: string
  /** Where to look; null for the row as a whole. */
  readonly column: string | null
  readonly expected: Bilingual
  /** Personal: for whoever uploaded the row, never for a log. */
  readonly came: string
}

/** A row of a draft as its uploader sees it. */
export interface DraftRow {
  /** Its number in the draft, from 1; it keeps it while it is fixed. */
  readonly number: number
  /** The file it came from, from 1, and its line there; 0 and 0 for a row that was typed. */
  readonly file: number
  readonly line: number
  /** Canonical text of each cell; those with a problem are left out. */
  readonly cells: Readonly<Record<string, string>>
  /** What is sealed; null while the row has problems. */
  readonly values: JsonObject | null
  readonly problems: readonly RowProblem[]
  /** What was taken although it was written in another way. */
  readonly remarks: readonly RowProblem[]
}

/** A row as a page keeps it. */
export interface KeptRow {
  readonly number: number
  readonly file: number
  readonly line: number
  readonly cells: CellTexts
  /** Problems of single cells: they stay until the cell is typed anew. */
  readonly cellProblems: readonly RowProblem[]
  /** Problems of the row by the rules, by other rows and by accounts: judged anew at each recheck. */
  readonly rowProblems: readonly RowProblem[]
  readonly remarks: readonly RowProblem[]
}

/** Whether a row may be sent. */
export function isGood({ cellProblems, rowProblems }: KeptRow): boolean {
  return cellProblems.length === 0 && rowProblems.length === 0
}

/** A problem or remark of the reader of tables. */
export function rowProblemOf({ column, code, expected, came }: CellProblem): RowProblem {
  return { code, column: column === '' ? null : column, expected, came }
}

const SHOWN_POINTS = 100

/** What came, cut to what fits a message. */
export function shownText(text: string): string {
  if (text.length <= SHOWN_POINTS) return text
  return [...text.slice(0, 2 * SHOWN_POINTS)].slice(0, SHOWN_POINTS).join('')
}
