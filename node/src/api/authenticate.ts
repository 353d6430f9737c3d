/* From a request to a session: a signature of a system, or the cookie of a person. */
import { type Bytes, fromBase64Url, importPublicKey } from '@renshe/crypto'
import { certificates } from '@renshe/kernel'
import type { Member } from '../member.ts'
import type { Slot } from '../sign-in/begun-sign-ins.ts'
import { readCookie, SESSION_COOKIES } from './cookies.ts'
import { ProblemThrown } from './problem.ts'
import type { ApiParts } from './route.ts'
import { isSameText, type KeptSession, type Session } from './session.ts'
import { readSignature, type SeenNonces } from './signed-request.ts'

/** Header that proves that the page itself asks. */
export const TOKEN_HEADER = 'x-renshe-token'

/** What of a request says who asks. */
export interface Asking {
  readonly method: string
  readonly target: string
  readonly content: Bytes
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Which of the two sessions of a browser asks. */
  readonly slot: Slot
  /** Fingerprint of the certificate whose key the TLS connection proved, hex; null without one. */
  readonly clientCertificate: string | null
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
  if (asking.clientCertificate !== null && !isBrowser(asking)) {
    return systemOfConnection(parts, asking.clientCertificate)
  }
  const id = readCookie(asking.headers.cookie, SESSION_COOKIES[asking.slot])
  if (id === null) return null
  const kept = parts.sessions.find(id)
  if (kept === undefined) return null
  if (asking.method !== 'GET') {
    refuseForeignPage(asking, origins)
    if (!isSameText(asking.headers[TOKEN_HEADER] ?? '', kept.token)) {
      throw new ProblemThrown('SESSION_TOKEN', { header: TOKEN_HEADER })
    }
  }
  return sessionOfKept(parts, kept)
}

/** A kept session with the roles of now; null where its holder is not in office any more. */
export function sessionOfKept(parts: ApiParts, kept: KeptSession): Session | null {
  const member = memberHere(parts, kept.member)
  if (member === undefined) return null
  const { handle, kind, name, certified, person } = kept
  const certificate = certified?.fingerprint ?? null
  if (kind === 'person') {
    return { member, kind, name, roles: [], unit: null, person, certificate, handle }
  }
  const holder = findOfficer(member, name)
  return holder === undefined
    ? null
    : { member, kind, name, ...holder, person, certificate, handle }
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
  const found = findSystem(parts, signature.keyId)
  if (found === undefined) {
    throw new ProblemThrown('REQUEST_SIGNATURE', {
      header: 'signature-input',
      expected: 'keyid of a system certificate in force whose member is hosted here',
    })
  }
  nonces.prove(signature, importPublicKey(fromBase64Url(found.spki)), parts.now())
  return found.session
}

/** A connection proves the key; whose it is, and whether it is in force, the chain says each time. */
function systemOfConnection(parts: ApiParts, fingerprint: string): Session {
  const found = findSystem(parts, fingerprint)
  if (found !== undefined) return found.session
  const expected = 'a system certificate in force whose member is hosted here'
  throw new ProblemThrown('CLIENT_CERTIFICATE', { expected })
}

/** A browser sends a certificate along with what any page makes it send: that proves no intent. */
function isBrowser({ headers }: Asking): boolean {
  return ['origin', 'cookie', 'sec-fetch-site'].some((name) => headers[name] !== undefined)
}

interface FoundSystem {
  readonly session: Session
  readonly spki: string
}

function findSystem(parts: ApiParts, certificate: string): FoundSystem | undefined {
  for (const member of parts.host.members) {
    const view = member.ledger.view()
    const found = view.state(certificates).find(certificate)
    if (found === undefined) continue
    const now = Math.max(view.time, parts.host.clock.now())
    const signer = parts.contracts.resolveSigner(view, certificate, now)
    if (!signer.ok || signer.signer.kind !== 'system') return undefined
    const home = memberHere(parts, signer.signer.member)
    if (home === undefined) return undefined
    const { name, roles, unit } = signer.signer
    const proved = { kind: 'system', name, roles, unit, person: null, certificate } as const
    return { session: { member: home, ...proved, handle: null }, spki: found.spki ?? '' }
  }
  return undefined
}

/** A member that is at work here. */
export function memberHere({ host }: ApiParts, id: string): Member | undefined {
  return host.members.find((member) => member.id === id)
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
