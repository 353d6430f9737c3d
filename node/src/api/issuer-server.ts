/* The embedded issuer on the node's own server: for browsers below `/oidc`, for the node itself inside. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CustomFetch } from 'openid-client'
import { ISSUER_PATH } from '../sign-in/embedded-issuer.ts'
import { originOf } from './own-origin.ts'
import { absent } from './problem.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { problemFor, type Serving, sendProblem } from './serve-route.ts'

/**
 * Requests of the node to its own issuer go through the same routes but not through the network: behind a
 * proxy a node cannot always reach the address by which browsers know it.
 */
export function askInside(app: FastifyInstance): CustomFetch {
  return async (address, { method, headers, body }) => {
    const url = new URL(address)
    const answer = await app.inject({
      method: method === 'POST' ? 'POST' : 'GET',
      url: url.pathname + url.search,
      headers: { ...headers, host: url.host },
      ...(body === undefined || body === null ? {} : { payload: String(body) }),
    })
    const told = new Headers()
    for (const [name, value] of Object.entries(answer.headers)) {
      if (typeof value === 'string') told.set(name, value)
    }
    return new Response(answer.body, { status: answer.statusCode, headers: told })
  }
}

/** Serves the issuer of each origin at which browsers see this node. */
export function serveIssuer(app: FastifyInstance, serving: Serving): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const began = performance.now()
    try {
      const { parts } = serving
      const origin = originOf({ parts, headers: request.headers })
      const issuer = await parts.signIn.issuerOf(origin)
      if (issuer === null) throw absent()
      reply.hijack()
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) reply.raw.setHeader(name, value)
      await issuer.answer(request.raw, reply.raw)
    } catch (error) {
      const problem = problemFor(serving, error, request.id)
      if (!reply.sent) sendProblem(reply, problem)
      else if (!reply.raw.headersSent) reply.raw.writeHead(500).end()
    }
    const ms = Math.round(performance.now() - began)
    const status = reply.raw.statusCode
    serving.parts.metrics.count('oidc', status, ms)
    const line = { requestId: request.id, route: 'oidc', status, ms }
    serving.log({ level: status < 500 ? 'info' : 'error', event: 'request', ...line })
    return reply
  }
  app.register(async (scope) => {
    // The issuer reads its forms itself, with limits of its own.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    for (const method of ['GET', 'POST'] as const) {
      scope.route({ method, url: `${ISSUER_PATH}/*`, handler: answer })
    }
  })
}
