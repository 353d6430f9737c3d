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
})
export type SealedBatch = Static<typeof SealedBatch>

/** Who reads: anyone of the member with that role, in that unit, where they are named. */
export const GrantHolder = Type.Object({
  member: MemberId,
  unit: Nullable(UnitName),
  role: Nullable(OfficerRole),
})
export type GrantHolder = Static<typeof GrantHolder>

/** Clause that a grant rests on. */
export const GrantBasis = Type.Object({
  clause: ClauseId,
  /** Hash of the published clause. */
  version: Nullable(Digest),
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

/**
 * 合约证书 A leave to open sections. `CONTRACT` (`v` 1): those of its case, and the records and batches
 * that it names beside. `WARRANT` (`v` 2): only the records, batches and places that it names; two
 * officers of a supervisor made it, and its owner cannot end it. Other kinds add members in a later `v`.
 */
export const Grant = Type.Object({
  v: Type.Union([Type.Literal(1), Type.Literal(2)]),
  id: GrantId,
  kind: Type.Union([Type.Literal('CONTRACT'), Type.Literal('WARRANT')]),
  level: SealLevel,
  owner: MemberId,
  entry: Digest,
  case: CaseId,
  holder: GrantHolder,
  assertedBy: Type.Union([Type.Literal('PACKAGE'), Type.Literal('MEMBER')]),
  /** Ascending. */
  sections: Type.Array(SectionName, { minItems: 1, maxItems: 32 }),
  /** `null`: whole sections. */
  fields: Type.Null(),
  /** Records named one by one, ascending. */
  records: Type.Array(RecordId, { maxItems: 100 }),
  /** Batches named one by one, ascending. */
  batches: Type.Array(Digest, { maxItems: 100 }),
  purpose: Type.Object({ code: Code, service: KebabName }),
  basis: Type.Array(GrantBasis, { maxItems: 16 }),
  use: Type.Union([Type.Literal('VIEW'), Type.Literal('STORE')]),
  /** Reads allowed in all, or `per` day; `null`: as many as the purpose needs. */
  quota: Nullable(
    Type.Object({
      reads: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      per: Nullable(Type.Literal('DAY')),
    }),
  ),
  retention: Nullable(Term),
  notBefore: Instant,
  /** First instant at which it is no longer in force; `null` while the case is open. */
  notAfter: Nullable(Instant),
  /** FEEL over the read, or `null`. */
  condition: Nullable(Type.String({ maxLength: 2048 })),
  /**
   * A second officer must agree to each read: no act of protocol 1 gives that, so such a grant opens
   * nothing. A warrant had its second officer before it became a grant.
   */
  secondOfficer: Type.Boolean(),
  caseRequired: Type.Boolean(),
  parent: Type.Null(),
  suspendedAt: Nullable(Instant),
  revokedAt: Nullable(Instant),
  /** Reads so far, and those of the last day with a read. */
  used: Count,
  usedDay: Nullable(CivilDate),
  usedThatDay: Count,
  /** The transaction that made it. */
  by: Digest,
  /** Of the kind `WARRANT`, and of no other. */
  warrant: Type.Optional(WarrantTerms),
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
  /** Hex SHA-256 of the SPKI of the holder's encryption key. */
  holderKey: Digest,
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

/** What one officer read on one legal day. */
export const Budget = Type.Object({ v: Type.Literal(1), reads: Count, rows: Count })
export type Budget = Static<typeof Budget>

/** Content changes its owner: nothing moves until both sign the same list. */
export const HandOver = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  case: CaseId,
  from: MemberId,
  to: MemberId,
  /** Sections of records to be handed over. */
  sections: Type.Array(
    Type.Object({ record: RecordId, section: SectionName, version: Type.Integer({ minimum: 1 }) }),
    { maxItems: 100 },
  ),
  batches: Type.Array(Digest, { maxItems: 100 }),
  /** Register entries whose owner changes with the second signature. */
  entries: Type.Array(Type.Object({ register: KebabName, key: EntryKey }), { maxItems: 100 }),
  status: Type.Union([Type.Literal('OPEN'), Type.Literal('DISPUTED'), Type.Literal('DONE')]),
  openedAt: Instant,
  doneAt: Nullable(Instant),
  /** Hash of the list that each side signed. */
  signed: Type.Object({ from: Nullable(Digest), to: Nullable(Digest) }),
})
export type HandOver = Static<typeof HandOver>

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
    byCase: (grant) => [grant.case, grant.id],
    byHolder: ({ holder, id }) => [holder.member, id],
    byOwner: ({ owner, id }) => [owner, id],
  },
})

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
    /** Who read a record: what its person is told. */
    byRecord: ({ items, at, read }) => ({ many: items.map((item) => [item.record, at, read]) }),
    byBatch: ({ rows, at, read }) => (rows === null ? undefined : [rows.batch, at, read]),
  },
})

/** Key: member, officer and legal day. */
export const budgets = collection('access/budget', {
  key: Type.Tuple([MemberId, HolderName, CivilDate]),
  value: Budget,
})

/** Key: id of the hand-over. */
export const handOvers = collection('access/hand-over', {
  key: ContractId,
  value: HandOver,
  indexes: { byCase: (handOver) => [handOver.case, handOver.id] },
})
