/* What the actions on warrants ask alike. */
import type { Context, Reader, StateView } from '@renshe/kernel'
import type { Static } from 'typebox'
import { findForceFault, readsLeft } from '../access/grant-state.ts'
import { findGrant } from '../access/grants.ts'
import type { SealedBatch } from '../access/records.ts'
import { requireRole } from '../membership/roles.ts'
import type { Turn, Warrant, WarrantScope } from './records.ts'
import { warrants } from './records.ts'
import { refuse } from './refusals.ts'

/** Role of the officers that issue, confirm, use and revoke warrants. */
export const SUPERVISION = 'supervision'

/** Refuses unless a person with the role signs: a system has no second pair of eyes. */
export function requireSupervisor(ctx: Context): void {
  const { kind, member } = ctx.signer
  requireRole(ctx, SUPERVISION)
  if (kind !== 'officer') refuse(ctx, { code: 'OFFICER_REQUIRED', member })
}

/** The warrant, if one of its parties is the signer's member; refuses what is not. */
export function getWarrantOf(ctx: Context, id: string, party: 'member' | 'owner'): Warrant {
  const { member } = ctx.signer
  const found =
    ctx.state(warrants).find(id) ?? refuse(ctx, { code: 'WARRANT_NOT_FOUND', warrant: id })
  const expected = party === 'owner' ? found.owner : found.issued.member
  if (expected !== member) refuse(ctx, { code: 'WARRANT_NOT_YOURS', warrant: id, member })
  return found
}

/** Who signs, and when. */
export function turnOf({ signer, time }: Context): Static<typeof Turn> {
  return { member: signer.member, name: signer.name, at: time }
}

/** Whether places are rows of the batch, ascending, each once. */
export function arePlaces(places: readonly number[], { count }: SealedBatch): boolean {
  return places.every((place, at) => place < count && (at === 0 || place > (places[at - 1] ?? 0)))
}

/** Root of the batch that a scope lies in, or `null`. */
export function batchOfScope(scope: WarrantScope): string | null {
  return scope.kind === 'RECORDS' ? null : scope.batch
}

/** Whether a list may show a warrant: one with delayed disclosure shows only at its member. */
export function mayShowWarrant(
  { hiddenUntil, issued }: Warrant,
  reader: Reader,
  time: number,
): boolean {
  if (reader.member === null) return false
  return hiddenUntil === null || time >= hiddenUntil || reader.member === issued.member
}

/** What a warrant still allows. */
export interface WarrantUse {
  readonly isInForce: boolean
  readonly used: number
  readonly left: number
}

/** Uses so far and left; none is left where it is not in force. */
export function useOf(view: StateView, { grant: id, reads }: Warrant, time: number): WarrantUse {
  const grant = id === null ? undefined : findGrant(view, id)
  if (grant === undefined) return { isInForce: false, used: 0, left: 0 }
  const isInForce = findForceFault(grant, time) === undefined
  const left = isInForce ? Math.max(0, readsLeft(grant, time) ?? reads) : 0
  return { isInForce, used: grant.used, left }
}
