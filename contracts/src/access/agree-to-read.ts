import { type Action, action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { Digest } from '../vocabulary/schemas.ts'
import { findGrantChain, findGrantFault } from './grant-state.ts'
import { findGrant } from './grants.ts'
import type { AccessPorts } from './ports.ts'
import { type Read, reads } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** The second officer of a read: nothing is released before, and nothing when it comes too late. */
export function agreeToRead(ports: AccessPorts): Action<{ read: string }> {
  return action({
    name: 'access.agreeToRead',
    summary: 'Agrees, as a second officer who may use the grant, to a read that waits for it.',
    input: Type.Object({ read: Digest }),
    run(ctx: Context, { read: id }) {
      const read =
        ctx.state(reads).find(id) ?? ctx.refuse(accessRefusal({ code: 'READ_NOT_FOUND', read: id }))
      const second = refuseUnlessWaiting(ctx, read, ports)

      ctx.state(reads).put(id, {
        ...read,
        second: { ...second, officer: ctx.signer.name, at: ctx.time },
      })
      const { owner, member, grant } = read
      ctx.emit('ReadAgreed', { read: id, grant, owner, member, officer: ctx.signer.name })
      return { read: id }
    },
  })
}

function refuseUnlessWaiting(ctx: Context, read: Read, { findCase }: AccessPorts) {
  const { read: id, grant: grantId, second, officer } = read
  const { signer, time } = ctx
  const grant = findGrant(ctx, grantId)
  if (grant === undefined) throw new Error(`read ${id} has no grant`)
  const use = { signer, time, caseId: read.case ?? undefined }
  const fault = findGrantFault(ctx, findGrantChain(ctx, grant), use, findCase)
  if (fault !== undefined) ctx.refuse(accessRefusal(fault))
  if (second === null || second.at !== null) {
    ctx.refuse(accessRefusal({ code: 'AGREEMENT_NOT_NEEDED', subject: id }))
  }
  if (signer.kind !== 'officer') ctx.refuse(accessRefusal({ code: 'OFFICER_REQUIRED' }))
  if (signer.name === officer) ctx.refuse(accessRefusal({ code: 'SAME_OFFICER', officer }))
  if (time > second.until) {
    ctx.refuse(accessRefusal({ code: 'AGREEMENT_TOO_LATE', read: id, until: second.until }))
  }
  return second
}
