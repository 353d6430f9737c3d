import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { ContractId } from '../vocabulary/schemas.ts'
import { ErasurePart, erasures, missingOf } from './erasure-records.ts'
import { accessRefusal } from './refusals.ts'

/** A member says that its part of erased records is deleted. What nobody says stays shown as missing. */
export const confirmErasure = action({
  name: 'access.confirmErasure',
  summary: 'Says that your member deleted its part of erased records.',
  input: Type.Object({ erasure: ContractId, part: ErasurePart }),
  run(ctx: Context, { erasure: id, part }) {
    const erasure =
      ctx.state(erasures).find(id) ??
      ctx.refuse(accessRefusal({ code: 'ERASURE_NOT_FOUND', erasure: id }))
    const { member } = ctx.signer
    const isPart = (one: { member: string; part: string }) =>
      one.member === member && one.part === part
    if (ctx.signer.kind === 'subject' || !erasure.expected.some(isPart)) {
      ctx.refuse(accessRefusal({ code: 'ERASURE_NOT_YOURS', erasure: id }))
    }
    if (erasure.confirmations.some(isPart)) {
      ctx.refuse(accessRefusal({ code: 'ERASURE_CONFIRMED', erasure: id }))
    }

    const { time: at, height, txId: by } = ctx
    const confirmations = [...erasure.confirmations, { member, part, at, height, by }]
    ctx.state(erasures).put(id, { ...erasure, confirmations })
    const missing = missingOf({ ...erasure, confirmations }).length
    ctx.emit('ErasureConfirmed', { erasure: id, owner: erasure.owner, member, part, missing })
    return { erasure: id, missing }
  },
})
