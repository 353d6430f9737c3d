import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { UnitName } from '../vocabulary/schemas.ts'
import { keyholders, units } from './records.ts'
import { membershipRefusal } from './refusals.ts'
import { ADMINISTRATOR, requireRole } from './roles.ts'

/** Closes a department in which no officer or system is left. */
export const closeUnit = action({
  name: 'membership.closeUnit',
  summary: 'Closes a department of your member that no officer or system is in.',
  input: Type.Object({ unit: UnitName }),
  run(ctx: Context, { unit }) {
    requireRole(ctx, ADMINISTRATOR)
    const { member } = ctx.signer
    const known = ctx.state(units).find([member, unit])
    if (known === undefined || known.closedAt !== null) {
      ctx.refuse(membershipRefusal({ code: 'UNIT_NOT_FOUND', unit }))
    }
    for (const [, holder] of ctx.state(keyholders).range({ prefix: [member] })) {
      if (holder.unit === unit || holder.pending?.unit === unit) {
        ctx.refuse(membershipRefusal({ code: 'UNIT_IN_USE', unit }))
      }
    }

    ctx.state(units).put([member, unit], { ...known, closedAt: ctx.time })
    ctx.emit('UnitClosed', { member, unit })
    return { unit }
  },
})
