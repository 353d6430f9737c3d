import { type Action, action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { ContractId } from '../vocabulary/schemas.ts'
import { type Enactments, endProposal, getProposal } from './proposals.ts'
import { governanceRefusal } from './refusals.ts'

/**
 * Ends a proposal whose voting period ran out, or which its own member takes back before it passed.
 */
export function closeProposalAction(enactments: Enactments): Action<never> {
  return action({
    name: 'governance.closeProposal',
    summary: 'Ends an open proposal: its proposer takes it back, or its voting period is over.',
    input: Type.Object({ proposal: ContractId }),
    run(ctx: Context, { proposal: id }) {
      const proposal = getProposal(ctx, id)
      const { status, closesAt, proposer } = proposal
      if (status !== 'OPEN') {
        ctx.refuse(governanceRefusal({ code: 'PROPOSAL_NOT_OPEN', proposal: id, status }))
      }
      const isOver = ctx.time > closesAt
      if (!isOver && ctx.signer.member !== proposer) {
        ctx.refuse(governanceRefusal({ code: 'VOTING_STILL_OPEN', proposal: id, closesAt }))
      }

      const end = isOver ? 'LAPSED' : 'RETRACTED'
      endProposal(ctx, enactments, proposal, end)
      return { proposal: id, status: end }
    },
  })
}
