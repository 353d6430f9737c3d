/* On time or late, member by member: counted from the clocks and ends of the steps on the ledger. */
import type { StepShown } from '../../../patterns/step-clock/case-shown.ts'

/** Steps of one member that had a time limit. */
export interface Punctuality {
  readonly member: string
  readonly inTime: number
  readonly late: number
  /** Nobody acted, and the rules say what that means: a silence that counts as consent, a period that passed. */
  readonly lapsed: number
  /** Open and still in time. */
  readonly open: number
  /** Open, and the limit has passed. */
  readonly overdue: number
  /** The longest that a finished step was late, ms; null if none was. */
  readonly worstMs: number | null
}

type Timed = Pick<StepShown, 'holder' | 'status' | 'dueAt' | 'clocks'> & {
  readonly endedBy: Pick<NonNullable<StepShown['endedBy']>, 'at' | 'by'> | null
}

/** The last moment that is in time; null where the step has no limit. */
function limitOf({ dueAt, clocks }: Timed): number | null {
  if (dueAt !== null) return dueAt
  const limits = clocks.flatMap(({ kind, promisedUntil, until }) => {
    const limit = kind === 'within' ? (promisedUntil ?? until) : null
    return limit === null ? [] : [limit]
  })
  return limits.length === 0 ? null : Math.min(...limits)
}

/**
 * Counts steps; those that wait for somebody else, were cancelled or have no limit do not count.
 *
 * @param now  block time, UTC ms
 */
export function punctualityOf(steps: readonly Timed[], now: number): readonly Punctuality[] {
  const members = new Map<string, Punctuality>()
  for (const step of steps) {
    const limit = limitOf(step)
    if (limit === null || step.status === 'cancelled' || step.status === 'waiting') continue
    const before = members.get(step.holder) ?? nothingOf(step.holder)
    members.set(step.holder, counted(before, step, limit, now))
  }
  return [...members.values()].sort(
    (one, other) =>
      other.overdue - one.overdue || other.late - one.late || (one.member < other.member ? -1 : 1),
  )
}

function nothingOf(member: string): Punctuality {
  return { member, inTime: 0, late: 0, lapsed: 0, open: 0, overdue: 0, worstMs: null }
}

function counted(before: Punctuality, step: Timed, limit: number, now: number): Punctuality {
  if (step.status !== 'done') {
    return now <= limit
      ? { ...before, open: before.open + 1 }
      : { ...before, overdue: before.overdue + 1 }
  }
  const by = step.endedBy?.by
  if (by === 'lapse') return { ...before, lapsed: before.lapsed + 1 }
  // What the bank, a register or another case ended is not the holder's act.
  if (by !== 'act' && by !== 'determination') return before
  const lateMs = (step.endedBy?.at ?? limit) - limit
  if (lateMs <= 0) return { ...before, inTime: before.inTime + 1 }
  return { ...before, late: before.late + 1, worstMs: Math.max(before.worstMs ?? 0, lateMs) }
}
