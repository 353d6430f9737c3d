import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { requireRole } from '../membership/roles.ts'
import { GrantId } from '../vocabulary/schemas.ts'
import { WINDOW } from './issue-signer.ts'
import { getGrant } from './owner-grants.ts'
import { grants } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** The second officer of a consent that was given at a window: from here on it is in force. */
export const agreeToGrant = action({
  name: 'access.agreeToGrant',
  summary: 'Agrees, as a second officer, to a consent that a person gave at your window.',
  input: Type.Object({ grant: GrantId }),
  run(ctx: Context, { grant: id }) {
    requireRole(ctx, WINDOW)
    const grant = getGrant(ctx, id)
    const { issued, notBefore, notAfter } = grant
    const { signer } = ctx
    if (issued?.givenBy.member !== signer.member) {
      return ctx.refuse(accessRefusal({ code: 'GRANT_NOT_YOURS', grant: id }))
    }
    if (issued.agreement === null || issued.agreement.at !== null) {
      ctx.refuse(accessRefusal({ code: 'AGREEMENT_NOT_NEEDED', subject: id }))
    }
    if (signer.kind !== 'officer') ctx.refuse(accessRefusal({ code: 'OFFICER_REQUIRED' }))
    if (issued.givenBy.name === signer.name) {
      ctx.refuse(accessRefusal({ code: 'SAME_OFFICER', officer: signer.name }))
    }
    if (grant.revokedAt !== null) ctx.refuse(accessRefusal({ code: 'GRANT_REVOKED', grant: id }))
    if (notAfter !== null && ctx.time >= notAfter) {
      ctx.refuse(accessRefusal({ code: 'GRANT_NOT_IN_FORCE', grant: id, notBefore, notAfter }))
    }

    const agreement = { officer: signer.name, at: ctx.time }
    ctx.state(grants).put(id, { ...grant, issued: { ...issued, agreement } })
    ctx.emit('GrantAgreed', { grant: id, owner: grant.owner, member: grant.holder.member })
    return { grant: id }
  },
})
