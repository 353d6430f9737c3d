import type { Refusal } from '@renshe/kernel'
import type { Subject } from './records.ts'

/** Why a governance action says no, in checking order. */
export type GovernanceRefusal =
  | { code: 'NOT_A_VOTER'; member: string }
  /** Nobody who votes has the role of the responsible body. */
  | { code: 'RESPONSIBLE_NOT_A_VOTER'; role: string }
  | { code: 'PARAMETER_UNKNOWN'; name: string }
  | { code: 'PARAMETER_VALUE'; name: string; expected: string }
  | { code: 'QUORUM_INVALID'; subject: Subject; expected: string }
  | { code: 'POLICY_INVALID'; path: string; expected: string }
  /** A key of the policy belongs to nobody who is a member. */
  | { code: 'POLICY_MEMBER'; member: string }
  | { code: 'PROTOCOL_HEIGHT'; expected: number }
  | { code: 'PROTOCOL_NOT_HIGHER'; protocol: number }
  | { code: 'PROPOSAL_NOT_FOUND'; proposal: string }
  | { code: 'PROPOSAL_NOT_OPEN'; proposal: string; status: string }
  | { code: 'VOTING_CLOSED'; proposal: string; closedAt: number }
  | { code: 'VOTING_STILL_OPEN'; proposal: string; closesAt: number }
  | { code: 'MEMBER_CONCERNED'; member: string }
  | { code: 'ALREADY_VOTED'; proposal: string; choice: string }
  | { code: 'PROPOSAL_NOT_PASSED'; proposal: string; status: string }
  | { code: 'COOLING_OFF'; proposal: string; enactableAt: number }

/** Names a refusal of this module, so that the compiler knows its facts. */
export function governanceRefusal(refusal: GovernanceRefusal): Refusal {
  return refusal
}
