import type { JsonObject } from '@renshe/crypto'

/** Rows of a month, and how many. */
export interface MonthRows {
  readonly count: number
  readonly rows: () => Iterable<JsonObject> | AsyncIterable<JsonObject>
  /** Twelve times it is declared as the year's payroll, with room for raises. */
  readonly declaredPayroll: string
  /** The file that they come from: uploaded through a draft, as an officer would. */
  readonly payroll?: string
}
