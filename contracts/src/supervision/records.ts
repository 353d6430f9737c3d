import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  CaseId,
  ClauseId,
  Code,
  ContractId,
  Count,
  Digest,
  EntryKey,
  GrantId,
  HolderName,
  Instant,
  MemberId,
  Nullable,
  PublicFields,
  RecordId,
  SectionName,
} from '../vocabulary/schemas.ts'

export const Severity = Type.Union([
  Type.Literal('note'),
  Type.Literal('warning'),
  Type.Literal('grave'),
])
export type Severity = Static<typeof Severity>

/** Most members and roles of one audience: several parties of a hundred members each. */
export const MOST_TOLD = 500

/** Who is told: a member, or every member that has a role (upper case) at the time it looks. */
export const Audience = Type.Array(Type.Union([MemberId, Code]), { maxItems: MOST_TOLD })

export const AlertState = Type.Union([
  Type.Literal('open'),
  Type.Literal('acknowledged'),
  Type.Literal('closed'),
])
export type AlertState = Static<typeof AlertState>

/** Code of an alert. A package's own word may be longer than other codes. */
const AlertCode = Type.String({ minLength: 1, maxLength: 96, description: 'a code' })

/** Name of an alert rule in its package. */
const RuleName = Type.String({ minLength: 1, maxLength: 64 })

/** Which published rule raised an alert. */
export const RuleReference = Type.Object({ package: Digest, name: RuleName })

/** Who of the told did something about an alert. */
export const Turn = Type.Object({ member: MemberId, name: HolderName, at: Instant })

/** One alert from being raised to being closed; facts are public values, never text of persons. */
export const Alert = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  code: AlertCode,
  severity: Severity,
  to: Audience,
  case: Nullable(CaseId),
  /** Null if a step's clock, an effect or a contract raised it. */
  rule: Nullable(RuleReference),
  facts: PublicFields,
  at: Instant,
  state: AlertState,
  /** Each member once. */
  acknowledged: Type.Array(Turn, { maxItems: MOST_TOLD }),
  closed: Nullable(Type.Object({ ...Turn.properties, outcome: Code })),
})
export type Alert = Static<typeof Alert>
export const alerts = collection('supervision/alert', {
  key: ContractId,
  value: Alert,
  indexes: {
    byTime: ({ at, id }) => [at, id],
    byState: ({ state, at, id }) => [state, at, id],
    byCase: (alert) => (alert.case === null ? undefined : [alert.case, alert.at, alert.id]),
  },
})

/**
 * `step`: an open step of a case · `value`: a step that waits for a register entry · `rule`: what a
 * package's alert rule says must happen.
 */
export const WatchKind = Type.Union([
  Type.Literal('step'),
  Type.Literal('value'),
  Type.Literal('rule'),
])
export type WatchKind = Static<typeof WatchKind>

/** Something that must happen by a time. Key: case, kind, name of the step or rule, step number. */
export const Watch = Type.Object({
  v: Type.Literal(1),
  case: CaseId,
  kind: WatchKind,
  name: RuleName,
  /** Number of the step in its case; for a rule, of the step that its event spoke of, else 0. */
  number: Count,
  /** Member whose turn it is. */
  holder: Nullable(MemberId),
  /** Last instant at which it is in time; null: no clock. */
  due: Nullable(Instant),
  /** `register/key` of the entry that is awaited. */
  awaits: Nullable(EntryKey),
  /** What is raised when it is late; null: the step's own lapse tells. */
  alert: Nullable(
    Type.Object({
      code: AlertCode,
      severity: Severity,
      to: Audience,
      rule: RuleReference,
      /** Event of the same case (and step) that ends the watch; null: only the end of the case. */
      unless: Nullable(Type.String({ minLength: 1, maxLength: 64 })),
      facts: PublicFields,
    }),
  ),
  /** The alert that was raised. */
  raised: Nullable(ContractId),
  at: Instant,
})
export type Watch = Static<typeof Watch>
export const watches = collection('supervision/watch', {
  key: Type.Tuple([CaseId, WatchKind, RuleName, Count]),
  value: Watch,
  indexes: {
    byDue: ({ kind, due, name, number, case: caseId }) =>
      due === null ? undefined : [kind, due, caseId, name, number],
    byKind: ({ kind, at, name, number, case: caseId }) => [kind, at, caseId, name, number],
  },
})

/** Most records, rows or persons of one warrant: a look at people, not at a population. */
export const MOST_SOUGHT = 100

/** Most uses of one warrant. */
export const MOST_USES = 1_000

/** Records of a case, each named. */
const RecordScope = Type.Object({
  kind: Type.Literal('RECORDS'),
  records: Type.Array(RecordId, { minItems: 1, maxItems: MOST_SOUGHT }),
})
/** Rows of a batch whose places are known. */
const RowScope = Type.Object({
  kind: Type.Literal('ROWS'),
  batch: Digest,
  places: Type.Array(Count, { minItems: 1, maxItems: MOST_SOUGHT }),
})
/** Rows of persons: only the owner can say where they lie, and signs it. */
const PersonScope = Type.Object({
  kind: Type.Literal('PERSONS'),
  batch: Digest,
  persons: Type.Integer({ minimum: 1, maximum: MOST_SOUGHT }),
})
/** A whole batch. */
const BatchScope = Type.Object({ kind: Type.Literal('BATCH'), batch: Digest })

/** What a warrant opens in its case. Lists are ascending. */
export const WarrantScope = Type.Union([RecordScope, RowScope, PersonScope, BatchScope], {
  description:
    '{kind: RECORDS, records} or {kind: ROWS, batch, places} or {kind: PERSONS, batch, persons} or ' +
    '{kind: BATCH, batch}',
})
export type WarrantScope = Static<typeof WarrantScope>

export const WarrantState = Type.Union([
  Type.Literal('issued'),
  Type.Literal('confirmed'),
  Type.Literal('revoked'),
])
export type WarrantState = Static<typeof WarrantState>

/** 调阅令 One leave to look, from being issued to its end. No name, no reason in words. */
export const Warrant = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  case: CaseId,
  /** Whose vault is looked into. */
  owner: MemberId,
  section: SectionName,
  scope: WarrantScope,
  purpose: Code,
  /** The clause as it was in force when the warrant was issued. */
  basis: Type.Object({ clause: ClauseId, version: Digest }),
  /** Number of the supervisor's own file, where the reason is. */
  reference: EntryKey,
  reads: Type.Integer({ minimum: 1, maximum: MOST_USES }),
  /** First instant at which it is no longer in force. */
  notAfter: Instant,
  /** Latest instant up to which lists leave it out, or `null`. */
  hiddenUntil: Nullable(Instant),
  state: WarrantState,
  issued: Turn,
  /** Always another officer of the same member. */
  confirmed: Nullable(Turn),
  /** The grant that it became. */
  grant: Nullable(GrantId),
  /** Where the persons lie, as the owner said; empty: they are not in the batch. */
  named: Nullable(
    Type.Object({ ...Turn.properties, places: Type.Array(Count, { maxItems: MOST_SOUGHT }) }),
  ),
  revoked: Nullable(Turn),
})
export type Warrant = Static<typeof Warrant>

/** Key: id of the warrant. */
export const warrants = collection('supervision/warrant', {
  key: ContractId,
  value: Warrant,
  indexes: {
    byTime: ({ issued, id }) => [issued.at, id],
    byMember: ({ issued, id }) => [issued.member, issued.at, id],
    byOwner: ({ owner, issued, id }) => [owner, issued.at, id],
    byCase: (warrant) => [warrant.case, warrant.issued.at, warrant.id],
  },
})
