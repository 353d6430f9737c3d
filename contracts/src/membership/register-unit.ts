import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { BilingualText, UnitName } from '../vocabulary/schemas.ts'
import { units } from './records.ts'
import { membershipRefusal } from './refusals.ts'
import { ADMINISTRATOR, requireRole } from './roles.ts'

/** Registers a department, so that officers and grants can name it. */
export const registerUnit = action({
  name: 'membership.registerUnit',
  summary: 'Registers a department of your member.',
  input: Type.Object({ unit: UnitName, name: BilingualText }),
  run(ctx: Context, { unit, name }) {
    requireRole(ctx, ADMINISTRATOR)
    const { member } = ctx.signer
    const known = ctx.state(units).find([member, unit])
    if (known !== undefined && known.name !== null) {
      ctx.refuse(membershipRefusal({ code: 'UNIT_EXISTS', unit }))
    }

    ctx.state(units).put([member, unit], { v: 1, member, unit, name, closedAt: null })
    ctx.emit('UnitRegistered', { member, unit })
    return { unit }
  },
})
