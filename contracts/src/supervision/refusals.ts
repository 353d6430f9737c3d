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

/** Why a warrant is not issued, in checking order. */
export type IssueRefusal =
  | { code: 'ROLE_REQUIRED'; role: string }
  | { code: 'OFFICER_REQUIRED'; member: string }
  | { code: 'WARRANT_OWN_DATA'; owner: string }
  /** Not sealed at that owner under that section in that case. */
  | { code: 'WARRANT_SCOPE_UNKNOWN'; section: string; sought: string }
  /** A list that is not ascending, or a place behind the last row. */
  | { code: 'WARRANT_PLACES'; count: number }
  | { code: 'CLAUSE_NOT_IN_FORCE'; clause: string; day: string }
  /** The clause is another body's: `roles` are those that are responsible for it. */
  | { code: 'CLAUSE_NOT_YOURS'; clause: string; roles: string[] }
  | { code: 'WARRANT_PERIOD'; earliest: number; latest: number }
  | { code: 'WARRANT_HIDDEN_PERIOD'; earliest: number; latest: number }

/** Why what follows on a warrant is refused, in checking order. */
export type WarrantRefusal =
  | { code: 'ROLE_REQUIRED'; role: string }
  | { code: 'OFFICER_REQUIRED'; member: string }
  | { code: 'WARRANT_NOT_FOUND'; warrant: string }
  | { code: 'WARRANT_NOT_YOURS'; warrant: string; member: string }
  | { code: 'WARRANT_STATE'; warrant: string; state: string }
  | { code: 'WARRANT_OVER'; warrant: string; notAfter: number }
  | { code: 'WARRANT_SAME_OFFICER'; warrant: string; officer: string }
  /** The clause was repealed or replaced between the two officers. */
  | { code: 'CLAUSE_NOT_IN_FORCE'; clause: string; day: string }
  | { code: 'WARRANT_SEEKS_NOBODY'; warrant: string }
  | { code: 'WARRANT_ROWS_NAMED'; warrant: string }
  | { code: 'WARRANT_PLACES'; count: number }

/** Every refusal of this module. */
export type SupervisionRefusal = AlertRefusal | MissedRefusal | IssueRefusal | WarrantRefusal

/** Ends the transaction with one of this module's refusals. */
export function refuse(ctx: Context, reason: SupervisionRefusal): never {
  return ctx.refuse(reason)
}
