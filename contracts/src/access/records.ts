import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  CaseId,
  CivilDate,
  ClauseId,
  Code,
  ContractId,
  Count,
  Digest,
  EntryKey,
  GrantId,
  HolderName,
  Instant,
  KebabName,
  MemberId,
  Nullable,
  OfficerRole,
  RecordId,
  SealLevel,
  SectionName,
  UnitName,
} from '../vocabulary/schemas.ts'

/** A sealed section of one record, as committed: what openings are checked against. */
export const SealedSection = Type.Object({
  v: Type.Literal(1),
  record: RecordId,
  section: SectionName,
  /** From 1; a corrected section is the next version. */
  version: Type.Integer({ minimum: 1 }),
  owner: MemberId,
  /** Hash of the catalogue entry: fields, level, sharing attribute. In the sealed header. */
  entry: Digest,
  level: SealLevel,
  commitment: Digest,
  case: CaseId,
  /** The transaction that committed it. */
  by: Digest,
  at: Instant,
  /** The version that holds the same content sealed anew: this one opens no more. */
  resealedAs: Type.Optional(Type.Integer({ minimum: 2 })),
})
export type SealedSection = Static<typeof SealedSection>

/** Rows sealed under one Merkle root; only the root is in state. */
export const SealedBatch = Type.Object({
  v: Type.Literal(1),
  root: Digest,
  count: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
  /** Which tree: leaves of a batch, or of the balances or entries of a sub-ledger. */
  tree: Type.Union([Type.Literal('batch'), Type.Literal('entry'), Type.Literal('balance')]),
  section: SectionName,
  owner: MemberId,
  entry: Digest,
  level: SealLevel,
  case: CaseId,
  by: Digest,
  at: Instant,
  /** Root under which the same rows were sealed first, where they were sealed anew. */
  origin: Type.Optional(Digest),
  /** Root that holds the same rows sealed anew: this one opens no more. */
  resealedAs: Type.Optional(Digest),
})
export type SealedBatch = Static<typeof SealedBatch>

/**
 * Who reads: anyone of the member with that role, in that unit, where they are named; or the one person
 * whom `subject` names, and nobody else.
 */
export const GrantHolder = Type.Object({
  member: MemberId,
  unit: Nullable(UnitName),
  role: Nullable(OfficerRole),
  subject: Type.Optional(HolderName),
})
export type GrantHolder = Static<typeof GrantHolder>

/** Clause that a grant rests on. */
export const GrantBasis = Type.Object({
  clause: ClauseId,
  /** Hash of the published clause. */
  version: Nullable(Digest),
  /** Hash of the published rule that carries it out. */
  rule: Type.Optional(Digest),
})

/** A period as law states it. */
export const Term = Type.Object({
  amount: Type.Integer({ minimum: 1, maximum: 10_000 }),
  unit: Type.Union([
    Type.Literal('hours'),
    Type.Literal('days'),
    Type.Literal('working-days'),
    Type.Literal('months'),
    Type.Literal('years'),
  ]),
})

/** What a grant of the kind `WARRANT` has beside the others: it opens what it names, nothing else. */
export const WarrantTerms = Type.Object({
  /** The warrant 调阅令 that it came from. */
  id: ContractId,
  /** Rows of its one batch, ascending, from 0; `null`: every row. Empty: none is named yet. */
  places: Nullable(Type.Array(Count, { maxItems: 100 })),
  /** Until then lists leave its reads out, except for its holder. */
  hiddenUntil: Nullable(Instant),
})
export type WarrantTerms = Static<typeof WarrantTerms>

/** Most grants below one, and most steps from the first to the last of them. */
export const MOST_DELEGATIONS = 200
export const DEEPEST_DELEGATION = 4

/** Member of a `fields` section. */
export const FieldName = Type.String({ minLength: 1, maxLength: 64, description: 'a field' })

/** What may be asked where nothing is opened: the answer is true, false, a band, or unknown. */
export const GrantQuestion = Type.Object({
  name: FieldName,
  /** FEEL over the members of the section's content, and `today`. */
  is: Type.String({ minLength: 1, maxLength: 2048 }),
  /** Codes of which the answer is one; `null`: yes or no. */
  bands: Nullable(Type.Array(Code, { minItems: 2, maxItems: 16 })),
})
export type GrantQuestion = Static<typeof GrantQuestion>

/** A run of places of a batch. */
export const PlaceRange = Type.Object({
  from: Count,
  count: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
})

/** Who signed a grant. */
export const GrantGiver = Type.Object({
  kind: Type.Union([Type.Literal('officer'), Type.Literal('subject'), Type.Literal('system')]),
  member: MemberId,
  name: HolderName,
  at: Instant,
})

/** How a grant `EMERGENCY` was reviewed. */
export const EmergencyReview = Type.Object({
  state: Type.Union([
    Type.Literal('WAITING'),
    Type.Literal('JUSTIFIED'),
    Type.Literal('UNJUSTIFIED'),
  ]),
  /** Last instant at which the review is in time. */
  until: Instant,
  officer: Nullable(HolderName),
  at: Nullable(Instant),
  /** When somebody said that it was missing. */
  raisedAt: Nullable(Instant),
})

