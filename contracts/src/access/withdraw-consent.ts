import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { GrantId } from '../vocabulary/schemas.ts'
import { WINDOW } from './issue-signer.ts'
import { getGrant, revokeWithBelow } from './owner-grants.ts'
import type { Grant } from './records.ts'
import { accessRefusal } from './refusals.ts'

/**
 * Takes a consent back, by one act and for no reason, as easily as it was given: by the person, the
 * guardian or its ward, or by any window officer of the member at whose window it was given.
 *
 * @source 个人信息保护法 第十五条; threat 24
 */
export const withdrawConsent = action({
  name: 'access.withdrawConsent',
  summary: 'Takes back a consent that you gave; everything below it falls too.',
  input: Type.Object({ grant: GrantId }),
  run(ctx: Context, { grant: id }) {
    const grant = getGrant(ctx, id)
    if (!isGiver(ctx, grant)) ctx.refuse(accessRefusal({ code: 'GRANT_NOT_YOURS', grant: id }))
    if (grant.revokedAt !== null) ctx.refuse(accessRefusal({ code: 'GRANT_REVOKED', grant: id }))

    const below = revokeWithBelow(ctx, grant)
    ctx.emit('ConsentWithdrawn', { grant: id, owner: grant.owner, member: grant.holder.member })
    return { grant: id, below: below.length }
  },
})

function isGiver({ signer }: Context, { kind, parent, issued }: Grant): boolean {
  if (kind !== 'CONSENT' || parent !== null || issued === undefined) return false
  const { givenBy, ward, agreement } = issued
  if (signer.member !== givenBy.member) return false
  // The paper's signer comes back to the window: whoever sits there now takes it.
  if (agreement !== null) return signer.kind === 'officer' && signer.roles.includes(WINDOW)
  return signer.kind === 'subject' && (signer.name === givenBy.name || signer.name === ward)
}
