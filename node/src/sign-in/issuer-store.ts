/*
 * What the embedded issuer remembers, in memory and with limits: interactions, codes, sessions of minutes.
 * A restart forgets it, and whoever was just signing in begins again.
 */
import type { Adapter, AdapterPayload } from 'oidc-provider'

/** Most things that the issuer remembers at one time, of all kinds together. */
const MOST_KEPT = 5_000

interface Kept {
  readonly payload: AdapterPayload
  /** UTC ms. */
  readonly until: number
}

/** The memory of one issuer, shared by all kinds of things that it keeps. */
export class IssuerStore {
  readonly #kept = new Map<string, Kept>()

  /** The port of one kind, as the issuer's library asks for it. */
  adapterOf(kind: string): Adapter {
    const keyOf = (id: string): string => `${kind}/${id}`
    return {
      upsert: async (id, payload, expiresIn = 600) => this.#put(keyOf(id), payload, expiresIn),
      find: async (id) => this.#find(keyOf(id)),
      findByUid: async (uid) => this.#search(kind, (payload) => payload.uid === uid),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const payload = this.#find(keyOf(id))
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000)
      },
      destroy: async (id) => void this.#kept.delete(keyOf(id)),
      revokeByGrantId: async (grant) => {
        for (const [key, { payload }] of this.#kept) {
          if (payload.grantId === grant) this.#kept.delete(key)
        }
      },
    }
  }

  /** How much is remembered now. */
  get size(): number {
    return this.#kept.size
  }

  #put(key: string, payload: AdapterPayload, seconds: number): void {
    const now = Date.now()
    this.#kept.delete(key)
    if (this.#kept.size >= MOST_KEPT) {
      for (const [old, { until }] of this.#kept) if (until <= now) this.#kept.delete(old)
    }
    // The oldest gives way: a flood costs those a second try who began before it, and no memory.
    while (this.#kept.size >= MOST_KEPT) {
      this.#kept.delete(this.#kept.keys().next().value as string)
    }
    this.#kept.set(key, { payload, until: now + seconds * 1000 })
  }

  #find(key: string): AdapterPayload | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined || kept.until > Date.now()) return kept?.payload
    this.#kept.delete(key)
    return undefined
  }

  #search(kind: string, isIt: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload }] of this.#kept) {
      if (key.startsWith(`${kind}/`) && isIt(payload)) return this.#find(key)
    }
    return undefined
  }
}
