import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  ContractId,
  Digest,
  Height,
  HolderName,
  Instant,
  MemberId,
  MemberRole,
  Nullable,
} from '../vocabulary/schemas.ts'

/** What the members decide about, each with its own quorum. */
export const Subject = Type.Union([
  Type.Literal('admit'),
  Type.Literal('remove'),
  Type.Literal('suspend'),
  Type.Literal('roles'),
  Type.Literal('authority'),
  Type.Literal('publish'),
  Type.Literal('loosen'),
  Type.Literal('withdraw'),
  Type.Literal('parameters'),
  Type.Literal('quorum'),
  Type.Literal('policy'),
  Type.Literal('protocol'),
])
export type Subject = Static<typeof Subject>

/** How a subject is decided: a published parameter. */
export const Quorum = Type.Object({
  v: Type.Literal(1),
  subject: Subject,
  /** Share of the voting members that must vote for it: numerator, denominator. */
  threshold: Type.Tuple([
    Type.Integer({ minimum: 1, maximum: 1_000 }),
    Type.Integer({ minimum: 1, maximum: 1_000 }),
  ]),
  /** More than the share, not just as much. */
  strict: Type.Boolean(),
  /** Time between the deciding vote and the earliest enactment. */
  coolingOffMs: Type.Integer({ minimum: 0, maximum: 31_536_000_000 }),
  /** `responsible`: among the votes for it is one of a member with the responsible role. */
  with: Nullable(Type.Literal('responsible')),
  /** `concerned`: the member concerned neither votes nor counts. */
  without: Nullable(Type.Literal('concerned')),
})
export type Quorum = Static<typeof Quorum>

/** Something put to the vote. */
export const Proposal = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  subject: Subject,
  /** What is to happen, in the form of the subject. */
  content: Type.Unsafe<{ [name: string]: unknown }>({ type: 'object', additionalProperties: {} }),
  /** H(`value`, JCS of the content): what voters compare. */
  contentHash: Digest,
  concerned: Nullable(MemberId),
  responsible: Nullable(MemberRole),
  proposer: MemberId,
  proposedBy: HolderName,
  proposedAt: Instant,
  /** Last instant at which votes count. */
  closesAt: Instant,
  status: Type.Union([
    Type.Literal('OPEN'),
    Type.Literal('PASSED'),
    Type.Literal('ENACTED'),
    Type.Literal('REJECTED'),
    Type.Literal('LAPSED'),
    Type.Literal('RETRACTED'),
  ]),
  passedAt: Nullable(Instant),
  enactableAt: Nullable(Instant),
  enactedAt: Nullable(Instant),
  enactedHeight: Nullable(Height),
})
export type Proposal = Static<typeof Proposal>

/** One member's vote, given once. */
export const Vote = Type.Object({
  v: Type.Literal(1),
  proposal: ContractId,
  member: MemberId,
  choice: Type.Union([Type.Literal('FOR'), Type.Literal('AGAINST')]),
  by: HolderName,
  at: Instant,
})
export type Vote = Static<typeof Vote>

/** A published parameter of the ledger or of a contract. */
export const ParameterSetting = Type.Object({
  v: Type.Literal(1),
  name: Type.String({ minLength: 3, maxLength: 64 }),
  value: Type.Union([
    Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    Type.String({ maxLength: 256 }),
    Type.Boolean(),
  ]),
  since: Instant,
})
export type ParameterSetting = Static<typeof ParameterSetting>

/** The policy that must finalise the next block. */
export const PolicySetting = Type.Object({
  v: Type.Literal(1),
  policy: Type.Unsafe<{ [name: string]: unknown }>({ type: 'object', additionalProperties: {} }),
  since: Instant,
})

/** From which height a version of the contract code is in force. */
export const ProtocolSwitch = Type.Object({
  v: Type.Literal(1),
  protocol: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  since: Instant,
})

/** Key: the subject. */
export const quorums = collection('governance/quorum', { key: Subject, value: Quorum })

/** Key: id of the proposal. */
export const proposals = collection('governance/proposal', {
  key: ContractId,
  value: Proposal,
  indexes: {
    byStatus: ({ status, proposedAt }) => [status, proposedAt],
    byTime: ({ proposedAt }) => [proposedAt],
  },
})

/** Key: proposal and member. */
export const votes = collection('governance/vote', {
  key: Type.Tuple([ContractId, MemberId]),
  value: Vote,
})

/** Key: name of the parameter. */
export const settings = collection('governance/parameter', {
  key: Type.String({ minLength: 3, maxLength: 64 }),
  value: ParameterSetting,
})

/** One value: the policy of the next block. */
export const policies = collection('governance/policy', {
  key: Type.Literal('current'),
  value: PolicySetting,
})

/** Key: the first height. */
export const protocols = collection('governance/protocol', { key: Height, value: ProtocolSwitch })
