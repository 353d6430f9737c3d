/* Sign-in of officers by sample accounts, their sessions, and the certificate of a browser's key. */
import { fromBase64Url, importPublicKey, PublicKeyRefused, toBase64Url } from '@renshe/crypto'
import { type TSchema, Type } from 'typebox'
import { certifyOfficer } from '../keys/member-keys.ts'
import type { Member } from '../member.ts'
import { isPassword } from './accounts.ts'
import { findOfficer, refuseForeignPage, SESSION_COOKIE } from './authenticate.ts'
import { API_LIMITS } from './limits.ts'
import { absent, ProblemThrown } from './problem.ts'
import {
  API_BASE,
  type ApiRoute,
  Base64Url,
  type Call,
  everyone,
  type FailedSignIns,
  HexDigest,
  type Reply,
  sessionOf,
  signedIn,
} from './route.ts'
import type { Session } from './session.ts'

const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

const SessionShown = Type.Object({
  chain: Type.String(),
  member: Type.String(),
  kind: Type.Union([Type.Literal('officer'), Type.Literal('system')]),
  name: Type.String(),
  roles: Type.Array(Type.String()),
  unit: Nullable(Type.String()),
  certificate: Nullable(HexDigest),
  token: Type.Optional(Type.String({ description: 'to be sent as x-renshe-token' })),
})

function shown({ member, kind, name, roles, unit, certificate }: Session) {
  return {
    chain: member.chain,
    member: member.id,
    kind,
    name,
    roles: [...roles],
    unit,
    certificate,
  }
}

async function signIn(call: Call): Promise<Reply> {
  const { parts, body, headers } = call
  refuseForeignPage({ method: 'POST', target: '', content: new Uint8Array(), headers }, [])
  const { account: name, password } = body as { account: string; password: string }
  const failures = parts.failedSignIns
  const failed = failures.get(name)
  if (
    failed !== undefined &&
    failed.count >= API_LIMITS.signInTries &&
    failed.until > parts.now()
  ) {
    throw new ProblemThrown('SIGN_IN_PAUSED')
  }
  const account = parts.accounts.find((each) => each.name === name)
  const isRight = await isPassword(account, password)
  const member = parts.host.members.find(({ id }) => id === account?.member)
  const holder = member && account && findOfficer(member, account.officer)
  if (!isRight || account === undefined || member === undefined || holder === undefined) {
    noteFailure(failures, name, parts.now())
    throw new ProblemThrown('SIGN_IN_REFUSED')
  }
  failures.delete(name)
  const { id, kept } = parts.sessions.begin(member.id, account.officer)
  const { officer, certificate, handle, token } = kept
  const session = {
    member,
    kind: 'officer' as const,
    name: officer,
    ...holder,
    certificate,
    handle,
  }
  const seconds = API_LIMITS.sessionMs / 1000
  const cookie = `${SESSION_COOKIE}=${id}; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=${seconds}`
  return { status: 201, json: { ...shown(session), token }, headers: { 'set-cookie': cookie } }
}

function noteFailure(failures: FailedSignIns, name: string, now: number): void {
  if (failures.size >= 10_000) failures.clear()
  const before = failures.get(name)
  const count = before !== undefined && before.until > now ? before.count + 1 : 1
  failures.set(name, { count, until: now + API_LIMITS.signInPauseMs })
}

function showSession(call: Call): Reply {
  const session = sessionOf(call)
  const { sessions } = call.parts
  const kept = sessions.of(session.member.id, session.name).find((k) => k.handle === session.handle)
  const token = kept === undefined ? {} : { token: kept.token }
  return { status: 200, json: { ...shown(session), ...token } }
}

function listSessions(call: Call): Reply {
  const { member, name, handle: own } = sessionOf(call)
  const items = call.parts.sessions.of(member.id, name).map(({ handle, beganAt, usedAt }) => ({
    handle,
    beganAt,
    usedAt,
    isThis: handle === own,
  }))
  return { status: 200, json: { items } }
}

function endSession(call: Call): Reply {
  const { parts, params } = call
  if (!parts.sessions.end(params.handle ?? '')) throw absent()
  return { status: 200, json: {} }
}

function isOwnSession(call: Call): boolean {
  const { session, parts, params } = call
  if (session === null || session.kind !== 'officer') return false
  const own = parts.sessions.of(session.member.id, session.name)
  return own.some(({ handle }) => handle === params.handle)
}

/** Certifies the key of an officer's browser and puts the certificate on chain. */
async function certifyKey(call: Call): Promise<Reply> {
  const session = sessionOf(call)
  const { parts, body } = call
  const kept = parts.sessions
    .of(session.member.id, session.name)
    .find(({ handle }) => handle === session.handle)
  if (kept === undefined) throw new ProblemThrown('SIGN_IN_REQUIRED')
  const certificate = await certify(parts.host.chain, session.member, session, String(body.spki))
  kept.certificate = certificate.fingerprint
  const { fingerprint, notAfter } = certificate
  return {
    status: 201,
    json: { certificate: fingerprint, der: toBase64Url(certificate.der), notAfter },
  }
}

async function certify(chain: string, member: Member, { name, unit }: Session, spki: string) {
  const now = Math.max(member.ledger.view().time, member.clock.now())
  let publicKey: ReturnType<typeof importPublicKey>
  try {
    publicKey = importPublicKey(fromBase64Url(spki))
  } catch (error) {
    if (!(error instanceof PublicKeyRefused)) throw error
    throw new ProblemThrown('INPUT_INVALID', { path: '/spki', expected: 'a public key' })
  }
  const certificate = await certifyOfficer(member.keys, {
    member: member.id,
    chainName: chain.slice(0, chain.lastIndexOf('-')),
    notBefore: Math.floor(now / 1000) * 1000,
    random: member.random,
    officer: name,
    unit,
    publicKey,
  })
  await member.act('membership.presentCertificate', { der: toBase64Url(certificate.der) })
  return certificate
}

/** Routes of sessions. */
export const sessionRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: `${API_BASE}/session`,
    operationId: 'session.begin',
    summary: 'Signs an officer in with a sample account; demonstrations only.',
    access: 'public',
    mayRead: everyone,
    body: Type.Object({
      account: Type.String({ minLength: 1, maxLength: 64 }),
      password: Type.String({ minLength: 1, maxLength: 256 }),
    }),
    replies: { 201: SessionShown },
    run: signIn,
  },
  {
    method: 'GET',
    path: `${API_BASE}/session`,
    operationId: 'session.get',
    summary: 'Shows who is asking.',
    access: 'session',
    mayRead: signedIn,
    replies: { 200: SessionShown },
    run: showSession,
  },
  {
    method: 'GET',
    path: `${API_BASE}/sessions`,
    operationId: 'session.list',
    summary: 'Lists the sessions of the officer who is asking.',
    access: 'session',
    mayRead: ({ session }) => session?.kind === 'officer',
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
    summary: 'Ends a session of the officer who is asking.',
    access: 'session',
    mayRead: isOwnSession,
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
