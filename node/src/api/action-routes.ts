/* One prepare per action: seals what is to be sealed, says in words what will be signed, spells the body. */
import { serviceOf } from '@renshe/contracts'
import { type JsonObject, toBase64Url } from '@renshe/crypto'
import { type Action, makeBody } from '@renshe/kernel'
import { type TObject, Type } from 'typebox'
import { PeerRefused } from '../peer.ts'
import { findCaseTerms } from '../prepare/case-terms.ts'
import { type ActToPrepare, type PreparedAct, prepareAct } from '../prepare/prepare-act.ts'
import { type SignWords, signWords } from '../prepare/sign-words.ts'
import { SigningRefused } from '../prepare/signing-refused.ts'
import { findDraft } from './draft-routes.ts'
import { API_LIMITS } from './limits.ts'
import { OpeningShown, openingShown } from './opened-routes.ts'
import { pathOfName } from './operation-names.ts'
import { asksForTicket, quickOr } from './patience.ts'
import {
  type BegunAct,
  type KeptAct,
  newPreparedId,
  type RecordedOpenings,
  recordingPeers,
} from './prepared-acts.ts'
import { absent, ProblemThrown, problemOf } from './problem.ts'
import {
  AnyObject,
  API_BASE,
  type ApiRoute,
  Base64Url,
  type Call,
  Count,
  HexDigest,
  type Reply,
  sessionOf,
  signedIn,
} from './route.ts'
import { ownerOf } from './session.ts'

/** Actions whose acts may bring content that is sealed before it is signed. */
const SEALING: readonly string[] = ['cases.actOnStep', 'cases.recordArrival']

/** Content to be sealed: sections by name, and rows that are given here or lie in a draft. */
export const SealedInput = Type.Object({
  case: Type.Optional(Type.String()),
  step: Type.Optional(Type.String()),
  sections: Type.Optional(AnyObject),
  batch: Type.Optional(
    Type.Object({ section: Type.String(), rows: Type.Array(AnyObject, { maxItems: 10_000 }) }),
  ),
  draft: Type.Optional(Type.Object({ section: Type.String(), onlyGood: Type.Boolean() })),
})

const Bilingual = Type.Object({ zh: Type.String(), en: Type.String() })

/** A prepared act as it is shown to its signer. */
export const PreparedShown = Type.Object({
  preparedId: Type.String(),
  action: Type.String(),
  body: Base64Url,
  words: Type.Object({
    sentences: Type.Array(Bilingual),
    unusual: Type.Array(Type.Object({ text: Type.String(), codePoints: Type.String() })),
  }),
  sections: Type.Array(Type.Object({ name: Type.String(), opening: OpeningShown })),
  batch: Type.Union([
    Type.Object({ section: Type.String(), count: Type.Integer(), pages: Type.Integer() }),
    Type.Null(),
  ]),
  expiresAt: Type.Integer(),
})

type SealedGiven = {
  readonly case?: string
  readonly step?: string
  readonly sections?: Readonly<Record<string, JsonObject>>
  readonly batch?: { readonly section: string; readonly rows: readonly JsonObject[] }
  readonly draft?: { readonly section: string; readonly onlyGood: boolean }
}

/** Routes of all actions, and of what they prepared. */
export function actionRoutes(actions: Iterable<Action<never>>): readonly ApiRoute[] {
  return [...[...actions].map(prepareRoute), ...preparedRoutes]
}

function prepareRoute({ name, summary, input }: Action<never>): ApiRoute {
  const members = {
    as: Type.Optional(HexDigest),
    input,
    ...(SEALING.includes(name) ? { sealed: Type.Optional(SealedInput) } : {}),
  }
  return {
    method: 'POST',
    path: `${API_BASE}/actions/${pathOfName(name)}/prepare`,
    operationId: name,
    summary: `Prepares: ${summary}`,
    access: 'session',
    mayRead: signedIn,
    body: Type.Object(members) as TObject,
    isIdempotent: true,
    ...(name === 'catalogue.putPart' ? { mostTextBytes: API_LIMITS.longTextBytes } : {}),
    replies: { 201: PreparedShown, 202: Progress },
    run: (call) => prepare(call, name),
  }
}

/** How far a preparation is: `seal` 封存 until it can be signed. */
const Progress = Type.Object({
  preparedId: Type.String(),
  phase: Type.Union([Type.Literal('seal'), Type.Literal('ready'), Type.Literal('failed')]),
  rows: Type.Integer(),
  of: Type.Union([Type.Integer(), Type.Null()]),
  problem: Type.Optional(AnyObject),
})

const preparedRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: `${API_BASE}/prepared/{id}`,
    operationId: 'prepared.get',
    summary: 'Shows an act that was prepared and is not signed yet.',
    access: 'session',
    mayRead: (call) => findPrepared(call) !== undefined,
    params: Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }),
    replies: { 200: PreparedShown },
    run: (call) => ({ status: 200, json: shown(getPrepared(call)) }),
  },
  {
    method: 'GET',
    path: `${API_BASE}/prepared/{id}/progress`,
    operationId: 'prepared.progress',
    summary: 'Shows how far a preparation is that was answered with a ticket.',
    access: 'session',
    mayRead: (call) => findPrepared(call) !== undefined || findBegun(call) !== undefined,
    params: Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }),
    replies: { 200: Progress },
    run: (call) => ({ status: 200, json: progressOf(call) }),
  },
  {
    method: 'GET',
    path: `${API_BASE}/prepared/{id}/openings/{page}`,
    operationId: 'prepared.openings',
    summary: 'Shows one page of the openings of a prepared batch, in the order of its rows.',
    access: 'session',
    mayRead: (call) => findPrepared(call) !== undefined,
    params: Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }), page: Count }),
    replies: { 200: Type.Object({ items: Type.Array(OpeningShown) }) },
    run: showOpenings,
  },
]

function findPrepared({ parts, session, params }: Call): KeptAct | undefined {
  return session === null ? undefined : parts.prepared.find(params.id ?? '', ownerOf(session))
}

function findBegun({ parts, session, params }: Call): BegunAct | undefined {
  return session === null ? undefined : parts.prepared.findBegun(params.id ?? '', ownerOf(session))
}

function progressOf(call: Call): JsonObject {
  const kept = findPrepared(call)
  if (kept !== undefined) {
    const rows = kept.openings.batch.openings.length
    return { preparedId: kept.id, phase: 'ready', rows, of: rows }
  }
  const begun = findBegun(call)
  if (begun === undefined) throw absent()
  return begunShown(begun)
}

function begunShown({ id, openings, of, problem }: Omit<BegunAct, 'owner' | 'beganAt'>) {
  const rows = openings.batch.openings.length
  const common = { preparedId: id, rows, of }
  return problem === null
    ? { ...common, phase: 'seal' }
    : { ...common, phase: 'failed', problem: problemOf(problem) }
}

function getPrepared(call: Call): KeptAct {
  const found = findPrepared(call)
  if (found === undefined) throw absent()
  return found
}

function showOpenings(call: Call): Reply {
  const { openings } = getPrepared(call)
  const start = Number(call.params.page) * API_LIMITS.openingsPage
  if (start >= openings.batch.openings.length) throw absent()
  const page = openings.batch.openings.slice(start, start + API_LIMITS.openingsPage)
  return { status: 200, json: { items: page.map(openingShown) } }
}

/** Spells a prepared act. */
export function shown({ id, action, body, words, openings, expiresAt }: KeptAct): JsonObject {
  const { section, openings: rows } = openings.batch
  const pages = Math.ceil(rows.length / API_LIMITS.openingsPage)
  return {
    preparedId: id,
    action,
    body: toBase64Url(body),
    words: words as unknown as JsonObject,
    sections: openings.sections.map(({ name, opening }) => ({
      name,
      opening: openingShown(opening),
    })),
    batch: section === null ? null : { section, count: rows.length, pages },
    expiresAt,
  }
}

/** How long a body may wait for its block, unless what was sealed ends earlier. */
export const BODY_LIFE_MS = 10 * 60_000

async function prepare(call: Call, action: string): Promise<Reply> {
  const { body } = call
  const input = body.input as JsonObject
  const signer = signerOf(call, body.as as string | undefined)
  const sealing = beginSealing(call)
  const id = newPreparedId()
  const { recorded: openings } = sealing
  const work = sealedAct(call, action, input, sealing).then((prepared) =>
    keepPrepared(call, prepared, signer, { openings, id }),
  )
  const done = asksForTicket(call) ? await quickOr(call, work) : await work
  if (done !== undefined) return { status: 201, json: shown(done) }
  const begun = { id, owner: ownerOf(sessionOf(call)), openings, of: sealing.of }
  call.parts.prepared.begin(begun, work)
  const headers = { location: `${API_BASE}/prepared/${id}/progress` }
  return { status: 202, json: begunShown({ ...begun, problem: null }), headers }
}

/** Spells the body of an act that is ready to be signed, and keeps it for its signer. */
export function keepPrepared(
  call: Call,
  { action, input, words, latestExpiresAt }: PreparedAct,
  signer: string,
  { openings, id }: { readonly openings: RecordedOpenings; readonly id?: string },
): KeptAct {
  const session = sessionOf(call)
  const { member } = session
  const end = Math.max(member.clock.now(), member.ledger.view().time) + BODY_LIFE_MS
  const expiresAt = Math.min(end, latestExpiresAt ?? end)
  const nonce = member.random(16)
  const body = makeBody({ chain: member.chain, action, input, signer, nonce, expiresAt })
  const owner = ownerOf(session)
  return call.parts.prepared.keep({ owner, action, body, words, openings, expiresAt }, id)
}

