/* Roles of officers and systems that contracts themselves ask for; packages name further ones. */
import type { Context } from '@renshe/kernel'
import { membershipRefusal } from './refusals.ts'

/** Registers officers, systems and units of its own member, and revokes their keys. */
export const ADMINISTRATOR = 'administrator'
/** Proposes and votes for its member. */
export const GOVERNANCE = 'governance'

/** Refuses `ROLE_REQUIRED` unless the signer has the role at this height. */
export function requireRole(ctx: Context, role: string): void {
  if (!ctx.signer.roles.includes(role)) {
    ctx.refuse(membershipRefusal({ code: 'ROLE_REQUIRED', role }))
  }
}
