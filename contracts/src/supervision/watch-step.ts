import type { Context } from '@renshe/kernel'
import { type Watch, type WatchKind, watches } from './records.ts'

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

/**
 * Notes that a step is no longer open; with `number` left out, that the case has ended: nothing of it
 * is watched any more.
 */
export function endWatch(ctx: Context, terms: { caseId: string; number?: number }): void {
  const { caseId, number } = terms
  endWatches(
    ctx,
    caseId,
    ['step', 'value'],
    (watch) => number === undefined || watch.number === number,
  )
  if (number === undefined) endWatches(ctx, caseId, ['rule'], () => true)
}

/** Writes a watch in its place. */
export function putWatch(ctx: Context, watch: Watch): void {
  ctx.state(watches).put([watch.case, watch.kind, watch.name, watch.number], watch)
}

/** Deletes the watches of a case that are over. */
export function endWatches(
  ctx: Context,
  caseId: string,
  kinds: readonly WatchKind[],
  isOver: (watch: Watch) => boolean,
): void {
  const all = ctx.state(watches)
  for (const kind of kinds) {
    const over = [...all.range({ prefix: [caseId, kind] })].filter(([, watch]) => isOver(watch))
    for (const [key] of over) all.delete(key)
  }
}
