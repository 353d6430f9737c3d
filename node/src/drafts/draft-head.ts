import type { JsonObject } from '@renshe/crypto'
import type { TextEncoding } from '../files/decode-text.ts'
import type { TableFormat } from '../files/read-table.ts'

/** What a draft is for: one batch of one step of one case. */
export interface DraftPlace {
  readonly case: string
  readonly step: string
  readonly section: string
}

/** A file as it came, kept sealed. */
export interface DraftFile {
  /** From 1, in the order of arrival. */
  readonly number: number
  /** As the sender named it; null if nobody said. */
  readonly name: string | null
  readonly format: TableFormat
  readonly encoding: TextEncoding | null
  readonly bytes: number
  readonly pieces: number
  /** Rows in it, and how many of them had a problem when it came. */
  readonly rows: number
  readonly bad: number
  readonly addedAt: number
}

/** What is known of a page without opening it. */
export interface DraftPage {
  readonly id: number
  /** Numbers of its first and last row. */
  readonly first: number
  readonly last: number
  readonly rows: number
  readonly bad: number
  /** Control totals over its good rows. */
  readonly totals: JsonObject
}

/** The record of a draft: what it consists of. Writing it is what makes a change real. */
export interface DraftHead extends DraftPlace {
  readonly v: 1
  /** Content hash of the catalogue entry of the section: the rows were judged by it. */
  readonly entry: string
  /** Counts the changes. */
  readonly edition: number
  /** UTC ms. */
  readonly createdAt: number
  readonly changedAt: number
  readonly nextRow: number
  readonly nextPage: number
  readonly nextFile: number
  readonly files: readonly DraftFile[]
  /** Ascending by rows. */
  readonly pages: readonly DraftPage[]
}
