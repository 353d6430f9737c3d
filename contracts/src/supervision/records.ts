import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  CaseId,
  Code,
  ContractId,
  Count,
  Digest,
  EntryKey,
  HolderName,
  Instant,
  MemberId,
  Nullable,
  PublicFields,
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
