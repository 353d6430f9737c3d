/* Registering those in whose name keys are presented; two administrators where there are two. */
import type { Context, StateView } from '@renshe/kernel'
import { type Keyholder, keyholders, units } from './records.ts'
import { membershipRefusal } from './refusals.ts'
import { ADMINISTRATOR, requireRole } from './roles.ts'

/**
 * After this long without the second administrator the first may confirm alone: everyone has seen
 * it on chain, and a member whose other administrator left for good must not be stuck.
 */
export const LONE_CONFIRMATION_MS = 7 * 86_400_000

/** What an administrator registers. */
export interface NewKeyholder {
  readonly kind: 'officer' | 'system'
  readonly name: string
  readonly roles: readonly string[]
  readonly unit: string | null
}

/**
 * Registers an officer or system of the signer's member, or changes its roles and unit. If the
 * member has another administrator, it takes effect when that one confirms; until then the old
 * state holds.
 */
export function registerKeyholder(ctx: Context, entry: NewKeyholder): { status: string } {
  requireRole(ctx, ADMINISTRATOR)
  const { member, name: registrar } = ctx.signer
  const { kind, name, unit } = entry
  if (unit !== null && ctx.state(units).find([member, unit])?.closedAt !== null) {
    ctx.refuse(membershipRefusal({ code: 'UNIT_NOT_FOUND', unit }))
  }
  const known = ctx.state(keyholders).find([member, kind, name])
  const roles = [...new Set(entry.roles)].sort()
  const waits = hasOtherAdministrator(ctx, member, registrar)
  const holder: Keyholder = waits
    ? {
        ...(known ?? unconfirmed(member, kind, name)),
        status: known === undefined || known.status === 'LEFT' ? 'PENDING' : known.status,
        registeredBy: registrar,
        confirmedBy: null,
        pending: { roles, unit, since: ctx.time },
      }
    : {
        ...unconfirmed(member, kind, name),
        roles,
        unit,
        status: 'ACTIVE',
        registeredBy: registrar,
        pending: null,
      }
  ctx.state(keyholders).put([member, kind, name], holder)
  ctx.emit('KeyholderRegistered', { member, kind, name, roles, unit, confirmed: !waits })
  return { status: holder.pending === null ? holder.status : 'PENDING' }
}

function unconfirmed(member: string, kind: Keyholder['kind'], name: string): Keyholder {
  return {
    v: 1,
    member,
    kind,
    name,
    roles: [],
    unit: null,
    status: 'PENDING',
    registeredBy: null,
    confirmedBy: null,
    pending: null,
  }
}

/** Whether the member has an active administrator beside the one named: who could confirm. */
export function hasOtherAdministrator(view: StateView, member: string, registrar: string): boolean {
  for (const [, { name, status, roles }] of view.state(keyholders).range({ prefix: [member] })) {
    if (name !== registrar && status === 'ACTIVE' && roles.includes(ADMINISTRATOR)) return true
  }
  return false
}

/** The keyholder of the signer's member; refuses `KEYHOLDER_NOT_FOUND`. */
export function getOwnKeyholder(ctx: Context, kind: Keyholder['kind'], name: string): Keyholder {
  return (
    ctx.state(keyholders).find([ctx.signer.member, kind, name]) ??
    ctx.refuse(membershipRefusal({ code: 'KEYHOLDER_NOT_FOUND', kind, name }))
  )
}
