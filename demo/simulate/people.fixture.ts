/* Two people who each pay a fee: whatever they did not hear the end of, they do again after looking. */
import { cases, steps } from '@renshe/contracts'
import type { Host } from '../../node/src/host.ts'
import type { Member } from '../../node/src/member.ts'
import type { FairWorld } from './fair-world.fixture.ts'

/** What the people pay, in yuan: each case is known by its fee. */
export const FEES = ['12.30', '7.05'] as const
/** How often somebody looks, and when the second begins. */
const LOOK_MS = 400
const SECOND_AFTER_MS = 700

/** Where a fee stands for the person who pays it. */
type Standing = 'absent' | 'order' | 'waits' | 'close' | 'closed'

/** The people of the fair. */
export class People {
  readonly #world: FairWorld
  readonly #done = new Set<string>()
  #isResting = false

  constructor(world: FairWorld) {
    this.#world = world
  }

  /** From now on nobody wants anything. */
  rest(): void {
    this.#isResting = true
  }

  /** A host is there again: everyone goes on. Called within its life. */
  beginAt(host: Host): void {
    if (this.#isResting) return
    this.#done.clear()
    const { time } = this.#world.machine
    FEES.forEach((fee, place) => {
      time.after(place * SECOND_AFTER_MS, () => this.#live(host, fee))
    })
  }

  /** Whether everyone has seen the fee come to its end. */
  get areDone(): boolean {
    return this.#done.size === FEES.length
  }

  #live(host: Host, fee: string): void {
    if (standingOf(host.member('payer'), fee) === 'closed') {
      this.#done.add(fee)
      return
    }
    const again = (): void => {
      this.#world.machine.time.after(LOOK_MS, () => this.#live(host, fee))
    }
    // A refusal, a disk that is full: the person looks again later.
    actFor(host.member('payer'), fee).then(again, again)
  }
}

async function actFor(payer: Member, fee: string): Promise<void> {
  const standing = standingOf(payer, fee)
  if (standing === 'absent') {
    const fields = { number: 'F-1', fee }
    await payer.act('cases.openCase', { service: 'fair-fee', fields })
  } else if (standing === 'order' || standing === 'close') {
    await payer.act('cases.actOnStep', { case: caseOf(payer, fee)?.id ?? '', step: standing })
  }
}

/** Cases that somebody opened for a fee: more than one would be one too many. */
export function casesOf(payer: Member, fee: string) {
  return [...payer.ledger.view().state(cases).range()]
    .map(([, one]) => one)
    .filter(({ service, values }) => service === 'fair-fee' && values.fee === fee)
}

function caseOf(payer: Member, fee: string) {
  return casesOf(payer, fee)[0]
}

function standingOf(payer: Member, fee: string): Standing {
  const found = caseOf(payer, fee)
  if (found === undefined) return 'absent'
  if (found.status !== 'OPEN') return 'closed'
  for (const [, { step, status }] of payer.ledger
    .view()
    .state(steps)
    .range({ prefix: [found.id] })) {
    if (status === 'open' && (step === 'order' || step === 'close')) return step
  }
  return 'waits'
}
