import type { Refusal } from '@renshe/kernel'

/**
 * Why a read is refused, in checking order: the first that applies is told.
 *
 * @source security/sealed-data.md section 8, Read 2; `BATCH_PROOF`, `QUESTION_NOT_COVERED`,
 *         `SECTION_RESTRICTED` and the last are ours
 */
export type ReadRefusal =
  | { code: 'GRANT_NOT_FOUND'; grant: string }
  | { code: 'GRANT_NOT_YOURS'; grant: string }
  | { code: 'GRANT_NOT_IN_FORCE'; grant: string; notBefore: number; notAfter: number | null }
  | { code: 'GRANT_SUSPENDED'; grant: string }
  | { code: 'GRANT_REVOKED'; grant: string }
  | { code: 'CASE_REQUIRED'; case: string | null }
  | { code: 'SECTION_NOT_COVERED'; record: string | null; section: string }
  | { code: 'FIND_NOT_COVERED'; grant: string }
  /** A leaf that does not lie in the batch. */
  | { code: 'BATCH_PROOF'; record: string }
  | { code: 'FIELDS_NOT_COVERED' }
  | { code: 'QUESTION_NOT_COVERED'; grant: string }
  | { code: 'SECTION_ERASED'; record: string }
  | { code: 'SECTION_RESTRICTED'; record: string }
  | { code: 'CONDITION_NOT_MET'; grant: string }
  | { code: 'SECOND_OFFICER_REQUIRED'; grant: string }
  | { code: 'QUOTA_SPENT'; grant: string; reads: number }
  | { code: 'OFFICER_BUDGET_SPENT'; reads: number; rows: number }
  | { code: 'HOLDER_KEY_UNKNOWN'; holderKey: string }

/** In which of its dimensions a delegated grant would be wider than the one above it. */
export type Dimension =
  | 'holder'
  | 'level'
  | 'sections'
  | 'fields'
  | 'range'
  | 'records'
  | 'batches'
  | 'use'
  | 'questions'
  | 'quota'
  | 'period'
  | 'find'

/** Why a grant is not issued or delegated, in checking order. */
export type IssueRefusal =
  /** Another action makes grants of this kind. */
  | { code: 'KIND_ELSEWHERE'; kind: string; action: string }
  | { code: 'ROLE_REQUIRED'; role: string }
  | { code: 'SIGNER_NOT_FITTING'; kind: string; assertedBy: string }
  | { code: 'MANDATE_NOT_FOUND'; mandate: string | null }
  | { code: 'HOLDER_NOT_FITTING'; member: string }
  | { code: 'SCOPE_NOT_FITTING'; scope: string }
  | { code: 'ENTRY_NOT_FOUND'; section: string }
  | { code: 'ENTRY_NOT_IN_FORCE'; entry: string }
  | { code: 'SHARING_FORBIDDEN'; entry: string; member: string }
  | { code: 'LEVEL_FORBIDDEN'; kind: string; level: number }
  | { code: 'FIELD_UNKNOWN'; field: string }
  | { code: 'PURPOSE_NOT_LISTED'; purpose: string; listed: string }
  | { code: 'BASIS_REQUIRED'; kind: string }
  | { code: 'CLAUSE_NOT_IN_FORCE'; clause: string; day: string }
  | { code: 'RULE_NOT_IN_FORCE'; rule: string; day: string }
  | { code: 'GRANT_PERIOD'; earliest: number; latest: number }
  | { code: 'QUOTA_REQUIRED'; kind: string }
  | { code: 'NOTICE_REQUIRED'; purpose: string }
  | { code: 'NOTICE_OTHER'; purpose: string; language: string }
  | { code: 'RETENTION_REQUIRED' }
  | { code: 'QUESTION_REQUIRED' }
  | { code: 'QUESTION_INVALID'; question: string; fault: string }
  | { code: 'CONDITION_INVALID'; fault: string }
  | { code: 'EMERGENCY_LIMIT'; reads: number; latest: number }
  | { code: 'DELEGATION_FORBIDDEN'; kind: string; member: string }
  | { code: 'DELEGATION_TOO_DEEP'; most: number }
  | { code: 'DELEGATIONS_MANY'; most: number }
  | { code: 'DELEGATION_WIDENS'; dimension: Dimension }

