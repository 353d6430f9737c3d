import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  BilingualText,
  CivilDate,
  ClauseId,
  Code,
  ContractId,
  Digest,
  DottedName,
  Height,
  Instant,
  KebabName,
  MapOf,
  MemberId,
  MemberRole,
  Nullable,
  SealLevel,
  SectionName,
} from '../vocabulary/schemas.ts'

/** Bytes of one part of a package, or of a whole small one. */
export const Part = Type.Object({
  v: Type.Literal(1),
  size: Type.Integer({ minimum: 1, maximum: 131_072 }),
  /** base64url, no padding. */
  bytes: Type.String({ minLength: 2, maxLength: 174_763 }),
})
export type Part = Static<typeof Part>

/** A service package or library at one version; its bytes are the parts joined. */
export const PackageRecord = Type.Object({
  v: Type.Literal(1),
  hash: Digest,
  kind: Type.Union([Type.Literal('service'), Type.Literal('library')]),
  name: KebabName,
  version: Type.String({ minLength: 1, maxLength: 32 }),
  title: BilingualText,
  responsible: MemberRole,
  size: Type.Integer({ minimum: 2, maximum: 8_388_608 }),
  /** Hashes of the parts in order. */
  parts: Type.Array(Digest, { minItems: 1, maxItems: 64 }),
  /** Packages it names, at the versions that were published when it was proposed. */
  uses: MapOf(Digest, 32),
  effectiveFrom: CivilDate,
  status: Type.Union([
    Type.Literal('PROPOSED'),
    Type.Literal('PUBLISHED'),
    Type.Literal('REJECTED'),
    Type.Literal('WITHDRAWN'),
  ]),
  /** `null` in genesis. */
  proposal: Nullable(ContractId),
  proposedBy: Nullable(MemberId),
  publishedAt: Nullable(Instant),
  publishedHeight: Nullable(Height),
  /** First day on which cases may open under it: never before its publication. */
  inForceFrom: Nullable(CivilDate),
  withdrawnAt: Nullable(Instant),
})
export type PackageRecord = Static<typeof PackageRecord>

const CertaintyMark = Type.Union([
  Type.Literal('S'),
  Type.Literal('K-H'),
  Type.Literal('K-M'),
  Type.Literal('K-L'),
  Type.Literal('P'),
])

/** One article as a package cites it. */
export const ClauseRecord = Type.Object({
  v: Type.Literal(1),
  hash: Digest,
  id: ClauseId,
  instrument: Type.String({ minLength: 1, maxLength: 128 }),
  article: Type.String({ minLength: 1, maxLength: 64 }),
  effectiveFrom: CivilDate,
  effectiveTo: Nullable(CivilDate),
  certainty: CertaintyMark,
  quotation: Type.String({ maxLength: 2_000 }),
  amends: Type.Optional(Type.Array(ClauseId, { maxItems: 64 })),
  repeals: Type.Optional(Type.Array(ClauseId, { maxItems: 64 })),
  /** The package that cites it, newest publication. */
  package: Digest,
  publishedHeight: Height,
})
export type ClauseRecord = Static<typeof ClauseRecord>

/**
 * Values of one parameter in one region as one publication gave them; later ones overwrite nothing.
 */
export const ParameterRecord = Type.Object({
  v: Type.Literal(1),
  parameter: DottedName,
  region: Type.String({ minLength: 6, maxLength: 6 }),
  /**
   * Ascending by `effectiveFrom`; empty where a later version of the package left the parameter
   * out.
   */
  rows: Type.Array(
    Type.Object({
      value: Type.String({ maxLength: 256 }),
      effectiveFrom: CivilDate,
      effectiveTo: Nullable(CivilDate),
      basis: ClauseId,
      certainty: Type.Optional(CertaintyMark),
      source: Type.Optional(Type.String({ maxLength: 256 })),
    }),
    { maxItems: 2_000 },
  ),
  /** First day of the package: before it the publication before it decides. */
  inForceFrom: CivilDate,
  package: Digest,
  packageName: KebabName,
  publishedHeight: Height,
})
export type ParameterRecord = Static<typeof ParameterRecord>

