/* How many votes a subject needs, and what the votes given come to. */
import type { StateView } from '@renshe/kernel'
import { findMember, membersWithRole, votingMembers } from '../membership/members.ts'
import { type Proposal, type Quorum, quorums, type Subject, votes } from './records.ts'

const DAY_MS = 86_400_000

function row(
  subject: Subject,
  threshold: readonly [number, number],
  strict: boolean,
  others: Partial<Pick<Quorum, 'with' | 'without'>> = {},
): Quorum {
  const [share, of] = threshold
  return {
    v: 1,
    subject,
    threshold: [share, of],
    strict,
    coolingOffMs: 7 * DAY_MS,
    with: null,
    without: null,
    ...others,
  }
}

/**
 * What holds where the genesis document is silent; founding writes it, so that anyone can read it.
 */
export const DEFAULT_QUORUMS: readonly Quorum[] = [
  row('admit', [1, 2], true),
  row('authority', [1, 2], true),
  row('loosen', [3, 4], false, { with: 'responsible' }),
  row('parameters', [1, 2], true),
  row('policy', [2, 3], true),
  row('protocol', [2, 3], true),
  row('publish', [1, 2], true, { with: 'responsible' }),
  row('quorum', [3, 4], false),
  row('remove', [2, 3], false, { without: 'concerned' }),
  row('roles', [1, 2], true),
  row('suspend', [2, 3], false, { without: 'concerned' }),
  row('withdraw', [1, 2], true, { with: 'responsible' }),
]

/** The published quorum of a subject; present since block 0. */
export function quorum(view: StateView, subject: Subject): Quorum {
  return view.state(quorums).get(subject)
}

/** What the votes come to. */
export type Tally = 'OPEN' | 'PASSED' | 'REJECTED'

/** Members that vote on a proposal, ascending. */
export function votersOn(view: StateView, proposal: Proposal): string[] {
  const { without } = quorum(view, proposal.subject)
  const all = votingMembers(view)
  return without === 'concerned' ? all.filter((member) => member !== proposal.concerned) : all
}

/**
 * Counts the votes of those who vote now: a member that was suspended since does not count.
 * Rejected as soon as the missing votes could not carry it any more.
 */
export function tally(view: StateView, proposal: Proposal): Tally {
  const rule = quorum(view, proposal.subject)
  const voters = votersOn(view, proposal)
  const votesFor: string[] = []
  let against = 0
  for (const member of voters) {
    const vote = view.state(votes).find([proposal.id, member])
    if (vote?.choice === 'FOR') votesFor.push(member)
    if (vote?.choice === 'AGAINST') against += 1
  }
  if (!carries(rule, voters.length - against, voters.length)) return 'REJECTED'
  if (!carries(rule, votesFor.length, voters.length)) return 'OPEN'
  const { responsible } = proposal
  if (rule.with === 'responsible' && responsible !== null) {
    const isAmong = votesFor.some((member) => hasRoleNow(view, member, responsible))
    if (!isAmong) return 'OPEN'
  }
  return 'PASSED'
}

function carries({ threshold, strict }: Quorum, count: number, voters: number): boolean {
  const [share, of] = threshold
  return strict ? count * of > share * voters : count > 0 && count * of >= share * voters
}

function hasRoleNow(view: StateView, member: string, role: string): boolean {
  return findMember(view, member)?.roles.includes(role) === true
}

/** Whether some voting member has the role of the responsible body. */
export function hasResponsibleVoter(view: StateView, role: string): boolean {
  return membersWithRole(view, role).some((member) => findMember(view, member)?.voting === true)
}
