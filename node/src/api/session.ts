/* Who asks, however they proved it; and sessions of people, kept by the hash of their id. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Bytes } from '@renshe/crypto'
import type { Reader } from '@renshe/kernel'
import type { Member } from '../member.ts'
import type { PersonAccount } from './accounts.ts'
import { API_LIMITS } from './limits.ts'

/** Who a request comes from: an officer or sample person with a session, or a system that signed it. */
export interface Session {
  /** The officer's or system's own member; for a person, the member that keeps its account. */
  readonly member: Member
  readonly kind: 'officer' | 'system' | 'person'
  /** Officer number, system name, or the record of a person's account; never a person's name. */
  readonly name: string
  readonly roles: readonly string[]
  readonly unit: string | null
  /** Whose statement a person reads; null for everyone else. */
  readonly person: PersonAccount | null
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

/** Whose session begins. */
export interface SessionHolder {
  readonly member: string
  readonly kind: 'officer' | 'person'
  readonly name: string
  readonly person: PersonAccount | null
}

/** A browser's key with its certificate. */
export interface CertifiedKey {
  /** As it came, base64url. */
  readonly spki: string
  readonly fingerprint: string
  readonly der: Bytes
  readonly notAfter: number
}

/** A session of a person as it is kept; the id itself is nowhere. */
export interface KeptSession extends SessionHolder {
  readonly handle: string
  /** Sent in a header by what runs in the page; a cookie alone changes nothing. */
  readonly token: string
  readonly beganAt: number
  usedAt: number
  /** The browser's key of this session, and its certificate. */
  certified: CertifiedKey | null
  /** How many keys were certified in this session. */
  keysCertified: number
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
  begin(holder: SessionHolder): { readonly id: string; readonly kept: KeptSession } {
    this.#sweep()
    const id = randomBytes(32).toString('base64url')
    const [beganAt, handle] = [this.#now(), randomBytes(16).toString('base64url')]
    const token = randomBytes(32).toString('base64url')
    const begun = { beganAt, usedAt: beganAt, certified: null, keysCertified: 0 }
    const kept = { ...holder, handle, token, ...begun }
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
    const { endsAt, idleMs } = this.endOf(kept)
    return now - kept.usedAt >= idleMs || now >= endsAt
  }

  /** When a session ends by itself: UTC ms, and how long it may lie unused. */
  endOf({ kind, beganAt }: KeptSession): { readonly endsAt: number; readonly idleMs: number } {
    const { officerIdleMs, personIdleMs, sessionMs } = API_LIMITS
    const idleMs = kind === 'officer' ? officerIdleMs : personIdleMs
    return { endsAt: beganAt + sessionMs, idleMs }
  }

  /** Sessions of the one who holds this session, the newest last. */
  of({ member, kind, name }: Session): KeptSession[] {
    this.#sweep()
    return [...this.#byHash.values()].filter(
      (kept) => kept.member === member.id && kept.kind === kind && kept.name === name,
    )
  }

  /** A session of people as it is kept; undefined for a system's, and when it is over. */
  kept(session: Session): KeptSession | undefined {
    return this.of(session).find(({ handle }) => handle === session.handle)
  }

  /** Ends a session by its handle; false if there is none. */
  end(handle: string): boolean {
    for (const [hash, kept] of this.#byHash) {
      if (kept.handle === handle) return this.#byHash.delete(hash)
    }
    return false
  }

  /** Ends the session of an id, if there is one: a browser that signs in anew leaves the old one. */
  endById(id: string): void {
    this.#byHash.delete(hashOf(id))
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
