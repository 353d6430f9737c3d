import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { GrantId } from '../vocabulary/schemas.ts'
import { getOwnGrant } from './owner-grants.ts'
import { grants } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** Suspends a grant until it is lifted: misuse is looked into before it is revoked. */
export const suspendGrant = action({
  name: 'access.suspendGrant',
  summary: 'Suspends a grant over data of your member until it is lifted.',
  input: Type.Object({ grant: GrantId }),
  run(ctx: Context, { grant: id }) {
    const grant = getOwnGrant(ctx, id)
    if (grant.suspendedAt !== null) {
      ctx.refuse(accessRefusal({ code: 'GRANT_SUSPENDED', grant: id }))
    }

    ctx.state(grants).put(id, { ...grant, suspendedAt: ctx.time })
    ctx.emit('GrantSuspended', { grant: id, owner: grant.owner, member: grant.holder.member })
    return { grant: id }
  },
})
