/* Acts that were prepared and wait for their signature, with the openings that let it be recomputed. */
import { randomBytes } from 'node:crypto'
import type { Bytes } from '@renshe/crypto'
import type { Opening, Peers } from '../peer.ts'
import type { SignWords } from '../prepare/sign-words.ts'
import { API_LIMITS } from './limits.ts'
import { ProblemThrown } from './problem.ts'

/** Openings as the owners of the sections gave them. */
export interface RecordedOpenings {
  readonly sections: { readonly name: string; readonly opening: Opening }[]
  readonly batch: { section: string | null; readonly openings: Opening[] }
}

/** A prepared act. */
export interface KeptAct {
  readonly id: string
  /** Member, kind and name of who prepared it: nobody else sees it. */
  readonly owner: string
  readonly action: string
  readonly body: Bytes
  readonly words: SignWords
  readonly openings: RecordedOpenings
  /** UTC ms of the chain's clock up to which the body may be included. */
  readonly expiresAt: number
  readonly keptAt: number
}

/** Prepared acts, for a while and up to a number. */
export class PreparedActs {
  readonly #acts = new Map<string, KeptAct>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /**
   * Keeps an act.
   *
   * @throws ProblemThrown TOO_MANY
   */
  keep(content: Omit<KeptAct, 'id' | 'keptAt'>): KeptAct {
    const keptAt = this.#now()
    for (const [id, act] of this.#acts) {
      if (keptAt - act.keptAt > API_LIMITS.preparedMs) this.#acts.delete(id)
    }
    if (this.#acts.size >= API_LIMITS.preparedActs) {
      throw new ProblemThrown('TOO_MANY', { limit: 'prepared acts' })
    }
    const act = { ...content, id: randomBytes(16).toString('base64url'), keptAt }
    this.#acts.set(act.id, act)
    return act
  }

  /** A prepared act of this owner; undefined also for another's. */
  find(id: string, owner: string): KeptAct | undefined {
    const act = this.#acts.get(id)
    if (act === undefined || act.owner !== owner) return undefined
    return this.#now() - act.keptAt > API_LIMITS.preparedMs ? undefined : act
  }
}

/** The same peers, and a record of every opening that they gave for sealing. */
export function recordingPeers(peers: Peers): {
  readonly peers: Peers
  readonly recorded: RecordedOpenings
} {
  const recorded: RecordedOpenings = { sections: [], batch: { section: null, openings: [] } }
  return {
    recorded,
    peers: (member) => {
      const peer = peers(member)
      return {
        ...peer,
        async prepareSections(request) {
          const reply = await peer.prepareSections(request)
          reply.openings.forEach((opening, index) => {
            recorded.sections.push({ name: request.sections[index]?.name ?? '', opening })
          })
          return reply
        },
        async *prepareBatch(request, pages) {
          recorded.batch.section = request.section
          for await (const reply of peer.prepareBatch(request, pages)) {
            if (reply.kind === 'openings') recorded.batch.openings.push(...reply.openings)
            yield reply
          }
        },
      }
    },
  }
}
