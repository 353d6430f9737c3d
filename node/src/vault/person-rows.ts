/*
 * Which rows of this vault are about one person. Only the vault's own key K finds them; what is found is told
 * to a warrant that seeks the person, and to the person who asks who looked.
 */
import { findBatch } from '@renshe/contracts'
import { type PersonName, parseCanonicalJson } from '@renshe/crypto'
import { enrolmentRoots } from '../determine/account-map.ts'
import type { LedgerView } from '../ledger-port.ts'
import { findCaseSection, findCaseTerms } from '../prepare/case-terms.ts'
import { personOf } from '../prepare/section-content.ts'
import { HalfReader, type LeafPlace, openOwn } from './own-sections.ts'
import { placesOfRoot } from './subledger-trees.ts'
import type { Vault } from './vault.ts'

/** Whether a row of this vault is about the person. */
export type IsAbout = (place: LeafPlace) => boolean

/** By the blind index, and by the records of rows that have it: accounts of a sub-ledger are such records. */
function aboutPerson(vault: Vault, person: PersonName): IsAbout {
  return aboutIndex(vault, vault.indexOf(person))
}

/** As {@link aboutAccount} for whoever has a blind index. */
export function aboutIndex(vault: Vault, index: string): IsAbout {
  const rows = new Set<string>()
  const records = new Set<string>()
  for (const { sealing, row } of vault.store.placesOfPerson(index)) {
    rows.add(`${sealing} ${row}`)
    const record = vault.store.leaves(sealing)[row]?.record
    if (record !== undefined) records.add(record)
  }
  return ({ sealing, row, leaf }) => rows.has(`${sealing.n} ${row}`) || records.has(leaf.record)
}

/**
 * Where a person lies in a tree of this vault: what the owner answers to a warrant that seeks a person
 * (`supervision.nameWarrantRows`). Nothing is opened for it.
 *
 * @param root  of a batch, or of a tree of a sub-ledger
 * @returns     places from 0 in the order of the leaves, ascending; empty: the person is not there;
 *              undefined if this vault does not have the tree
 * @source security/sealed-data.md section 9
 */
export function findPersonRows(
  vault: Vault,
  root: string,
  person: PersonName,
): number[] | undefined {
  const places = placesOfRoot(vault, root)
  if (places === undefined) return undefined
  const isAbout = aboutPerson(vault, person)
  return places.flatMap((place, at) => (isAbout(place) ? [at] : []))
}

/** An account as its enrolment made it. */
export interface OwnAccount {
  /** Registers whose entries name the enrolments of the book. */
  readonly registers: readonly string[]
  readonly book: string
  /** Record of the account: that of its row in an enrolment. */
  readonly account: string
}

/**
 * Which rows of this vault are about the person whose account it is: those with the account's record, and
 * those of batches in which the same person stands under another record. One row is opened, the
 * enrolment's own; without an enrolment in this vault only the record counts.
 */
export function aboutAccount(
  vault: Vault,
  view: LedgerView,
  { registers, book, account }: OwnAccount,
): IsAbout {
  for (const register of registers) {
    for (const root of enrolmentRoots(view, register, book)) {
      const person = personEnrolled(vault, view, root, account)
      if (person !== null) return aboutPerson(vault, person)
    }
  }
  return ({ leaf }) => leaf.record === account
}

function personEnrolled(
  vault: Vault,
  view: LedgerView,
  root: string,
  account: string,
): PersonName | null {
  const place = placesOfRoot(vault, root)?.find(({ leaf }) => leaf.record === account)
  const opening = place === undefined ? null : openOwn(vault, place, new HalfReader(vault))
  const batch = findBatch(view, root)
  const terms = batch === undefined ? undefined : findCaseTerms(view, batch.case)
  if (opening === null || batch === undefined || terms === undefined) return null
  const row = findCaseSection(terms, batch.section)?.row
  if (row === undefined || row === null) return null
  return personOf(row.columns, parseCanonicalJson(opening.content), row.unique)
}
