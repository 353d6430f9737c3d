/*
 * What any member may do for the chain, and one of them must: say that time has passed. Every node asks;
 * which one speaks first does not matter, because the contracts decide from block time alone.
 */
import { legalDay, type Step, steps } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { CHECKPOINT_ACTION } from '@renshe/kernel'
import type { Member } from '../member.ts'
import type { LedgerEvent, Relay } from './relay.ts'

/** Most acts in one round: the rest come with the next. */
const ROUND_MOST = 100
/** A chain that stood still for so long asks for a snapshot of what it last wrote. */
const IDLE_MS = 60_000
/** While a snapshot is pending, a block so often carries it on. */
const PENDING_MS = 5_000

/** Whose turn it is among the nodes of a chain. */
export interface Turn {
  /** How long after it became due this node waits for others to speak first, ms. */
  readonly waitsMs: number
}

/**
 * The relays that speak of time: lapsed clocks, ended waits, alerts about what did not happen, snapshots.
 */
export function chainDuties(member: Member, turn: Turn): Relay[] {
  return [lapses(member, turn), waits(member, turn), missed(member), checkpoints(member, turn)]
}

/** Acts of one relay, each tried once as long as the state that asked for it stays the same. */
class TriedActs {
  readonly #member: Member
  readonly #refused = new Set<string>()

  constructor(member: Member) {
    this.#member = member
  }

  /** Submits those that were not refused before; they come together into one block. */
  async submit(
    action: string,
    asked: readonly { readonly key: string; readonly input: JsonObject }[],
  ): Promise<boolean> {
    const fresh = asked.filter(({ key }) => !this.#refused.has(key)).slice(0, ROUND_MOST)
    const outcomes = await Promise.all(
      fresh.map(({ input }) => this.#member.tryAct(action, input, 'system')),
    )
    outcomes.forEach(({ code }, index) => {
      const key = fresh[index]?.key
      if (code !== 'OK' && key !== undefined) this.#refused.add(key)
    })
    return outcomes.some(({ code }) => code === 'OK')
  }

  /** Time has passed: what was refused as too early may be right now. */
  forget(): void {
    this.#refused.clear()
  }
}

function placeOf({ case: id, step, n }: Pick<Step, 'case' | 'step' | 'n'>): JsonObject {
  return { case: id, step, n }
}

function lapses(member: Member, { waitsMs }: Turn): Relay {
  const acts = new TriedActs(member)
  let triedAt = 0
  return {
    name: 'lapses',
    followsTime: true,
    wakes: ({ name }: LedgerEvent) => name === 'StepOpened' || name === 'StepLapsed',
    async run() {
      const now = member.clock.now()
      if (now > triedAt) acts.forget()
      triedAt = now
      const due: { key: string; input: JsonObject }[] = []
      const range = { limit: ROUND_MOST * 2 }
      for (const [, step] of member.ledger.view().state(steps).index('byLapse', range)) {
        const lapsesAfter = step.lapsesAfter ?? Number.MAX_SAFE_INTEGER
        if (lapsesAfter + waitsMs >= now) break
        due.push({ key: `${step.case} ${step.n} ${lapsesAfter}`, input: placeOf(step) })
      }
      return acts.submit('cases.lapseStep', due)
    },
  }
}

/** Events after which a step that waited may go on. */
const ENDS_WAITS: ReadonlySet<string> = new Set([
  'StepOpened',
  'StepDone',
  'CaseEnded',
  'CreditRecorded',
  'PaymentRecorded',
])

function waits(member: Member, { waitsMs }: Turn): Relay {
  const acts = new TriedActs(member)
  let triedAt = 0
  return {
    name: 'waits',
    followsTime: true,
    wakes: ({ name }: LedgerEvent) => ENDS_WAITS.has(name),
    async run() {
      const now = member.clock.now()
      if (now > triedAt) acts.forget()
      triedAt = now
      const view = member.ledger.view()
      const found = member.ask('cases.findWaits') as { resumable: JsonObject[] }
      const places = found.resumable.map((place) => ({ place, at: view.height }))
      const asked = places.map(({ place, at }) => ({
        key: `${place.case} ${place.n} ${at}`,
        input: place,
      }))
      const range = { prefix: ['until'], limit: ROUND_MOST * 2 }
      for (const [, step] of view.state(steps).index('byWait', range)) {
        if (step.wait?.kind !== 'until' || step.wait.at + waitsMs > now) break
        const key = `${step.case} ${step.n} until`
        const isAsked = asked.some(({ input }) => input.case === step.case && input.n === step.n)
        if (!isAsked) asked.push({ key, input: placeOf(step) })
      }
      return acts.submit('cases.resumeStep', asked)
    },
  }
}

function missed(member: Member): Relay {
  const acts = new TriedActs(member)
  return {
    name: 'missed',
    followsTime: true,
    // A watch falls due by block time, which any block moves; the query tells what is due.
    wakes: () => true,
    async run() {
      const { items } = member.ask('supervision.listMissed', { limit: 100 }) as {
        items: { case: string; name: string; number: number }[]
      }
      const asked = items.map(({ case: id, name, number }) => ({
        key: `${id} ${name} ${number}`,
        input: { case: id, rule: name, number },
      }))
      return acts.submit('supervision.raiseMissed', asked)
    },
  }
}

/**
 * Keeps snapshots up to what was written (ledger-bytes section 5), and block time within the day, so that
 * what depends on block time alone is seen on a chain where nothing happens.
 */
function checkpoints(member: Member, { waitsMs }: Turn): Relay {
  return {
    name: 'checkpoints',
    followsTime: true,
    wakes: () => false,
    async run() {
      const { copy } = member.ledger
      const head = copy.store.head
      if (head === undefined) return false
      const idleMs = member.clock.now() - head.time
      const isPending = head.pending !== null
      const isOwed = isPending ? idleMs >= PENDING_MS + waitsMs : isIdle(member, idleMs, waitsMs)
      if (!isOwed) return false
      const { code } = await member.tryAct(CHECKPOINT_ACTION, {}, 'system')
      return code === 'OK'
    },
  }
}

function isIdle(member: Member, idleMs: number, waitsMs: number): boolean {
  if (idleMs < IDLE_MS + waitsMs) return false
  const { copy } = member.ledger
  const head = copy.store.head
  if (head === undefined) return false
  if (legalDay(member.clock.now()) !== legalDay(head.time)) return true
  return writtenSince(member, head.snapshot?.height ?? -1)
}

/** Whether a block above a height wrote anything. */
function writtenSince({ ledger: { copy } }: Member, snapshot: number): boolean {
  for (let height = copy.height; height > snapshot; height--) {
    if (copy.header(height).writeCount > 0) return true
  }
  return false
}
