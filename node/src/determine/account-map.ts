/* Which account is whose: the record of a row of an enrolment is the account of its person. */
import { entries, findBatch } from '@renshe/contracts'
import { parseCanonicalJson } from '@renshe/crypto'
import type { LedgerView } from '../ledger-port.ts'
import { type Reading, readBatch } from '../vault/read-sections.ts'
import { DeterminingRefused } from './determining-refused.ts'

/** Where enrolments are kept, and how their rows are joined. */
export interface AccountSource {
  /** Register whose entries name enrolment batches by their root. */
  readonly register: string
  /** Column that names the person in both batches. */
  readonly join: string
  /** Book: first part of the entries' keys. */
  readonly book: string
}

/**
 * Opens every enrolment of a book, the oldest first: a person that is enrolled twice keeps the first
 * account, on every member alike.
 *
 * @returns value of the join column → record id of the account
 */
export async function accountMap(
  reading: Reading,
  { register, join, book }: AccountSource,
): Promise<Map<string, string>> {
  const accounts = new Map<string, string>()
  for (const root of enrolmentRoots(reading.ledger.view(), register, book)) {
    for (const opening of await readBatch(reading, root)) {
      if (opening === null) throw new DeterminingRefused('ROWS_ERASED', register)
      const person = parseCanonicalJson(opening.content)[join]
      if (typeof person !== 'string' || accounts.has(person)) continue
      accounts.set(person, opening.header.record)
    }
  }
  return accounts
}

/** Roots of all enrolments of a book, the oldest first. */
export function enrolmentRoots(view: LedgerView, register: string, book: string): string[] {
  const found: { readonly root: string; readonly at: number }[] = []
  const beginning = `${book}/`
  const range = { prefix: [register], from: [beginning] }
  for (const [[, key], { fields, status }] of view.state(entries).range(range)) {
    if (!key.startsWith(beginning)) break
    for (const value of Object.values(fields)) {
      const batch = typeof value === 'string' ? findBatch(view, value) : undefined
      if (status === 'OPEN' && batch !== undefined) found.push({ root: batch.root, at: batch.at })
    }
  }
  found.sort((a, b) => a.at - b.at || (a.root < b.root ? -1 : 1))
  return found.map(({ root }) => root)
}
