import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { ContractId, Count } from '../vocabulary/schemas.ts'
import { quorum, tally, votersOn } from './quorum.ts'
import { Proposal, proposals, Quorum, Vote, votes } from './records.ts'
import { governanceRefusal } from './refusals.ts'

/** One proposal with its votes and what they come to. */
export const getProposalQuery = query({
  name: 'governance.getProposal',
  summary: 'Shows a proposal with its votes, its quorum, and what the votes come to.',
  input: Type.Object({ proposal: ContractId }),
  output: Type.Object({
    proposal: Proposal,
    votes: Type.Array(Vote),
    quorum: Quorum,
    voters: Count,
    tally: Type.String(),
  }),
  mayRead: (reader) => reader.member !== null,
  run(view, { proposal: id }) {
    const proposal =
      view.state(proposals).find(id) ??
      view.refuse(governanceRefusal({ code: 'PROPOSAL_NOT_FOUND', proposal: id }))
    const given = [...view.state(votes).range({ prefix: [id] })].map(([, vote]) => vote)
    return {
      proposal,
      votes: given,
      quorum: quorum(view, proposal.subject),
      voters: votersOn(view, proposal).length,
      tally: tally(view, proposal),
    }
  },
})
