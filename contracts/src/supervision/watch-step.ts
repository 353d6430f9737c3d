import type { Context } from '@renshe/kernel'
import { watches } from './records.ts'

/** An open step as supervision sees it. */
export interface WatchedStep {
  readonly caseId: string
  readonly step: string
  /** Number of the step in its case: a step that opens again, or for each member, has another. */
  readonly number: number
  /** Member whose turn it is; null for a wait that nobody can end by acting. */
  readonly holder: string | null
  /** Last instant (UTC ms) at which it is in time; null: no clock. */
  readonly due: number | null
  /** `register/key` of the entry that a wait waits for. */
  readonly awaits?: string | null
}

/** Notes that a step is open, so that the summary can tell what is late and what is unpublished. */
export function watchStep(ctx: Context, terms: WatchedStep): void {
  const { caseId, step, number, holder, due, awaits = null } = terms
  const id = ctx.newId(`watch/${caseId}/${number}`)
  ctx.state(watches).put(id, {
    v: 1,
    id,
    kind: awaits === null ? 'step' : 'value',
    case: caseId,
    step,
    number,
    holder,
    due,
    awaits,
    alert: null,
    raised: null,
    at: ctx.time,
  })
}

/** Notes that a step, or with `number` left out every step of the case, is no longer open. */
export function endWatch(ctx: Context, terms: { caseId: string; number?: number }): void {
  const ended: string[] = []
  for (const kind of ['step', 'value'] as const) {
    const prefix = [terms.caseId, kind, ...(terms.number === undefined ? [] : [terms.number])]
    for (const [id] of ctx.state(watches).index('byCase', { prefix })) ended.push(id)
  }
  for (const id of ended) ctx.state(watches).delete(id)
}
