import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { revokeWarrantGrant } from '../access/warrant-grants.ts'
import { ContractId } from '../vocabulary/schemas.ts'
import { warrants } from './records.ts'
import { refuse } from './refusals.ts'
import { getWarrantOf, requireSupervisor, turnOf } from './warrant-state.ts'

/** Ends a warrant for good; one officer is enough to look no more. */
export const revokeWarrant = action({
  name: 'supervision.revokeWarrant',
  summary: 'Ends a warrant of your member for good, whether confirmed or not.',
  input: Type.Object({ warrant: ContractId }),
  run(ctx: Context, { warrant: id }) {
    requireSupervisor(ctx)
    const found = getWarrantOf(ctx, id, 'member')
    const { state, grant, owner } = found
    if (state === 'revoked') refuse(ctx, { code: 'WARRANT_STATE', warrant: id, state })

    if (grant !== null) revokeWarrantGrant(ctx, grant)
    ctx.state(warrants).put(id, { ...found, state: 'revoked', revoked: turnOf(ctx) })
    ctx.emit('WarrantRevoked', {
      warrant: id,
      member: found.issued.member,
      owner,
      case: found.case,
    })
    return { warrant: id, state: 'revoked' }
  },
})
