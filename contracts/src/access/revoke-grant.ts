import { action, amendments, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { GrantId } from '../vocabulary/schemas.ts'
import { getOwnGrant } from './owner-grants.ts'
import { grants } from './records.ts'

/**
 * Revokes a grant for good: from this transaction on reads are refused, and reads that are
 * committed but not answered are released no more.
 */
export const revokeGrant = action({
  name: 'access.revokeGrant',
  summary: 'Revokes a grant over data of your member for good.',
  input: Type.Object({ grant: GrantId }),
  run(ctx: Context, { grant: id }) {
    const grant = getOwnGrant(ctx, id)

    ctx.state(grants).put(id, { ...grant, revokedAt: ctx.time })
    ctx.state(amendments).put(id, { v: 1, at: ctx.time, by: ctx.txId, kind: 'revoked' })
    ctx.emit('GrantRevoked', { grant: id, owner: grant.owner, member: grant.holder.member })
    return { grant: id }
  },
})
