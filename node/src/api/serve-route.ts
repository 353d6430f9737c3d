/* One declared route behind HTTP: who asks, what was asked, what is answered, the line in the log. */
import type { TLSSocket } from 'node:tls'
import type { Json } from '@renshe/crypto'
import { findInputFault } from '@renshe/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type TObject, type TSchema, Type } from 'typebox'
import { IssuerUnreachable } from '../connectors/issuer/ask-issuer.ts'
import { DraftRefused } from '../drafts/draft-refused.ts'
import { FileRefused } from '../files/refusals.ts'
import { ActRefused } from '../member.ts'
import type { Slot } from '../sign-in/begun-sign-ins.ts'
import { authenticate } from './authenticate.ts'
import { SLOT_HEADER } from './cookies.ts'
import { API_LIMITS } from './limits.ts'
import { faultOf, type LogLine, type SecurityEvent } from './log-line.ts'
import { absent, ProblemThrown, problemOf } from './problem.ts'
import { readBody, requireShape } from './request-body.ts'
import type { ApiParts, ApiRoute, Call, Reply } from './route.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { ownerOf, type Session } from './session.ts'
import type { SeenNonces } from './signed-request.ts'
import type { StoredAnswers } from './stored-answers.ts'

/** What serves the routes. */
export interface Serving {
  readonly parts: ApiParts
  readonly nonces: SeenNonces
  readonly answers: StoredAnswers
  readonly origins: readonly string[]
  /** Whether each answer is held against its declaration; tests do. */
  readonly checksReplies: boolean
  readonly log: (line: Omit<LogLine, 'time'>) => void
}

/** Serves one route. */
export function addRoute(app: FastifyInstance, serving: Serving, route: ApiRoute): void {
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
        session = sessionFor(serving, route, request)
        const call = callOf(serving, route, request, { session, signal: ended.signal })
        const made = await answer(serving, route, call, contentOf(request))
        if (serving.checksReplies) requireDeclared(route, made)
        await send(reply, made)
      } catch (error) {
        const problem = problemFor(serving, error, request.id)
        code = problem.code
        noteSecurity(serving, problem, request.id)
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

function sessionFor(
  { parts, nonces, origins }: Serving,
  route: ApiRoute,
  request: FastifyRequest,
): Session | null {
  const { method, url: target } = request
  const [content, headers] = [contentOf(request), headersOf(request)]
  const slot = slotOf(route, request)
  const clientCertificate = clientCertificateOf(request)
  const asking = { method, target, content, headers, slot, clientCertificate }
  return authenticate(parts, nonces, asking, origins)
}

function clientCertificateOf({ raw }: FastifyRequest): string | null {
  const socket = raw.socket as Partial<TLSSocket>
  const fingerprint = socket.getPeerX509Certificate?.()?.fingerprint256
  return fingerprint === undefined ? null : fingerprint.replaceAll(':', '').toLowerCase()
}

/** The header chooses; where a browser cannot send one, a query that the route declares. */
function slotOf({ query, operationId }: ApiRoute, request: FastifyRequest): Slot {
  const isDeclared = query?.properties.slot !== undefined && !operationId.startsWith('signIn.')
  const asked = isDeclared ? (request.query as Record<string, unknown>).slot : undefined
  return (request.headers[SLOT_HEADER] ?? asked) === 'b' ? 'b' : 'a'
}

/** Checks in this order: signed in, path and query, whether it may be read, body. */
function callOf(
  serving: Serving,
  route: ApiRoute,
  request: FastifyRequest,
  given: { readonly session: Session | null; readonly signal: AbortSignal },
): Call {
  if (given.session?.kind !== 'person') return readCall(serving, route, request, given)
  if (route.persons !== undefined) {
    const call = readCall(serving, route, request, given)
    if (route.persons(call)) return call
  }
  // Beyond what is a person's own, a person is the public; and for the public this is not here.
  if (route.access === 'session') throw absent()
  return readCall(serving, route, request, { ...given, session: null })
}

function readCall(
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
  const told = {
    slot: slotOf(route, request),
    search: /\?.*$/.exec(request.url)?.[0] ?? '',
    requestId: request.id,
  }
  const asked = { parts, session, params, query, headers, signal, ...told }
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
  if ('headers' in made) reply.headers(made.headers ?? {})
  if ('text' in made) {
    reply.type(made.type).send(made.text)
  } else if ('bytes' in made) {
    reply.header('content-disposition', `attachment; filename="${made.name}"`)
    reply.type(made.type ?? 'application/json').send(Buffer.from(made.bytes))
  } else {
    reply.type('application/json; charset=utf-8').send(JSON.stringify(made.json))
  }
}

/** Streams end by the other side, by the session or by the server: each ends the iteration. */
async function sendEvents(reply: FastifyReply, events: AsyncIterable<string>): Promise<void> {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'text/event-stream' })
  for await (const frame of events) {
    if (raw.destroyed) break
    if (!raw.write(frame)) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  raw.end()
}

