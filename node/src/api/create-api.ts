/* The HTTP server of a host: every declared route, and nothing else. */
import { randomBytes } from 'node:crypto'
import { createContracts } from '@renshe/contracts'
import type { Contracts } from '@renshe/kernel'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { DraftRefused } from '../drafts/draft-refused.ts'
import { Drafts } from '../drafts/drafts.ts'
import { FileRefused } from '../files/refusals.ts'
import type { Host } from '../host.ts'
import { ActRefused, type Member } from '../member.ts'
import type { Account } from './accounts.ts'
import { allRoutes } from './all-routes.ts'
import { authenticate } from './authenticate.ts'
import { API_LIMITS } from './limits.ts'
import { faultOf, type LogLine } from './log-line.ts'
import { ApiMetrics } from './metrics.ts'
import { openApiOf } from './openapi.ts'
import { PendingTransactions } from './pending-transactions.ts'
import { PreparedActs } from './prepared-acts.ts'
import { absent, ProblemThrown, problemOf } from './problem.ts'
import { readBody, requireShape } from './request-body.ts'
import type { ApiParts, ApiRoute, Call, Reply } from './route.ts'
import { ownerOf, type Session, Sessions } from './session.ts'
import { SeenNonces } from './signed-request.ts'
import { StoredAnswers } from './stored-answers.ts'

/** How an API is made. */
export interface ApiSettings {
  readonly host: Host
  /** Who may sign in with a password; only a demonstration has any. */
  readonly accounts?: readonly Account[]
  /** Further origins whose pages may use the cookie, for example behind a proxy. */
  readonly origins?: readonly string[]
  /** Hears each line of the log. */
  readonly onLog?: (line: LogLine) => void
  /** UTC ms of a real clock; that of this machine unless told. */
  readonly now?: () => number
}

interface Serving {
  readonly parts: ApiParts
  readonly nonces: SeenNonces
  readonly answers: StoredAnswers
  readonly origins: readonly string[]
  readonly log: (line: Omit<LogLine, 'time'>) => void
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
}

/**
 * Makes the server of a host; `listen` starts it, `close` ends it gracefully.
 *
 * @throws RangeError for sample accounts on a chain that is no demonstration
 */
export function createApi(settings: ApiSettings): FastifyInstance {
  const { host, accounts = [], origins = [], onLog = () => undefined } = settings
  if (accounts.length > 0 && !host.report.genesis.isDemonstration) {
    throw new RangeError('sample accounts are for demonstrations only')
  }
  const now = settings.now ?? Date.now
  const contracts = createContracts()
  const routes = allRoutes(contracts)
  const parts = partsOf({ host, accounts, contracts, routes, now })
  const log: Serving['log'] = (line) => onLog({ time: new Date(now()).toISOString(), ...line })
  const nonces = new SeenNonces()
  const serving = { parts, nonces, answers: new StoredAnswers(now), origins, log }
  const app = makeServer(serving)
  for (const route of routes) addRoute(app, serving, route)
  return app
}

interface PartsGiven {
  readonly host: Host
  readonly accounts: readonly Account[]
  readonly contracts: Contracts
  readonly routes: readonly ApiRoute[]
  readonly now: () => number
}

function partsOf({ host, accounts, contracts, routes, now }: PartsGiven): ApiParts {
  const drafts = new Map<string, Drafts>()
  return {
    host,
    contracts,
    accounts,
    now,
    sessions: new Sessions(now),
    failedSignIns: new Map(),
    prepared: new PreparedActs(now),
    pending: new PendingTransactions(),
    metrics: new ApiMetrics(),
    document: openApiOf(routes),
    draftsOf(member: Member) {
      const own = drafts.get(member.id) ?? new Drafts(member.vault.store, () => member.clock.now())
      drafts.set(member.id, own)
      return own
    },
  }
}

function makeServer(serving: Serving): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: API_LIMITS.bodyBytes,
    requestTimeout: API_LIMITS.requestMs,
    // Streams of events end when the server does.
    forceCloseConnections: true,
    http: { maxHeaderSize: API_LIMITS.headerBytes },
    genReqId: () => randomBytes(8).toString('hex'),
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 128 },
  })
  app.removeAllContentTypeParsers()
  // Every type is read as bytes: what a route takes, it says itself.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onSend', async (request, reply) => {
    for (const [name, value] of Object.entries(HEADERS)) reply.header(name, value)
    reply.header('x-request-id', request.id)
  })
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, absent()))
  app.setErrorHandler((error, request, reply) => {
    sendProblem(reply, problemFor(serving, error, request.id))
  })
  return app
}

