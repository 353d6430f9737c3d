/* Days of a step: how many it took or has taken, how many it may take. Dates come from the ledger. */

import { isoDay } from '../../format/moments.ts'
import type { StepShown } from '../../package/use-package.ts'
import { type CalendarMarks, workingDaysAfter } from './working-days.ts'

/** How urgent an open clock is. */
export type Urgency = 'calm' | 'soon' | 'over'

/** The clock of a step in days. */
export interface StepTimes {
  /** Working days after the day it started from. */
  readonly used: number
  /** Working days that it may take; null if nothing limits it. */
  readonly allowed: number | null
  /** Of the promised limit, where there is a shorter one. */
  readonly promised: number | null
  readonly left: number | null
  /** Day of the law's limit. */
  readonly dueOn: string | null
  readonly urgency: Urgency
  /** Name of the clock in the package. */
  readonly clock: string | null
}

/** With so many working days left a clock is amber. */
const SOON_DAYS = 2

/**
 * Days of a step as they are at a moment.
 *
 * @param now  block time, UTC ms; the end of a step that is over counts instead
 */
export function stepTimes(step: StepShown, now: number, marks: CalendarMarks): StepTimes {
  const clock = step.clocks.find(({ kind, until }) => kind === 'within' && until !== null)
  const start = clock?.startsOn ?? isoDay(step.openedAt)
  const end = isoDay(step.endedBy?.at ?? now)
  const used = workingDaysAfter(start, end, marks).length
  if (clock?.until === undefined || clock.until === null) {
    return {
      used,
      allowed: null,
      promised: null,
      left: null,
      dueOn: null,
      urgency: 'calm',
      clock: null,
    }
  }
  const dueOn = isoDay(clock.until)
  const allowed = workingDaysAfter(start, dueOn, marks).length
  const promised =
    clock.promisedUntil === null || clock.promisedUntil >= clock.until
      ? null
      : workingDaysAfter(start, isoDay(clock.promisedUntil), marks).length
  const left = allowed - used
  const isOver = (step.endedBy?.at ?? now) > clock.until
  const urgency = isOver ? 'over' : (promised ?? allowed) - used <= SOON_DAYS ? 'soon' : 'calm'
  return { used, allowed, promised, left, dueOn, urgency, clock: clock.name }
}
