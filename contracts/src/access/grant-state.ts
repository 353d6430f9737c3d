/* Whether a grant may be used by someone, now. */
import type { Signer, StateView } from '@renshe/kernel'
import { compile, FeelContext, type Value } from '@renshe/rules'
import { calendarOf } from '../catalogue/calendar.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import type { Grant } from './records.ts'
import type { ReadRefusal } from './refusals.ts'

/** Who uses a grant, and when. */
export interface GrantUse {
  readonly signer: Pick<Signer, 'member' | 'unit' | 'roles' | 'name'>
  /** Block time, UTC ms. */
  readonly time: number
  readonly caseId: string | undefined
}

/**
 * Why the holder's signer may not use the grant now, in the order of reads; undefined if it may.
 */
export function findGrantFault(grant: Grant, use: GrantUse): ReadRefusal | undefined {
  const { id } = grant
  const { signer, caseId } = use
  const { member, unit, role } = grant.holder
  const isHolder =
    signer.member === member &&
    (unit === null || signer.unit === unit) &&
    (role === null || signer.roles.includes(role))
  if (!isHolder) return { code: 'GRANT_NOT_YOURS', grant: id }
  const fault = findForceFault(grant, use.time)
  if (fault !== undefined) return fault
  const isOtherCase = caseId !== undefined && caseId !== grant.case
  if (isOtherCase || (grant.caseRequired && caseId === undefined)) {
    return { code: 'CASE_REQUIRED', case: grant.case }
  }
  return undefined
}

/** Why the grant is not in force at a time, whoever holds it. */
export function findForceFault(grant: Grant, time: number): ReadRefusal | undefined {
  const { id, notBefore, notAfter } = grant
  if (time < notBefore || (notAfter !== null && time >= notAfter)) {
    return { code: 'GRANT_NOT_IN_FORCE', grant: id, notBefore, notAfter }
  }
  if (grant.suspendedAt !== null) return { code: 'GRANT_SUSPENDED', grant: id }
  if (grant.revokedAt !== null) return { code: 'GRANT_REVOKED', grant: id }
  return undefined
}

/** Steps that a grant's condition may take: it is a sentence, not a program. */
const CONDITION_STEPS = 10_000

/** Whether the condition of the grant, if any, holds for this use. */
export function conditionHolds(view: StateView, grant: Grant, use: GrantUse): boolean {
  if (grant.condition === null) return true
  const { signer, time, caseId } = use
  const scope = new FeelContext(
    new Map<string, Value>([
      ['member', signer.member],
      ['unit', signer.unit],
      ['case', caseId ?? null],
      ['today', legalDay(time)],
    ]),
  )
  const { value } = compile(grant.condition).evaluate(scope, {
    now: time,
    calendar: calendarOf(view),
    limits: { steps: CONDITION_STEPS },
  })
  return value === true
}

/** Reads that the quota still allows on this legal day; undefined: as many as the purpose needs. */
export function readsLeft(grant: Grant, time: number): number | undefined {
  const { quota, used, usedDay, usedThatDay } = grant
  if (quota === null) return undefined
  if (quota.per === null) return quota.reads - used
  return quota.reads - (usedDay === legalDay(time) ? usedThatDay : 0)
}
