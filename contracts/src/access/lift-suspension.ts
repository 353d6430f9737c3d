import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { GrantId } from '../vocabulary/schemas.ts'
import { getOwnGrant } from './owner-grants.ts'
import { grants } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** Lets a suspended grant be used again. */
export const liftSuspension = action({
  name: 'access.liftSuspension',
  summary: 'Lets a suspended grant over data of your member be used again.',
  input: Type.Object({ grant: GrantId }),
  run(ctx: Context, { grant: id }) {
    const grant = getOwnGrant(ctx, id)
    if (grant.suspendedAt === null) {
      ctx.refuse(accessRefusal({ code: 'GRANT_NOT_SUSPENDED', grant: id }))
    }

    ctx.state(grants).put(id, { ...grant, suspendedAt: null })
    ctx.emit('GrantSuspensionLifted', {
      grant: id,
      owner: grant.owner,
      member: grant.holder.member,
    })
    return { grant: id }
  },
})
