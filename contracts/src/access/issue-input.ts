/* What a signer says when it issues a grant. */
import { type Static, Type } from 'typebox'
import {
  CaseId,
  ClauseId,
  Code,
  Digest,
  EntryKey,
  HolderName,
  Instant,
  KebabName,
  MemberId,
  OfficerRole,
  RecordId,
  SectionName,
  UnitName,
} from '../vocabulary/schemas.ts'
import { FieldName, GrantKind, PlaceRange, Term } from './records.ts'

const ISSUED_QUESTION = Type.Object({
  name: FieldName,
  is: Type.String({ minLength: 1, maxLength: 2048 }),
  bands: Type.Optional(Type.Array(Code, { minItems: 2, maxItems: 16, uniqueItems: true })),
})

/** Dimensions that both an issued and a delegated grant have. */
export const SHARED_TERMS = {
  holder: Type.Object({
    member: MemberId,
    unit: Type.Optional(UnitName),
    role: Type.Optional(OfficerRole),
    /** The one person who may use it: kind `OWN` only. */
    subject: Type.Optional(HolderName),
  }),
  fields: Type.Optional(Type.Array(FieldName, { minItems: 1, maxItems: 64, uniqueItems: true })),
  range: Type.Optional(PlaceRange),
  records: Type.Optional(Type.Array(RecordId, { minItems: 1, maxItems: 100, uniqueItems: true })),
  batches: Type.Optional(Type.Array(Digest, { minItems: 1, maxItems: 100, uniqueItems: true })),
  questions: Type.Optional(Type.Array(ISSUED_QUESTION, { minItems: 1, maxItems: 8 })),
  quota: Type.Optional(
    Type.Object({
      reads: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      per: Type.Optional(Type.Union([Type.Literal('DAY'), Type.Literal('MONTH')])),
    }),
  ),
  notBefore: Type.Optional(Instant),
  condition: Type.Optional(Type.String({ minLength: 1, maxLength: 2048 })),
  secondOfficer: Type.Optional(Type.Boolean()),
  caseRequired: Type.Optional(Type.Boolean()),
}

/** How data may be used, widest first. */
export const UseOfData = Type.Union([
  Type.Literal('STORE'),
  Type.Literal('VIEW'),
  Type.Literal('ANSWER'),
])

/** Terms of a grant as its signer gives them. */
export const IssueGrant = Type.Object({
  kind: GrantKind,
  owner: MemberId,
  /** Hash of the catalogue entry of one of the sections; the others are of the same package. */
  entry: Digest,
  sections: Type.Array(SectionName, { minItems: 1, maxItems: 32, uniqueItems: true }),
  scope: Type.Union([Type.Literal('CASE'), Type.Literal('SUBJECT'), Type.Literal('CLASS')]),
  case: Type.Optional(CaseId),
  /** 16 random bytes that the owner's vault drew for this grant. */
  subject: Type.Optional(RecordId),
  assertedBy: Type.Union([
    Type.Literal('SUBJECT'),
    Type.Literal('GUARDIAN'),
    Type.Literal('WINDOW'),
    Type.Literal('MEMBER'),
  ]),
  ...SHARED_TERMS,
  purpose: Type.Object({ code: Code, serviceItem: Type.Optional(KebabName) }),
  basis: Type.Array(
    Type.Object({
      clause: ClauseId,
      /** Hash of the clause as cited; left out, the newest wording. */
      version: Type.Optional(Digest),
      /** Hash of the published rule that carries it out. */
      rule: Type.Optional(Digest),
    }),
    { maxItems: 16 },
  ),
  use: UseOfData,
  /** Whether persons may be looked for under it. */
  find: Type.Optional(Type.Boolean()),
  retention: Type.Optional(Term),
  notAfter: Instant,
  notice: Type.Optional(
    Type.Object({
      hash: Digest,
      language: Type.Union([Type.Literal('zh'), Type.Literal('en')]),
      /** Hash of the package whose text it is. */
      version: Digest,
    }),
  ),
  /** Key of the open entry of the register `mandate` under which a guardian acts. */
  mandate: Type.Optional(EntryKey),
  /** Commitment of the paper that was signed at a window. */
  paper: Type.Optional(Digest),
})
export type IssueInput = Static<typeof IssueGrant>
