/* The chain itself: transactions in and out, blocks, evidence. */
import {
  type Bytes,
  canonicalJson,
  fromBase64Url,
  type Json,
  type JsonObject,
} from '@renshe/crypto'
import { frameBundle, frameTransaction, readTransaction, splitBundle } from '@renshe/kernel'
import { type TObject, Type } from 'typebox'
import { EvidenceRefused } from '../evidence/evidence-refused.ts'
import { makeStepEvidence } from '../evidence/step-evidence.ts'
import type { SubmitOutcome } from '../ledger-port.ts'
import { API_LIMITS } from './limits.ts'
import { absent, ProblemThrown } from './problem.ts'
import {
  AnyObject,
  API_BASE,
  type ApiRoute,
  Base64Url,
  type Call,
  Count,
  everyone,
  HexDigest,
  type Reply,
  readingMember,
  sessionOf,
  signedIn,
} from './route.ts'
import {
  blockLines,
  FinalTransaction,
  findPlace,
  isPublicAct,
  type Placed,
  showingOf,
  TransactionLine,
  transactionShown,
} from './transaction-shown.ts'

/** Media type of a framed bundle. */
export const BUNDLE_TYPE = 'application/vnd.renshe.bundle'

const Submitted = Type.Object({
  items: Type.Array(
    Type.Object({ txId: HexDigest, height: Type.Integer(), code: Type.String(), data: AnyObject }),
  ),
})

/** A transaction; beside txId and status everything is there of a final one only. */
const TransactionShown = Type.Object({
  ...Type.Partial(Type.Object(FinalTransaction)).properties,
  txId: HexDigest,
  status: Type.Union([
    Type.Literal('final'),
    Type.Literal('pending'),
    Type.Literal('not-included'),
  ]),
})

function placeOf(call: Call): Placed | undefined {
  return findPlace(call, call.params.txId ?? '')
}

function isKnown(call: Call): boolean {
  if (placeOf(call) !== undefined) return true
  const { session, parts, params } = call
  if (session === null) return false
  return parts.pending.standing(params.txId ?? '', session.member.id) !== undefined
}

function showTransaction(call: Call): Reply {
  const { params, session, parts } = call
  const txId = params.txId ?? ''
  const place = placeOf(call)
  if (place === undefined) {
    const standing = parts.pending.standing(txId, session?.member.id ?? '')
    if (standing === undefined) throw absent()
    return { status: standing.status === 'pending' ? 202 : 200, json: { txId, ...standing } }
  }
  return { status: 200, json: transactionShown(call, place) }
}

async function submit(call: Call): Promise<Reply> {
  const { parts, body, bytes } = call
  const { member } = sessionOf(call)
  const bundle = bytes ?? bundleOf(body)
  const txIds = ownTransactions(call, bundle)
  const waitMs = waitOf(call.headers.prefer)
  const outcomes = await parts.pending.submit(member, txIds, bundle, waitMs)
  const location = `${API_BASE}/transactions/${txIds[0] ?? ''}`
  if (outcomes === undefined) {
    const json = { items: txIds.map((txId) => ({ txId, status: 'pending' })) }
    return { status: 202, json, headers: { location, 'retry-after': '1' } }
  }
  // One act: its refusal is a problem document, with the place of the block that has it.
  if (outcomes.length === 1) refuseOutcome(outcomes[0] as SubmitOutcome)
  const json = { items: outcomes.map((outcome) => outcomeShown(outcome)) }
  return { status: 200, json, headers: { location } }
}

function refuseOutcome(outcome: SubmitOutcome): void {
  if (outcome.included && outcome.code === 'OK') return
  const { txId, code } = outcome
  const facts = outcome.included ? ((outcome.data ?? {}) as JsonObject) : {}
  const place = outcome.included ? { height: outcome.height } : {}
  throw new ProblemThrown(code, facts, { ...(txId === null ? {} : { txId }), ...place })
}

function outcomeShown(outcome: SubmitOutcome): JsonObject {
  const { txId, code } = outcome
  if (!outcome.included) return { txId: txId ?? '', height: -1, code, data: {} }
  return { txId: txId ?? '', height: outcome.height, code, data: (outcome.data ?? {}) as Json }
}

function bundleOf(given: JsonObject): Bytes {
  const { body, signature } = given as unknown as { body: string; signature: JsonObject }
  const bodyBytes = decoded(body)
  const signatureBytes = canonicalJson(signature)
  if (signatureBytes.length > 4096 || bodyBytes.length > 196_608) {
    throw new ProblemThrown('TX_MALFORMED')
  }
  return frameBundle([frameTransaction(bodyBytes, signatureBytes)])
}

function decoded(text: string): Bytes {
  try {
    return fromBase64Url(text)
  } catch {
    throw new ProblemThrown('INPUT_INVALID', { path: '/body', expected: 'base64url' })
  }
}

