import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  CaseId,
  ContractId,
  Digest,
  EntryKey,
  Instant,
  KebabName,
  MemberId,
  Nullable,
  RecordId,
  SectionName,
} from '../vocabulary/schemas.ts'

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

/** Key: id of the hand-over. */
export const handOvers = collection('access/hand-over', {
  key: ContractId,
  value: HandOver,
  indexes: { byCase: (handOver) => [handOver.case, handOver.id] },
})
