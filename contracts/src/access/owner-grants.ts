/* What an owner does with grants over its data. */
import type { Context } from '@renshe/kernel'
import { requireRole } from '../membership/roles.ts'
import { findGrant } from './grants.ts'
import type { Grant } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** Revokes and suspends grants over the data of its own member. */
export const DATA_STEWARD = 'data-steward'

/** A grant over the data of the signer's member, not revoked, no warrant; refuses what is not. */
export function getOwnGrant(ctx: Context, id: string): Grant {
  requireRole(ctx, DATA_STEWARD)
  const grant =
    findGrant(ctx, id) ?? ctx.refuse(accessRefusal({ code: 'GRANT_NOT_FOUND', grant: id }))
  // The owner does not end a supervisor's look at it.
  if (grant.owner !== ctx.signer.member || grant.kind === 'WARRANT') {
    ctx.refuse(accessRefusal({ code: 'GRANT_NOT_YOURS', grant: id }))
  }
  if (grant.revokedAt !== null) {
    ctx.refuse(accessRefusal({ code: 'GRANT_REVOKED', grant: id }))
  }
  return grant
}
