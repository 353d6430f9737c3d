import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { type NewAuthority, registerAuthority } from '../membership/certificates.ts'
import { getMember } from '../membership/members.ts'
import { membershipRefusal } from '../membership/refusals.ts'
import { MemberId } from '../vocabulary/schemas.ts'
import { type Enactment, openProposal } from './proposals.ts'

/**
 * Proposes a further certification authority of a member; only after the vote its certificates
 * count.
 */
export const proposeAuthority = action({
  name: 'governance.proposeAuthority',
  summary: 'Proposes to register a certification authority of a member.',
  input: Type.Object({
    member: MemberId,
    der: Type.String({ maxLength: 11_000, description: 'the certificate (DER) in base64url' }),
    profile: Type.Union([Type.Literal('member-ca'), Type.Literal('officer-ca')]),
  }),
  run(ctx: Context, { member, der, profile }) {
    const { status } = getMember(ctx, member)
    if (status !== 'ACTIVE') {
      ctx.refuse(membershipRefusal({ code: 'MEMBER_NOT_ACTIVE', member, status }))
    }
    const content = { member, der, profile }
    const proposal = openProposal(ctx, { subject: 'authority', content, concerned: member })
    return { proposal }
  },
})

/** Registration of the authority; its certificate is checked at this block time. */
export const authorityRegistration: Enactment = {
  enact(ctx, { content }) {
    const { member, der, profile } = content as unknown as NewAuthority & { member: string }
    const authority = registerAuthority(ctx, member, { der, profile })
    ctx.emit('AuthorityRegistered', { authority, member, profile })
  },
}
