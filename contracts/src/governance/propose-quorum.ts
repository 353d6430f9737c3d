import type { JsonObject } from '@renshe/crypto'
import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { type Enactment, openProposal } from './proposals.ts'
import { Quorum, quorums } from './records.ts'
import { governanceRefusal } from './refusals.ts'

/**
 * Proposes another quorum for one subject. Its own quorum is the highest: it decides about all
 * others.
 */
export const proposeQuorum = action({
  name: 'governance.proposeQuorum',
  summary: 'Proposes another quorum for one subject.',
  input: Type.Object({ quorum: Quorum }),
  run(ctx: Context, { quorum }) {
    const expected = findQuorumFault(quorum)
    if (expected !== undefined) {
      ctx.refuse(governanceRefusal({ code: 'QUORUM_INVALID', subject: quorum.subject, expected }))
    }
    const content = { quorum: quorum as unknown as JsonObject }
    return { proposal: openProposal(ctx, { subject: 'quorum', content }) }
  },
})

/** What a quorum must be, or undefined if it is: a share of at least half, that can be reached. */
export function findQuorumFault({ threshold, strict }: Quorum): string | undefined {
  const [share, of] = threshold
  if (share > of || (strict && share === of)) return 'a share that all votes together can reach'
  return 2 * share < of ? 'a share of at least one half' : undefined
}

/** The new quorum, for proposals that are decided from now on. */
export const quorumChange: Enactment = {
  enact(ctx, { content }) {
    const { quorum } = content as unknown as { quorum: Quorum }
    ctx.state(quorums).put(quorum.subject, quorum)
    ctx.emit('QuorumChanged', { subject: quorum.subject })
  },
}
