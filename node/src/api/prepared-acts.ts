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

/** An act that is being prepared. */
export interface BegunAct {
  readonly id: string
  readonly owner: string
  /** Grows as rows are sealed. */
  readonly openings: RecordedOpenings
  /** Rows that will be sealed; null where there is no batch. */
  readonly of: number | null
  /** Why it failed. */
  problem: ProblemThrown | null
  readonly beganAt: number
}

/** A fresh id of a prepared act. */
export function newPreparedId(): string {
  return randomBytes(16).toString('base64url')
}

/** Prepared acts, for a while and up to a number. */
export class PreparedActs {
  readonly #acts = new Map<string, KeptAct>()
  readonly #begun = new Map<string, BegunAct>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /**
   * Keeps an act.
   *
   * @param id  where its progress is told under one already
   * @throws ProblemThrown TOO_MANY
   */
  keep(content: Omit<KeptAct, 'id' | 'keptAt'>, id = newPreparedId()): KeptAct {
    const keptAt = this.#now()
    this.#sweep(keptAt)
    if (this.#acts.size + this.#begun.size >= API_LIMITS.preparedActs) {
      throw new ProblemThrown('TOO_MANY', { limit: 'prepared acts' })
    }
    const act = { ...content, id, keptAt }
    this.#acts.set(act.id, act)
    return act
  }

  /**
   * Tells of an act that is being prepared, until it is kept or has failed.
   *
   * @param work  keeps the act under this id
   */
  begin(begun: Omit<BegunAct, 'problem' | 'beganAt'>, work: Promise<unknown>): void {
    const beganAt = this.#now()
    this.#sweep(beganAt)
    const telling: BegunAct = { ...begun, problem: null, beganAt }
    this.#begun.set(begun.id, telling)
    work.then(
      () => this.#begun.delete(begun.id),
      (error: unknown) => {
        telling.problem = error instanceof ProblemThrown ? error : new ProblemThrown('NODE_FAULT')
      },
    )
  }

  /** An act of this owner that is being prepared, or whose preparation failed; else undefined. */
  findBegun(id: string, owner: string): BegunAct | undefined {
    const begun = this.#begun.get(id)
    return begun?.owner === owner ? begun : undefined
  }

  #sweep(now: number): void {
    const { preparedMs } = API_LIMITS
    for (const [id, { keptAt }] of this.#acts) if (now - keptAt > preparedMs) this.#acts.delete(id)
    for (const [id, { beganAt }] of this.#begun) {
      if (now - beganAt > preparedMs) this.#begun.delete(id)
    }
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
            // Sealing within one process never waits: without this nobody else would be answered.
            await new Promise((resolve) => setImmediate(resolve))
            yield reply
          }
        },
      }
    },
  }
}
