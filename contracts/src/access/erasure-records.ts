import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  CaseId,
  ClauseId,
  Code,
  ContractId,
  Count,
  Digest,
  Height,
  HolderName,
  Instant,
  MemberId,
  Nullable,
  RecordId,
} from '../vocabulary/schemas.ts'

/** Most records of one erasure. */
export const MOST_ERASED = 200

/** Who deletes what: half B, the sealed section with half A, a copy kept under `STORE`. */
export const ErasurePart = Type.Union([
  Type.Literal('RELEASE'),
  Type.Literal('VAULT'),
  Type.Literal('COPY'),
])
export type ErasurePart = Static<typeof ErasurePart>

/** A record by its id; a row of a batch also by its place. */
export const ErasedRecord = Type.Object({
  record: RecordId,
  batch: Nullable(Digest),
  index: Nullable(Count),
})
export type ErasedRecord = Static<typeof ErasedRecord>

/** What became of a wish that data go away: erased, or only kept. */
export const ErasureState = Type.Union([Type.Literal('RESTRICTED'), Type.Literal('ERASED')])
export type ErasureState = Static<typeof ErasureState>

/**
 * The order to erase records, and who has carried it out.
 *
 * @source security/sealed-data.md section 8, Erase
 */
export const Erasure = Type.Object({
  v: Type.Literal(1),
  id: ContractId,
  owner: MemberId,
  state: ErasureState,
  /** Why, as a code: the purpose is met, consent was withdrawn … */
  ground: Code,
  basis: Type.Object({ clause: ClauseId, version: Digest }),
  /** The case in which a person asked for it. */
  request: Nullable(CaseId),
  records: Type.Array(ErasedRecord, { minItems: 1, maxItems: MOST_ERASED }),
  at: Instant,
  height: Height,
  officer: HolderName,
  by: Digest,
  /** Who must confirm: the owner twice, and every member that kept a copy. */
  expected: Type.Array(Type.Object({ member: MemberId, part: ErasurePart }), { maxItems: 258 }),
  confirmations: Type.Array(
    Type.Object({ member: MemberId, part: ErasurePart, at: Instant, height: Height, by: Digest }),
    { maxItems: 258 },
  ),
  /** When the last release key over the halves is destroyed; `null` where nothing was erased. */
  unrecoverableBy: Nullable(Instant),
})
export type Erasure = Static<typeof Erasure>

/** What stays of a record that is gone, or of which only storage goes on. */
export const Tombstone = Type.Object({
  v: Type.Literal(1),
  owner: MemberId,
  ...ErasedRecord.properties,
  state: ErasureState,
  erasure: ContractId,
  at: Instant,
  height: Height,
})
export type Tombstone = Static<typeof Tombstone>

/** Key: id of the erasure. */
export const erasures = collection('access/erasure', {
  key: ContractId,
  value: Erasure,
  indexes: {
    byOwner: ({ owner, at, id }) => [owner, at, id],
    byTime: ({ at, id }) => [at, id],
    /** Erasures that a member has still to confirm. */
    unconfirmed: ({ expected, confirmations, at, id }) => ({
      many: missingOf({ expected, confirmations }).map(({ member }) => [member, at, id]),
    }),
  },
})

/** Key: owner and record. An owner cannot erase the record of another. */
export const tombstones = collection('access/tombstone', {
  key: Type.Tuple([MemberId, RecordId]),
  value: Tombstone,
  indexes: {
    byPlace: ({ batch, index, record }) =>
      batch === null ? undefined : [batch, index ?? 0, record],
  },
})

/** Confirmations that have not come: shown, never hidden. */
export function missingOf({
  expected,
  confirmations,
}: Pick<Erasure, 'expected' | 'confirmations'>): Erasure['expected'] {
  const came = new Set(confirmations.map(({ member, part }) => `${member} ${part}`))
  return expected.filter(({ member, part }) => !came.has(`${member} ${part}`))
}
