import type { Context } from '@renshe/kernel'
import type { AlertState } from './records.ts'

/** Why an action of this module is refused, in checking order: the first that applies is told. */
export type SupervisionRefusal =
  | { code: 'ALERT_NOT_FOUND'; alert: string }
  | { code: 'ALERT_NOT_FOR_YOU'; alert: string; member: string }
  | { code: 'ALERT_CLOSED'; alert: string; state: AlertState }
  | { code: 'ALERT_ALREADY_ACKNOWLEDGED'; alert: string; member: string }
  | { code: 'WATCH_NOT_FOUND'; watch: string }
  | { code: 'WATCH_RAISES_NOTHING'; watch: string }
  | { code: 'WATCH_ALREADY_RAISED'; watch: string; alert: string }
  | { code: 'WATCH_NOT_DUE'; watch: string; due: number | null }

/** Ends the transaction with one of this module's refusals. */
export function refuse(ctx: Context, reason: SupervisionRefusal): never {
  return ctx.refuse(reason)
}