/** Why an erasure, a restriction or a sealing anew is refused, in checking order. */
export type ErasureRefusal =
  | { code: 'RECORD_NOT_YOURS'; record: string }
  /** The law keeps the record; `until` is `null` while the case runs that it belongs to. */
  | { code: 'RETENTION_RUNS'; record: string; clause: string; until: number | null }
  | { code: 'ERASURE_NOT_FOUND'; erasure: string }
  | { code: 'ERASURE_NOT_YOURS'; erasure: string }
  | { code: 'ERASURE_CONFIRMED'; erasure: string }
  | { code: 'RESEAL_EMPTY' }
  | { code: 'SECTION_NOT_FOUND'; record: string; section: string }
  | { code: 'RESEAL_NOT_NEWEST'; record: string; newest: number }
  | { code: 'RESEAL_SAME'; commitment: string }
  | { code: 'PANEL_MISSING'; section: string; record: string | null }
  | { code: 'PANEL_UNEXPECTED'; section: string }
  | { code: 'BATCH_EXISTS'; batch: string }
  | { code: 'BATCH_NOT_FOUND'; batch: string }

/** Why other actions of this module say no, in checking order. */
export type AccessRefusal =
  | ReadRefusal
  | IssueRefusal
  | ErasureRefusal
  | { code: 'READ_EMPTY' }
  | { code: 'OFFICER_REQUIRED' }
  | { code: 'GRANT_NOT_SUSPENDED'; grant: string }
  | { code: 'AGREEMENT_NOT_NEEDED'; subject: string }
  | { code: 'AGREEMENT_TOO_LATE'; read: string; until: number }
  | { code: 'SAME_OFFICER'; officer: string }
  | { code: 'REVIEW_NOT_NEEDED'; grant: string }
  | { code: 'REVIEW_NOT_DUE'; grant: string; until: number }
  | { code: 'REVIEW_RAISED'; grant: string }
  | { code: 'READ_NOT_FOUND'; read: string }
  | { code: 'READ_NOT_YOURS'; read: string; owner: string }
  | { code: 'READ_CONFIRMED'; read: string; outcome: string }
  | { code: 'CONFIRMATION_NOT_DUE'; read: string; until: number }
  | { code: 'CONFIRMATION_RAISED'; read: string }
  /** The owner would not answer it now; `why` is the code of the release. */
  | { code: 'READ_NOT_RELEASED'; read: string; why: string }
  | { code: 'RELEASER_OTHER'; index: number }
  | { code: 'SHARE_RELEASED'; read: string; index: number }
  | { code: 'PERIOD_TOO_BUSY'; most: number }
  | { code: 'MONTH_NOT_ENDED'; ends: number }
  | { code: 'OBJECTION_NOT_FOUND'; objection: string }
  | { code: 'OBJECTION_NOT_YOURS'; objection: string }
  | { code: 'OBJECTION_ANSWERED'; objection: string }
  | { code: 'OBJECTION_EXISTS'; objection: string }
  | { code: 'HAND_OVER_NOT_FOUND'; handOver: string }
  | { code: 'HAND_OVER_NOT_YOURS'; handOver: string }
  | { code: 'HAND_OVER_DONE'; handOver: string }
  | { code: 'HAND_OVER_ITEMS'; expected: number; came: number }
  | { code: 'HAND_OVER_ITEM'; commitment: string }

/** Names a refusal of this module, so that the compiler knows its facts. */
export function accessRefusal(refusal: AccessRefusal): Refusal {
  return refusal
}
