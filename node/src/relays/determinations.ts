/* A member's system computes what it owes and signs it, where the member has said so. */
import { cases, getPackage, type Step, serviceOf, steps } from '@renshe/contracts'
import { DeterminingRefused } from '../determine/determining-refused.ts'
import { ActRefused, type Member } from '../member.ts'
import type { LedgerEvent, Relay } from './relay.ts'

/** Looks through so many open steps at once. */
const STEPS_MOST = 10_000

/** Refusals of the chain that say: the state went on meanwhile. What is owed now is found anew. */
const OVERTAKEN: ReadonlySet<string> = new Set([
  'INPUTS_DIFFER',
  'STEP_NOT_OPEN',
  'STEP_NOT_FOUND',
  'CASE_NOT_OPEN',
])

const WAKES: ReadonlySet<string> = new Set(['StepOpened', 'StepDetermined', 'JournalPosted'])

/**
 * Computes and submits determinations of open steps that await this member, and those that it submitted
 * before a journal changed what they start from. A step in dispute is left to people: submitting the same
 * again would change nothing.
 */
export function determinations(member: Member): Relay {
  const submitted = new SubmittedSteps(member)
  return {
    name: 'determinations',
    followsTime: false,
    wakes: ({ name }: LedgerEvent) => WAKES.has(name),
    async run() {
      let isDone = false
      for (const step of [...awaiting(member), ...submitted.overtaken()]) {
        isDone = (await determineOne(member, step)) || isDone
        submitted.watch(step)
      }
      return isDone
    },
  }
}

async function determineOne(member: Member, step: Step): Promise<boolean> {
  try {
    await member.determineStep({ case: step.case, step: step.step })
    return true
  } catch (error) {
    // The owner of the sub-ledger submits first; its act wakes this relay again.
    const isOwnersTurn = error instanceof DeterminingRefused && error.code === 'OWNER_FIRST'
    const isOvertaken = error instanceof ActRefused && OVERTAKEN.has(error.code)
    if (!isOwnersTurn && !isOvertaken) throw error
    return isOvertaken
  }
}

function awaiting(member: Member): Step[] {
  const range = { prefix: [member.id], limit: STEPS_MOST }
  return [...member.ledger.view().state(steps).index('byHolder', range)]
    .map(([, step]) => step)
    .filter((step) => step.status === 'open' && !hasSubmitted(member, step))
    .filter((step) => determines(member, step))
}

function hasSubmitted({ id }: Member, { submissions }: Step): boolean {
  return submissions.some(({ member }) => member === id)
}

function determines({ ledger }: Member, step: Step): boolean {
  const view = ledger.view()
  const serviceCase = view.state(cases).find(step.case)
  if (serviceCase === undefined) return false
  const { steps: defined } = serviceOf(getPackage(view, serviceCase.package))
  return defined[step.step]?.determine !== undefined
}

/** Steps for which this member submitted and which still wait for others. */
class SubmittedSteps {
  readonly #member: Member
  #watched: Map<string, readonly [string, number]> | undefined

  constructor(member: Member) {
    this.#member = member
  }

  watch({ case: id, n }: Step): void {
    this.#watched?.set(`${id} ${n}`, [id, n])
  }

  /** Those whose inputs a journal has changed since: their submissions are void. */
  overtaken(): Step[] {
    const { ledger } = this.#member
    this.#watched ??= this.#scan()
    const found: Step[] = []
    for (const [name, key] of this.#watched) {
      const step = ledger.view().state(steps).find([key[0], key[1]])
      if (step?.status !== 'open') this.#watched.delete(name)
      else if (hasSubmitted(this.#member, step) && this.#isVoid(step)) found.push(step)
    }
    return found
  }

  #isVoid(step: Step): boolean {
    return this.#member.isVoid(step, this.#member.id)
  }

  /** After a start: every open step of the chain is looked at once. */
  #scan(): Map<string, readonly [string, number]> {
    const found = new Map<string, readonly [string, number]>()
    const { ledger } = this.#member
    for (const [, step] of ledger.view().state(steps).index('byHolder', { limit: STEPS_MOST })) {
      if (step.status === 'open' && hasSubmitted(this.#member, step)) {
        found.set(`${step.case} ${step.n}`, [step.case, step.n])
      }
    }
    return found
  }
}
