/* From a request to a session: a signature of a system, or the cookie of a person. */
import { type Bytes, fromBase64Url, importPublicKey } from '@renshe/crypto'
import { certificates } from '@renshe/kernel'
import type { Member } from '../member.ts'
import { ProblemThrown } from './problem.ts'
import type { ApiParts } from './route.ts'
import { isSameText, type Session } from './session.ts'
import { readSignature, type SeenNonces } from './signed-request.ts'

/** The cookie of a session; the prefix binds it to this host, without a domain, over TLS only. */
export const SESSION_COOKIE = '__Host-renshe'
/** Header that proves that the page itself asks. */
export const TOKEN_HEADER = 'x-renshe-token'

/** What of a request says who asks. */
export interface Asking {
  readonly method: string
  readonly target: string
  readonly content: Bytes
  readonly headers: Readonly<Record<string, string | undefined>>
}

/**
 * Who asks; null for the public.
 *
 * @param origins  where pages of this node are served
 * @throws ProblemThrown if a proof was offered that does not hold
 */
export function authenticate(
  parts: ApiParts,
  nonces: SeenNonces,
  asking: Asking,
  origins: readonly string[],
): Session | null {
  if (asking.headers['signature-input'] !== undefined) return systemOf(parts, nonces, asking)
  const id = cookieOf(asking.headers.cookie ?? '')
  if (id === null) return null
  const kept = parts.sessions.find(id)
  if (kept === undefined) return null
  if (asking.method !== 'GET') {
    refuseForeignPage(asking, origins)
    if (!isSameText(asking.headers[TOKEN_HEADER] ?? '', kept.token)) {
      throw new ProblemThrown('SESSION_TOKEN', { header: TOKEN_HEADER })
    }
  }
  const member = hosted(parts, kept.member)
  const holder = member === undefined ? undefined : findOfficer(member, kept.officer)
  if (member === undefined || holder === undefined) return null
  const { handle, officer: name, certificate } = kept
  return { member, kind: 'officer', name, ...holder, certificate, handle }
}

/** Refuses what a page of another origin sends with our cookie. */
export function refuseForeignPage({ headers }: Asking, origins: readonly string[]): void {
  const { origin, host } = headers
  const own = [`https://${host}`, `http://${host}`, ...origins]
  const site = headers['sec-fetch-site']
  const isOwn = origin !== undefined && own.includes(origin)
  if (!isOwn || (site !== undefined && site !== 'same-origin')) {
    throw new ProblemThrown('ORIGIN_REFUSED')
  }
}

function systemOf(parts: ApiParts, nonces: SeenNonces, asking: Asking): Session {
  const { method, target, content, headers } = asking
  const authority = headers.host ?? ''
  const signature = readSignature({ method, authority, target, content, headers })
  for (const member of parts.host.members) {
    const view = member.ledger.view()
    const found = view.state(certificates).find(signature.keyId)
    if (found === undefined) continue
    const now = Math.max(view.time, parts.host.clock.now())
    const signer = parts.contracts.resolveSigner(view, signature.keyId, now)
    if (!signer.ok || signer.signer.kind !== 'system') break
    const own = hosted(parts, signer.signer.member)
    if (own === undefined) break
    nonces.prove(signature, importPublicKey(fromBase64Url(found.spki ?? '')), parts.now())
    const { name, roles, unit } = signer.signer
    const certificate = signature.keyId
    return { member: own, kind: 'system', name, roles, unit, certificate, handle: null }
  }
  throw new ProblemThrown('REQUEST_SIGNATURE', {
    header: 'signature-input',
    expected: 'keyid of a system certificate in force whose member is hosted here',
  })
}

function hosted({ host }: ApiParts, id: string): Member | undefined {
  return host.members.find((member) => member.id === id)
}

function cookieOf(header: string): string | null {
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === SESSION_COOKIE && value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value)) {
      return value
    }
  }
  return null
}

interface Keyholder {
  readonly kind: string
  readonly name: string
  readonly status: string
  readonly roles: readonly string[]
  readonly unit: string | null
}

/** Officers of a member that are in office, as the chain has them now. */
export function* findOfficers(member: Member): Generator<Keyholder> {
  let cursor: string | null = null
  do {
    const input = { member: member.id, limit: 200, ...(cursor === null ? {} : { cursor }) }
    const page = member.ask('membership.listOfficers', input) as unknown as {
      readonly items: readonly Keyholder[]
      readonly next: string | null
    }
    yield* page.items.filter(({ kind, status }) => kind === 'officer' && status === 'ACTIVE')
    cursor = page.next
  } while (cursor !== null)
}

/** Roles as the chain has them now: a dismissal ends what a session may do at once. */
export function findOfficer(
  member: Member,
  officer: string,
): { readonly roles: readonly string[]; readonly unit: string | null } | undefined {
  for (const { name, roles, unit } of findOfficers(member)) {
    if (name === officer) return { roles, unit }
  }
  return undefined
}