/** Ids of a bundle's transactions, all of whose signers are of the session's member. */
function ownTransactions(call: Call, bundle: Bytes): string[] {
  const { parts } = call
  const { member, certificate, kind } = sessionOf(call)
  const cut = splitBundle(bundle)
  if (cut === undefined) throw new ProblemThrown('TX_MALFORMED')
  const view = member.ledger.view()
  const time = Math.max(view.time, member.clock.now())
  return cut.map((framed) => {
    const read = readTransaction(framed)
    if ('code' in read) throw new ProblemThrown(read.code, {}, { txId: read.txId })
    const { signer } = read.body
    // The key that a system proved with this request was found to be of this member a moment ago.
    if (kind === 'system' && signer === certificate) return read.txId
    const found = parts.contracts.resolveSigner(view, signer, time)
    if (!found.ok) throw new ProblemThrown(found.code, { signer }, { txId: read.txId })
    if (found.signer.member !== member.id) throw new ProblemThrown('SIGNER_NOT_YOURS', { signer })
    return read.txId
  })
}

/** `Prefer: wait=3` (RFC 7240), never longer than the API's own patience. */
function waitOf(prefer: string | undefined): number {
  const seconds = /^wait=([0-9]{1,3})$/.exec(prefer ?? '')?.[1]
  const asked = seconds === undefined ? API_LIMITS.waitMs : Number(seconds) * 1000
  return Math.min(asked, API_LIMITS.waitMs)
}

/** A file holds body and result: the public gets it only where both are public. */
function mayHaveEvidence(call: Call): boolean {
  const place = placeOf(call)
  return place !== undefined && (call.session !== null || isPublicAct(call, place))
}

function showEvidence(call: Call): Reply {
  const { copy } = readingMember(call).ledger
  const since = call.query.since === undefined ? null : Number(call.query.since)
  try {
    const txId = call.params.txId ?? ''
    const { bytes } = makeStepEvidence(copy, txId, null, since)
    return { status: 200, bytes, name: `${txId}.renshe.json` }
  } catch (error) {
    if (error instanceof EvidenceRefused) throw absent()
    throw error
  }
}

function showChain(call: Call): Reply {
  const { host } = call.parts
  const { genesis } = host.report
  const { ledger } = readingMember(call)
  return {
    status: 200,
    json: {
      chain: host.chain,
      isDemonstration: genesis.isDemonstration,
      isSignedIn: call.session !== null,
      finalHeight: ledger.finalHeight,
      time: ledger.view().time,
      policy: ledger.copy.policy as unknown as Json,
    },
  }
}

function showBlock(call: Call): Reply {
  const { copy } = readingMember(call).ledger
  const height = Number(call.params.height)
  const items = blockLines(showingOf(call), height)
  const header = JSON.parse(JSON.stringify(copy.header(height))) as JsonObject
  return { status: 200, json: { height, header, transactions: items } }
}

const TxParams = Type.Object({ txId: HexDigest }) as TObject

/** Routes of the chain. */
export const chainRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: `${API_BASE}/transactions`,
    operationId: 'transactions.submit',
    summary: 'Hands in signed bytes; the same bytes again give the same answer.',
    access: 'session',
    mayRead: signedIn,
    body: Type.Object({ body: Base64Url, signature: AnyObject }),
    media: [BUNDLE_TYPE],
    mostTextBytes: API_LIMITS.longTextBytes,
    replies: {
      200: Submitted,
      202: Type.Object({
        items: Type.Array(Type.Object({ txId: HexDigest, status: Type.Literal('pending') })),
      }),
    },
    run: submit,
  },
  {
    method: 'GET',
    path: `${API_BASE}/transactions/{txId}`,
    operationId: 'transactions.get',
    summary: 'Shows a transaction, or where one stands that was handed in here.',
    access: 'public',
    mayRead: isKnown,
    params: TxParams,
    replies: { 200: TransactionShown, 202: TransactionShown },
    run: showTransaction,
  },
  {
    method: 'GET',
    path: `${API_BASE}/transactions/{txId}/evidence`,
    operationId: 'transactions.evidence',
    summary: 'Gives the evidence file of a transaction; nothing sealed is opened in it.',
    access: 'public',
    mayRead: mayHaveEvidence,
    params: TxParams,
    query: Type.Object({ since: Type.Optional(Count) }),
    replies: { 200: 'application/json' },
    run: showEvidence,
  },
  {
    method: 'GET',
    path: `${API_BASE}/chain`,
    operationId: 'chain.get',
    summary: 'Shows which chain this is and how far it is final.',
    access: 'public',
    mayRead: everyone,
    // It says whether somebody is signed in, which a person is.
    persons: everyone,
    replies: {
      200: Type.Object({
        chain: Type.String(),
        isDemonstration: Type.Boolean(),
        /** Whether a session asks: a page need not try what only a session may ask. */
        isSignedIn: Type.Boolean(),
        finalHeight: Type.Integer(),
        time: Type.Integer(),
        policy: AnyObject,
      }),
    },
    run: showChain,
  },
  {
    method: 'GET',
    path: `${API_BASE}/blocks/{height}`,
    operationId: 'blocks.get',
    summary: 'Shows a final block: its header, and its transactions without their bytes.',
    access: 'public',
    mayRead: (call) => Number(call.params.height) <= readingMember(call).ledger.finalHeight,
    params: Type.Object({ height: Count }),
    replies: {
      200: Type.Object({
        height: Type.Integer(),
        header: AnyObject,
        transactions: Type.Array(TransactionLine),
      }),
    },
    run: showBlock,
  },
]
