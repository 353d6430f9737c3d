/* Members come, rest and go: by the genesis document, and later only by vote. */
import { amendments, type Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  BilingualText,
  HolderName,
  MemberId,
  MemberRole,
  Nullable,
  OfficerRole,
  UnitName,
} from '../vocabulary/schemas.ts'
import {
  acceptCertificate,
  registerAuthority,
  storeEncryptionKey,
  storeSigner,
} from './certificates.ts'
import { getMember } from './members.ts'
import { keyholders, type Member, members, units } from './records.ts'
import { membershipRefusal } from './refusals.ts'

/** A certificate with which a member begins; `kind` `encryption` is a key that others seal to. */
export const FoundingCertificate = Type.Object({
  der: Type.String({ maxLength: 11_000 }),
  kind: Type.Union([Type.Literal('system'), Type.Literal('officer'), Type.Literal('encryption')]),
  name: HolderName,
  roles: Type.Array(OfficerRole, { maxItems: 32 }),
  unit: Nullable(UnitName),
})

/** A member as a genesis document founds it, or a proposal admits it. */
export const NewMember = Type.Object({
  id: MemberId,
  name: BilingualText,
  roles: Type.Array(MemberRole, { maxItems: 32 }),
  voting: Type.Boolean(),
  authorities: Type.Array(
    Type.Object({
      der: Type.String({ maxLength: 11_000 }),
      profile: Type.Union([Type.Literal('member-ca'), Type.Literal('officer-ca')]),
    }),
    { minItems: 1, maxItems: 4 },
  ),
  certificates: Type.Array(FoundingCertificate, { maxItems: 256 }),
})
export type NewMember = Static<typeof NewMember>

/** Admits a member with its authorities, systems and officers; refuses `MEMBER_EXISTS` for ever. */
export function admitMember(ctx: Context, entry: NewMember): void {
  const { id } = entry
  if (ctx.state(members).has(id)) {
    ctx.refuse(membershipRefusal({ code: 'MEMBER_EXISTS', member: id }))
  }
  ctx.state(members).put(id, {
    v: 1,
    id,
    name: entry.name,
    roles: [...entry.roles].sort(),
    voting: entry.voting,
    status: 'ACTIVE',
    admittedAt: ctx.time,
    statusSince: ctx.time,
  })
  for (const authority of entry.authorities) registerAuthority(ctx, id, authority)
  for (const certificate of entry.certificates) foundKeyholder(ctx, id, certificate)
}

const PROFILES_OF_KIND: Readonly<Record<'system' | 'officer' | 'encryption', readonly string[]>> = {
  system: ['application', 'signing'],
  officer: ['officer'],
  encryption: ['encryption'],
}

function foundKeyholder(
  ctx: Context,
  member: string,
  entry: Static<typeof FoundingCertificate>,
): void {
  const accepted = acceptCertificate(ctx, member, entry.der)
  const { subject, profile } = accepted.certificate
  // A key that others seal to must never sign, and the other way round.
  if (!PROFILES_OF_KIND[entry.kind].includes(profile ?? '')) {
    const { fingerprint } = accepted.certificate
    ctx.refuse(
      membershipRefusal({
        code: 'CERTIFICATE_REFUSED',
        certificate: fingerprint,
        reason: 'PATH_PROFILE',
      }),
    )
  }
  if (subject.name !== entry.name) {
    ctx.refuse(
      membershipRefusal({ code: 'KEYHOLDER_NOT_FOUND', kind: entry.kind, name: subject.name }),
    )
  }
  if (entry.kind === 'encryption') {
    storeEncryptionKey(ctx, accepted)
    return
  }
  if (entry.unit !== null && !ctx.state(units).has([member, entry.unit])) {
    ctx
      .state(units)
      .put([member, entry.unit], { v: 1, member, unit: entry.unit, name: null, closedAt: null })
  }
  ctx.state(keyholders).put([member, entry.kind, entry.name], {
    v: 1,
    member,
    kind: entry.kind,
    name: entry.name,
    roles: [...entry.roles].sort(),
    unit: entry.unit,
    status: 'ACTIVE',
    registeredBy: null,
    confirmedBy: null,
    pending: null,
  })
  storeSigner(ctx, accepted, entry.kind)
}

/** Suspends an active member, or lets a suspended one come back. */
export function setSuspension(ctx: Context, id: string, isSuspended: boolean): void {
  const member = getMember(ctx, id)
  if (isSuspended && member.status !== 'ACTIVE') {
    const { status } = member
    ctx.refuse(membershipRefusal({ code: 'MEMBER_NOT_ACTIVE', member: id, status }))
  }
  if (!isSuspended && member.status !== 'SUSPENDED') {
    const { status } = member
    ctx.refuse(membershipRefusal({ code: 'MEMBER_NOT_SUSPENDED', member: id, status }))
  }
  setStatus(ctx, member, isSuspended ? 'SUSPENDED' : 'ACTIVE')
}

/** Removes a member for good; its id is never given again. */
export function removeMember(ctx: Context, id: string): void {
  const member = getMember(ctx, id)
  if (member.status === 'REMOVED') {
    ctx.refuse(membershipRefusal({ code: 'MEMBER_NOT_ACTIVE', member: id, status: member.status }))
  }
  setStatus(ctx, member, 'REMOVED')
  ctx.state(amendments).put(id, { v: 1, at: ctx.time, by: ctx.txId, kind: 'removed' })
}

/** Gives an active member other roles, or its vote. */
export function changeMemberRoles(
  ctx: Context,
  id: string,
  roles: readonly string[],
  voting: boolean,
): void {
  const member = getMember(ctx, id)
  if (member.status !== 'ACTIVE') {
    ctx.refuse(membershipRefusal({ code: 'MEMBER_NOT_ACTIVE', member: id, status: member.status }))
  }
  ctx.state(members).put(id, { ...member, roles: [...roles].sort(), voting })
  ctx.emit('MemberRolesChanged', { member: id, roles: [...roles].sort(), voting })
}

function setStatus(ctx: Context, member: Member, status: Member['status']): void {
  ctx.state(members).put(member.id, { ...member, status, statusSince: ctx.time })
  ctx.emit(EVENTS[status], { member: member.id })
}

const EVENTS = {
  ACTIVE: 'MemberReinstated',
  SUSPENDED: 'MemberSuspended',
  REMOVED: 'MemberRemoved',
} as const
