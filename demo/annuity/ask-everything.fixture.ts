/* Every query of the contracts, asked as one member about everything that exists. */
import { cases, entries, grants, reads, steps } from '@renshe/contracts'
import { canonicalText, type Json, type JsonObject } from '@renshe/crypto'
import type { Member } from '@renshe/node'

/** What exists on chain, by the name under which inputs of queries call it. */
export interface Existing {
  readonly cases: readonly string[]
  readonly steps: readonly JsonObject[]
  readonly grants: readonly string[]
  readonly reads: readonly string[]
  readonly entries: readonly { readonly register: string; readonly key: string }[]
  readonly members: readonly string[]
  readonly services: readonly string[]
  readonly packages: readonly string[]
  readonly rules: readonly string[]
  readonly books: readonly string[]
  readonly journals: readonly string[]
}

/** Collects what exists, from one member's own copy. */
export function everythingThat(member: Member): Existing {
  const view = member.ledger.view()
  const items = (query: string, input: JsonObject = {}): JsonObject[] =>
    pagesOf(member, query, input).flatMap((page) => (page as { items: JsonObject[] }).items)
  const caseRows = [...view.state(cases).range()]
  const books = items('funds.listBooks').map(({ book }) => String(book))
  return {
    cases: caseRows.map(([id]) => id),
    services: [...new Set(caseRows.map(([, { service }]) => service))],
    steps: [...view.state(steps).range()].map(([[id, n]]) => ({ case: id, n })),
    grants: [...view.state(grants).range()].map(([id]) => id),
    reads: [...view.state(reads).range()].map(([id]) => id),
    entries: [...view.state(entries).range()].map(([[register, key]]) => ({ register, key })),
    members: items('membership.listMembers').map(({ id }) => String(id)),
    packages: items('catalogue.listPackages').map((one) => String(one.hash)),
    rules: items('catalogue.listRules').map((one) => String(one.hash)),
    books,
    journals: books.flatMap((book) =>
      items('funds.listJournals', { book }).map(({ id }) => String(id)),
    ),
  }
}

type Asked = (existing: Existing) => readonly JsonObject[]

const nothing: Asked = () => [{}]
const byCase: Asked = (existing) => existing.cases.map((id) => ({ case: id }))
const byMember: Asked = (existing) => existing.members.map((member) => ({ member }))
const byEntry: Asked = (existing) => existing.entries.map((entry) => ({ ...entry }))
const byBook: Asked = (existing) => existing.books.map((book) => ({ book }))
const byPackage: Asked = (existing) => existing.packages.map((one) => ({ package: one }))

/** What each query is asked. A query that is not here is one that nobody has looked at yet. */
export const QUESTIONS: Readonly<Record<string, Asked>> = {
  'access.getAppetite': (existing) =>
    existing.members.map((member) => ({ member, from: 0, to: 4_000_000_000_000 })),
  'access.getErasure': (existing) => existing.cases.map((erasure) => ({ erasure })),
  'access.getGrant': (existing) => existing.grants.map((grant) => ({ grant })),
  'access.getRead': (existing) => existing.reads.map((read) => ({ read })),
  'access.getRelease': (existing) => existing.reads.map((read) => ({ read })),
  'access.getSharingMatrix': () => [{ year: 2025, month: 12 }],
  'access.listBatches': byCase,
  'access.listEmergencies': nothing,
  'access.listErasures': nothing,
  'access.listGivenGrants': (existing) =>
    existing.members.map((member) => ({ member, name: 'system' })),
  'access.listGrants': (existing) => [
    ...byCase(existing),
    ...existing.members.flatMap((member) => [{ holder: member }, { owner: member }]),
  ],
  'access.listHandOvers': byCase,
  'access.listObjections': nothing,
  'access.listReads': (existing) => [
    {},
    ...existing.grants.map((grant) => ({ grant })),
    ...existing.members.flatMap((member) => [{ member }, { owner: member }]),
  ],
  'access.listReadsOfRecords': () => [{ records: [] }],
  'access.listSections': byCase,
  'access.listTombstones': (existing) => existing.members.map((owner) => ({ owner })),
  'access.listWaitingReads': byMember,
  'cases.findWaits': nothing,
  'cases.getCase': byCase,
  'cases.getStep': (existing) => existing.steps,
  'cases.listCases': (existing) => [{}, ...existing.services.map((service) => ({ service }))],
  'cases.listOpenSteps': byMember,
  'catalogue.comparePackages': ({ packages: [one = ''] }) => [{ from: one, to: one }],
  'catalogue.getPackage': byPackage,
  'catalogue.getPackageInForce': (existing) => existing.services.map((name) => ({ name })),
  'catalogue.getPart': (existing) => existing.packages.map((part) => ({ part })),
  'catalogue.getRule': (existing) => existing.rules.map((rule) => ({ rule })),
  'catalogue.listClauses': nothing,
  'catalogue.listDataSetEntries': nothing,
  'catalogue.listDataSets': nothing,
  'catalogue.listPackages': nothing,
  'catalogue.listParameters': nothing,
  'catalogue.listRules': nothing,
  'funds.getBook': byBook,
  'funds.getJournal': (existing) => existing.journals.map((journal) => ({ journal })),
  'funds.getTrialBalance': byBook,
  'funds.listBooks': nothing,
  'funds.listCaseJournals': byCase,
  'funds.listExpectations': (existing) => [{}, ...byCase(existing)],
  'funds.listJournals': byBook,
  'funds.listPayments': (existing) => [{}, ...byCase(existing)],
  'funds.listUnknownCredits': nothing,
  'governance.getProposal': (existing) => existing.cases.map((proposal) => ({ proposal })),
  'governance.listProposals': nothing,
  'governance.listQuorums': nothing,
  'governance.listSettings': nothing,
  'membership.getMember': byMember,
  'membership.listCertificates': byMember,
  'membership.listEncryptionKeys': byMember,
  'membership.listMembers': nothing,
  'membership.listOfficers': byMember,
  'membership.listUnits': byMember,
  'registers.findEntry': byEntry,
  'registers.listEntries': (existing) =>
    [...new Set(existing.entries.map(({ register }) => register))].map((register) => ({
      register,
    })),
  'registers.listVersions': byEntry,
  'supervision.getSupervisionSummary': nothing,
  'supervision.getWarrant': (existing) => existing.cases.map((warrant) => ({ warrant })),
  'supervision.listAlerts': nothing,
  'supervision.listMissed': nothing,
  'supervision.listTripleMatches': nothing,
  'supervision.listWarrants': nothing,
}

/** The answers to one query, as a member's people would get them: text for text. */
export interface Answered {
  /** Canonical JSON of the pages of each answer. */
  readonly texts: readonly string[]
  /** Codes of refusals. */
  readonly refused: readonly string[]
}

/** Asks one query everything, as a member. */
export function askAll(member: Member, query: string, existing: Existing): Answered {
  const texts: string[] = []
  const refused: string[] = []
  for (const input of QUESTIONS[query]?.(existing) ?? []) {
    const answer = member.query(query, input)
    if (answer.ok) texts.push(canonicalText(pagesOf(member, query, input)))
    else refused.push(String(answer.code))
  }
  return { texts, refused }
}

/** All pages of a query, or its one answer. */
function pagesOf(member: Member, query: string, input: JsonObject): Json[] {
  const pages: Json[] = []
  for (let cursor: string | null = null; ; ) {
    const page = member.ask(query, { ...input, ...(cursor === null ? {} : { cursor }) })
    pages.push(page)
    const next = (page as JsonObject | null)?.next
    if (typeof next !== 'string') return pages
    cursor = next
  }
}
