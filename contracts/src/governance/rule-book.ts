import type { RuleBook } from '../vocabulary/rule-book.ts'
import { castVoteAction } from './cast-vote.ts'
import { closeProposalAction } from './close-proposal.ts'
import { enactProposalAction } from './enact-proposal.ts'
import { getProposalQuery } from './get-proposal.ts'
import { listProposals } from './list-proposals.ts'
import { listQuorums } from './list-quorums.ts'
import { listSettings } from './list-settings.ts'
import type { Enactment, Enactments } from './proposals.ts'
import { authorityRegistration, proposeAuthority } from './propose-authority.ts'
import { admission, proposeMember } from './propose-member.ts'
import { parameterChange, proposeParameters } from './propose-parameters.ts'
import { policyChange, proposePolicy } from './propose-policy.ts'
import { proposeProtocol, protocolSwitch } from './propose-protocol.ts'
import { proposeQuorum, quorumChange } from './propose-quorum.ts'
import { proposeRemoval, removal } from './propose-removal.ts'
import { proposeRoles, roleChange } from './propose-roles.ts'
import { proposeSuspension, suspension } from './propose-suspension.ts'
import { policies, proposals, protocols, quorums, settings, votes } from './records.ts'

/** Enactments that modules to the right bring: those of packages. */
export type BroughtEnactments = Readonly<Record<'publish' | 'loosen' | 'withdraw', Enactment>>

/** Actions, queries and collections of governance, with the enactments of all subjects. */
export function governanceBook(brought: BroughtEnactments): RuleBook {
  const enactments: Enactments = {
    ...brought,
    admit: admission,
    authority: authorityRegistration,
    parameters: parameterChange,
    policy: policyChange,
    protocol: protocolSwitch,
    quorum: quorumChange,
    remove: removal,
    roles: roleChange,
    suspend: suspension,
  }
  return {
    actions: [
      castVoteAction(enactments),
      closeProposalAction(enactments),
      enactProposalAction(enactments),
      proposeAuthority,
      proposeMember,
      proposeParameters,
      proposePolicy,
      proposeProtocol,
      proposeQuorum,
      proposeRemoval,
      proposeRoles,
      proposeSuspension,
    ],
    queries: [getProposalQuery, listProposals, listQuorums, listSettings],
    collections: [policies, proposals, protocols, quorums, settings, votes],
  }
}