/** The certificate to sign with: of this very officer or system, and in force. */
export function signerOf(call: Call, as: string | undefined): string {
  const { parts } = call
  const { member, kind, name, certificate } = sessionOf(call)
  const fingerprint = as ?? certificate
  if (fingerprint === null) throw new ProblemThrown('SIGNER_UNKNOWN', { signer: null })
  const view = member.ledger.view()
  const time = Math.max(view.time, member.clock.now())
  const found = parts.contracts.resolveSigner(view, fingerprint, time)
  if (!found.ok) throw new ProblemThrown(found.code, { signer: fingerprint })
  const { signer } = found
  if (signer.member !== member.id || signer.kind !== kind || signer.name !== name) {
    throw new ProblemThrown('SIGNER_NOT_YOURS', { signer: fingerprint })
  }
  return fingerprint
}

/** Peers that record what they seal, and how many rows there will be. */
interface BegunSealing extends ReturnType<typeof recordingPeers> {
  of: number | null
}

function beginSealing(call: Call): BegunSealing {
  return { ...recordingPeers(sessionOf(call).member.reading().peers), of: null }
}

async function sealedAct(
  call: Call,
  action: string,
  input: JsonObject,
  sealing: BegunSealing,
): Promise<PreparedAct> {
  const { member } = sessionOf(call)
  const given = (call.body.sealed ?? null) as SealedGiven | null
  const { peers } = sealing
  if (given === null) {
    return { action, input, words: plainWords(call, action, input), latestExpiresAt: null }
  }
  const place = {
    case: given.case ?? String(input.case ?? ''),
    step: given.step ?? String(input.step ?? ''),
  }
  const batch = batchOf(call, place, given)
  sealing.of = batch?.count ?? null
  const { sections } = given
  const act = {
    action: action as ActToPrepare['action'],
    input,
    ...place,
    ...(sections === undefined ? {} : { sections }),
    ...(batch === undefined ? {} : { batch }),
  }
  if (findCaseTerms(member.ledger.view(), place.case) === undefined) throw absent()
  const { ledger, vault } = member
  try {
    return await prepareAct({ ledger, peers, suite: vault.suite }, act)
  } catch (error) {
    throw preparingProblem(error)
  }
}

function batchOf(call: Call, place: { case: string; step: string }, given: SealedGiven) {
  if (given.draft !== undefined) {
    const { section, onlyGood } = given.draft
    return findDraft(call, { ...place, section }).batch({ onlyGood })
  }
  const { batch } = given
  return batch && { section: batch.section, count: batch.rows.length, rows: batch.rows }
}

/** Faults of the content are the asker's; what an owner answered wrongly is the owner's. */
function preparingProblem(error: unknown): unknown {
  if (error instanceof PeerRefused) return new ProblemThrown(error.code, { ...error.facts })
  if (!(error instanceof SigningRefused)) return error
  const { part, place, expected } = error
  if (part === 'package') {
    return new ProblemThrown('INPUT_INVALID', {
      path: '/sealed',
      expected: `of the case: ${place}`,
    })
  }
  // The content itself is personal: only its place and what was expected are told.
  return part === 'content' && typeof expected === 'string'
    ? new ProblemThrown('INPUT_INVALID', { path: `/sealed/${place}`, expected })
    : new ProblemThrown('PEER_CHANGED_CONTENT', { part, place })
}

/** Words of an act without sealed content: those of its package, or its input member by member. */
function plainWords(call: Call, action: string, input: JsonObject): SignWords {
  const { member } = sessionOf(call)
  const terms =
    action === 'cases.actOnStep'
      ? findCaseTerms(member.ledger.view(), String(input.case ?? ''))
      : undefined
  if (terms !== undefined) {
    const step = String(input.step ?? '')
    const { steps } = serviceOf(terms.code)
    const definition = Object.hasOwn(steps, step) ? steps[step] : undefined
    return signWords(terms.code, {
      step,
      fields: (input.fields ?? {}) as JsonObject,
      definitions: definition?.form?.fields ?? {},
      outcome: typeof input.outcome === 'string' ? input.outcome : null,
      batch: null,
      sections: [],
    })
  }
  const told = Object.entries(input).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  const sentence = [action, ...told].join('; ')
  return { sentences: [{ zh: sentence, en: sentence }], unusual: [] }
}
