import type { BilingualText } from './refusals.ts'

/**
 * What a column may hold:
 * `money` yuan, at most two places · `decimal` exact decimal · `int` whole number · `date` civil
 * day · `month` · `code` one of `codes` ·
 * `text` any text, kept as it came · `id` 公民身份号码 / 社会保障号码 of GB 11643.
 */
export type ColumnType = 'money' | 'decimal' | 'int' | 'date' | 'month' | 'code' | 'text' | 'id'

/** One entry of a code list, with what a person calls it. */
export type ColumnCode = { readonly code: string; readonly title: BilingualText }

/** One column of a table, as the form of a service step declares it. */
export type ColumnSpec = {
  /** Field name; also accepted as a heading. */
  readonly name: string
  /** Headings, either accepted; the template uses one of them. */
  readonly title: BilingualText
  readonly type: ColumnType
  readonly required: boolean
  /** For `code`: what may be chosen. */
  readonly codes?: readonly ColumnCode[]
  /** For `text`: most code points, 200 unless told. For `decimal`: see `decimals`. */
  readonly maxLength?: number
  /** For `decimal`: most digits after the point, 10 unless told. */
  readonly decimals?: number
}

/** One row as read: `cells` holds the canonical text of every cell without a problem. */
export type TableRow = {
  /** Line of the file (CSV) or row of the sheet (XLSX), counted from 1. */
  readonly line: number
  /**
   * Money with two places, dates as YYYY-MM-DD, months as YYYY-MM, codes as codes; an empty cell is
   * `''`.
   */
  readonly cells: Readonly<Record<string, string>>
  /** Why this row cannot be taken; empty for a good row. */
  readonly problems: readonly CellProblem[]
  /** What the sender should know although the row is good. */
  readonly remarks: readonly CellProblem[]
}

/** Rows one after another, without an object for each. */
export type TablePage = {
  /** Line of each row, as in {@link TableRow}. */
  readonly lines: Uint32Array
  /**
   * Canonical texts, row after row, in the order of the columns that were asked for; `null` where a cell has
   * a problem, `''` where it is empty.
   */
  readonly texts: readonly (string | null)[]
  /** What is to be told of a row, by its place in the page; most rows are not here. */
  readonly told: ReadonlyMap<
    number,
    { readonly problems: readonly CellProblem[]; readonly remarks: readonly CellProblem[] }
  >
}

/** What is wrong with one cell, or worth knowing about it. */
export type CellProblem = {
  readonly column: string
  readonly code: CellProblemCode
  readonly expected: BilingualText
  /**
   * What stood there, cut to 100 code points. Personal: for the sender of the file, never for a
   * log.
   */
  readonly came: string
}

/** Problems of cells (a row with one is not taken) and, in the last lines, remarks. */
export type CellProblemCode =
  | 'COLUMN_COUNT'
  | 'EMPTY'
  | 'TOO_LONG'
  | 'CONTROL_CHARACTER'
  | 'PRIVATE_USE_CHARACTER'
  | 'SPACE_AROUND'
  | 'NOT_MONEY'
  | 'TOO_MANY_PLACES'
  | 'NOT_DECIMAL'
  | 'NOT_INT'
  | 'NOT_DATE'
  | 'NOT_MONTH'
  | 'NOT_IN_LIST'
  | 'NOT_ID'
  | 'ID_CHECK_DIGIT'
  | 'ID_BIRTH_DATE'
  | 'ID_STORED_AS_NUMBER'
  | 'NUMBER_TOO_PRECISE'
  | 'FORMULA'
  | 'CELL_ERROR'
  | 'WRONG_CELL_KIND'
  | 'FORMULA_VALUE_TAKEN'
  | 'NUMBER_TAKEN_AS_TEXT'
  | 'LOWER_CASE_X_TAKEN'

/** A cell before its column is asked: CSV knows only texts. */
export type RawCell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly isFormula: boolean }
  | { readonly kind: 'day'; readonly text: string; readonly isFormula: boolean }
  | {
      readonly kind: 'unusable'
      readonly code: 'FORMULA' | 'CELL_ERROR' | 'WRONG_CELL_KIND'
      readonly text: string
    }
