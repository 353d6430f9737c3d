import type { Context } from '@renshe/kernel'
import { type Watch, watches } from './records.ts'

/** An open step as supervision sees it. */
export interface WatchedStep {
  readonly caseId: string
  readonly step: string
  /** Member whose turn it is; null for a wait that nobody can end by acting. */
  readonly holder: string | null
  /** Last instant (UTC ms) at which it is in time; null: no clock. */
  readonly due: number | null
  /** `register/key` of the entry that a wait waits for. */
  readonly awaits?: string | null
}

/** Notes that a step is open, so that the summary can tell what is late and what is unpublished. */
export function watchStep(ctx: Context, terms: WatchedStep): void {
  const { caseId, step, holder, due, awaits = null } = terms
  endWatch(ctx, { caseId, step })
  const id = ctx.newId(`watch/${caseId}/${step}`)
  ctx.state(watches).put(id, {
    v: 1,
    id,
    kind: awaits === null ? 'step' : 'value',
    case: caseId,
    subject: step,
    holder,
    due,
    awaits,
    alert: null,
    raised: null,
    at: ctx.time,
  })
}

/** Notes that a step, or with it left out every step of the case, is no longer open. */
export function endWatch(ctx: Context, terms: { caseId: string; step?: string }): void {
  const ended: Watch[] = []
  for (const [, watch] of ctx.state(watches).index('byCase', { prefix: [terms.caseId] })) {
    if (watch.kind === 'rule') continue
    if (terms.step === undefined || watch.subject === terms.step) ended.push(watch)
  }
  for (const { id } of ended) ctx.state(watches).delete(id)
}
