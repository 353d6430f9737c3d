import { type Action, action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { ContractId } from '../vocabulary/schemas.ts'
import { type Enactments, enact, getProposal } from './proposals.ts'
import { governanceRefusal } from './refusals.ts'

/** Puts a passed proposal into effect after its cooling-off; anyone may, a relay does. */
export function enactProposalAction(enactments: Enactments): Action<never> {
  return action({
    name: 'governance.enactProposal',
    summary: 'Puts a passed proposal into effect once its cooling-off is over.',
    input: Type.Object({ proposal: ContractId }),
    run(ctx: Context, { proposal: id }) {
      const proposal = getProposal(ctx, id)
      const { status, enactableAt } = proposal
      if (status !== 'PASSED' || enactableAt === null) {
        ctx.refuse(governanceRefusal({ code: 'PROPOSAL_NOT_PASSED', proposal: id, status }))
      }
      if (ctx.time < enactableAt) {
        ctx.refuse(governanceRefusal({ code: 'COOLING_OFF', proposal: id, enactableAt }))
      }

      enact(ctx, enactments, proposal)
      return { proposal: id, status: 'ENACTED' }
    },
  })
}
