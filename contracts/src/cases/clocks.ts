import type { Clock, Duration } from '../catalogue/package-document.ts'
import { endOfDay, legalDay, startOfDay } from '../vocabulary/civil-date.ts'
import { addDuration, deadlineAfter } from '../vocabulary/duration.ts'
import { type WorkingCalendar, workingDayOnOrAfter } from '../vocabulary/working-calendar.ts'
import type { Step, StepClock } from './records.ts'

/**
 * Starts one clock of a step.
 *
 * @param startsOn  day the period starts from, if the package names it; else the instant of opening
 */
export function startClock(
  name: string,
  clock: Clock,
  start: { readonly openedAt: number; readonly startsOn: string | null },
  calendar: WorkingCalendar,
): StepClock {
  const until = endOfPeriod(clock.kind, clock.limit, start, calendar)
  const promisedUntil =
    clock.promised === undefined ? null : endOfPeriod(clock.kind, clock.promised, start, calendar)
  return {
    name,
    kind: clock.kind,
    startsOn: start.startsOn ?? legalDay(start.openedAt),
    // A promise may not be longer than the law: a day off can make it so by accident.
    promisedUntil: promisedUntil === null ? null : Math.min(promisedUntil, until),
    until,
    lapsed: 0,
  }
}

/**
 * Last instant inside a period (UTC ms).
 *
 * @source 民法典 art. 201 (the first day does not count), 203 (a last day that is a day off moves to the
 *         next working day; not for periods that must last or begin)
 */
function endOfPeriod(
  kind: Clock['kind'],
  limit: Duration,
  start: { readonly openedAt: number; readonly startsOn: string | null },
  calendar: WorkingCalendar,
): number {
  if (limit.unit === 'hours') {
    const from = start.startsOn === null ? start.openedAt : startOfDay(start.startsOn)
    return deadlineAfter(from, limit, calendar)
  }
  const last = addDuration(start.startsOn ?? legalDay(start.openedAt), limit, calendar)
  if (kind === 'from') return startOfDay(last) - 1
  if (kind === 'lasts' || limit.unit === 'working-days') return endOfDay(last)
  return endOfDay(workingDayOnOrAfter(last, calendar))
}

/** The instants at which a clock has something to say, in order: the promise, the limit. */
export function momentsOf(clock: StepClock, definition: Clock): readonly number[] {
  const { lapse } = definition
  if (lapse === undefined || clock.until === null) return []
  if ('outcome' in lapse || clock.promisedUntil === null) return [clock.until]
  return clock.promisedUntil < clock.until ? [clock.promisedUntil, clock.until] : [clock.until]
}

/** One moment of one clock that has passed and is not yet lapsed. */
export interface Lapse {
  readonly clock: StepClock
  readonly definition: Clock
  readonly at: number
  /** Whether it is the promise, not the limit of the law, that has passed. */
  readonly isPromise: boolean
}

/** The earliest moment that has passed: block time is above it. Undefined: nothing has lapsed. */
export function findLapse(
  step: Step,
  definitions: Readonly<Record<string, Clock>>,
  time: number,
): Lapse | undefined {
  let earliest: Lapse | undefined
  for (const clock of step.clocks) {
    const definition = definitions[clock.name] as Clock
    const moments = momentsOf(clock, definition)
    const at = moments[clock.lapsed]
    if (at === undefined || time <= at) continue
    if (earliest !== undefined && earliest.at <= at) continue
    earliest = { clock, definition, at, isPromise: clock.lapsed < moments.length - 1 }
  }
  return earliest
}

/** `dueAt` and `lapsesAfter` of a step, from its clocks; null when there is nothing to wait for. */
export function termsOf(
  clocks: readonly StepClock[],
  definitions: Readonly<Record<string, Clock>>,
): { readonly dueAt: number | null; readonly lapsesAfter: number | null } {
  let dueAt: number | null = null
  let lapsesAfter: number | null = null
  for (const clock of clocks) {
    const definition = definitions[clock.name] as Clock
    if (clock.kind === 'within') {
      const isPromiseOver = clock.promisedUntil === null || clock.lapsed > 0
      dueAt = earlier(dueAt, isPromiseOver ? clock.until : clock.promisedUntil)
    }
    lapsesAfter = earlier(lapsesAfter, momentsOf(clock, definition)[clock.lapsed] ?? null)
  }
  return { dueAt, lapsesAfter }
}

function earlier(left: number | null, right: number | null): number | null {
  if (left === null) return right
  return right === null ? left : Math.min(left, right)
}

/** Why time does not allow an act with this outcome. */
export type TimeFault =
  | { readonly code: 'STEP_TOO_EARLY'; readonly clock: string; readonly until: number }
  | { readonly code: 'STEP_OVERDUE'; readonly clock: string; readonly until: number }

/**
 * Whether an act is too early or too late. At the deadline itself it is in time.
 *
 * @param outcome  the outcome that the act leads to, or null while it is not known
 */
export function findTimeFault(
  step: Step,
  definitions: Readonly<Record<string, Clock>>,
  outcome: string | null,
  time: number,
): TimeFault | undefined {
  for (const { name, kind, until } of step.clocks) {
    if (until === null) continue
    const lapse = (definitions[name] as Clock).lapse
    const own = lapse !== undefined && 'outcome' in lapse ? lapse.outcome : null
    if (kind === 'within') {
      if (own !== null && time > until) return { code: 'STEP_OVERDUE', clock: name, until }
    } else if (kind === 'from') {
      if (time <= until) return { code: 'STEP_TOO_EARLY', clock: name, until }
    } else if (time <= until && outcome !== null && (own === null || own === outcome)) {
      return { code: 'STEP_TOO_EARLY', clock: name, until }
    }
  }
  return undefined
}
