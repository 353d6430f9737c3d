/*
 * What a committed read opens. Nothing of another's is shown without the read that is its receipt, and
 * nothing to anybody but the officer or system that signed it. What one's own member owns is shown to its
 * people with a note in its vault: protocol 1 has no read of one's own.
 */
import { checkRelease, findBatch, type Read } from '@renshe/contracts'
import {
  type Bytes,
  batchLeaf,
  type Json,
  type JsonObject,
  type RegisteredSection,
  SealBroken,
  toBase64Url,
  toHex,
} from '@renshe/crypto'
import { leafHash } from '@renshe/proof'
import { Type } from 'typebox'
import { type Opening, PeerRefused } from '../peer.ts'
import type { OpenedRead } from '../vault/open-read.ts'
import { lookAtOwn, type OwnAsked, OwnLookRefused, ownLooks } from '../vault/own-looks.ts'
import { pathsInRange } from '../vault/range-proof.ts'
import { openCommitted, ReadRefused } from '../vault/read-sections.ts'
import { findRead } from '../vault/signed-reads.ts'
import { OpenedReads } from './opened-reads.ts'
import { isOwnSignature } from './own-signature.ts'
import { absent, ProblemThrown } from './problem.ts'
import {
  AnyObject,
  API_BASE,
  type ApiParts,
  type ApiRoute,
  Base64Url,
  type Call,
  HexDigest,
  type Reply,
  sessionOf,
  signedIn,
} from './route.ts'
import { ownerOf } from './session.ts'

/** An opening as it travels; byte strings are base64url. */
export const OpeningShown = Type.Object({
  header: AnyObject,
  seed: Base64Url,
  content: Base64Url,
})

const OpenedItem = Type.Object({
  record: Type.String(),
  version: Type.Integer(),
  section: Type.String(),
  level: Type.Integer(),
  /** As the chain holds it, or as the leaf says whose path follows. */
  commitment: HexDigest,
  /** Null where it is erased. */
  opening: Type.Union([OpeningShown, Type.Null()]),
  /** For a row: from its leaf to the root that the read names. */
  proof: Type.Optional(
    Type.Object({
      tree: Type.String(),
      index: Type.Integer(),
      size: Type.Integer(),
      path: Type.Array(HexDigest),
      root: HexDigest,
    }),
  ),
})

const Opened = Type.Object({
  /** The receipt; null where one's own is looked at. */
  read: Type.Union([HexDigest, Type.Null()]),
  /** Name of the note that the owner's vault keeps of a look at its own; else null. */
  note: Type.Union([Type.String(), Type.Null()]),
  owner: Type.String(),
  grant: Type.Union([Type.String(), Type.Null()]),
  case: Type.Union([Type.String(), Type.Null()]),
  /** Items of the whole read. */
  count: Type.Integer(),
  items: Type.Array(OpenedItem),
  /** `from` of the next page; null on the last. */
  next: Type.Union([Type.Integer(), Type.Null()]),
})

const Section = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,63}$' })

const OwnRows = Type.Object({
  root: HexDigest,
  section: Section,
  from: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
  count: Type.Integer({ minimum: 1, maximum: 10_000 }),
})

const OwnRecord = Type.Object({
  record: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  section: Section,
  version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
})

/** Spells an opening. */
export function openingShown({ header, seed, content }: Opening): JsonObject {
  const spelled = { seed: toBase64Url(seed), content: toBase64Url(content) }
  return { header: { ...header } as unknown as JsonObject, ...spelled }
}

/** What was opened lately, of each API: pages of one read are not opened anew. */
const openedOf = new WeakMap<ApiParts, OpenedReads>()

function keptReads(parts: ApiParts): OpenedReads {
  const kept = openedOf.get(parts) ?? new OpenedReads(parts.now)
  openedOf.set(parts, kept)
  return kept
}

/**
 * A committed read of this very session.
 *
 * @throws ProblemThrown NOT_FOUND also for another's, so that nobody learns of it
 */
export function ownReadOf(call: Call, id: string): Read {
  const session = sessionOf(call)
  const read = findRead(session.member.ledger.view(), id)
  if (read === undefined || !isOwnSignature(session, id)) throw absent()
  return read
}

function open(call: Call): Promise<Reply> | Reply {
  const { read, own } = call.body
  if ((read === undefined) === (own === undefined)) {
    throw new ProblemThrown('INPUT_INVALID', { path: '/read', expected: 'either `read` or `own`' })
  }
  return own === undefined ? openRead(call, String(read)) : openOwn(call, own as JsonObject)
}

async function openRead(call: Call, id: string): Promise<Reply> {
  const { parts } = call
  const session = sessionOf(call)
  const { member } = session
  const { owner, grant, case: caseId } = ownReadOf(call, id)
  // The owner is asked once for all pages; that the read may still be answered is asked for each.
  const view = member.ledger.view()
  const check = checkRelease(view, id, view.time)
  if (!check.ok) throw new ProblemThrown(check.code, { read: id })
  const key = `${ownerOf(session)} ${id}`
  try {
    const opened = await keptReads(parts).once(key, () => openCommitted(member.reading(), id))
    const told = { read: id, note: null, owner, grant, case: caseId }
    return pageOf(call, told, itemsShown(call, opened))
  } catch (error) {
    throw openingProblem(error)
  }
}

