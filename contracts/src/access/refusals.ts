import type { Refusal } from '@renshe/kernel'

/**
 * Why a read is refused, in checking order: the first that applies is told.
 *
 * @source security/sealed-data.md section 8, Read 2; `SECTION_ERASED` comes with erasure, the last
 * two
 *         are ours
 */
export type ReadRefusal =
  | { code: 'GRANT_NOT_FOUND'; grant: string }
  | { code: 'GRANT_NOT_YOURS'; grant: string }
  | { code: 'GRANT_NOT_IN_FORCE'; grant: string; notBefore: number; notAfter: number | null }
  | { code: 'GRANT_SUSPENDED'; grant: string }
  | { code: 'GRANT_REVOKED'; grant: string }
  | { code: 'CASE_REQUIRED'; case: string }
  | { code: 'SECTION_NOT_COVERED'; record: string | null; section: string }
  | { code: 'FIELDS_NOT_COVERED' }
  | { code: 'CONDITION_NOT_MET'; grant: string }
  | { code: 'SECOND_OFFICER_REQUIRED'; grant: string }
  | { code: 'QUOTA_SPENT'; grant: string; reads: number }
  | { code: 'OFFICER_BUDGET_SPENT'; reads: number; rows: number }
  /** A leaf that does not lie in the batch. */
  | { code: 'BATCH_PROOF'; record: string }
  | { code: 'HOLDER_KEY_UNKNOWN'; holderKey: string }

/** Why other actions of this module say no, in checking order. */
export type AccessRefusal =
  | ReadRefusal
  | { code: 'READ_EMPTY' }
  | { code: 'ROLE_REQUIRED'; role: string }
  | { code: 'GRANT_NOT_SUSPENDED'; grant: string }
  | { code: 'READ_NOT_FOUND'; read: string }
  | { code: 'READ_NOT_YOURS'; read: string; owner: string }
  | { code: 'READ_CONFIRMED'; read: string; outcome: string }
  | { code: 'HAND_OVER_NOT_FOUND'; handOver: string }
  | { code: 'HAND_OVER_NOT_YOURS'; handOver: string }
  | { code: 'HAND_OVER_DONE'; handOver: string }
  | { code: 'HAND_OVER_ITEMS'; expected: number; came: number }
  | { code: 'HAND_OVER_ITEM'; commitment: string }
  | { code: 'RECORD_NOT_YOURS'; record: string }
  | { code: 'BATCH_EXISTS'; batch: string }
  | { code: 'SHARING_FORBIDDEN'; entry: string; member: string }

/** Names a refusal of this module, so that the compiler knows its facts. */
export function accessRefusal(refusal: AccessRefusal): Refusal {
  return refusal
}
