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
  KebabName,
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

/** Who is told: a member, or every member that has a role (upper case) when it looks. */
export const Audience = Type.Array(Type.Union([MemberId, Code]), { maxItems: 32 })

export const AlertState = Type.Union([
  Type.Literal('open'),
  Type.Literal('acknowledged'),
  Type.Literal('closed'),
])
export type AlertState = Static<typeof AlertState>

const Turn = Type.Object({ member: MemberId, name: HolderName, at: Instant })

/** One alert, from being raised to being closed; facts are public values, never text of persons. */
export const Alert = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  code: Code,
  severity: Severity,
  to: Audience,
  case: Nullable(CaseId),
  /** Package and name of the alert rule that raised it; null if a step's clock or effect did. */
  rule: Nullable(Type.Object({ package: Digest, name: KebabName })),
  facts: PublicFields,
  at: Instant,
  state: AlertState,
  acknowledged: Type.Array(Turn, { maxItems: 32 }),
  closed: Nullable(Type.Object({ ...Turn.properties, outcome: Code })),
})
export type Alert = Static<typeof Alert>
export const alerts = collection('supervision/alert', {
  key: ContractId,
  value: Alert,
  indexes: {
    byAudience: (alert) => ({
      many: alert.to.map((who) => [who, alert.state, alert.at, alert.id]),
    }),
    byState: (alert) => [alert.state, alert.at, alert.id],
    byCase: (alert) => (alert.case === null ? undefined : [alert.case, alert.at, alert.id]),
  },
})

/** Something that must happen by a time. Key: its own id. */
export const Watch = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  /** `step`: an open step of a case · `value`: a register entry that a case waits for · `rule`: a package's rule. */
  kind: Type.Union([Type.Literal('step'), Type.Literal('value'), Type.Literal('rule')]),
  case: Nullable(CaseId),
  /** Name and number of the step in its case; for a rule, those its event spoke of. */
  step: Nullable(KebabName),
  number: Nullable(Count),
  /** Member whose turn it is. */
  holder: Nullable(MemberId),
  /** Last instant (UTC ms) at which it is in time; null: no clock. */
  due: Nullable(Instant),
  /** Register entry that is awaited. */
  awaits: Nullable(EntryKey),
  /** What is raised when it is late; null: the step's own lapse tells. */
  alert: Nullable(
    Type.Object({
      code: Code,
      severity: Severity,
      to: Audience,
      rule: Nullable(Type.Object({ package: Digest, name: KebabName })),
      /** Event that ends the watch. */
      unless: Nullable(Type.String({ minLength: 1, maxLength: 64 })),
      facts: PublicFields,
    }),
  ),
  raised: Nullable(ContractId),
  at: Instant,
})
export type Watch = Static<typeof Watch>
export const watches = collection('supervision/watch', {
  key: ContractId,
  value: Watch,
  indexes: {
    byDue: (watch) =>
      watch.due === null || watch.raised !== null ? undefined : [watch.due, watch.id],
    byCase: (watch) =>
      watch.case === null ? undefined : [watch.case, watch.kind, watch.number ?? 0, watch.id],
    byKind: (watch) => [watch.kind, watch.at, watch.id],
  },
})