/** A published rule; its document lies in the package. */
export const RuleRecord = Type.Object({
  v: Type.Literal(1),
  hash: Digest,
  id: DottedName,
  clauses: Type.Array(ClauseId, { maxItems: 32 }),
  /** As the rule says; `null`: any day. */
  effectiveFrom: Nullable(CivilDate),
  effectiveTo: Nullable(CivilDate),
  /** First day on which cases may lock it: not before its own date nor that of its package. */
  inForceFrom: CivilDate,
  /** First day on which a later version of its package, without it, is in force. */
  droppedFrom: Nullable(CivilDate),
  package: Digest,
  packageName: KebabName,
  publishedHeight: Height,
})
export type RuleRecord = Static<typeof RuleRecord>

/** A section of sealed data as an entry of the data catalogue: what sealed headers name. */
export const SectionRecord = Type.Object({
  v: Type.Literal(1),
  hash: Digest,
  package: Digest,
  packageName: KebabName,
  section: SectionName,
  level: SealLevel,
  /** Party of the case that owns it. */
  owner: Type.String({ maxLength: 64 }),
  readers: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 32 }),
  sharing: Type.Union([
    Type.Literal('UNCONDITIONAL'),
    Type.Literal('CONDITIONAL'),
    Type.Literal('NOT_SHARED'),
  ]),
  use: Type.Union([Type.Literal('VIEW'), Type.Literal('STORE')]),
  purpose: Code,
  clause: Nullable(ClauseId),
  /** Names of the fields, or columns of the rows, in canonical order. */
  items: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 1_024 }),
  publishedHeight: Height,
})
export type SectionRecord = Static<typeof SectionRecord>

/** Who may publish a name: the first package that published it. */
export const NameOwner = Type.Object({ v: Type.Literal(1), package: KebabName })

/** Days of one year that differ from Monday to Friday. */
export const CalendarYear = Type.Object({
  v: Type.Literal(1),
  days: MapOf(Type.Union([Type.Literal('HOLIDAY'), Type.Literal('WORKDAY')]), 366),
})
export type CalendarYear = Static<typeof CalendarYear>

/** Key: hash of the bytes. */
export const parts = collection('catalogue/part', { key: Digest, value: Part })

/** Key: hash of the package. */
export const packages = collection('catalogue/package', {
  key: Digest,
  value: PackageRecord,
  indexes: {
    /** Published versions of a name, by the first day in force and the height. */
    byName: ({ name, inForceFrom, publishedHeight }) =>
      inForceFrom === null || publishedHeight === null
        ? undefined
        : [name, inForceFrom, publishedHeight],
    byStatus: ({ status, name, hash }) => [status, name, hash],
    byProposal: ({ proposal }) => (proposal === null ? undefined : [proposal]),
  },
})

/** Key: hash of the clause as cited. */
export const clauses = collection('catalogue/clause', {
  key: Digest,
  value: ClauseRecord,
  indexes: {
    byId: ({ id, effectiveFrom }) => [id, effectiveFrom],
    /** Clauses that end another one, by the first day from which they do. */
    byRepealed: ({ repeals, effectiveFrom, hash }) => ({
      many: (repeals ?? []).map((ended) => [ended, effectiveFrom, hash]),
    }),
  },
})

/** Key: parameter, region, height of the publication. */
export const parameters = collection('catalogue/parameter', {
  key: Type.Tuple([DottedName, Type.String(), Height]),
  value: ParameterRecord,
  indexes: {
    byPackage: ({ packageName, publishedHeight, parameter, region }) => [
      packageName,
      publishedHeight,
      parameter,
      region,
    ],
  },
})

/** Key: hash of the rule. */
export const rules = collection('catalogue/rule', {
  key: Digest,
  value: RuleRecord,
  indexes: {
    byId: ({ id, inForceFrom, publishedHeight }) => [id, inForceFrom, publishedHeight],
    byPackage: ({ packageName, id, hash }) => [packageName, id, hash],
  },
})

/** Key: hash of the entry, as sealed headers name it. */
export const sectionEntries = collection('catalogue/section', {
  key: Digest,
  value: SectionRecord,
  indexes: { byPackage: ({ packageName, section, hash }) => [packageName, section, hash] },
})

/** Key: kind of name (`rule`, `parameter`, `register`) and the name. */
export const nameOwners = collection('catalogue/name-owner', {
  key: Type.Tuple([Type.String(), Type.String()]),
  value: NameOwner,
})

/** Key: the year. */
export const calendarYears = collection('catalogue/calendar', {
  key: Type.Integer({ minimum: 1, maximum: 9999 }),
  value: CalendarYear,
})
