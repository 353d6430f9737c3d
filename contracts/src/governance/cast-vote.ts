import { type Action, action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { ContractId } from '../vocabulary/schemas.ts'
import { type Enactments, enact, endProposal, getProposal, requireVoter } from './proposals.ts'
import { quorum, tally, votersOn } from './quorum.ts'
import { type Proposal, proposals, votes } from './records.ts'
import { governanceRefusal } from './refusals.ts'

const CastVote = Type.Object({
  proposal: ContractId,
  choice: Type.Union([Type.Literal('FOR'), Type.Literal('AGAINST')]),
})

/**
 * Votes once for the signer's member. The deciding vote passes the proposal; where there is no
 * cooling-off it enacts it too.
 */
export function castVoteAction(enactments: Enactments): Action<never> {
  return action({
    name: 'governance.castVote',
    summary: 'Votes for or against an open proposal; a vote is given once.',
    input: CastVote,
    run(ctx: Context, { proposal: id, choice }) {
      requireVoter(ctx)
      const { member, name } = ctx.signer
      const proposal = getProposal(ctx, id)
      if (proposal.status !== 'OPEN') {
        const { status } = proposal
        ctx.refuse(governanceRefusal({ code: 'PROPOSAL_NOT_OPEN', proposal: id, status }))
      }
      if (ctx.time > proposal.closesAt) {
        const { closesAt: closedAt } = proposal
        ctx.refuse(governanceRefusal({ code: 'VOTING_CLOSED', proposal: id, closedAt }))
      }
      if (!votersOn(ctx, proposal).includes(member)) {
        ctx.refuse(governanceRefusal({ code: 'MEMBER_CONCERNED', member }))
      }
      const given = ctx.state(votes).find([id, member])
      if (given !== undefined) {
        const { choice: before } = given
        ctx.refuse(governanceRefusal({ code: 'ALREADY_VOTED', proposal: id, choice: before }))
      }

      ctx
        .state(votes)
        .put([id, member], { v: 1, proposal: id, member, choice, by: name, at: ctx.time })
      ctx.emit('VoteCast', { proposal: id, member, choice })
      return { proposal: id, status: settle(ctx, enactments, proposal) }
    },
  })
}

/** Draws the consequence of the votes so far. */
function settle(ctx: Context, enactments: Enactments, proposal: Proposal): string {
  const result = tally(ctx, proposal)
  if (result === 'OPEN') return 'OPEN'
  if (result === 'REJECTED') {
    endProposal(ctx, enactments, proposal, 'REJECTED')
    return 'REJECTED'
  }
  const enactableAt = ctx.time + quorum(ctx, proposal.subject).coolingOffMs
  const passed: Proposal = { ...proposal, status: 'PASSED', passedAt: ctx.time, enactableAt }
  ctx.emit('ProposalPassed', { proposal: proposal.id, subject: proposal.subject, enactableAt })
  if (enactableAt > ctx.time) {
    ctx.state(proposals).put(proposal.id, passed)
    return 'PASSED'
  }
  enact(ctx, enactments, passed)
  return 'ENACTED'
}
