/* Who asks, however they proved it; and sessions of people, kept by the hash of their id. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Reader } from '@renshe/kernel'
import type { Member } from '../member.ts'
import { API_LIMITS } from './limits.ts'

/** Who a request comes from: an officer with a session, or a system that signed the request. */
export interface Session {
  readonly member: Member
  readonly kind: 'officer' | 'system'
  /** Officer number or system name; never a person's name. */
  readonly name: string
  readonly roles: readonly string[]
  readonly unit: string | null
  /** Certificate that this session signs with, hex; null until a browser's key is certified. */
  readonly certificate: string | null
  /** How the session is named to its owner; null where each request stands for itself. */
  readonly handle: string | null
}

/** The session as the contracts know a reader; the public has no member. */
export function readerOf(session: Session | null): Reader {
  if (session === null) return { member: null, name: null, roles: [], unit: null }
  const { member, name, roles, unit } = session
  return { member: member.id, name, roles, unit }
}

/** Names one holder of sessions, prepared acts and answers that were stored. */
export function ownerOf({ member, kind, name }: Session): string {
  return `${member.id}/${kind}/${name}`
}

/** A session of a person as it is kept; the id itself is nowhere. */
export interface KeptSession {
  readonly handle: string
  readonly member: string
  readonly officer: string
  /** Sent in a header by what runs in the page; a cookie alone changes nothing. */
  readonly token: string
  readonly beganAt: number
  usedAt: number
  certificate: string | null
}

/** Sessions of people: idle and absolute ends, own ids hashed. */
export class Sessions {
  readonly #byHash = new Map<string, KeptSession>()
  readonly #now: () => number

  /** @param now  UTC ms of a real clock: a session ends also where the chain's clock stands */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Begins a session; the id is told once. */
  begin(member: string, officer: string): { readonly id: string; readonly kept: KeptSession } {
    this.#sweep()
    const id = randomBytes(32).toString('base64url')
    const [beganAt, handle] = [this.#now(), randomBytes(16).toString('base64url')]
    const token = randomBytes(32).toString('base64url')
    const certificate = null
    const kept = { handle, member, officer, token, beganAt, usedAt: beganAt, certificate }
    this.#byHash.set(hashOf(id), kept)
    return { id, kept }
  }

  /** The session of an id; undefined if it never was, or is over. Asking is using. */
  find(id: string): KeptSession | undefined {
    const kept = this.#byHash.get(hashOf(id))
    if (kept === undefined || this.isOver(kept)) return undefined
    kept.usedAt = this.#now()
    return kept
  }

  /** Whether a session has ended by time. */
  isOver(kept: KeptSession): boolean {
    const now = this.#now()
    const { officerIdleMs, sessionMs } = API_LIMITS
    return now - kept.usedAt >= officerIdleMs || now - kept.beganAt >= sessionMs
  }

  /** Sessions of one officer, the newest last. */
  of(member: string, officer: string): KeptSession[] {
    this.#sweep()
    return [...this.#byHash.values()].filter(
      (kept) => kept.member === member && kept.officer === officer,
    )
  }

  /** Ends a session by its handle; false if there is none. */
  end(handle: string): boolean {
    for (const [hash, kept] of this.#byHash) {
      if (kept.handle === handle) return this.#byHash.delete(hash)
    }
    return false
  }

  get size(): number {
    return this.#byHash.size
  }

  #sweep(): void {
    for (const [hash, kept] of this.#byHash) if (this.isOver(kept)) this.#byHash.delete(hash)
    while (this.#byHash.size >= API_LIMITS.sessions) {
      this.#byHash.delete(this.#byHash.keys().next().value as string)
    }
  }
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}

/** Compares texts in a time that does not depend on where they differ. */
export function isSameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
