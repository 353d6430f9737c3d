import { action, amendments, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { type Enactment, openProposal } from '../governance/proposals.ts'
import { Digest } from '../vocabulary/schemas.ts'
import { packages } from './records.ts'
import { catalogueRefusal } from './refusals.ts'

/** Proposes that no further case opens under a package; running cases finish. */
export const proposeWithdrawal = action({
  name: 'catalogue.proposeWithdrawal',
  summary: 'Proposes to withdraw a published package; running cases finish under it.',
  input: Type.Object({ package: Digest }),
  run(ctx: Context, { package: hash }) {
    const record =
      ctx.state(packages).find(hash) ??
      ctx.refuse(catalogueRefusal({ code: 'PACKAGE_NOT_FOUND', package: hash }))
    const { status, responsible } = record
    if (status !== 'PUBLISHED') {
      ctx.refuse(catalogueRefusal({ code: 'PACKAGE_NOT_PUBLISHED', package: hash, status }))
    }
    const proposal = openProposal(ctx, {
      subject: 'withdraw',
      content: { package: hash, name: record.name },
      responsible,
    })
    return { proposal }
  },
})

/** The withdrawal, from this block on. */
export const withdrawal: Enactment = {
  enact(ctx, { content }) {
    const hash = content.package as string
    const record = ctx.state(packages).get(hash)
    const { status } = record
    if (status !== 'PUBLISHED') {
      ctx.refuse(catalogueRefusal({ code: 'PACKAGE_NOT_PUBLISHED', package: hash, status }))
    }
    ctx.state(packages).put(hash, { ...record, status: 'WITHDRAWN', withdrawnAt: ctx.time })
    ctx.state(amendments).put(hash, { v: 1, at: ctx.time, by: ctx.txId, kind: 'withdrawn' })
    ctx.emit('PackageWithdrawn', { package: hash, name: record.name })
  },
}
