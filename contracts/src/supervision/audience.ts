import type { Context, StateView } from '@renshe/kernel'
import { hasRole } from '../membership/members.ts'
import { isCode } from '../vocabulary/spelling.ts'
import { type Alert, alerts } from './records.ts'
import { refuse } from './refusals.ts'

/** Whether an alert is for a member: by name, or by a role that it has at this height. */
export function isTold(view: StateView, { to }: Alert, member: string): boolean {
  return to.some((who) => who === member || (isCode(who) && hasRole(view, member, who)))
}

/** The alert, if it is for the signer's member and not closed. */
export function getAlertOfSigner(ctx: Context, alert: string): Alert {
  const { member } = ctx.signer
  const found = ctx.state(alerts).find(alert)
  if (found === undefined) refuse(ctx, { code: 'ALERT_NOT_FOUND', alert })
  if (!isTold(ctx, found, member)) refuse(ctx, { code: 'ALERT_NOT_FOR_YOU', alert, member })
  if (found.closed !== null) refuse(ctx, { code: 'ALERT_CLOSED', alert, by: found.closed.member })
  return found
}
