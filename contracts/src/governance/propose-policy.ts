import type { JsonObject } from '@renshe/crypto'
import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { refuseBadPolicy } from './policy.ts'
import { type Enactment, openProposal } from './proposals.ts'
import { policies } from './records.ts'

const FinalityPolicy = Type.Unsafe<JsonObject>({ type: 'object', additionalProperties: {} })

/** Proposes who finalises blocks: operator and witnesses, or validators. */
export const proposePolicy = action({
  name: 'governance.proposePolicy',
  summary: 'Proposes another finality policy: operator, witnesses, validators, threshold.',
  input: Type.Object({ policy: FinalityPolicy }),
  run(ctx: Context, { policy }) {
    refuseBadPolicy(ctx, policy)
    return { proposal: openProposal(ctx, { subject: 'policy', content: { policy } }) }
  },
})

/** The new policy: the header of this block names it, the next block is final under it. */
export const policyChange: Enactment = {
  enact(ctx, { content }) {
    const policy = content.policy as JsonObject
    refuseBadPolicy(ctx, policy)
    ctx.state(policies).put('current', { v: 1, policy, since: ctx.time })
    ctx.emit('PolicyChanged', { height: ctx.height })
  },
}
