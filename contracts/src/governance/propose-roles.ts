import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { changeMemberRoles } from '../membership/admission.ts'
import { getMember } from '../membership/members.ts'
import { membershipRefusal } from '../membership/refusals.ts'
import { MemberId, MemberRole } from '../vocabulary/schemas.ts'
import { type Enactment, openProposal } from './proposals.ts'

/** Proposes other roles of a member in the consortium, or whether it votes. */
export const proposeRoles = action({
  name: 'governance.proposeRoles',
  summary: 'Proposes to change the roles of a member, or whether it votes.',
  input: Type.Object({
    member: MemberId,
    roles: Type.Array(MemberRole, { maxItems: 32 }),
    voting: Type.Boolean(),
  }),
  run(ctx: Context, { member, roles, voting }) {
    const { status } = getMember(ctx, member)
    if (status !== 'ACTIVE') {
      ctx.refuse(membershipRefusal({ code: 'MEMBER_NOT_ACTIVE', member, status }))
    }
    const content = { member, roles: [...new Set(roles)].sort(), voting }
    const proposal = openProposal(ctx, { subject: 'roles', content, concerned: member })
    return { proposal }
  },
})

/** The change of roles. */
export const roleChange: Enactment = {
  enact(ctx, { content }) {
    const { member, roles, voting } = content as {
      member: string
      roles: string[]
      voting: boolean
    }
    changeMemberRoles(ctx, member, roles, voting)
  },
}
