/* Which wording of a clause stands on a day. */
import type { StateView } from '@renshe/kernel'
import { type ClauseRecord, clauses } from './records.ts'

/** The clause as cited, newest first, where it is in force on a day. */
export function clausesInForce(view: StateView, id: string, day: string): ClauseRecord[] {
  const cited = [...view.state(clauses).index('byId', { prefix: [id] })].map(([, one]) => one)
  const valid = cited.filter(
    ({ effectiveFrom, effectiveTo }) =>
      effectiveFrom <= day && (effectiveTo === null || day <= effectiveTo),
  )
  const newest = valid.at(-1)?.effectiveFrom
  // The newest wording counts; a clause that ends this one leaves none.
  const standing = valid.filter(({ effectiveFrom }) => effectiveFrom === newest)
  return newest !== undefined && isRepealed(view, id, newest, day) ? [] : standing.reverse()
}

function isRepealed(view: StateView, id: string, since: string, day: string): boolean {
  const later = { prefix: [id], from: [since] }
  for (const [, { effectiveFrom }] of view.state(clauses).index('byRepealed', later)) {
    return effectiveFrom <= day
  }
  return false
}
