import { type Action, action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { numberSetting } from '../governance/settings.ts'
import { Digest } from '../vocabulary/schemas.ts'
import { type AccessPorts, SUPERVISOR_ROLES } from './ports.ts'
import { reads } from './records.ts'
import { accessRefusal } from './refusals.ts'

/**
 * Says that an owner has not told what became of a read in time; the contract looks at its own clock.
 *
 * @source security/sealed-data.md section 8, Read 5
 */
export function raiseUnconfirmed({ raiseAlert }: AccessPorts): Action<{ read: string }> {
  return action({
    name: 'access.raiseUnconfirmed',
    summary: 'Raises an alert on a read of which its owner has not told in time what became of it.',
    input: Type.Object({ read: Digest }),
    run(ctx: Context, { read: id }) {
      const read =
        ctx.state(reads).find(id) ?? ctx.refuse(accessRefusal({ code: 'READ_NOT_FOUND', read: id }))
      const { confirmation, at, owner, member } = read
      if (confirmation !== null) {
        const { outcome } = confirmation
        ctx.refuse(accessRefusal({ code: 'READ_CONFIRMED', read: id, outcome }))
      }
      const until = at + numberSetting(ctx, 'access.confirmWithinMs')
      if (ctx.time <= until) {
        ctx.refuse(accessRefusal({ code: 'CONFIRMATION_NOT_DUE', read: id, until }))
      }
      if (read.raisedAt !== undefined) {
        ctx.refuse(accessRefusal({ code: 'CONFIRMATION_RAISED', read: id }))
      }

      ctx.state(reads).put(id, { ...read, raisedAt: ctx.time })
      raiseAlert(ctx, {
        code: 'READ_UNCONFIRMED',
        severity: 'warning',
        to: [owner, member, ...SUPERVISOR_ROLES],
        caseId: read.case,
        facts: { read: id, owner, member },
      })
      return { read: id }
    },
  })
}
