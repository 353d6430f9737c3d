/* Sign-in over HTTP: to the issuer, back from it, and the sample accounts of a demonstration. */
import { randomBytes } from 'node:crypto'
import { Type } from 'typebox'
import { languageOf, overPage, PAGE_POLICY } from '../sign-in/issuer-page.ts'
import { ownPath } from '../sign-in/own-path.ts'
import { CALLBACK_PATH, type SignInDone } from '../sign-in/sign-in.ts'
import { SignInRefused } from '../sign-in/sign-in-refused.ts'
import type { Account } from './accounts.ts'
import { findOfficer, memberHere } from './authenticate.ts'
import {
  BROWSER_COOKIE,
  browserCookie,
  readCookie,
  SESSION_COOKIES,
  sessionCookie,
} from './cookies.ts'
import { originOf } from './own-origin.ts'
import { absent, ProblemThrown } from './problem.ts'
import { API_BASE, type ApiRoute, type Call, everyone, type Reply } from './route.ts'
import type { SessionHolder } from './session.ts'

async function signIn(call: Call): Promise<Reply> {
  const { parts, query, headers } = call
  const origin = originOf(call)
  const { account, return: asked = '/', slot = 'a' } = query
  const returnTo = ownPath(asked, origin)
  if (returnTo === undefined) {
    throw new ProblemThrown('INPUT_INVALID', { path: '/return', expected: 'a path of this node' })
  }
  // Where people are real nobody's name stands in an address.
  if (account !== undefined && !parts.host.report.genesis.isDemonstration) {
    throw new ProblemThrown('INPUT_INVALID', { path: '/account', expected: 'no account' })
  }
  // A link on a foreign page may lead here, but chooses nobody.
  const isForeign = headers['sec-fetch-site'] === 'cross-site'
  const browserId =
    readCookie(headers.cookie, BROWSER_COOKIE) ?? randomBytes(32).toString('base64url')
  const address = await parts.signIn.begin({
    origin,
    browserId,
    hint: isForeign ? undefined : account,
    returnTo,
    slot: slot === 'b' ? 'b' : 'a',
    language: languageTag(headers['accept-language']),
  })
  return redirect(address.href, { 'set-cookie': browserCookie(browserId) })
}

async function finishSignIn(call: Call): Promise<Reply> {
  const { parts, headers, search, requestId } = call
  const browserId = readCookie(headers.cookie, BROWSER_COOKIE) ?? ''
  try {
    const done = await parts.signIn.finish(originOf(call), search, browserId)
    return beginSession(call, done)
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error
    const { reason, returnTo } = error
    parts.tell({ event: 'sign-in-refused', requestId, code: reason })
    // Who chose not to sign in is where they came from, as the public.
    if (reason === 'DENIED' && returnTo !== null) return redirect(returnTo)
    const problem = new ProblemThrown('SIGN_IN_REFUSED', { reason })
    // Whoever comes here is a person in a browser, unless a program says that it wants JSON.
    if (!/text\/html/.test(headers.accept ?? '')) throw problem
    return overReply(problem.status, headers['accept-language'])
  }
}

function overReply(status: number, languages: string | undefined): Reply {
  const headers = { 'content-security-policy': PAGE_POLICY }
  return {
    status,
    text: overPage(languageOf(languages)),
    type: 'text/html; charset=utf-8',
    headers,
  }
}

function beginSession(call: Call, { account, slot, returnTo }: SignInDone): Reply {
  const { parts, headers, requestId } = call
  const holder = holderOf(call, account)
  if (holder === undefined) throw new SignInRefused('ACCOUNT', returnTo)
  const before = readCookie(headers.cookie, SESSION_COOKIES[slot])
  if (before !== null) parts.sessions.endById(before)
  const { id } = parts.sessions.begin(holder)
  parts.tell({ event: 'signed-in', requestId, member: holder.member })
  return redirect(returnTo, { 'set-cookie': sessionCookie(slot, id, holder.kind) })
}

/** Who an account is now: an officer must be in office as the chain has it at this moment. */
function holderOf({ parts }: Call, account: Account): SessionHolder | undefined {
  const { officer, person } = account
  const member = memberHere(parts, account.member)
  if (member === undefined) return undefined
  if (person !== undefined) {
    return { member: member.id, kind: 'person', name: person.account, person }
  }
  if (officer === undefined || findOfficer(member, officer) === undefined) return undefined
  return { member: member.id, kind: 'officer', name: officer, person: null }
}

function redirect(location: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 302, text: '', type: 'text/plain', headers: { ...headers, location } }
}

/** The first language that a browser asks for. */
function languageTag(accepted: string | undefined): string | undefined {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}/.exec(accepted ?? '')?.[0]
}

function listAccounts({ parts }: Call): Reply {
  if (!parts.host.report.genesis.isDemonstration) throw absent()
  const items = parts.signIn.offered().map((account) => {
    const { name, kind = 'officer', member, officer, party } = account
    const home = memberHere(parts, member)
    const holder =
      home === undefined || officer === undefined ? undefined : findOfficer(home, officer)
    return {
      ...parts.signIn.shown(account),
      name,
      kind,
      member,
      party: party ?? null,
      officer: officer ?? null,
      roles: [...(holder?.roles ?? [])],
    }
  })
  return { status: 200, json: { items } }
}

const Bilingual = Type.Object({ zh: Type.String(), en: Type.String() })
const Text = (most: number) => Type.Optional(Type.String({ maxLength: most }))

/** Routes of sign-in. */
export const signInRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: `${API_BASE}/sign-in`,
    operationId: 'signIn.begin',
    summary: 'Leads a browser to the issuer; `account` is for demonstrations only.',
    access: 'public',
    mayRead: everyone,
    persons: everyone,
    query: Type.Object({
      account: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      return: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
      slot: Type.Optional(Type.Union([Type.Literal('a'), Type.Literal('b')])),
    }),
    replies: { 302: 'text/plain' },
    run: signIn,
  },
  {
    method: 'GET',
    path: CALLBACK_PATH,
    operationId: 'signIn.finish',
    summary: 'Takes the issuer’s answer, begins a session and leads back.',
    access: 'public',
    mayRead: everyone,
    persons: everyone,
    query: Type.Object({
      code: Text(1_000),
      state: Text(100),
      iss: Text(300),
      error: Text(100),
      error_description: Text(1_000),
      error_uri: Text(1_000),
      session_state: Text(1_000),
      scope: Text(300),
    }),
    replies: { 302: 'text/plain', 401: 'text/html' },
    run: finishSignIn,
  },
  {
    method: 'GET',
    path: `${API_BASE}/accounts`,
    operationId: 'signIn.listAccounts',
    summary: 'Lists the sample accounts of a demonstration.',
    access: 'public',
    mayRead: ({ parts }) => parts.host.report.genesis.isDemonstration,
    replies: {
      200: Type.Object({
        items: Type.Array(
          Type.Object({
            name: Type.String(),
            kind: Type.Union([Type.Literal('officer'), Type.Literal('person')]),
            member: Type.String(),
            memberName: Bilingual,
            party: Type.Union([Type.String(), Type.Null()]),
            officer: Type.Union([Type.String(), Type.Null()]),
            roles: Type.Array(Type.String()),
            label: Bilingual,
          }),
        ),
      }),
    },
    run: listAccounts,
  },
]