function pageOf({ body }: Call, told: JsonObject, items: readonly Json[]): Reply {
  const from = Math.min(Number(body.from ?? 0), items.length)
  const end = Math.min(from + Number(body.limit ?? items.length), items.length)
  const next = end < items.length ? end : null
  const json = { ...told, count: items.length, items: items.slice(from, end), next }
  return { status: 200, json }
}

function openOwn(call: Call, asked: JsonObject): Reply {
  const { member, kind, name } = sessionOf(call)
  if (kind !== 'officer' && kind !== 'system') throw absent()
  const budget = kind === 'officer' ? budgetOf(call) : null
  try {
    const own = asked as unknown as OwnAsked
    const seen = lookAtOwn(member.vault, member.ledger.view(), { name, budget }, own)
    const items = seen.items.map(({ opening, proof, ...item }) => ({
      ...item,
      section: own.section,
      opening: opening === null ? null : openingShown(opening),
      ...(proof === null ? {} : { proof: { ...proof, path: [...proof.path] } }),
    }))
    const { look, note } = seen
    const told = { read: null, note, owner: member.id, grant: null, case: look.case }
    return pageOf(call, told, items)
  } catch (error) {
    if (!(error instanceof OwnLookRefused)) throw error
    if (error.code === 'SECTION_NOT_HERE') throw absent()
    throw new ProblemThrown(error.code, { reads: budget?.reads ?? 0, rows: budget?.rows ?? 0 })
  }
}

/** How much one officer may look at in a day, as it was published. */
export function budgetOf(call: Call): { readonly reads: number; readonly rows: number } {
  const { items } = sessionOf(call).member.ask('governance.listSettings') as unknown as {
    readonly items: readonly { readonly name: string; readonly value: number }[]
  }
  const settingOf = (name: string): number => items.find((item) => item.name === name)?.value ?? 0
  return {
    reads: settingOf('access.officerReadsPerDay'),
    rows: settingOf('access.officerRowsPerDay'),
  }
}

/** What an owner or the contract refuses is told; bytes that do not open are the owner's fault. */
export function openingProblem(error: unknown): unknown {
  if (error instanceof PeerRefused) return new ProblemThrown(error.code, { ...error.facts })
  if (error instanceof ReadRefused) return new ProblemThrown(error.code, error.facts)
  if (error instanceof SealBroken) {
    return new ProblemThrown('PEER_CHANGED_CONTENT', { part: 'release' })
  }
  return error
}

function itemsShown(call: Call, opened: OpenedRead): Json[] {
  const proofs = proofsOf(call, opened)
  return opened.openings.map((opening, index) => {
    const registered = opened.registered[index] as RegisteredSection
    const { record, version, section, level, commitment } = registered
    return {
      record,
      version,
      section,
      level,
      commitment,
      opening: opening === null ? null : openingShown(opening),
      ...(proofs === null ? {} : { proof: proofs[index] as Json }),
    }
  })
}

function proofsOf(call: Call, { read, registered, rangeProof }: OpenedRead): Json[] | null {
  const { rows } = read
  if (rows === null || rangeProof === null) return null
  const { batch: root, from, count } = rows
  const batch = findBatch(sessionOf(call).member.ledger.view(), root)
  if (batch === undefined) return null
  const { tree, count: size } = batch
  const leaves = registered.map((section) => leafOf(tree, section))
  const paths = pathsInRange(leaves, { from, count, size }, rangeProof)
  return paths.map((path, index) => ({
    tree,
    index: from + index,
    size,
    path: path.map(toHex),
    root,
  }))
}

function leafOf(
  tree: 'batch' | 'entry' | 'balance',
  { record, version, section: name, level, commitment }: RegisteredSection,
): Bytes {
  return leafHash(tree, batchLeaf({ record, version, sections: [{ name, level, commitment }] }))
}

/** The office that answers for the data of its member hears who looked at it. */
const DATA_STEWARD = 'data-steward'

function listOwnLooks(call: Call): Reply {
  const { member, kind, roles } = sessionOf(call)
  if (kind === 'officer' && !roles.includes(DATA_STEWARD)) {
    throw new ProblemThrown('ROLE_REQUIRED', { role: DATA_STEWARD })
  }
  const items = ownLooks(member.vault, call.query.day ?? '').sort((a, b) => a.at - b.at)
  return { status: 200, json: { items: items.map((look) => ({ ...look })) } }
}

/** Routes of what was read. */
export const openedRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: `${API_BASE}/own-looks`,
    operationId: 'opened.listOwnLooks',
    summary:
      'Lists who of this member looked at what it owns on a legal day; for its data steward.',
    access: 'session',
    mayRead: signedIn,
    query: Type.Object({ day: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }) }),
    replies: {
      200: Type.Object({
        items: Type.Array(
          Type.Object({
            name: Type.String(),
            at: Type.Integer(),
            case: Type.String(),
            section: Type.String(),
            of: Type.String(),
            rows: Type.Integer(),
          }),
        ),
      }),
    },
    run: listOwnLooks,
  },
  {
    method: 'POST',
    path: `${API_BASE}/opened`,
    operationId: 'opened.open',
    summary:
      'Opens what a committed read of this very signer names, within the window of the read.',
    access: 'session',
    mayRead: signedIn,
    body: Type.Object({
      read: Type.Optional(HexDigest),
      own: Type.Optional(Type.Union([OwnRows, OwnRecord])),
      from: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    }),
    replies: { 200: Opened },
    run: open,
  },
]
