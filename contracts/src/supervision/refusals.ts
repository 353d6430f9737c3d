import type { Context } from '@renshe/kernel'

/** Why an action on an alert is refused, in checking order: the first that applies is told. */
export type AlertRefusal =
  | { code: 'ALERT_NOT_FOUND'; alert: string }
  | { code: 'ALERT_NOT_FOR_YOU'; alert: string; member: string }
  | { code: 'ALERT_CLOSED'; alert: string; by: string }
  | { code: 'ALERT_ALREADY_ACKNOWLEDGED'; alert: string; member: string }

/** Why nothing is raised about what did not happen, in checking order. */
export type MissedRefusal =
  | { code: 'WATCH_NOT_FOUND'; case: string; rule: string; number: number }
  | { code: 'WATCH_ALREADY_RAISED'; alert: string }
  | { code: 'WATCH_NOT_DUE'; due: number | null }

/** Every refusal of this module. */
export type SupervisionRefusal = AlertRefusal | MissedRefusal

/** Ends the transaction with one of this module's refusals. */
export function refuse(ctx: Context, reason: SupervisionRefusal): never {
  return ctx.refuse(reason)
}
