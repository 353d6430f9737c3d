/* Who is who at this height; what the other modules ask. */
import type { Refusal, StateView } from '@renshe/kernel'
import { type EncryptionKey, encryptionKeys, type Member, members } from './records.ts'

/** A state that can also say no: a transaction or a query. */
export interface RefusingView extends StateView {
  refuse(reason: Refusal): never
}

/** The member, whatever its status, or undefined. */
export function findMember(view: StateView, id: string): Member | undefined {
  return view.state(members).find(id)
}

/** The member, whatever its status; refuses `MEMBER_NOT_FOUND`. */
export function getMember(view: RefusingView, id: string): Member {
  return findMember(view, id) ?? view.refuse({ code: 'MEMBER_NOT_FOUND', member: id })
}

/** Whether the member takes part now: admitted, neither suspended nor removed. */
export function isActiveMember(view: StateView, id: string): boolean {
  return view.state(members).read(id)?.status === 'ACTIVE'
}

/** Whether an active member has this role in the consortium, for example `TRU`. */
export function hasRole(view: StateView, id: string, role: string): boolean {
  const member = findMember(view, id)
  return member !== undefined && member.status === 'ACTIVE' && member.roles.includes(role)
}

/** Ids of the active members with this role, ascending. */
export function membersWithRole(view: StateView, role: string): string[] {
  const found: string[] = []
  for (const [id, member] of view.state(members).index('byRole', { prefix: [role] })) {
    if (member.status === 'ACTIVE') found.push(id)
  }
  return found
}

/** Ids of the active members that vote, ascending. */
export function votingMembers(view: StateView): string[] {
  const found: string[] = []
  for (const [id, member] of view.state(members).range()) {
    if (member.voting && member.status === 'ACTIVE') found.push(id)
  }
  return found
}

/** The registered key of that SPKI hash if it is in force at the time, else undefined. */
export function findEncryptionKey(
  view: StateView,
  holderKey: string,
  time: number,
): EncryptionKey | undefined {
  const key = view.state(encryptionKeys).find(holderKey)
  if (key === undefined || key.revokedAt !== null) return undefined
  return key.notBefore <= time && time < key.notAfter ? key : undefined
}
