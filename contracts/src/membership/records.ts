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
  /** Roles and unit that wait for a second administrator, and since when. */
  pending: Nullable(Type.Object({ roles: OfficerRoles, unit: Nullable(UnitName), since: Instant })),
})
export type Keyholder = Static<typeof Keyholder>

/** Facts of the chain that the genesis document fixes for good. */
export const Chain = Type.Object({
  v: Type.Literal(1),
  /** Without the hash; certificates name it. */
  name: MemberId,
  demonstration: Type.Boolean(),
  suites: Type.Array(Type.String({ maxLength: 16 }), { minItems: 1, maxItems: 2 }),
  /** Object identifier under which our certificate extensions hang. */
  arc: Type.String({ minLength: 3, maxLength: 64 }),
})
export type Chain = Static<typeof Chain>

/** Bytes of an authority's certificate: the path check needs its key. */
export const AuthorityDocument = Type.Object({
  v: Type.Literal(1),
  /** base64url */
  der: Type.String({ maxLength: 11_000 }),
})

/** A certificate whose key never signs transactions. */
const OTHER = {
  v: Type.Literal(1),
  /** Fingerprint of the authority. */
  issuer: Digest,
  member: MemberId,
  name: HolderName,
  notAfter: Instant,
  notBefore: Instant,
  revokedAt: Nullable(Instant),
  /** SubjectPublicKeyInfo, base64url. */
  spki: Type.String({ maxLength: 256 }),
}

/** A key that others seal to. */
export const EncryptionKey = Type.Object({ ...OTHER, certificate: Digest })
export type EncryptionKey = Static<typeof EncryptionKey>

/** A key of a node: no node speaks before its certificate is here. */
export const NodeCertificate = Type.Object({
  ...OTHER,
  profile: Type.Union([Type.Literal('consensus'), Type.Literal('tls'), Type.Literal('witness')]),
})
export type NodeCertificate = Static<typeof NodeCertificate>

/** Facts of the chain; one value. */
export const chains = collection('membership/chain', { key: Type.Literal('chain'), value: Chain })

/** Key: the member. */
export const members = collection('membership/member', {
  key: MemberId,
  value: Member,
  indexes: { byRole: ({ roles, id }) => ({ many: roles.map((role) => [role, id]) }) },
})

/** Key: member and department. */
export const units = collection('membership/unit', {
  key: Type.Tuple([MemberId, UnitName]),
  value: Unit,
})

/** Key: member, kind and name. */
export const keyholders = collection('membership/keyholder', {
  key: Type.Tuple([
    MemberId,
    Type.Union([Type.Literal('officer'), Type.Literal('system')]),
    HolderName,
  ]),
  value: Keyholder,
})

/** Key: fingerprint of the authority, as in `membership/authority`. */
export const authorityDocuments = collection('membership/authority-document', {
  key: Digest,
  value: AuthorityDocument,
})

/** Key: hex SHA-256 of the SPKI, which sealed data calls `holderKey`. */
export const encryptionKeys = collection('membership/encryption-key', {
  key: Digest,
  value: EncryptionKey,
  indexes: { byMember: ({ member, notAfter, certificate }) => [member, notAfter, certificate] },
})

/** Key: fingerprint of the certificate. */
export const nodeCertificates = collection('membership/node-certificate', {
  key: Digest,
  value: NodeCertificate,
  indexes: { byMember: ({ member, profile, notAfter }) => [member, profile, notAfter] },
})
