/* A story that can be told again from any point: what the chain shows as done is not done again. */
import type { Case, Step } from '@renshe/contracts'
import { PARTS, type Part } from './consortium.ts'
import type { OpenMonth } from './month.fixture.ts'
import { Story, type Telling } from './story.ts'

/** What the story hears of a step. */
export interface StoryEvent {
  readonly step: string
  readonly is: 'done-before' | 'begins' | 'done'
}

/** Steps of the story that open a case, with its service. */
const OPENINGS: Readonly<Record<string, string>> = {
  'open-plan': 'annuity-plan',
  'open-year': 'annuity-plan-year',
  'open-enrolment': 'annuity-enrolment',
  'open-contribution': 'annuity-contribution',
  'open-valuation': 'annuity-valuation',
}

/** Where the step of a service has another name than the story gives it. */
const STEPS: Readonly<Record<string, string>> = {
  'plan-effective': 'finish',
  'declare-payroll': 'declare-estimate',
  'agree-bill': 'bill',
  'confirm-bill': 'confirm',
  'compare-values': 'compare',
  'publish-unit-value': 'publish',
  'agree-allocation': 'allocate',
}

/** Done by both members one after the other: the first has submitted, the step is not over. */
const DETERMINED: ReadonlySet<string> = new Set(['bill', 'allocate'])
/** Time and the bank do these; waiting again for what has come ends at once. */
const WAITED_FOR: ReadonlySet<string> = new Set(['scheme-effective', 'bank-pays', 'arrival'])

/** Tells the story of a month that may have begun before. */
export class ResumingStory extends Story {
  readonly #month: OpenMonth
  readonly #onEvent: (event: StoryEvent) => void

  constructor(month: OpenMonth, onEvent: (event: StoryEvent) => void) {
    super(
      () => month.host.clock.now(),
      () => {},
    )
    this.#month = month
    this.#onEvent = onEvent
  }

  override async tell<Result extends { readonly height: number } | undefined>(
    telling: Telling,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { name, part } = telling
    const opened = OPENINGS[name] === undefined ? undefined : this.#caseOf(OPENINGS[name])
    if (opened !== undefined || this.#isDone(name, part)) {
      this.#onEvent({ step: name, is: 'done-before' })
      // The story goes on with the id of the case that it opened.
      const known = { height: 0, txId: '', data: { case: opened?.id ?? '' } }
      return known as unknown as Result
    }
    this.#onEvent({ step: name, is: 'begins' })
    const result = await super.tell(telling, work)
    this.#onEvent({ step: name, is: 'done' })
    return result
  }

  #isDone(name: string, part: Part): boolean {
    if (WAITED_FOR.has(name) || OPENINGS[name] !== undefined) return false
    const member = PARTS[part]
    const steps = this.#stepsCalled(STEPS[name] ?? name)
    if (DETERMINED.has(name)) {
      return steps.some(({ submissions }) => submissions.some((one) => one.member === member))
    }
    // Each investment manager has a step of its own, under one name.
    const own = steps.filter(
      ({ party, holder }) => party !== 'investmentManagers' || holder === member,
    )
    return own.some(({ status }) => status === 'done')
  }

  #stepsCalled(name: string): Step[] {
    const { supervisor } = this.#month.cast
    return this.#cases().flatMap(({ id }) => {
      const { steps } = supervisor.ask('cases.getCase', { case: id }) as unknown as {
        steps: Step[]
      }
      return steps.filter(({ step }) => step === name)
    })
  }

  #caseOf(service: string): Case | undefined {
    return this.#cases().find((one) => one.service === service)
  }

  #cases(): Case[] {
    const { items } = this.#month.cast.supervisor.ask('cases.listCases') as unknown as {
      items: Case[]
    }
    return items
  }
}
