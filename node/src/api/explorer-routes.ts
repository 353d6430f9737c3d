/* Explorer: blocks newest first, the newest signed head, the page that verifies offline. No sign-in. */
import type { Json, JsonObject } from '@renshe/crypto'
import { toHex } from '@renshe/crypto'
import { evidenceOf } from '@renshe/ledger'
import { buildVerifierPage, headerHash, verifyFinality } from '@renshe/proof'
import { Type } from 'typebox'
import { pinOf } from '../evidence/save-evidence.ts'
import { Bilingual, type MemberNames, memberNames } from './act-about.ts'
import { API_LIMITS } from './limits.ts'
import { ProblemThrown } from './problem.ts'
import {
  API_BASE,
  type ApiRoute,
  type Call,
  Count,
  everyone,
  HexDigest,
  type Reply,
  readingMember,
} from './route.ts'
import { blockLines, showingOf, TransactionLine } from './transaction-shown.ts'

const Signed = Type.Object({
  member: Type.String(),
  memberName: Type.Union([Bilingual, Type.Null()]),
  /** UTC seconds at which it signed; null where its signature has no time. */
  time: Type.Union([Type.Integer(), Type.Null()]),
})

const Head = Type.Object({
  chain: Type.String(),
  height: Type.Integer(),
  size: Type.Integer(),
  root: HexDigest,
  /** Block time, UTC ms. */
  time: Type.Integer(),
  signedBy: Type.Object({
    engine: Type.String(),
    operator: Type.Union([Signed, Type.Null()]),
    witnesses: Type.Array(Signed),
    threshold: Type.Integer(),
    of: Type.Integer(),
  }),
})

/** The newest head, and who signed it. */
function headOf(call: Call, names: MemberNames): JsonObject {
  const { copy } = readingMember(call).ledger
  const source = evidenceOf(copy)
  const finality = source.finality()
  if (finality === undefined) throw new ProblemThrown('UNAVAILABLE')
  const outcome = verifyFinality(finality)
  if ('fault' in outcome) throw new Error(`the newest head does not verify: ${outcome.fault}`)
  const { signers } = outcome
  const named = (member: string, time: number | null): JsonObject => ({
    member,
    memberName: names.get(member) ?? null,
    time,
  })
  const isEmbedded = signers.engine === 'embedded'
  const { height, time } = finality.tip
  return {
    chain: copy.chain,
    height,
    size: height + 1,
    root: toHex(source.logRoot(height + 1)),
    time,
    signedBy: {
      engine: signers.engine,
      operator: isEmbedded ? named(signers.operator, null) : null,
      witnesses: isEmbedded
        ? signers.witnesses.map(({ member, time: at }) => named(member, at))
        : signers.validators.map((member) => named(member, signers.time)),
      threshold: isEmbedded ? signers.threshold : signers.validators.length,
      of: signers.of,
    },
  }
}

function listBlocks(call: Call): Reply {
  const { query } = call
  const { ledger } = readingMember(call)
  const showing = showingOf(call)
  const limit = Math.min(Number(query.limit ?? API_LIMITS.blocksPage), API_LIMITS.blocksPage)
  const newest = Math.min(Number(query.before ?? ledger.finalHeight + 1) - 1, ledger.finalHeight)
  const items: Json[] = []
  let acts = 0
  for (let height = newest; height >= 0 && items.length < limit; height--) {
    const transactions = blockLines(showing, height)
    acts += transactions.length
    // A page ends early where blocks are full; its first block is always there.
    if (items.length > 0 && acts > API_LIMITS.blocksPageActs) break
    const header = ledger.copy.header(height)
    items.push({ height, time: header.time, hash: toHex(headerHash(header)), transactions })
  }
  const next = newest - items.length
  const head = headOf(call, showing.names)
  return { status: 200, json: { head, items, next: next < 0 ? null : next + 1 } }
}

function showVerifier(call: Call): Reply {
  const { host } = call.parts
  const { copy, finalHeight } = readingMember(call).ledger
  const { since } = call.query
  const size = since === undefined ? finalHeight + 1 : Number(since)
  if (size < 1 || size > finalHeight + 1) {
    throw new ProblemThrown('HEIGHT_UNKNOWN', { height: size, finalHeight })
  }
  const { chain } = copy
  const text = buildVerifierPage({
    pins: {
      chains: [pinOf(host.report.genesis)],
      madeAt: host.clock.now(),
      heads: [{ chain, size, root: toHex(evidenceOf(copy).logRoot(size)) }],
    },
  })
  // Saved and opened from there: it is of use only where this node is not asked.
  const headers = { 'content-disposition': `attachment; filename="verify-${chain}.html"` }
  return { status: 200, text, type: 'text/html; charset=utf-8', headers }
}

const BlockLine = Type.Object({
  height: Type.Integer(),
  time: Type.Integer(),
  hash: HexDigest,
  transactions: Type.Array(TransactionLine),
})

/** Routes of the explorer. */
export const explorerRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: `${API_BASE}/blocks`,
    operationId: 'blocks.list',
    summary: 'Lists final blocks, the newest first, each act with what its sentence is made of.',
    access: 'public',
    mayRead: everyone,
    query: Type.Object({ before: Type.Optional(Count), limit: Type.Optional(Count) }),
    replies: {
      200: Type.Object({
        /** The head that makes every block of the list final. */
        head: Head,
        items: Type.Array(BlockLine),
        /** `before` of the next page. */
        next: Type.Union([Type.Integer(), Type.Null()]),
      }),
    },
    run: listBlocks,
  },
  {
    method: 'GET',
    path: `${API_BASE}/head`,
    operationId: 'head.get',
    summary: 'Shows the newest head of the chain and who signed it.',
    access: 'public',
    mayRead: everyone,
    replies: { 200: Head },
    run: (call) => ({ status: 200, json: headOf(call, memberNames(readingMember(call))) }),
  },
  {
    method: 'GET',
    path: `${API_BASE}/verifier.html`,
    operationId: 'verifier.get',
    summary: 'Gives the page that verifies evidence of this chain without any connection.',
    access: 'public',
    mayRead: everyone,
    /** Size of the head that the page holds files against: one that the asker kept, else the newest. */
    query: Type.Object({ since: Type.Optional(Count) }),
    replies: { 200: 'text/html' },
    run: showVerifier,
  },
]
