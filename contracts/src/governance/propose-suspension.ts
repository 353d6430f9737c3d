import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { setSuspension } from '../membership/admission.ts'
import { getMember } from '../membership/members.ts'
import { membershipRefusal } from '../membership/refusals.ts'
import { MemberId } from '../vocabulary/schemas.ts'
import { type Enactment, openProposal } from './proposals.ts'

/** Proposes to suspend a member, or to let a suspended one come back. */
export const proposeSuspension = action({
  name: 'governance.proposeSuspension',
  summary: 'Proposes to suspend a member, or to lift its suspension.',
  input: Type.Object({ member: MemberId, suspended: Type.Boolean() }),
  run(ctx: Context, { member, suspended }) {
    const { status } = getMember(ctx, member)
    if (suspended && status !== 'ACTIVE') {
      ctx.refuse(membershipRefusal({ code: 'MEMBER_NOT_ACTIVE', member, status }))
    }
    if (!suspended && status !== 'SUSPENDED') {
      ctx.refuse(membershipRefusal({ code: 'MEMBER_NOT_SUSPENDED', member, status }))
    }
    const proposal = openProposal(ctx, {
      subject: 'suspend',
      content: { member, suspended },
      concerned: member,
    })
    return { proposal }
  },
})

/** Suspension or its end. */
export const suspension: Enactment = {
  enact(ctx, { content }) {
    const { member, suspended } = content as { member: string; suspended: boolean }
    setSuspension(ctx, member, suspended)
  },
}
