import type { Context } from '@renshe/kernel'
import { type Watch, watches } from './records.ts'

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
  putWatch(ctx, {
    v: 1,
    case: caseId,
    kind: awaits === null ? 'step' : 'value',
    name: step,
    number,
    holder,
    due,
    awaits,
    alert: null,
    raised: null,
    at: ctx.time,
  })
}

/** Notes that a step is no longer open. */
export function endStepWatch(ctx: Context, caseId: string, step: string, number: number): void {
  const all = ctx.state(watches)
  all.delete([caseId, 'step', step, number])
  all.delete([caseId, 'value', step, number])
}

/** Notes that a case has ended: nothing of it is watched any more. */
export function endCaseWatches(ctx: Context, caseId: string): void {
  const all = ctx.state(watches)
  for (const [key] of [...all.range({ prefix: [caseId] })]) all.delete(key)
}

/** Writes a watch in its place. */
export function putWatch(ctx: Context, watch: Watch): void {
  ctx.state(watches).put([watch.case, watch.kind, watch.name, watch.number], watch)
}

/** Deletes those watches of alert rules over a case that are fulfilled. */
export function endRuleWatches(
  ctx: Context,
  caseId: string,
  isOver: (watch: Watch) => boolean,
): void {
  const all = ctx.state(watches)
  const over = [...all.range({ prefix: [caseId, 'rule'] })].filter(([, watch]) => isOver(watch))
  for (const [key] of over) all.delete(key)
}
