import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  Code,
  ContractId,
  Count,
  Digest,
  HolderName,
  Instant,
  MemberId,
  Nullable,
  RecordId,
} from '../vocabulary/schemas.ts'

/** A person asks why it was looked at. Words are in the owner's own file; here is that it was asked. */
export const Objection = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  read: Digest,
  owner: MemberId,
  /** The member that read, and must answer. */
  member: MemberId,
  /** 16 bytes drawn for this objection. */
  objector: RecordId,
  ground: Code,
  opened: Type.Object({ member: MemberId, name: HolderName, at: Instant, by: Digest }),
  /** Last instant at which the answer is in time. */
  due: Instant,
  answer: Nullable(
    Type.Object({
      outcome: Type.Union([Type.Literal('EXPLAINED'), Type.Literal('MISUSE')]),
      /** Commitment of the sealed words. */
      commitment: Nullable(Digest),
      name: HolderName,
      at: Instant,
      by: Digest,
    }),
  ),
})
export type Objection = Static<typeof Objection>

/** What one officer took in emergencies in one month. */
export const EmergencyCount = Type.Object({ v: Type.Literal(1), count: Count })

/** Key: id of the objection. */
export const objections = collection('access/objection', {
  key: ContractId,
  value: Objection,
  indexes: {
    byTime: ({ opened, id }) => [opened.at, id],
    byMember: ({ member, opened, id }) => [member, opened.at, id],
    byRead: ({ read, opened, id }) => [read, opened.at, id],
  },
})

/** Key: member, officer and month `YYYY-MM`. */
export const emergencyCounts = collection('access/emergency-count', {
  key: Type.Tuple([MemberId, HolderName, Type.String({ minLength: 7, maxLength: 7 })]),
  value: EmergencyCount,
})
