/* Who may give which kind of grant, to whom. */
import type { Context } from '@renshe/kernel'
import { isActiveMember } from '../membership/members.ts'
import { requireRole } from '../membership/roles.ts'
import { findEntry } from '../registers/entries.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { isHolder } from './grant-state.ts'
import type { IssueInput } from './issue-input.ts'
import { DATA_STEWARD } from './owner-grants.ts'
import type { Grant } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** Takes consents of people who come to a window; a second officer agrees to each. */
export const WINDOW = 'window'

/** Register in which mandates of guardians and proxies are kept. */
export const MANDATE_REGISTER = 'mandate'

/** The holder as a record has it. */
export function holderOf({ member, unit, role, subject }: IssueInput['holder']): Grant['holder'] {
  return {
    member,
    unit: unit ?? null,
    role: role ?? null,
    ...(subject === undefined ? {} : { subject }),
  }
}

/**
 * Refuses a signer who may not give this kind of grant, and a holder that may not have it.
 *
 * @returns the ward, where a guardian signs
 * @source security/sealed-data.md section 8, Grant 2; threat 24
 */
export function refuseUnlessGiver(ctx: Context, input: IssueInput): string | null {
  const { kind, owner } = input
  if (kind === 'WARRANT') {
    const elsewhere = { kind, action: 'supervision.issueWarrant' }
    ctx.refuse(accessRefusal({ code: 'KIND_ELSEWHERE', ...elsewhere }))
  }
  if (kind === 'CONSENT') return refuseUnlessConsenting(ctx, input)
  if (input.assertedBy !== 'MEMBER') refuseSigner(ctx, input)
  if (kind === 'EMERGENCY') {
    const isOwnUse = isHolder({ holder: holderOf(input.holder) }, ctx.signer)
    if (ctx.signer.kind !== 'officer' || !isOwnUse) refuseSigner(ctx, input)
    return null
  }
  requireRole(ctx, DATA_STEWARD)
  if (ctx.signer.kind === 'subject' || ctx.signer.member !== owner) refuseSigner(ctx, input)
  return null
}

function refuseSigner(ctx: Context, { kind, assertedBy }: IssueInput): never {
  return ctx.refuse(accessRefusal({ code: 'SIGNER_NOT_FITTING', kind, assertedBy }))
}

function refuseUnlessConsenting(ctx: Context, input: IssueInput): string | null {
  const { assertedBy, holder, paper, mandate } = input
  const { signer } = ctx
  const isAtWindow = assertedBy === 'WINDOW'
  if ((mandate !== undefined) !== (assertedBy === 'GUARDIAN')) refuseSigner(ctx, input)
  if ((paper !== undefined) !== isAtWindow) refuseSigner(ctx, input)
  if (isAtWindow) {
    requireRole(ctx, WINDOW)
    // Who wants the data does not say that the person agreed.
    if (signer.kind !== 'officer' || signer.member === holder.member) refuseSigner(ctx, input)
    return null
  }
  if (signer.kind !== 'subject' || assertedBy === 'MEMBER') refuseSigner(ctx, input)
  return assertedBy === 'GUARDIAN' ? getWard(ctx, mandate ?? '') : null
}

/** The ward of a mandate that stands today and names the signer. */
function getWard(ctx: Context, key: string): string {
  const entry = findEntry(ctx, MANDATE_REGISTER, key)
  const { guardian, member, until, ward } = entry?.fields ?? {}
  const { signer } = ctx
  const isOfSigner =
    entry?.status === 'OPEN' && guardian === signer.name && member === signer.member
  const isOver = typeof until === 'string' && until < legalDay(ctx.time)
  if (!isOfSigner || isOver || typeof ward !== 'string') {
    ctx.refuse(accessRefusal({ code: 'MANDATE_NOT_FOUND', mandate: key }))
  }
  return ward
}

/** Refuses a holder that the kind does not allow, or that takes no part. */
export function refuseUnlessHolder(
  ctx: Context,
  { kind, owner, holder }: Pick<IssueInput, 'kind' | 'owner' | 'holder'>,
): void {
  const { member, subject } = holder
  const isOwn = kind === 'OWN'
  const fits = isOwn ? subject !== undefined || member === owner : subject === undefined
  if (!fits || !isActiveMember(ctx, member)) {
    ctx.refuse(accessRefusal({ code: 'HOLDER_NOT_FITTING', member }))
  }
}
