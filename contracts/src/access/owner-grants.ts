/* What stewards do with grants: the owner over its data, a holder over what it passed on. */
import { amendments, type Context, type StateView } from '@renshe/kernel'
import { requireRole } from '../membership/roles.ts'
import { findGrant } from './grants.ts'
import { type Grant, grants } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** Gives, revokes and suspends grants over the data of its own member. */
export const DATA_STEWARD = 'data-steward'

/** The grant; refuses `GRANT_NOT_FOUND`. */
export function getGrant(ctx: Context, id: string): Grant {
  return findGrant(ctx, id) ?? ctx.refuse(accessRefusal({ code: 'GRANT_NOT_FOUND', grant: id }))
}

/**
 * A grant over the data of the signer's member, or below one that its member holds; not revoked, no
 * warrant. Refuses what is not.
 */
export function getOwnGrant(ctx: Context, id: string): Grant {
  requireRole(ctx, DATA_STEWARD)
  const grant = getGrant(ctx, id)
  const { member } = ctx.signer
  const giver = grant.parent === null ? undefined : findGrant(ctx, grant.parent)?.holder.member
  // The owner does not end a supervisor's look at it.
  if ((grant.owner !== member && giver !== member) || grant.kind === 'WARRANT') {
    ctx.refuse(accessRefusal({ code: 'GRANT_NOT_YOURS', grant: id }))
  }
  if (grant.revokedAt !== null) ctx.refuse(accessRefusal({ code: 'GRANT_REVOKED', grant: id }))
  return grant
}

/** Grants below one, nearest first. */
export function grantsBelow(view: StateView, id: string): Grant[] {
  const below: Grant[] = []
  const open = [id]
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    for (const [, grant] of view.state(grants).index('byParent', { prefix: [parent] })) {
      below.push(grant)
      open.push(grant.id)
    }
  }
  return below
}

/**
 * Ends a grant for good, with everything below it.
 *
 * @returns ids of what fell with it
 */
export function revokeWithBelow(ctx: Context, grant: Grant): string[] {
  const fallen = grantsBelow(ctx, grant.id).filter(({ revokedAt }) => revokedAt === null)
  for (const one of [grant, ...fallen]) {
    ctx.state(grants).put(one.id, { ...one, revokedAt: ctx.time })
    ctx.state(amendments).put(one.id, { v: 1, at: ctx.time, by: ctx.txId, kind: 'revoked' })
  }
  const below = fallen.map(({ id }) => id)
  // An event holds at most 4 KiB: the records say what else fell.
  ctx.emit('GrantRevoked', {
    grant: grant.id,
    owner: grant.owner,
    member: grant.holder.member,
    below: below.slice(0, 100),
  })
  return below
}
