import type { JsonObject } from '@renshe/crypto'
import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { admitMember, NewMember } from '../membership/admission.ts'
import { findMember } from '../membership/members.ts'
import { membershipRefusal } from '../membership/refusals.ts'
import { type Enactment, openProposal } from './proposals.ts'

/** Proposes to admit a member with its authorities, first systems and officers. */
export const proposeMember = action({
  name: 'governance.proposeMember',
  summary: 'Proposes to admit a new member.',
  input: Type.Object({ member: NewMember }),
  run(ctx: Context, { member }) {
    const { id } = member
    if (findMember(ctx, id) !== undefined) {
      ctx.refuse(membershipRefusal({ code: 'MEMBER_EXISTS', member: id }))
    }
    const proposal = openProposal(ctx, {
      subject: 'admit',
      content: { member: member as unknown as JsonObject },
    })
    return { proposal }
  },
})

/** Admission: certificates are checked at the block time of the enactment. */
export const admission: Enactment = {
  enact(ctx, { content }) {
    const { member } = content as { member: NewMember }
    admitMember(ctx, member)
    ctx.emit('MemberAdmitted', { member: member.id })
  },
}
