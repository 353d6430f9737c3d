/* What a person may ask about its own account, beside its statement: who looked at it. */
import type { Grant, Read } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { type TSchema, Type } from 'typebox'
import { bookTerms } from '../evidence/account-holder.ts'
import type { Member } from '../member.ts'
import { aboutAccount, type IsAbout } from '../vault/person-rows.ts'
import { placesOfRoot } from '../vault/subledger-trees.ts'
import { API_LIMITS } from './limits.ts'
import {
  AnyObject,
  API_BASE,
  type ApiRoute,
  type Call,
  everyone,
  HexDigest,
  type Reply,
  sessionOf,
} from './route.ts'

interface ReadsPage {
  readonly items: readonly Read[]
  readonly next: string | null
}

/** Committed reads at one owner, oldest first. */
function* readsAt(member: Member): Generator<Read> {
  let cursor: string | null = null
  do {
    const input = { owner: member.id, limit: 200, ...(cursor === null ? {} : { cursor }) }
    const page = member.ask('access.listReads', input) as unknown as ReadsPage
    yield* page.items
    cursor = page.next
  } while (cursor !== null)
}

/** Whether a read touched what is about a person: a record, a row of a batch, a leaf of a tree. */
function touches({ vault }: Member, isAbout: IsAbout, { items, rows }: Read): boolean {
  const runs = items.map(({ batch, index }) => ({ batch, from: index ?? 0, count: 1 }))
  for (const { batch, from, count } of rows === null ? runs : [rows]) {
    if (batch === null) continue
    const places = placesOfRoot(vault, batch)?.slice(from, from + count) ?? []
    if (places.some(isAbout)) return true
  }
  return false
}

function listReads(call: Call): Reply {
  const { member, person } = sessionOf(call)
  const found: Read[] = []
  if (person === null) return { status: 200, json: { items: [] } }
  const { plan: book, account } = person
  const { registers } = bookTerms(member, book)
  const isAbout = aboutAccount(member.vault, member.ledger.view(), { registers, book, account })
  for (const read of readsAt(member)) {
    const isRecord = read.items.some(({ record }) => record === account)
    if (!isRecord && !touches(member, isAbout, read)) continue
    found.push(read)
    if (found.length > API_LIMITS.personReads) found.shift()
  }
  return { status: 200, json: { items: found.reverse().map((read) => shown(member, read)) } }
}

/** A look as a person reads it: who, when, why, what, and what came of it; no place of others' rows. */
function shown(member: Member, { read, items, rows, confirmation, ...more }: Read): JsonObject {
  const asked = member.ask('access.getRead', { read }) as unknown as { readonly grant: Grant }
  const { kind, purpose, basis } = asked.grant
  const names = rows === null ? items.map(({ section }) => section) : [rows.section]
  const { at, height, owner, member: reader, officer, unit, case: caseId, grant } = more
  return {
    ...{ read, at, height, owner, member: reader, officer, unit, case: caseId, grant, kind },
    purpose: { ...purpose },
    basis: basis.map((each) => ({ ...each })) as unknown as JsonObject[],
    sections: [...new Set(names)].sort(),
    isBulk: (rows?.count ?? 1) > 1,
    outcome: confirmation?.outcome ?? null,
  }
}

const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

const ReadShown = Type.Object({
  /** Its transaction is the receipt. */
  read: HexDigest,
  at: Type.Integer(),
  height: Type.Integer(),
  owner: Type.String(),
  member: Type.String(),
  officer: Type.String(),
  unit: Nullable(Type.String()),
  case: Nullable(Type.String()),
  grant: Type.String(),
  kind: Type.Union([Type.Literal('CONTRACT'), Type.Literal('WARRANT')]),
  purpose: Type.Object({ code: Type.String(), service: Type.String() }),
  basis: Type.Array(AnyObject),
  sections: Type.Array(Type.String()),
  /** Whether rows of many people were read at once. */
  isBulk: Type.Boolean(),
  outcome: Nullable(Type.String()),
})

/** Routes of a person's session. */
export const personRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: `${API_BASE}/person/reads`,
    operationId: 'person.listReads',
    summary: 'Lists who looked at the account of the person who is asking, newest first.',
    access: 'session',
    mayRead: ({ session }) => session?.kind === 'person',
    persons: everyone,
    replies: { 200: Type.Object({ items: Type.Array(ReadShown) }) },
    run: listReads,
  },
]
