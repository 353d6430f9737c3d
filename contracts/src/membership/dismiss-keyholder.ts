import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { HolderName } from '../vocabulary/schemas.ts'
import { getOwnKeyholder } from './keyholders.ts'
import { keyholders } from './records.ts'
import { membershipRefusal } from './refusals.ts'
import { ADMINISTRATOR, requireRole } from './roles.ts'

/**
 * Ends an officer's or system's office: its keys stop signing at this height. One administrator is
 * enough, for it narrows; another administrator first loses that role by two (`registerOfficer`).
 */
export const dismissKeyholder = action({
  name: 'membership.dismissKeyholder',
  summary: 'Ends the office of an officer or system of your member; its keys stop signing.',
  input: Type.Object({
    kind: Type.Union([Type.Literal('officer'), Type.Literal('system')]),
    name: HolderName,
  }),
  run(ctx: Context, { kind, name }) {
    requireRole(ctx, ADMINISTRATOR)
    const holder = getOwnKeyholder(ctx, kind, name)
    if (holder.status === 'LEFT') {
      const { status } = holder
      ctx.refuse(membershipRefusal({ code: 'KEYHOLDER_NOT_ACTIVE', kind, name, status }))
    }

    const { member } = ctx.signer
    if (holder.roles.includes(ADMINISTRATOR) && name !== ctx.signer.name) {
      // Else one stolen key could remove the other administrator and register whom it likes.
      ctx.refuse(membershipRefusal({ code: 'SECOND_ADMINISTRATOR_REQUIRED', until: null }))
    }

    ctx.state(keyholders).put([member, kind, name], {
      ...holder,
      roles: [],
      unit: null,
      status: 'LEFT',
      pending: null,
    })
    ctx.emit('KeyholderDismissed', { member, kind, name })
    return { status: 'LEFT' }
  },
})
