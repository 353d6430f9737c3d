/* Whose account it is: the row of the enrolment whose record the account has. */
import { serviceOf } from '@renshe/contracts'
import { parseCanonicalJson } from '@renshe/crypto'
import { enrolmentRoots } from '../determine/account-map.ts'
import type { Member } from '../member.ts'
import { findCaseTerms } from '../prepare/case-terms.ts'
import { HalfReader, openOwn } from '../vault/own-sections.ts'
import { placesOfRoot } from '../vault/subledger-trees.ts'

/** Words of the package that posts to a book: titles of fields in both languages. */
export interface BookWords {
  readonly zh: Readonly<Record<string, string>>
  readonly en: Readonly<Record<string, string>>
}

/** What a book's own packages say of it. */
export interface BookTerms {
  /** Registers whose entries name the enrolments. */
  readonly registers: readonly string[]
  readonly texts: BookWords
}

/** Terms of the packages whose cases posted to a book; of two words for a thing the newest. */
export function bookTerms(member: Member, book: string): BookTerms {
  const view = member.ledger.view()
  const registers = new Set<string>()
  const texts = { zh: {}, en: {} }
  const seen = new Set<string>()
  for (const id of casesOf(member, book)) {
    const terms = findCaseTerms(view, id)
    if (terms === undefined || seen.has(terms.serviceCase.package)) continue
    seen.add(terms.serviceCase.package)
    for (const { subledger } of Object.values(serviceOf(terms.code).determinations)) {
      if (subledger !== undefined) registers.add(subledger.accounts.register)
    }
    for (const language of ['zh', 'en'] as const) {
      texts[language] = { ...texts[language], ...terms.code.document.texts[language] }
    }
  }
  return { registers: [...registers], texts }
}

/** Cases that posted to a book, the oldest posting first. */
function* casesOf(member: Member, book: string): Generator<string> {
  for (let cursor: string | null = null; ; ) {
    const input = { book, postings: true, limit: 100, ...(cursor === null ? {} : { cursor }) }
    const page = member.ask('funds.listJournals', input) as unknown as {
      readonly items: readonly { readonly case: string | null }[]
      readonly next: string | null
    }
    for (const { case: id } of page.items) if (id !== null) yield id
    if (page.next === null) return
    cursor = page.next
  }
}

/**
 * The name under which a person was enrolled.
 *
 * @returns undefined where no enrolment of this vault has the account, or its rows have no `name`
 */
export function findHolderName(
  member: Member,
  { registers }: BookTerms,
  { book, account }: { readonly book: string; readonly account: string },
): string | undefined {
  const { vault } = member
  const view = member.ledger.view()
  for (const register of registers) {
    for (const root of enrolmentRoots(view, register, book)) {
      const place = placesOfRoot(vault, root)?.find(({ leaf }) => leaf.record === account)
      const opening = place === undefined ? null : openOwn(vault, place, new HalfReader(vault))
      if (opening === null) continue
      const { name } = parseCanonicalJson(opening.content)
      if (typeof name === 'string') return name
    }
  }
  return undefined
}