/** What grants of `v` 3 have beside the others. */
export const IssuedTerms = Type.Object({
  scope: Type.Union([Type.Literal('CASE'), Type.Literal('SUBJECT'), Type.Literal('CLASS')]),
  /** 16 bytes drawn for this grant; who it is, only the owner's vault knows. */
  subject: Nullable(RecordId),
  /** Entry of each section, in their order. */
  entries: Type.Array(Digest, { minItems: 1, maxItems: 32 }),
  range: Nullable(PlaceRange),
  questions: Type.Array(GrantQuestion, { maxItems: 8 }),
  /** Whether a person may be looked for under it. */
  find: Type.Boolean(),
  /** Only cases of this service may use it. */
  serviceItem: Nullable(KebabName),
  /** The published text that the giver of a consent was shown. */
  notice: Nullable(
    Type.Object({
      hash: Digest,
      language: Type.Union([Type.Literal('zh'), Type.Literal('en')]),
      version: Digest,
    }),
  ),
  givenBy: GrantGiver,
  /** Consent at a window: opens nothing until a second officer agreed. */
  agreement: Nullable(Type.Object({ officer: Nullable(HolderName), at: Nullable(Instant) })),
  /** Commitment of the signed paper. */
  paper: Nullable(Digest),
  /** Entry of the register `mandate`, and the ward that it names. */
  mandate: Nullable(EntryKey),
  ward: Nullable(HolderName),
  review: Nullable(EmergencyReview),
  /** The grant at the top, and how far below it this one is; 0: it is the top. */
  root: Nullable(GrantId),
  depth: Type.Integer({ minimum: 0, maximum: DEEPEST_DELEGATION }),
})
export type IssuedTerms = Static<typeof IssuedTerms>

/** Kinds of grants, by what they rest on. */
export const GrantKind = Type.Union([
  Type.Literal('OWN'),
  Type.Literal('CONSENT'),
  Type.Literal('STATUTE'),
  Type.Literal('CONTRACT'),
  Type.Literal('WARRANT'),
  Type.Literal('EMERGENCY'),
])
export type GrantKind = Static<typeof GrantKind>

/**
 * 合约证书 A leave to open sections. `v` 1, by package (`CONTRACT`): the sections of its case, and the
 * records and batches that it names beside. `v` 2 (`WARRANT`): only the records, batches and places that
 * it names; two officers of a supervisor made it, and its owner cannot end it. `v` 3, by act or
 * delegated: what `issued` says; records and batches, if any are named, leave only themselves.
 */
export const Grant = Type.Object({
  v: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]),
  id: GrantId,
  kind: GrantKind,
  /** The highest level that it opens. */
  level: SealLevel,
  owner: MemberId,
  entry: Digest,
  /** Never `null` in `v` 1 and 2. */
  case: Nullable(CaseId),
  holder: GrantHolder,
  assertedBy: Type.Union([
    Type.Literal('SUBJECT'),
    Type.Literal('GUARDIAN'),
    Type.Literal('WINDOW'),
    Type.Literal('MEMBER'),
    Type.Literal('PACKAGE'),
  ]),
  /** Ascending. */
  sections: Type.Array(SectionName, { minItems: 1, maxItems: 32 }),
  /** Members of the one section, ascending; `null`: whole sections. */
  fields: Nullable(Type.Array(FieldName, { minItems: 1, maxItems: 64 })),
  /** Records named one by one, ascending. */
  records: Type.Array(RecordId, { maxItems: 100 }),
  /** Batches named one by one, ascending. */
  batches: Type.Array(Digest, { maxItems: 100 }),
  purpose: Type.Object({ code: Code, service: KebabName }),
  basis: Type.Array(GrantBasis, { maxItems: 16 }),
  use: Type.Union([Type.Literal('VIEW'), Type.Literal('STORE'), Type.Literal('ANSWER')]),
  /** Reads allowed in all, or `per` day or month; `null`: as many as the purpose needs. */
  quota: Nullable(
    Type.Object({
      reads: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      per: Nullable(Type.Union([Type.Literal('DAY'), Type.Literal('MONTH')])),
    }),
  ),
  retention: Nullable(Term),
  notBefore: Instant,
  /** First instant at which it is no longer in force; `null` while the case is open. */
  notAfter: Nullable(Instant),
  /** FEEL over the read, or `null`. */
  condition: Nullable(Type.String({ maxLength: 2048 })),
  /** Another officer must agree to each read. A warrant had its second officer before. */
  secondOfficer: Type.Boolean(),
  caseRequired: Type.Boolean(),
  /** The grant that it was narrowed from. */
  parent: Nullable(GrantId),
  suspendedAt: Nullable(Instant),
  revokedAt: Nullable(Instant),
  /** Reads so far, the day of the last one, and those of the quota's period with that day. */
  used: Count,
  usedDay: Nullable(CivilDate),
  usedThatDay: Count,
  /** The transaction that made it. */
  by: Digest,
  /** Of the kind `WARRANT`, and of no other. */
  warrant: Type.Optional(WarrantTerms),
  /** Of `v` 3. */
  issued: Type.Optional(IssuedTerms),
})
export type Grant = Static<typeof Grant>

