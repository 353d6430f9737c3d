import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { Height } from '../vocabulary/schemas.ts'
import { protocolAt } from './policy.ts'
import { type Enactment, openProposal } from './proposals.ts'
import { protocols } from './records.ts'
import { governanceRefusal } from './refusals.ts'

/**
 * Blocks between enactment and switch at the least: an older node must learn of it before it stops.
 */
const LEAST_NOTICE = 16

/** Proposes a height from which a new version of the contract code executes. */
export const proposeProtocol = action({
  name: 'governance.proposeProtocol',
  summary: 'Proposes a height from which a new version of the contract code is in force.',
  input: Type.Object({
    protocol: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    height: Height,
  }),
  run(ctx: Context, { protocol, height }) {
    refuseBadSwitch(ctx, protocol, height)
    return {
      proposal: openProposal(ctx, { subject: 'protocol', content: { protocol, height } }),
    }
  },
})

function refuseBadSwitch(ctx: Context, protocol: number, height: number): void {
  const least = ctx.height + LEAST_NOTICE
  if (height < least) {
    ctx.refuse(governanceRefusal({ code: 'PROTOCOL_HEIGHT', expected: least }))
  }
  if (protocol <= protocolAt(ctx, height)) {
    ctx.refuse(governanceRefusal({ code: 'PROTOCOL_NOT_HIGHER', protocol }))
  }
}

/** The switch: nodes without that version stop before its height and say what they need. */
export const protocolSwitch: Enactment = {
  enact(ctx, { content }) {
    const { protocol, height } = content as { protocol: number; height: number }
    refuseBadSwitch(ctx, protocol, height)
    ctx.state(protocols).put(height, { v: 1, protocol, since: ctx.time })
    ctx.emit('ProtocolSwitchEnacted', { protocol, height })
  },
}