function addRoute(app: FastifyInstance, serving: Serving, route: ApiRoute): void {
  const { method, path, operationId, mostBytes = API_LIMITS.bodyBytes } = route
  app.route({
    method,
    url: path.replaceAll(/\{([a-zA-Z]+)\}/g, ':$1'),
    bodyLimit: mostBytes,
    handler: async (request, reply) => {
      const began = performance.now()
      let code = 'OK'
      let session: Session | null = null
      const ended = new AbortController()
      reply.raw.on('close', () => ended.abort())
      try {
        session = sessionFor(serving, request)
        const call = callOf(serving, route, request, { session, signal: ended.signal })
        await send(reply, await answer(serving, route, call, contentOf(request)))
      } catch (error) {
        const problem = problemFor(serving, error, request.id)
        code = problem.code
        sendProblem(reply, problem)
      }
      const ms = Math.round(performance.now() - began)
      const status = reply.statusCode
      const member = session === null ? {} : { member: session.member.id }
      serving.parts.metrics.count(operationId, status, ms)
      const line = { requestId: request.id, route: operationId, status, code, ms, ...member }
      serving.log({ level: status < 500 ? 'info' : 'error', event: 'request', ...line })
      return reply
    },
  })
}

function contentOf({ body }: FastifyRequest): Uint8Array {
  return body instanceof Uint8Array ? new Uint8Array(body) : new Uint8Array()
}

function headersOf({ headers }: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )
}

function sessionFor({ parts, nonces, origins }: Serving, request: FastifyRequest): Session | null {
  const { method, url: target } = request
  const asking = { method, target, content: contentOf(request), headers: headersOf(request) }
  return authenticate(parts, nonces, asking, origins)
}

/** Checks in this order: signed in, path and query, whether it may be read, body. */
function callOf(
  { parts }: Serving,
  route: ApiRoute,
  request: FastifyRequest,
  { session, signal }: { readonly session: Session | null; readonly signal: AbortSignal },
): Call {
  if (route.access === 'session' && session === null) throw new ProblemThrown('SIGN_IN_REQUIRED')
  const params = { ...(request.params as Record<string, string>) }
  const query = { ...(request.query as Record<string, string>) }
  // A path that no thing can have is as absent as one that no thing has.
  if (route.params !== undefined) {
    try {
      requireShape(route.params, params)
    } catch {
      throw absent()
    }
  }
  const headers = headersOf(request)
  const asked = { parts, session, params, query, headers, signal }
  if (!route.mayRead({ ...asked, body: {}, bytes: null })) throw absent()
  if (route.query === undefined && Object.keys(query).length > 0) {
    throw new ProblemThrown('INPUT_INVALID', { path: '/query', expected: 'no query' })
  }
  if (route.query !== undefined) requireShape(route.query, query)
  return { ...asked, ...readBody(route, headers['content-type'], contentOf(request)) }
}

async function answer(
  { answers }: Serving,
  route: ApiRoute,
  call: Call,
  content: Uint8Array,
): Promise<Reply> {
  const key = call.headers['idempotency-key']
  const run = async (): Promise<Reply> => route.run(call)
  if (route.isIdempotent !== true || key === undefined || call.session === null) return run()
  if (!/^[\x21-\x7e]{8,128}$/.test(key)) {
    throw new ProblemThrown('INPUT_INVALID', {
      path: '/idempotency-key',
      expected: '8 to 128 printable characters',
    })
  }
  const place = `${ownerOf(call.session)} ${route.method} ${JSON.stringify(call.params)}`
  return answers.once(`${place} ${route.operationId} ${key}`, content, run)
}

async function send(reply: FastifyReply, made: Reply): Promise<void> {
  if ('events' in made) return sendEvents(reply, made.events)
  reply.status(made.status)
  if ('text' in made) {
    reply.type(made.type).send(made.text)
  } else if ('bytes' in made) {
    reply.header('content-disposition', `attachment; filename="${made.name}"`)
    reply.type('application/json').send(Buffer.from(made.bytes))
  } else {
    reply.headers(made.headers ?? {})
    reply.type('application/json; charset=utf-8').send(JSON.stringify(made.json))
  }
}

/** Streams end by the other side, by the session or by the server: each ends the iteration. */
async function sendEvents(reply: FastifyReply, events: AsyncIterable<string>): Promise<void> {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' })
  for await (const frame of events) {
    if (raw.destroyed) break
    if (!raw.write(frame)) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  raw.end()
}

function sendProblem(reply: FastifyReply, problem: ProblemThrown): void {
  if (reply.sent) return
  reply.status(problem.status).type('application/problem+json; charset=utf-8')
  reply.send(JSON.stringify(problemOf(problem)))
}

/** What is told of an error: refusals with code and facts; of a bug, only that there was one. */
function problemFor(serving: Serving, error: unknown, requestId: string): ProblemThrown {
  if (error instanceof ProblemThrown) return error
  if (error instanceof ActRefused) {
    const { code, facts, txId, height } = error
    const place = { ...(txId === null ? {} : { txId }), ...(height === null ? {} : { height }) }
    return new ProblemThrown(code, facts, place)
  }
  if (error instanceof DraftRefused || error instanceof FileRefused) {
    const { code, ...facts } = error.refusal
    return new ProblemThrown(code, JSON.parse(JSON.stringify(facts)))
  }
  const { code } = error as { readonly code?: unknown }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ProblemThrown('BODY_TOO_LARGE')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ProblemThrown('MEDIA_TYPE')
  if (typeof code === 'string' && code.startsWith('FST_ERR_')) {
    return new ProblemThrown('BODY_MALFORMED')
  }
  serving.log({ level: 'error', event: 'fault', requestId, fault: faultOf(error) })
  return new ProblemThrown('NODE_FAULT', { requestId })
}
