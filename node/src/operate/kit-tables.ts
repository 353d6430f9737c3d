/* What a member owns or took part in, as the chain has it: rows for the tables of an exit kit. */
import { entries } from '@renshe/contracts'
import type { Json, JsonObject } from '@renshe/crypto'
import type { Member } from '../member.ts'
import { allPages } from '../relays/bank-matching.ts'

/** Tables of a member by name; rows as queries of the contracts give them to this member. */
export type MemberTables = ReadonlyMap<string, readonly JsonObject[]>

/**
 * Gathers everything public of one member: its register entries with every version, its cases with their
 * steps, journals of its cases and books, payments, grants over its data and held by it, every read of
 * its data and by it, hand-overs, its people and keys.
 *
 * What a warrant still hides is left out by the same queries that hide it everywhere.
 */
export function tablesOf(member: Member): MemberTables {
  const { id } = member
  const view = member.ledger.view()
  const own = [...view.state(entries).index('byOwner', { prefix: [id] })].map(([, entry]) => entry)
  const versions = own.flatMap(({ register, key }) =>
    allPages<JsonObject>(member, 'registers.listVersions', { register, key }),
  )
  const cases = allPages<JsonObject & { id: string }>(member, 'cases.listCases', { member: id })
  const steps = cases.flatMap(({ id: caseId }) => {
    const { steps: found } = member.ask('cases.getCase', { case: caseId }) as unknown as {
      steps: JsonObject[]
    }
    return found
  })
  const handOvers = cases.flatMap(({ id: caseId }) =>
    allPages<JsonObject>(member, 'access.listHandOvers', { case: caseId }),
  )
  const ownBooks = booksOf(member, new Set(own.map(({ key }) => key)))
  return new Map<string, readonly JsonObject[]>([
    ['register-entries', own as unknown as JsonObject[]],
    ['register-versions', versions],
    ['cases', cases],
    ['case-steps', steps],
    ['books', ownBooks],
    ['journals', journalsOf(member, ownBooks, cases)],
    ['payments', allPages(member, 'funds.listPayments', { member: id })],
    ['grants', distinct(member, 'access.listGrants', [{ owner: id }, { holder: id }], 'id')],
    ['reads', distinct(member, 'access.listReads', [{ owner: id }, { member: id }], 'read')],
    ['hand-overs', handOvers],
    ['units', allPages(member, 'membership.listUnits', { member: id })],
    ['officers', allPages(member, 'membership.listOfficers', { member: id })],
    ['certificates', allPages(member, 'membership.listCertificates', { member: id })],
  ])
}

/** Books of the member's own register entries, and those whose sub-ledger or money it keeps. */
function booksOf(member: Member, keys: ReadonlySet<string>): JsonObject[] {
  return allPages<BookRow>(member, 'funds.listBooks', {})
    .filter(({ book, custodian, subledger }) => {
      return keys.has(book) || custodian === member.id || subledger?.owner === member.id
    })
    .map(({ book }) => member.ask('funds.getBook', { book }) as JsonObject)
}

/** What is looked at of a book. */
interface BookRow {
  readonly book: string
  readonly custodian: string | null
  readonly subledger: { readonly owner: string } | null
}

function journalsOf(
  member: Member,
  ownBooks: readonly JsonObject[],
  cases: readonly { readonly id: string }[],
): JsonObject[] {
  const journals = new Map<string, JsonObject>()
  const put = (journal: JsonObject): unknown => journals.set(String(journal.id), journal)
  for (const { book } of ownBooks) {
    allPages<JsonObject>(member, 'funds.listJournals', { book: book as string }).forEach(put)
  }
  for (const { id } of cases) {
    allPages<JsonObject>(member, 'funds.listCaseJournals', { case: id }).forEach(put)
  }
  return [...journals.values()]
}

/** Answers of one query to several questions, each row once. */
function distinct(
  member: Member,
  query: string,
  questions: readonly JsonObject[],
  key: string,
): JsonObject[] {
  const rows = questions.flatMap((input) => allPages<JsonObject>(member, query, input))
  return [...new Map(rows.map((row) => [String(row[key]), row])).values()]
}

/** Ids of transactions that a row names, wherever in it: who signed, what made it. */
export function actsIn(value: Json, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const part of value) actsIn(part as Json, found)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      const isAct = (name === 'txId' || name === 'by') && typeof part === 'string'
      if (isAct && HEX_64.test(part)) found.add(part)
      else actsIn(part as Json, found)
    }
  }
  return found
}

const HEX_64 = /^[0-9a-f]{64}$/
