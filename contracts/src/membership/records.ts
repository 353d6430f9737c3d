import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  BilingualText,
  Digest,
  HolderName,
  Instant,
  MemberId,
  MemberRole,
  Nullable,
  OfficerRole,
  UnitName,
} from '../vocabulary/schemas.ts'

/** Roles of a member, ascending. */
const MemberRoles = Type.Array(MemberRole, { maxItems: 32 })
/** Roles of an officer or system, ascending. */
const OfficerRoles = Type.Array(OfficerRole, { maxItems: 32 })

/*
 * Certificates and authorities are records of the kernel, because inclusion and evidence read them.
 */

/** A member of the consortium. An id is never given twice: a removed member stays as a record. */
export const Member = Type.Object({
  v: Type.Literal(1),
  id: MemberId,
  name: BilingualText,
  roles: MemberRoles,
  /** Whether it votes; a participant may be co-hosted by another member. */
  voting: Type.Boolean(),
  status: Type.Union([Type.Literal('ACTIVE'), Type.Literal('SUSPENDED'), Type.Literal('REMOVED')]),
  /** Block time of admission, and of the last change of status. */
  admittedAt: Instant,
  statusSince: Instant,
})
export type Member = Static<typeof Member>

/** A department of a member. */
export const Unit = Type.Object({
  v: Type.Literal(1),
  member: MemberId,
  unit: UnitName,
  /** `null` if the genesis document named the unit without a title. */
  name: Nullable(BilingualText),
  closedAt: Nullable(Instant),
})
export type Unit = Static<typeof Unit>

/** In whose name key certificates are presented: a person in office or a system of a member. */
export const Keyholder = Type.Object({
  v: Type.Literal(1),
  member: MemberId,
  kind: Type.Union([Type.Literal('officer'), Type.Literal('system')]),
  /** Officer number or service name; never a person's name. */
  name: HolderName,
  roles: OfficerRoles,
  unit: Nullable(UnitName),
  status: Type.Union([Type.Literal('PENDING'), Type.Literal('ACTIVE'), Type.Literal('LEFT')]),
  /** Who of the member registered and who confirmed; `null` in genesis, or where one sufficed. */
  registeredBy: Nullable(HolderName),
  confirmedBy: Nullable(HolderName),
  /** Roles and unit that wait for a second administrator. */
  pending: Nullable(Type.Object({ roles: OfficerRoles, unit: Nullable(UnitName) })),
})
export type Keyholder = Static<typeof Keyholder>

/** Bytes of an authority's certificate: the path check needs its key. */
export const AuthorityDocument = Type.Object({
  v: Type.Literal(1),
  der: Type.String({ maxLength: 16_384 }),
})

/** A key that others seal to: never a signer. */
export const EncryptionKey = Type.Object({
  v: Type.Literal(1),
  /** Fingerprint of the key certificate. */
  certificate: Digest,
  issuer: Digest,
  member: MemberId,
  notAfter: Instant,
  notBefore: Instant,
  revokedAt: Nullable(Instant),
  spki: Type.String({ maxLength: 256 }),
})
export type EncryptionKey = Static<typeof EncryptionKey>

export const members = collection('membership/member', {
  key: MemberId,
  value: Member,
  indexes: { byRole: ({ roles, id }) => ({ many: roles.map((role) => [role, id]) }) },
})

export const units = collection('membership/unit', {
  key: Type.Tuple([MemberId, UnitName]),
  value: Unit,
})

export const keyholders = collection('membership/keyholder', {
  key: Type.Tuple([MemberId, Type.String(), HolderName]),
  value: Keyholder,
})

export const authorityDocuments = collection('membership/authority-document', {
  key: Digest,
  value: AuthorityDocument,
})

/** Key: hex SHA-256 of the SPKI, which sealed data calls `holderKey`. */
export const encryptionKeys = collection('membership/encryption-key', {
  key: Digest,
  value: EncryptionKey,
  indexes: { byMember: ({ member, notAfter }) => [member, notAfter] },
})
