/*
 * Cookies of this node. The prefix binds each to this host, without a domain, over TLS only; browsers take it on
 * the plain loopback too (Chromium does; measured in `sign-in.e2e.test.ts`).
 */
import type { Slot } from '../sign-in/begun-sign-ins.ts'
import { API_LIMITS } from './limits.ts'

/** Session cookies by slot: a browser that compares two parties side by side holds two. */
export const SESSION_COOKIES: Readonly<Record<Slot, string>> = {
  a: '__Host-renshe',
  b: '__Host-renshe-b',
}
/** Binds a sign-in under way to the browser that began it. */
export const BROWSER_COOKIE = '__Host-renshe-browser'
/** Header that chooses the slot. */
export const SLOT_HEADER = 'x-renshe-slot'

/** The value of a cookie with 256 random bits; null if there is none that could be ours. */
export function readCookie(header: string | undefined, wanted: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === wanted && value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value)) return value
  }
  return null
}

/** Sets a session cookie; officers' is not sent along with any navigation from elsewhere. */
export function sessionCookie(slot: Slot, id: string, kind: 'officer' | 'person'): string {
  const site = kind === 'officer' ? 'Strict' : 'Lax'
  return cookie(SESSION_COOKIES[slot], id, site, API_LIMITS.sessionMs / 1000)
}

/** Takes a session cookie away. */
export function endedCookie(slot: Slot): string {
  return cookie(SESSION_COOKIES[slot], '', 'Strict', 0)
}

/** Sets the cookie of a browser that signs in; an issuer elsewhere must be able to lead back to it. */
export function browserCookie(id: string): string {
  return cookie(BROWSER_COOKIE, id, 'Lax', API_LIMITS.signInMs / 1000)
}

function cookie(name: string, value: string, site: 'Strict' | 'Lax', seconds: number): string {
  return `${name}=${value}; Path=/; HttpOnly; Secure; SameSite=${site}; Max-Age=${seconds}`
}