/** Answers with a problem document. */
export function sendProblem(reply: FastifyReply, problem: ProblemThrown): void {
  if (reply.sent) return
  reply.status(problem.status).type('application/problem+json; charset=utf-8')
  const seconds = retryAfterOf(problem)
  if (seconds !== null) reply.header('retry-after', String(seconds))
  reply.send(JSON.stringify(problemOf(problem)))
}

/** When to ask again, in seconds: where the same question may be answered then. */
function retryAfterOf({ status, facts }: ProblemThrown): number | null {
  if (status !== 429 && status !== 503) return null
  return typeof facts.retryAfterMs === 'number' ? Math.ceil(facts.retryAfterMs / 1000) : 1
}

/** What is told of an error: refusals with code and facts; of a bug, only that there was one. */
export function problemFor(serving: Serving, error: unknown, requestId: string): ProblemThrown {
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
  if (error instanceof IssuerUnreachable) return new ProblemThrown('SIGN_IN_UNAVAILABLE')
  const { code } = error as { readonly code?: unknown }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ProblemThrown('BODY_TOO_LARGE')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ProblemThrown('MEDIA_TYPE')
  if (typeof code === 'string' && code.startsWith('FST_ERR_')) {
    return new ProblemThrown('BODY_MALFORMED')
  }
  serving.log({ level: 'error', event: 'fault', requestId, fault: faultOf(error) })
  return new ProblemThrown('NODE_FAULT', { requestId })
}

const SECURITY_CODES: Readonly<Record<string, SecurityEvent>> = {
  ORIGIN_REFUSED: 'origin-foreign',
  SESSION_TOKEN: 'token-wrong',
  REQUEST_SIGNATURE: 'signature-refused',
  REQUEST_REPLAYED: 'signature-refused',
  CLIENT_CERTIFICATE: 'signature-refused',
}

function noteSecurity({ parts }: Serving, { code }: ProblemThrown, requestId: string): void {
  const event = SECURITY_CODES[code]
  if (event !== undefined) parts.tell({ event, requestId, code })
}

/** Answers of a route that cannot be written down beforehand have no schema: text, files, streams. */
function requireDeclared({ operationId, replies }: ApiRoute, made: Reply): void {
  const status = 'events' in made ? 200 : made.status
  const declared = replies[status]
  if (declared === undefined) throw new ReplyUndeclared(`${operationId} ${status}: undeclared`)
  if (typeof declared === 'string' || !('json' in made)) return
  // Wrapped, so that a schema of any kind can be checked as an object's member.
  const fault = findInputFault(wrapped(declared), { json: made.json as Json })
  if (fault !== undefined) {
    throw new ReplyUndeclared(`${operationId} ${status}: ${fault.path} is not ${fault.expected}`)
  }
}

const wrappers = new WeakMap<TSchema, TObject>()

function wrapped(schema: TSchema): TObject {
  const made = wrappers.get(schema) ?? Type.Object({ json: schema })
  wrappers.set(schema, made)
  return made
}

/** A bug: an answer that the document of the API does not promise. */
class ReplyUndeclared extends Error {
  override readonly name = 'ReplyUndeclared'
}
