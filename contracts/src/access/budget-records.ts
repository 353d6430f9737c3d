import { collection } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { CivilDate, Count, HolderName, MemberId } from '../vocabulary/schemas.ts'

/** What one officer read on one legal day. */
export const Budget = Type.Object({
  v: Type.Literal(1),
  reads: Count,
  rows: Count,
  /** Marks of the different people since the last alert: beginnings of records, places of batches. */
  seen: Type.Array(Type.String({ maxLength: 32 }), { maxItems: 500 }),
  /** Alerts about many different people, so far. */
  alerts: Count,
})
export type Budget = Static<typeof Budget>

/** Key: member, officer and legal day. */
export const budgets = collection('access/budget', {
  key: Type.Tuple([MemberId, HolderName, CivilDate]),
  value: Budget,
})
