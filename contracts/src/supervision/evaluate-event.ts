import type { JsonObject } from '@renshe/crypto'
import type { Context } from '@renshe/kernel'
import { watches } from './records.ts'

/** An event of a case, as alert rules see it. */
export interface CaseEvent {
  readonly name: string
  /** Public values; FEEL reads them by name. */
  readonly data: JsonObject
  readonly caseId: string
  /** Hash of the package that the case is locked to. */
  readonly package: string
  /** Members by party name: what an alert rule's `to` names. */
  readonly parties: Readonly<Record<string, readonly string[]>>
}

/**
 * Runs the alert rules of the case's package over one of its events; `cases` calls it for each event
 * that it emits. Ends the watches that this event fulfils.
 */
export function evaluateEvent(ctx: Context, event: CaseEvent): void {
  const fulfilled: string[] = []
  const open = ctx.state(watches).index('byCase', { prefix: [event.caseId, 'rule'] })
  for (const [id, watch] of open) if (watch.alert?.unless === event.name) fulfilled.push(id)
  for (const id of fulfilled) ctx.state(watches).delete(id)
}
