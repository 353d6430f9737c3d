import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { GrantId } from '../vocabulary/schemas.ts'
import { getOwnGrant, revokeWithBelow } from './owner-grants.ts'

/**
 * Revokes a grant for good, with all below it: from this transaction on reads are refused, and reads that
 * are committed but not answered are released no more.
 */
export const revokeGrant = action({
  name: 'access.revokeGrant',
  summary: 'Revokes a grant over data of your member for good.',
  input: Type.Object({ grant: GrantId }),
  run(ctx: Context, { grant: id }) {
    const grant = getOwnGrant(ctx, id)

    const below = revokeWithBelow(ctx, grant)
    return { grant: id, below: below.length }
  },
})
