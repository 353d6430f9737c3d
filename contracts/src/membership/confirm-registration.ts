import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { HolderName } from '../vocabulary/schemas.ts'
import { getOwnKeyholder, LONE_CONFIRMATION_MS } from './keyholders.ts'
import { keyholders } from './records.ts'
import { membershipRefusal } from './refusals.ts'
import { ADMINISTRATOR, requireRole } from './roles.ts'

/** A second administrator puts a registration into effect. */
export const confirmRegistration = action({
  name: 'membership.confirmRegistration',
  summary: 'Confirms, as a second administrator, what another one registered.',
  input: Type.Object({
    kind: Type.Union([Type.Literal('officer'), Type.Literal('system')]),
    name: HolderName,
  }),
  run(ctx: Context, { kind, name }) {
    requireRole(ctx, ADMINISTRATOR)
    const holder = getOwnKeyholder(ctx, kind, name)
    const { pending } = holder
    if (pending === null) {
      ctx.refuse(membershipRefusal({ code: 'CONFIRMATION_NOT_NEEDED', kind, name }))
    }
    const until = pending.since + LONE_CONFIRMATION_MS
    if (holder.registeredBy === ctx.signer.name && ctx.time < until) {
      ctx.refuse(membershipRefusal({ code: 'SECOND_ADMINISTRATOR_REQUIRED', until }))
    }

    const { member } = ctx.signer
    const { roles, unit } = pending
    ctx.state(keyholders).put([member, kind, name], {
      ...holder,
      roles,
      unit,
      status: 'ACTIVE',
      confirmedBy: ctx.signer.name,
      pending: null,
    })
    ctx.emit('KeyholderConfirmed', { member, kind, name, roles })
    return { status: 'ACTIVE' }
  },
})
