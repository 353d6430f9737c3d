/* Sessions of people: who is asking, which sessions there are, their end, the certificate of a browser's key. */
import { type TSchema, Type } from 'typebox'
import { certifyKey } from './certify-key.ts'
import { endedCookie } from './cookies.ts'
import { absent } from './problem.ts'
import {
  API_BASE,
  type ApiRoute,
  Base64Url,
  type Call,
  everyone,
  HexDigest,
  type Reply,
  sessionOf,
  signedIn,
} from './route.ts'

const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

const SessionShown = Type.Object({
  chain: Type.String(),
  member: Type.String(),
  kind: Type.Union([Type.Literal('officer'), Type.Literal('system'), Type.Literal('person')]),
  name: Type.String(),
  roles: Type.Array(Type.String()),
  unit: Nullable(Type.String()),
  certificate: Nullable(HexDigest),
  person: Nullable(Type.Object({ plan: Type.String(), account: Type.String() })),
  token: Type.Optional(Type.String({ description: 'to be sent as x-renshe-token' })),
  /** UTC ms at which the session ends by itself, used or not. */
  endsAt: Type.Optional(Type.Integer()),
  idleMs: Type.Optional(Type.Integer({ description: 'unused so long, the session ends' })),
})

function showSession(call: Call): Reply {
  const session = sessionOf(call)
  const { member, kind, name, roles, unit, certificate, person } = session
  const { sessions } = call.parts
  const kept = sessions.kept(session)
  const own = kept === undefined ? {} : { token: kept.token, ...sessions.endOf(kept) }
  const shown = { chain: member.chain, member: member.id, kind, name, unit, certificate, person }
  return { status: 200, json: { ...shown, roles: [...roles], ...own } }
}

function listSessions(call: Call): Reply {
  const session = sessionOf(call)
  const items = call.parts.sessions.of(session).map(({ handle, beganAt, usedAt }) => ({
    handle,
    beganAt,
    usedAt,
    isThis: handle === session.handle,
  }))
  return { status: 200, json: { items } }
}

function endSession(call: Call): Reply {
  const { parts, params, slot, requestId } = call
  const { member, handle } = sessionOf(call)
  const ended = params.handle ?? ''
  if (!parts.sessions.end(ended)) throw absent()
  parts.tell({ event: 'signed-out', requestId, member: member.id })
  const headers = ended === handle ? { 'set-cookie': endedCookie(slot) } : {}
  return { status: 200, json: {}, headers }
}

function isOwnSession({ session, parts, params }: Call): boolean {
  if (session === null || session.handle === null) return false
  return parts.sessions.of(session).some(({ handle }) => handle === params.handle)
}

/** Routes of sessions. */
export const sessionRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: `${API_BASE}/session`,
    operationId: 'session.get',
    summary: 'Shows who is asking.',
    access: 'session',
    mayRead: signedIn,
    persons: everyone,
    replies: { 200: SessionShown },
    run: showSession,
  },
  {
    method: 'GET',
    path: `${API_BASE}/sessions`,
    operationId: 'session.list',
    summary: 'Lists the sessions of the officer or person who is asking.',
    access: 'session',
    mayRead: ({ session }) => session !== null && session.kind !== 'system',
    persons: everyone,
    replies: {
      200: Type.Object({
        items: Type.Array(
          Type.Object({
            handle: Type.String(),
            beganAt: Type.Integer(),
            usedAt: Type.Integer(),
            isThis: Type.Boolean(),
          }),
        ),
      }),
    },
    run: listSessions,
  },
  {
    method: 'DELETE',
    path: `${API_BASE}/sessions/{handle}`,
    operationId: 'session.end',
    summary: 'Ends a session of the officer or person who is asking: signs it out.',
    access: 'session',
    mayRead: isOwnSession,
    persons: everyone,
    params: Type.Object({ handle: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }),
    replies: { 200: Type.Object({}) },
    run: endSession,
  },
  {
    method: 'POST',
    path: `${API_BASE}/session/key`,
    operationId: 'session.certifyKey',
    summary: 'Certifies the key of the officer’s browser for at most 12 hours, and presents it.',
    access: 'session',
    mayRead: ({ session }) => session?.kind === 'officer',
    body: Type.Object({ spki: Base64Url }),
    replies: {
      201: Type.Object({ certificate: HexDigest, der: Base64Url, notAfter: Type.Integer() }),
    },
    run: certifyKey,
  },
]
