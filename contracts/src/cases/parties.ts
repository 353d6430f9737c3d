import type { Value } from '@renshe/rules'
import { isActiveMember } from '../membership/members.ts'
import { caseScope } from './case-scope.ts'
import { type CaseWork, factsOf, patchCase } from './case-work.ts'
import { evaluateText } from './feel.ts'
import { makeReaderGrants } from './grants.ts'
import { CASE_LIMITS } from './limits.ts'
import { ownMember } from './own-member.ts'
import { refuse } from './refusals.ts'

/** What a party's `from` says where the opener takes part. */
const OPENER = 'opener'

/**
 * Binds every party whose expression gives a member by now, and lets the readers of sections read. A
 * party may depend on another one, so it goes on until nothing changes.
 */
export function bindParties(work: CaseWork): void {
  const newly = new Set<string>()
  const names = Object.keys(work.service.parties)
  for (let rounds = 0; rounds < names.length; rounds++) {
    const before = newly.size
    for (const party of names) if (bindParty(work, party)) newly.add(party)
    if (newly.size === before) break
  }
  if (newly.size > 0) makeReaderGrants(work, newly)
}

function bindParty(work: CaseWork, party: string): boolean {
  const { serviceCase, service } = work
  if ((ownMember(serviceCase.parties, party) ?? null) !== null) return false
  const definition = service.parties[party]
  if (definition === undefined) return false
  const scope = caseScope(factsOf(work), new Map())
  const bound =
    definition.from === OPENER
      ? serviceCase.opener.member
      : membersOfValue(work, party, evaluateText(work.evaluator, definition.from, scope))
  if (bound === null) return false
  const value = definition.many && typeof bound === 'string' ? [bound] : bound
  if (!definition.many && typeof value !== 'string') invalid(work, party, null)
  patchCase(work, { parties: { ...serviceCase.parties, [party]: value } })
  return true
}

function membersOfValue(work: CaseWork, party: string, value: Value): string | string[] | null {
  if (value === null) return null
  if (!Array.isArray(value)) return memberOf(work, party, value)
  const members = [...new Set((value as readonly Value[]).map((v) => memberOf(work, party, v)))]
  if (members.length > CASE_LIMITS.partyMembers) {
    refuse(work.ctx, {
      code: 'CASE_LIMIT',
      limit: 'partyMembers',
      most: CASE_LIMITS.partyMembers,
    })
  }
  return members.length === 0 ? null : members
}

/** A member that takes part: admitted, neither suspended nor removed. */
export function memberOf(work: CaseWork, party: string, value: Value): string {
  if (typeof value !== 'string' || value === '') return invalid(work, party, null)
  if (!isActiveMember(work.ctx, value)) return invalid(work, party, value)
  return value
}

function invalid(work: CaseWork, party: string, member: string | null): never {
  return refuse(work.ctx, { code: 'PARTY_INVALID', party, member })
}
