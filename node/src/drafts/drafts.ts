import type { CompiledPackage } from '@renshe/contracts'
import type { Environment } from '@renshe/rules'
import type { ColumnSpec } from '../files/column-spec.ts'
import { Draft } from './draft.ts'
import { type DraftColumn, draftColumns } from './draft-columns.ts'
import type { DraftFile, DraftHead, DraftPlace } from './draft-head.ts'
import { DraftRefused } from './draft-refused.ts'
import { DraftState } from './draft-state.ts'
import { type DraftStore, draftKey, readHead, readHeads, sweepDrafts } from './draft-storage.ts'
import { badOf, rowsOf } from './draft-summary.ts'
import { type Accounts, RowJudge } from './row-judge.ts'

/** What a draft is opened with: its place, and what its rows are judged by. */
export interface OpenDraft extends DraftPlace {
  /** The package that runs the case. */
  readonly code: CompiledPackage
  /** What checks of rows may ask: calendar, parameters, the day. */
  readonly environment: Environment
  /** Rows about people without an account are held; not asked if left out. */
  readonly accounts?: Accounts
}

/** A draft that lies in the store. */
export interface ListedDraft extends DraftPlace {
  readonly rows: number
  readonly bad: number
  readonly files: readonly DraftFile[]
  /** UTC ms. */
  readonly createdAt: number
  readonly changedAt: number
}

/** The drafts of one member. One of these per vault: it sweeps what a crash left. */
export class Drafts {
  readonly #store: DraftStore
  readonly #now: () => number
  readonly #open = new Map<string, Draft>()

  /**
   * @param store  of the vault of the member whose people upload
   * @param now    UTC ms
   */
  constructor(store: DraftStore, now: () => number) {
    this.#store = store
    this.#now = now
    sweepDrafts(store)
  }

  /** Every draft, in the order of cases. */
  list(): ListedDraft[] {
    return readHeads(this.#store).map((head) => {
      const { case: caseId, step, section, files, createdAt, changedAt } = head
      const [rows, bad] = [rowsOf(head), badOf(head)]
      return { case: caseId, step, section, rows, bad, files, createdAt, changedAt }
    })
  }

  /**
   * The draft of a section of a case: the one that lies there, or a new one. While it is open, the same
   * object is given to everyone; what it is judged by is what its first opener said.
   *
   * @throws DraftRefused SECTION_HAS_NO_ROWS, COLUMN_NOT_IN_TABLES, DRAFT_OF_OTHER_RULES
   */
  open(opening: OpenDraft): Draft {
    const key = draftKey(opening)
    const open = this.#open.get(key)
    if (open !== undefined) return open
    const { section, row, columns } = rowsOfSection(opening.code, opening.section)
    const head = readHead(this.#store, key) ?? this.#newHead(opening, section.entry)
    if (head.entry !== section.entry) {
      const { entry: expected } = head
      throw new DraftRefused({ code: 'DRAFT_OF_OTHER_RULES', expected, came: section.entry })
    }
    const { code, environment, accounts } = opening
    const judged = { code, row, columns, environment }
    const judge = new RowJudge(accounts === undefined ? judged : { ...judged, accounts })
    const state = new DraftState(
      {
        store: this.#store,
        key,
        columns,
        totals: section.definition.totals,
        judge,
        section,
        row,
        now: this.#now,
        onDiscarded: () => this.#open.delete(key),
      },
      head,
    )
    const draft = new Draft(state)
    this.#open.set(key, draft)
    return draft
  }

  /** Forgets that a draft is open; it stays in the store, to be opened with other accounts or another day. */
  close(place: DraftPlace): void {
    this.#open.delete(draftKey(place))
  }

  #newHead({ case: caseId, step, section }: DraftPlace, entry: string): DraftHead {
    const now = this.#now()
    return {
      v: 1,
      case: caseId,
      step,
      section,
      entry,
      edition: 0,
      createdAt: now,
      changedAt: now,
      nextRow: 1,
      nextPage: 1,
      nextFile: 1,
      files: [],
      pages: [],
    }
  }
}

/**
 * The columns of the table that a section takes: for its template, and for whoever writes such files.
 *
 * @throws DraftRefused SECTION_HAS_NO_ROWS, COLUMN_NOT_IN_TABLES
 */
export function tableColumns(code: CompiledPackage, section: string): ColumnSpec[] {
  return rowsOfSection(code, section).columns.map(({ spec }) => spec)
}

function rowsOfSection(code: CompiledPackage, name: string) {
  const section = code.findSection(name)
  if (section === undefined || section.row === null) {
    throw new DraftRefused({ code: 'SECTION_HAS_NO_ROWS', section: name })
  }
  const columns: readonly DraftColumn[] = draftColumns(code, section.row)
  return { section, row: section.row, columns }
}
