/* Grants follow the data: readers of what was handed over read at its new owner. */
import { amendments, type Context } from '@renshe/kernel'
import { type GrantTerms, makeGrant } from './grants.ts'
import { type Grant, grants } from './records.ts'

/** Whose grants over which section of a case pass to a new owner. */
export interface GrantPassage {
  readonly from: string
  readonly to: string
  readonly caseId: string
  readonly section: string
}

/**
 * Ends the old owner's grants over a section of a case and makes equal ones of the new owner. The
 * old owner, which keeps what it must by retention, gets none; nor does the new owner over its own
 * data.
 */
export function passGrants(ctx: Context, { from, to, caseId, section }: GrantPassage): void {
  const state = ctx.state(grants)
  for (const [id, grant] of [...state.index('byCase', { prefix: [caseId] })]) {
    // A warrant names one owner's vault: the supervisor issues another one to the new owner. What was
    // given by an act names its owner too: nobody consented to another one.
    if (grant.v !== 1) continue
    if (grant.owner !== from || !grant.sections.includes(section) || !isOpen(grant, ctx.time)) {
      continue
    }
    state.put(id, { ...grant, notAfter: ctx.time })
    ctx.state(amendments).put(id, { v: 1, at: ctx.time, by: ctx.txId, kind: 'handed-over' })
    // What is suspended is under suspicion: the new owner gives it again, or does not.
    if (grant.holder.member === to || grant.suspendedAt !== null) continue
    makeGrant(ctx, termsOf(grant, to, caseId))
  }
}

function isOpen({ notAfter, revokedAt }: Grant, time: number): boolean {
  return revokedAt === null && (notAfter === null || notAfter > time)
}

/** A grant by package shows or stores: answers are given under acts only. */
function termsOf(grant: Grant, owner: string, caseId: string): GrantTerms {
  return { ...grant, owner, caseId, use: grant.use === 'STORE' ? 'STORE' : 'VIEW' }
}
