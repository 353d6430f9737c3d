/* Whether a grant may be used by someone, now. A delegated one only if every grant above it may. */
import type { Signer, StateView } from '@renshe/kernel'
import { legalDay } from '../vocabulary/civil-date.ts'
import type { AccessPorts } from './ports.ts'
import { type Grant, grants } from './records.ts'
import type { ReadRefusal } from './refusals.ts'

/** State of a grant that was just made: in force, nothing of its quota spent. */
export const UNSPENT = {
  suspendedAt: null,
  revokedAt: null,
  used: 0,
  usedDay: null,
  usedThatDay: 0,
} as const

/** Who uses a grant, and when. */
export interface GrantUse {
  readonly signer: Pick<Signer, 'kind' | 'member' | 'unit' | 'roles' | 'name'>
  /** Block time, UTC ms. */
  readonly time: number
  readonly caseId: string | undefined
}

/** The grant and all above it, itself first. One state read for each step of delegation, else none. */
export function findGrantChain(view: StateView, grant: Grant): readonly Grant[] {
  if (grant.parent === null) return [grant]
  const chain = [grant]
  let parent: string | null = grant.parent
  while (parent !== null) {
    const above: Grant = view.state(grants).get(parent)
    chain.push(above)
    parent = above.parent
  }
  return chain
}

/** Whether a signer is the one whom the grant names as its holder. */
export function isHolder(
  { holder: { member, unit, role, subject } }: Pick<Grant, 'holder'>,
  signer: GrantUse['signer'],
): boolean {
  if (signer.member !== member) return false
  // A person signs for itself: a grant to a member never opens to a subject of that member.
  if (subject !== undefined) return signer.kind === 'subject' && signer.name === subject
  if (signer.kind === 'subject') return false
  return (unit === null || signer.unit === unit) && (role === null || signer.roles.includes(role))
}

/**
 * Why the holder's signer may not use the grant now, in the order of reads; undefined if it may.
 *
 * @param chain  the grant and all above it
 */
export function findGrantFault(
  view: StateView,
  chain: readonly Grant[],
  use: GrantUse,
  findCase: AccessPorts['findCase'],
): ReadRefusal | undefined {
  const grant = chain[0] as Grant
  if (!isHolder(grant, use.signer)) return { code: 'GRANT_NOT_YOURS', grant: grant.id }
  return findStandingFault(chain, use.time) ?? findCaseFault(view, chain, use, findCase)
}

/** Why a grant, or one above it, is not in force at a time, whoever holds it. */
export function findStandingFault(
  chain: readonly Grant[],
  time: number,
): ReturnType<typeof findForceFault> {
  for (const grant of chain) {
    const fault = findForceFault(grant, time)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Why a grant itself is not in force at a time. */
export function findForceFault(
  { id, notBefore, notAfter, suspendedAt, revokedAt, issued }: Grant,
  time: number,
):
  | Extract<ReadRefusal, { code: 'GRANT_NOT_IN_FORCE' | 'GRANT_SUSPENDED' | 'GRANT_REVOKED' }>
  | undefined {
  // Consent at a window waits for its second officer: silence is no consent.
  const waits = issued !== undefined && issued.agreement !== null && issued.agreement.at === null
  if (waits || time < notBefore || (notAfter !== null && time >= notAfter)) {
    return { code: 'GRANT_NOT_IN_FORCE', grant: id, notBefore, notAfter }
  }
  if (suspendedAt !== null) return { code: 'GRANT_SUSPENDED', grant: id }
  if (revokedAt !== null) return { code: 'GRANT_REVOKED', grant: id }
  return undefined
}

function findCaseFault(
  view: StateView,
  chain: readonly Grant[],
  use: GrantUse,
  findCase: AccessPorts['findCase'],
): ReadRefusal | undefined {
  const { caseId } = use
  for (const grant of chain) {
    const fault = { code: 'CASE_REQUIRED', case: grant.case } as const
    if (caseId === undefined) {
      if (grant.caseRequired) return fault
    } else if (grant.case !== null) {
      if (caseId !== grant.case) return fault
    } else if (!fitsCase(view, grant, caseId, findCase)) return fault
  }
  return undefined
}

/** A case that serves as a reason runs, is the holder's, and of the service that the grant names. */
function fitsCase(
  view: StateView,
  { holder, issued }: Grant,
  caseId: string,
  findCase: AccessPorts['findCase'],
): boolean {
  const facts = findCase(view, caseId)
  if (facts === undefined || !facts.isOpen || !facts.members.includes(holder.member)) return false
  const service = issued?.serviceItem ?? null
  return service === null || facts.service === service
}

/** Whether each of two instants lies in the same period of a quota. */
function isSamePeriod(per: 'DAY' | 'MONTH', day: string | null, today: string): boolean {
  if (day === null) return false
  return per === 'DAY' ? day === today : day.slice(0, 7) === today.slice(0, 7)
}

/** Reads that the quota still allows at a time; undefined: as many as the purpose needs. */
export function readsLeft(grant: Grant, time: number): number | undefined {
  const { quota, used, usedDay, usedThatDay } = grant
  if (quota === null) return undefined
  if (quota.per === null) return quota.reads - used
  return quota.reads - (isSamePeriod(quota.per, usedDay, legalDay(time)) ? usedThatDay : 0)
}

/** The grant after one more use. */
export function withUse(grant: Grant, time: number): Grant {
  const day = legalDay(time)
  const per = grant.quota?.per ?? 'DAY'
  return {
    ...grant,
    used: grant.used + 1,
    usedDay: day,
    usedThatDay: (isSamePeriod(per, grant.usedDay, day) ? grant.usedThatDay : 0) + 1,
  }
}
