import { type Action, action, type Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { GrantId } from '../vocabulary/schemas.ts'
import { getGrant, revokeWithBelow } from './owner-grants.ts'
import { type AccessPorts, SUPERVISOR_ROLES } from './ports.ts'
import { type Grant, grants, type IssuedTerms } from './records.ts'
import { accessRefusal } from './refusals.ts'

const ReviewEmergency = Type.Object({
  grant: GrantId,
  outcome: Type.Union([Type.Literal('JUSTIFIED'), Type.Literal('UNJUSTIFIED')]),
})

/** Another officer looks at what was opened in an emergency; without a reason it ends, and is told. */
export function reviewEmergency(ports: AccessPorts): Action<Static<typeof ReviewEmergency>> {
  return action({
    name: 'access.reviewEmergency',
    summary: 'Reviews, as another officer, an emergency grant of your member.',
    input: ReviewEmergency,
    run(ctx: Context, { grant: id, outcome }) {
      const grant = getGrant(ctx, id)
      const { signer } = ctx
      const { issued, review } = refuseUnlessEmergency(ctx, grant)
      if (grant.holder.member !== signer.member) {
        ctx.refuse(accessRefusal({ code: 'GRANT_NOT_YOURS', grant: id }))
      }
      if (review.state !== 'WAITING') {
        ctx.refuse(accessRefusal({ code: 'REVIEW_NOT_NEEDED', grant: id }))
      }
      if (signer.kind !== 'officer') ctx.refuse(accessRefusal({ code: 'OFFICER_REQUIRED' }))
      if (issued.givenBy.name === signer.name) {
        ctx.refuse(accessRefusal({ code: 'SAME_OFFICER', officer: signer.name }))
      }

      const done = { ...review, state: outcome, officer: signer.name, at: ctx.time }
      const reviewed: Grant = { ...grant, issued: { ...issued, review: done } }
      ctx.state(grants).put(id, reviewed)
      if (outcome === 'UNJUSTIFIED') {
        if (grant.revokedAt === null) revokeWithBelow(ctx, reviewed)
        tell(ctx, grant, 'EMERGENCY_UNJUSTIFIED', ports)
      }
      ctx.emit('EmergencyReviewed', { grant: id, owner: grant.owner, outcome })
      return { grant: id, outcome }
    },
  })
}

/** Says that nobody reviewed an emergency in time; the contract looks at its own clock. */
export function raiseUnreviewed(ports: AccessPorts): Action<{ grant: string }> {
  return action({
    name: 'access.raiseUnreviewed',
    summary: 'Raises an alert on an emergency that nobody reviewed in time.',
    input: Type.Object({ grant: GrantId }),
    run(ctx: Context, { grant: id }) {
      const grant = getGrant(ctx, id)
      const { issued, review } = refuseUnlessEmergency(ctx, grant)
      if (review.state !== 'WAITING') {
        ctx.refuse(accessRefusal({ code: 'REVIEW_NOT_NEEDED', grant: id }))
      }
      const { until } = review
      if (ctx.time <= until) ctx.refuse(accessRefusal({ code: 'REVIEW_NOT_DUE', grant: id, until }))
      if (review.raisedAt !== null) ctx.refuse(accessRefusal({ code: 'REVIEW_RAISED', grant: id }))

      const raised = { ...review, raisedAt: ctx.time }
      ctx.state(grants).put(id, { ...grant, issued: { ...issued, review: raised } })
      tell(ctx, grant, 'EMERGENCY_UNREVIEWED', ports)
      return { grant: id }
    },
  })
}

function refuseUnlessEmergency(ctx: Context, { id, issued }: Grant) {
  const review = issued?.review ?? null
  if (issued === undefined || review === null) {
    return ctx.refuse(accessRefusal({ code: 'REVIEW_NOT_NEEDED', grant: id }))
  }
  return { issued, review } satisfies { issued: IssuedTerms; review: typeof review }
}

function tell(ctx: Context, grant: Grant, code: string, { raiseAlert }: AccessPorts): void {
  const { id, owner, holder, issued } = grant
  raiseAlert(ctx, {
    code,
    severity: 'grave',
    to: [owner, holder.member, ...SUPERVISOR_ROLES],
    caseId: grant.case,
    facts: { grant: id, member: holder.member, officer: issued?.givenBy.name ?? '' },
  })
}
