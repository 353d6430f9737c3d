import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { GrantId } from '../vocabulary/schemas.ts'
import { getOwnGrant } from './owner-grants.ts'
import { type Grant, grants } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** Suspends a grant until it is lifted: misuse is looked into before it is revoked. */
export const suspendGrant = action({
  name: 'access.suspendGrant',
  summary: 'Suspends a grant over data of your member until it is lifted.',
  input: Type.Object({ grant: GrantId }),
  run(ctx: Context, { grant: id }) {
    const grant = getOwnGrant(ctx, id)
    if (grant.suspendedAt !== null) {
      ctx.refuse(accessRefusal({ code: 'GRANT_SUSPENDED', grant: id }))
    }

    ctx.state(grants).put(id, { ...grant, suspendedAt: ctx.time })
    ctx.emit('GrantSuspended', { grant: id, owner: grant.owner, member: grant.holder.member })
    return { grant: id }
  },
})

/** Which grants a case suspends: of one owner, held by one member. */
export interface SuspendedGrants {
  readonly owner: string
  readonly holder: string
  /** Those that rest on this case, */
  readonly caseId: string
  /** and those issued for cases of this service. */
  readonly service: string
}

/**
 * Suspends grants for a case, or lifts what was suspended. Warrants stay: the supervised must not stop a
 * supervisor's look. What was delegated opens nothing while the grant above it is suspended.
 *
 * @param at   since when, UTC ms; `null`: they may be used again
 * @returns    ids of the grants that changed
 */
export function suspendGrants(
  ctx: Context,
  { owner, holder, caseId, service }: SuspendedGrants,
  at: number | null,
): string[] {
  const isMeant = ({ owner: of, kind, case: own, issued, revokedAt }: Grant): boolean =>
    of === owner &&
    kind !== 'WARRANT' &&
    revokedAt === null &&
    (own === caseId || (issued !== undefined && issued.serviceItem === service))
  const held = [...ctx.state(grants).index('byHolder', { prefix: [holder] })]
  const changed: string[] = []
  for (const [id, grant] of held) {
    if (!isMeant(grant) || (grant.suspendedAt === null) === (at === null)) continue
    ctx.state(grants).put(id, { ...grant, suspendedAt: at })
    const event = at === null ? 'GrantSuspensionLifted' : 'GrantSuspended'
    ctx.emit(event, { grant: id, owner, member: holder })
    changed.push(id)
  }
  return changed
}
