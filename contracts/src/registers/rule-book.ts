import type { RuleBook } from '../vocabulary/rule-book.ts'
import { findEntryQuery } from './find-entry.ts'
import { listEntries } from './list-entries.ts'
import { listVersions } from './list-versions.ts'
import { entries, entryVersions } from './records.ts'

/** Registers have no actions of their own: only effects of cases change them. */
export const registersBook: RuleBook = {
  actions: [],
  queries: [findEntryQuery, listEntries, listVersions],
  collections: [entries, entryVersions],
}
