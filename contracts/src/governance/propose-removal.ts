import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { removeMember } from '../membership/admission.ts'
import { getMember } from '../membership/members.ts'
import { membershipRefusal } from '../membership/refusals.ts'
import { MemberId } from '../vocabulary/schemas.ts'
import { type Enactment, openProposal } from './proposals.ts'

/** Proposes to remove a member for good; it has no vote on it. */
export const proposeRemoval = action({
  name: 'governance.proposeRemoval',
  summary: 'Proposes to remove a member for good.',
  input: Type.Object({ member: MemberId }),
  run(ctx: Context, { member }) {
    const { status } = getMember(ctx, member)
    if (status === 'REMOVED') {
      ctx.refuse(membershipRefusal({ code: 'MEMBER_NOT_ACTIVE', member, status }))
    }
    const proposal = openProposal(ctx, {
      subject: 'remove',
      content: { member },
      concerned: member,
    })
    return { proposal }
  },
})

/** Removal: from this height none of the member's keys signs. */
export const removal: Enactment = {
  enact: (ctx, { content }) => removeMember(ctx, content.member as string),
}