/** One section of one record of a read; `leaf` says where it lies in a batch. */
export const ReadItem = Type.Object({
  record: RecordId,
  version: Type.Integer({ minimum: 1 }),
  section: SectionName,
  /** As registered, or as proven by the leaf. */
  commitment: Digest,
  batch: Nullable(Digest),
  index: Nullable(Count),
})
export type ReadItem = Static<typeof ReadItem>

/** A read of sealed data: with its result and proofs it is the receipt. */
export const Read = Type.Object({
  v: Type.Literal(1),
  read: Digest,
  grant: GrantId,
  owner: MemberId,
  member: MemberId,
  officer: HolderName,
  unit: Nullable(UnitName),
  case: Nullable(CaseId),
  at: Instant,
  height: Count,
  /** Single sections, at most 100; empty for a bulk read. */
  items: Type.Array(ReadItem, { maxItems: 100 }),
  /** Rows of one batch, at most 10,000, or `null`. */
  rows: Nullable(Type.Object({ batch: Digest, section: SectionName, from: Count, count: Count })),
  /** Members that are asked for, ascending; `null`: whole sections. */
  fields: Nullable(Type.Array(FieldName, { minItems: 1, maxItems: 64 })),
  /** Name of the grant's question that is asked; nothing is opened then. */
  question: Nullable(FieldName),
  /** A person is looked for: digest of the sealed query. Items and rows are empty then. */
  find: Nullable(Digest),
  /** The second officer, where the grant asks for one; until somebody agreed nothing is released. */
  second: Nullable(
    Type.Object({ until: Instant, officer: Nullable(HolderName), at: Nullable(Instant) }),
  ),
  /** Hex SHA-256 of the SPKI of the holder's encryption key. */
  holderKey: Digest,
  /** When somebody said that the owner had not confirmed it in time. */
  raisedAt: Type.Optional(Instant),
  confirmation: Nullable(
    Type.Object({
      at: Instant,
      outcome: Type.Union([
        Type.Literal('RELEASED'),
        Type.Literal('REFUSED'),
        Type.Literal('FAILED'),
      ]),
      /** Digest of the release; rows that were erased are named off chain under it. */
      digest: Digest,
      /** Rows inside the range that are erased. */
      erased: Count,
      by: Digest,
    }),
  ),
})
export type Read = Static<typeof Read>

/** Key: record, section and version. */
export const sections = collection('access/section', {
  key: Type.Tuple([RecordId, SectionName, Count]),
  value: SealedSection,
  indexes: { byCase: (section) => [section.case, section.section, section.record] },
})

/** Key: the root. */
export const batches = collection('access/batch', {
  key: Digest,
  value: SealedBatch,
  indexes: { byCase: (batch) => [batch.case, batch.section] },
})

/** Key: id of the grant. */
export const grants = collection('access/grant', {
  key: GrantId,
  value: Grant,
  indexes: {
    byCase: (grant) => (grant.case === null ? undefined : [grant.case, grant.id]),
    byParent: ({ parent, id }) => (parent === null ? undefined : [parent, id]),
    /** What a person or an officer gave; what was given for a ward is the ward's too. */
    byGiver: ({ issued, id }) => ({
      many: givenTo(issued).map((giver) => [...giver, issued?.givenBy.at ?? 0, id]),
    }),
    byEmergency: ({ issued, holder, id }) =>
      issued === undefined || issued.review === null
        ? undefined
        : [holder.member, issued.givenBy.at, id],
    byHolder: ({ holder, id }) => [holder.member, id],
    byOwner: ({ owner, id }) => [owner, id],
  },
})

function givenTo(issued: IssuedTerms | undefined): (readonly [string, string])[] {
  if (issued === undefined) return []
  const { givenBy, ward } = issued
  const own = [givenBy.member, givenBy.name] as const
  return ward === null || ward === givenBy.name ? [own] : [own, [givenBy.member, ward]]
}

/** Key: the transaction that is the read. */
export const reads = collection('access/read', {
  key: Digest,
  value: Read,
  indexes: {
    byTime: ({ at, read }) => [at, read],
    byGrant: ({ grant, at, read }) => [grant, at, read],
    byOwner: ({ owner, at, read }) => [owner, at, read],
    byMember: ({ member, at, read }) => [member, at, read],
    /** Reads that the owner has not confirmed, oldest first. */
    unconfirmed: ({ confirmation, at, read }) => (confirmation === null ? [at, read] : undefined),
    /** Reads that wait for a second officer, oldest first. */
    waiting: ({ second, member, at, read }) =>
      second !== null && second.at === null ? [member, at, read] : undefined,
    /** Who read a record: what its person is told. */
    byRecord: ({ items, at, read }) => ({ many: items.map((item) => [item.record, at, read]) }),
    byBatch: ({ rows, at, read }) => (rows === null ? undefined : [rows.batch, at, read]),
  },
})
